"""Whatever the assistant writes, nobody else on the machine may read."""

from uuid import uuid4

from store.modes import open_to_others
from tests.support.assistant import Assistant


def test_nothing_under_var_is_open_to_others(assistant: Assistant) -> None:
    assistant.say(f"private-{uuid4()}", "现场招聘会还能办吗")
    assistant.zhida("export", "transcripts", "--out", str(assistant.var_dir / "export.jsonl"))
    assert (assistant.var_dir / "export.jsonl").stat().st_size > 0
    assert list(open_to_others(assistant.var_dir)) == []
