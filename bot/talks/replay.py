"""``zhida replay``: stored conversations, said again to the present assistant."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from bot.talks.talk import Answer, Refused, Talk, assistant_at
from bot.talks.transcript import StoredTurn, read_turns
from bot.talks.wording import in_short

PASSING = re.compile(r"[A-Z]{2,3}-[0-9A-Z-]+|(?:周|星期)[一二三四五六日]|\d+")
"""What differs from day to day though nothing has changed: codes, weekdays, dates, numbers."""


def replay(file: Path, url: str) -> dict[str, Any]:
    """Say what ``file`` has to the assistant at ``url``; return what changed.

    ``n`` turns were said, ``changed`` of them are answered otherwise: by another ``kind`` of
    reply, other words (dates, numbers and codes aside), or read as another ``intent``. ``turns``
    lists these with both answers. Raises NoTranscript and NoAssistant.
    """
    conversations = read_turns(file)
    with assistant_at(url) as http:
        compared = [line for turns in conversations.values() for line in _again(turns, http)]
    changed = [line for line in compared if line["changed"]]
    return {
        "n": len(compared),
        "conversations": len(conversations),
        "changed": len(changed),
        "turns": changed,
    }


def _again(turns: list[StoredTurn], http: httpx.Client) -> Iterator[dict[str, Any]]:
    talk, answer = Talk(http, name="replay"), Answer((), {}, "bot")
    for turn in turns:
        button = _button(turn, answer)
        try:
            answer = talk.ask(*((turn.said,) if button is None else _press(button)))
        except Refused as refusal:
            answer = Answer(({"text": str(refusal), "data": {"kind": "error"}},), {}, answer.mode)
        yield {
            "conversation": turn.conversation,
            "turn": turn.number,
            "said": turn.said,
            "changed": differences(turn.answer, answer),
            "before": _told(turn.answer),
            "now": _told(answer),
        }


def _button(turn: StoredTurn, answer: Answer) -> dict[str, str] | None:
    """Return the button that was pressed then: of that title, else in its place.

    The times that are offered are others every day.
    """
    if turn.place is None:
        return None
    named = (button for button in answer.buttons if button["title"] == turn.said)
    return next(named, next(iter(answer.buttons[turn.place : turn.place + 1]), None))


def _press(button: dict[str, str]) -> tuple[str, str]:
    return button["title"], button["payload"]


def differences(before: Answer, now: Answer) -> list[str]:
    """Return in what two answers differ: ``kind``, ``text``, ``intent``."""
    compared = {
        "kind": (before.kinds, now.kinds),
        "text": (PASSING.sub("#", before.text), PASSING.sub("#", now.text)),
        "intent": (before.nlu.get("intent"), now.nlu.get("intent")),
    }
    return [name for name, (then, today) in compared.items() if then != today]


def _told(answer: Answer) -> dict[str, Any]:
    return {"intent": answer.nlu.get("intent"), **in_short(answer)}
