"""How long each stage of a turn took, as staff read it."""

from datetime import UTC, datetime, timedelta

from bot.console.transcripts.turn_details import stages_of
from bot.messaging.transcripts import TranscriptLine

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def line(**more: object) -> TranscriptLine:
    return TranscriptLine(1, NOW, "user", "你好", "done", **more)  # type: ignore[arg-type]


def test_each_stage_that_is_known_is_told() -> None:
    done = NOW + timedelta(seconds=1.5)
    took = {"waited": 0.25, "read": 0.04, "acted": 1.1}
    assert stages_of(line()) == []
    assert stages_of(line(finished_at=done)) == ["处理用时 1.50 秒"]
    assert stages_of(line(finished_at=done, nlu={"took": took}, sent_at=NOW + timedelta(2))) == [
        "处理用时 1.50 秒",
        "等候 0.25",
        "听懂 0.04",
        "办理 1.10",
        "送出 172798.50",
    ]
