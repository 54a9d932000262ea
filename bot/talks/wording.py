"""Answers as people read them in a terminal."""

from typing import Any

from actions.dialogue.replies import shorten
from bot.talks.talk import Answer, kind_of

SHORT = 160
"""Characters of an answer that are enough to see what it is."""


def in_short(answer: Answer) -> dict[str, Any]:
    """Return what an answer is, its words shortened."""
    return {
        "kinds": answer.kinds,
        "text": shorten(answer.text, SHORT),
        "buttons": [button["title"] for button in answer.buttons],
        "mode": answer.mode,
    }


def aloud(answer: Answer) -> list[str]:
    """Return an answer's replies as lines, with kinds and buttons."""
    lines = []
    for reply in answer.replies:
        kind = kind_of(reply)
        lines.append(f"职达：{reply['text']}" + (f"　[{kind}]" if kind else ""))
        if buttons := reply.get("buttons"):
            lines.append("　　　" + "".join(f"〔{button['title']}〕" for button in buttons))
    return lines or [f"（没有回答，{answer.mode}）"]
