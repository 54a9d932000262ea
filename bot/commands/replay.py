"""``zhida replay``: what the present assistant answers otherwise."""

from pathlib import Path
from typing import Any

from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say
from bot.talks.replay import replay
from bot.talks.talk import NoAssistant
from bot.talks.transcript import NoTranscript

NAMES = {"kind": "类型", "text": "文字", "intent": "理解"}


def run_replay(transcript: Path, url: str, *, as_json: bool) -> None:
    """Say a stored conversation again and show the turns that changed."""
    try:
        figures = replay(transcript, url)
    except (NoAssistant, NoTranscript) as error:
        fail(str(error))
    if as_json:
        print_json(figures)
        return
    for turn in figures["turns"]:
        changed = "、".join(NAMES[name] for name in turn["changed"])
        say(f"{turn['conversation']} 第 {turn['turn']} 轮「{turn['said']}」：{changed}变了")
        say(f"　原来 {_told(turn['before'])}")
        say(f"　现在 {_told(turn['now'])}")
    say(f"{figures['conversations']} 个会话 {figures['n']} 轮，变了 {figures['changed']} 轮。")


def _told(answer: dict[str, Any]) -> str:
    kinds = "、".join(kind or "文字" for kind in answer["kinds"]) or "没有回答"
    return f"[{answer['intent']} → {kinds}] {answer['text']}"
