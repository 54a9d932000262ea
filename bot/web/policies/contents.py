"""The table of contents of a laid-out document."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from bot.web.policies.layout import Block

FEWEST = 3  # a list of two is no help
LEVELS = 2
_OURS = re.compile(r"p\d+")
_ARTICLE = re.compile(r"第[^章节编]{1,7}条(?:之.)?")


@dataclass(frozen=True)
class Entry:
    """One line of the contents, with the lines under it."""

    label: str
    href: str
    children: "list[Entry]" = field(default_factory=list)

    @property
    def short(self) -> bool:
        """Whether the label is an article's bare number, that others may stand beside."""
        return _ARTICLE.fullmatch(self.label) is not None


def contents(blocks: Iterable[Block]) -> tuple[Entry, ...]:
    """Return the numbered headings, two levels deep; nothing where that would not help.

    Paragraphs that only have a number of ours (第3段) are none of the document's headings.
    """
    top: list[Entry] = []
    open_entries: list[tuple[int, Entry]] = []
    count = 0
    for block in blocks:
        if block.kind not in ("heading", "item") or not block.label or _OURS.fullmatch(block.key):
            continue
        open_entries = [pair for pair in open_entries if pair[0] < block.depth]
        if len(open_entries) >= LEVELS:
            continue
        entry = Entry(block.label, "#" + quote(block.key or block.anchor or "", safe="~"))
        (open_entries[-1][1].children if open_entries else top).append(entry)
        open_entries.append((block.depth, entry))
        count += 1
    return tuple(top) if count >= FEWEST else ()
