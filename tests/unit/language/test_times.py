"""How times are read: a labelled file, and what must hold for any text and any clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.time_evaluation import evaluate_times
from language.times import read_times
from store.clock import SHANGHAI

FILE = Path(__file__).parents[2] / "evaluation" / "time.jsonl"
WEDNESDAY = datetime(2026, 3, 11, 10, 0, tzinfo=SHANGHAI)

FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2024, 2031))
clocks = st.integers(FIRST, LAST).map(lambda second: datetime.fromtimestamp(second, UTC))
PIECES = (
    "明天 后天 周一 下周 周末 上午 下午 晚上 三点 9:30 3号 1月5号 2月30号 到 以后 以前 左右 半 "
    "尽快 和 、 十 元旦 月底 3 25 : 点 号 窗口 帮我约"
)
pieces = st.sampled_from(PIECES.split())


def test_labelled_sentences_are_read_as_meant() -> None:
    result = evaluate_times(FILE)
    assert result["n"] >= 60
    assert result["errors"] == []
    assert result["accuracy"] == 1.0


def test_a_wrong_label_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text(
        '{"id": "a", "text": "明天", "now": "2026-03-11T10:00:00+08:00", '
        '"start": "2026-03-13T00:00:00+08:00", "end": "2026-03-14T00:00:00+08:00"}\n',
        "utf-8",
    )
    result = evaluate_times(file)
    assert result["accuracy"] == 0.0
    assert result["errors"][0]["id"] == "a"


@pytest.mark.parametrize("content", ["", "not json\n"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "damaged.jsonl"
    file.write_text(content, "utf-8")
    with pytest.raises(ValueError):  # noqa: PT011 -- JSON's own message or ours
        evaluate_times(file)


@given(words=st.lists(pieces, max_size=8), now=clocks)
def test_a_span_is_half_open_in_shanghai_and_quotes_the_text(
    words: list[str], now: datetime
) -> None:
    text = "".join(words)
    span = read_times(text, now)
    if span is not None:
        assert span.start < span.end
        assert span.start.tzinfo is SHANGHAI
        assert span.end.tzinfo is SHANGHAI
        assert span.text
        assert span.text in text


@given(text=st.text(max_size=200), now=clocks)
def test_any_text_is_survived(text: str, now: datetime) -> None:
    read_times(text, now)


@given(day=st.sampled_from("一二三四五六日"), now=clocks)
def test_a_bare_weekday_is_within_the_coming_week(day: str, now: datetime) -> None:
    span = read_times(f"周{day}", now)
    assert span is not None
    assert now < span.end <= now + timedelta(days=8)
    assert "一二三四五六日"[span.start.weekday()] == day


def test_a_long_message_is_read_at_once() -> None:
    assert read_times("十" * 20_000, WEDNESDAY) is None
    assert read_times("下" * 20_000 + "明天", WEDNESDAY) is not None
