"""Clauses of a text taken out or replaced, so that what is left still reads."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LEFT_OVER = re.compile(r"([，,、；;])[，,、；;]+")
_AFTER_STOP = re.compile(r"([。！!？?：:\n]|^)[，,、；;]+")
_BEFORE_STOP = re.compile(r"[，,、；;：:]+([。！!？?]|$)")
_STOPS = re.compile(r"([。！!？?])[。]+")


@dataclass(frozen=True)
class Cut:
    """``[start, end)`` gives way to ``new``, which may be empty."""

    start: int
    end: int
    new: str


def without(text: str, cuts: Iterable[Cut]) -> str:
    """Return ``text`` with the cuts made; cuts that overlap are one, their new words in a row."""
    joined: list[tuple[int, int, list[str]]] = []
    for cut in sorted(cuts, key=lambda one: one.start):
        if joined and cut.start < joined[-1][1]:
            start, end, words = joined[-1]
            joined[-1] = (start, max(end, cut.end), [*words, cut.new])
        else:
            joined.append((cut.start, cut.end, [cut.new]))
    out, at = [], 0
    for start, end, words in joined:
        out += [text[at:start], "，".join(filter(None, words))]
        at = end
    return _tidy("".join(out) + text[at:])


def _tidy(text: str) -> str:
    text = _LEFT_OVER.sub(r"\1", text)
    text = _AFTER_STOP.sub(r"\1", text)
    text = _BEFORE_STOP.sub(r"\1", text)
    return _STOPS.sub(r"\1", text).strip()
