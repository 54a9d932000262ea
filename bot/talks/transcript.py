"""Conversations as ``zhida export transcripts`` writes them, cut into turns."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.talks.talk import Answer


class NoTranscript(ValueError):
    """The file is no transcript; the message says where."""


@dataclass(frozen=True)
class StoredTurn:
    """What a person wrote, and what they were answered then.

    ``place`` is the pressed button's among those of the answer before, None where nothing was
    pressed: a button leaves its title, which somebody may as well have typed.
    """

    conversation: str
    number: int
    said: str
    answer: Answer
    place: int | None


def read_turns(file: Path) -> dict[str, list[StoredTurn]]:
    """Return the turns of each conversation in ``file``; raises NoTranscript.

    What nobody of ours read is left out: it was said to a colleague.
    """
    try:
        lines = file.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise NoTranscript(f"读不了 {file}") from error
    rows: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                row = json.loads(line)
                rows.setdefault(row["conversation"], []).append(_checked(row))
            except (ValueError, KeyError, TypeError) as error:
                raise NoTranscript(f"{file} 第 {number} 行不是导出的会话") from error
    if not rows:
        raise NoTranscript(f"{file} 里没有会话")
    return {conversation: _turns(conversation, of) for conversation, of in rows.items()}


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("author", "text", "buttons", "data", "nlu")}


def _turns(conversation: str, rows: Iterable[dict[str, Any]]) -> list[StoredTurn]:
    turns: list[StoredTurn] = []
    for said, nlu, replies in _exchanges(rows):
        before = [button["title"] for button in turns[-1].answer.buttons] if turns else []
        if nlu is None and not replies:
            continue
        answer = Answer(tuple(replies), nlu or {}, "bot")
        place = before.index(said) if said in before else None
        turns.append(StoredTurn(conversation, len(turns) + 1, said, answer, place))
    return turns


def _exchanges(
    rows: Iterable[dict[str, Any]],
) -> list[tuple[str, dict[str, Any] | None, list[dict[str, Any]]]]:
    """Return each message with its reading and the replies that came before the next."""
    found: list[tuple[str, dict[str, Any] | None, list[dict[str, Any]]]] = []
    for row in rows:
        if row["author"] == "user":
            found.append((row["text"], row["nlu"], []))
        elif row["author"] == "bot" and found:
            buttons = [{"title": title} for title in row["buttons"]]
            found[-1][2].append({"text": row["text"], "buttons": buttons, "data": row["data"]})
    return found
