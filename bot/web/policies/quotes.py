"""Finding quoted words in a text and cutting the text at them, for highlighting.

A quote is found exactly, except that white space does not count: the words of a
document may have been wrapped differently when they were quoted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

QUOTE_MAX = 4000
MARKS_MAX = 20

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text, highlighted or not."""

    text: str
    marked: bool


def find_quote(text: str, quote: str) -> list[Span]:
    """Return the half-open spans of ``text`` that say ``quote``, in order, not overlapping.

    Empty for a quote without visible characters, one over 4000 characters, or one that
    ``text`` does not contain; at most the first 20.
    """
    wanted = "".join(quote.split())
    if not wanted or len(quote) > QUOTE_MAX:
        return []
    places = [place for place, character in enumerate(text) if not character.isspace()]
    solid = "".join(text[place] for place in places)
    spans: list[Span] = []
    at = solid.find(wanted)
    while at >= 0 and len(spans) < MARKS_MAX:
        spans.append((places[at], places[at + len(wanted) - 1] + 1))
        at = solid.find(wanted, at + len(wanted))
    return spans


def cut(text: str, start: int, end: int, marks: Sequence[Span]) -> list[Piece]:
    """Cut ``text[start:end]`` where ``marks`` (sorted, apart, in ``text``'s offsets) begin or end.

    The pieces' texts together are ``text[start:end]``; no piece is empty.
    """
    pieces: list[Piece] = []
    at = start
    for left, right in marks:
        left, right = max(left, at), min(right, end)
        if left >= right:
            continue
        pieces += [Piece(text[at:left], False), Piece(text[left:right], True)]
        at = right
    pieces.append(Piece(text[at:end], False))
    return [piece for piece in pieces if piece.text]
