"""Finding the entries of Rasa's lists in a sentence, the longest first, none over another.

Chinese has no word boundaries, so Rasa's own RegexEntityExtractor tries its list in file
order and reports 浦东 where 浦东新区 stands, and 就业登记 again within 就业登记中心.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from language.names import NameIndex

PLAIN = "plain"
"""Name of the list whose entries only hide shorter entries of the others."""


@dataclass(frozen=True)
class Span:
    """Half-open range ``[start, end)`` of a text that list ``name`` holds."""

    name: str
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class NameFinder:
    """All lists at once: ``lists`` maps a list's name to its entries.

    ``compounds`` maps a name to the two lists whose entries, side by side, make one more
    span of that name (hall = place + hall_kind); the second list has no spans of its own.
    """

    def __init__(
        self, lists: Mapping[str, Sequence[str]], compounds: Mapping[str, Sequence[str]]
    ) -> None:
        self._compounds: dict[str, tuple[str, str]] = {
            name: (parts[0], parts[1]) for name, parts in compounds.items()
        }
        self._tails = {tail for _, tail in self._compounds.values()}
        names: dict[str, list[str]] = defaultdict(list)
        for name, entries in lists.items():
            for entry in entries:
                names[entry.lower()].append(name)
        self._index = NameIndex(names)

    def find(self, text: str) -> list[Span]:
        """Return the spans in ``text`` by start; of two overlapping ones the longer stays.

        The place within a hall's name is the one span that may lie inside another: 浦东大厅
        is a hall and tells of 浦东 too.
        """
        found = self._entries(text.lower())
        compounds = self._compound_spans(found)
        kept: list[Span] = []
        single = [span for span in found if span.name not in self._tails]
        for span in sorted([*compounds, *single], key=lambda span: (-len(span), span.start)):
            if not any(span.overlaps(other) and not self._heads(span, other) for other in kept):
                kept.append(span)
        return sorted(
            (span for span in kept if span.name != PLAIN), key=lambda s: (s.start, -len(s), s.name)
        )

    def _heads(self, span: Span, whole: Span) -> bool:
        head = self._compounds.get(whole.name, ("", ""))[0]
        return span.name == head and span.start == whole.start and span.end < whole.end

    def _entries(self, text: str) -> list[Span]:
        return [
            Span(name, found.start, found.end)
            for found in self._index.everywhere(text)
            if not _cuts_latin_word(text, found.start, found.end)
            for name in found.meaning
        ]

    def _compound_spans(self, found: Sequence[Span]) -> list[Span]:
        spans = []
        for name, (head, tail) in self._compounds.items():
            tails = [span for span in found if span.name == tail]
            for first in found:
                if first.name == head:
                    spans.extend(
                        Span(name, first.start, last.end)
                        for last in tails
                        if last.start == first.end
                    )
        return spans


def _cuts_latin_word(text: str, start: int, end: int) -> bool:
    return bool(
        (start > 0 and re.match(r"[a-z0-9]{2}", text[start - 1 : start + 1]))
        or re.match(r"[a-z0-9]{2}", text[end - 1 : end + 1])
    )
