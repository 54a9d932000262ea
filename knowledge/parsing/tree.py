"""The tree of numbered items behind the units of a document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.parsing.numbering import ARTICLE, SECTION, Marker
from knowledge.parsing.shapes import CELL

HEADING_LENGTH = 40
UNIT_LENGTH = 400  # an item with its list stays one unit up to this many characters
LONGEST = 600  # a unit that has no list is cut at its lines beyond
_TERSE = 24  # list items shorter than this on average say nothing without their lead-in
_TERSE_LENGTH = 1000
_LABEL_LENGTH = 80
_LIST_END = "；;、"


@dataclass
class Node:
    """An item: its own words are ``text[start:own_end]``, with ``children`` up to ``end``.

    ``marker`` is None for a paragraph that stands between or after the lists of its parent.
    """

    marker: Marker | None
    start: int
    own_end: int
    end: int
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Piece:
    """A unit before it is named: ``items`` are the markers above it and its own."""

    kind: str
    items: tuple[Marker, ...]
    path: tuple[str, ...]
    start: int
    end: int


def is_heading(text: str) -> bool:
    """Tell whether an item's text is only its heading."""
    return len(text) <= HEADING_LENGTH and not text.endswith(("。", "；", "：", ".", ";", ":"))


def grow(text: str, markers: Sequence[Marker], end: int) -> list[Node]:
    """Return the items that ``markers`` begin in ``text[:end]``, each with those below it."""
    roots: list[Node] = []
    above: list[Node] = []
    stops = [marker.start for marker in markers[1:]] + [end]
    for marker, stop in zip(markers, stops, strict=True):
        above = [node for node in above if node.marker and node.marker.rank < marker.rank]
        node = Node(marker, marker.start, stop, stop)
        (above[-1].children if above else roots).append(node)
        for parent in above:
            parent.end = stop
        above.append(node)
    for root in roots:
        _part_tails(text, root)
    return roots


def pieces(text: str, nodes: Sequence[Node]) -> Iterator[Piece]:
    """Cut the items into units that stand alone, in order, without gaps."""
    for node in nodes:
        yield from _cut(text, node, (), ())


def portions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` at ends of lines where it is too long to be one unit.

    What leads into something (「…如下：」) stays with it; of a table each row is a part.
    """
    if end - start <= LONGEST:
        return [(start, end)]
    cut: list[tuple[int, int]] = []
    begin = at = start
    for line in text[start:end].splitlines(keepends=True):
        row = CELL in line
        leads = text[begin:at].rstrip().endswith(("：", ":")) and at - begin <= UNIT_LENGTH
        if at > begin and not leads and (row or at + len(line) - begin > UNIT_LENGTH):
            cut.append((begin, at))
            begin = at
        at += len(line)
    return [*cut, (begin, end)]


def _part_tails(text: str, node: Node) -> None:
    """Give back to ``node`` the paragraphs that follow its list but not its last item.

    An item of a list that runs over semicolons, and any item of an article, ends with its
    line; what comes below belongs to the article.
    """
    lists = node.marker is not None and node.marker.rank == ARTICLE
    lists = lists or any(_own(text, child).endswith(tuple(_LIST_END)) for child in node.children)
    parted: list[Node] = []
    for child in node.children:
        _part_tails(text, child)
        parted.append(child)
        line_end = text.find("\n", child.start, child.own_end - 1) + 1
        if lists and not child.children and line_end:
            parted.append(Node(None, line_end, child.end, child.end))
            child.own_end = child.end = line_end
    node.children = parted


def _own(text: str, node: Node) -> str:
    return text[node.start : node.own_end].strip()


def _cut(
    text: str, node: Node, items: tuple[Marker, ...], path: tuple[str, ...]
) -> Iterator[Piece]:
    if node.marker is None:
        raise ValueError("a paragraph of its parent has no number")
    items, own = (*items, node.marker), _own(text, node)
    here = (*path, _label(own, node.marker))
    article = node.marker.rank == ARTICLE
    if not node.children:
        kind = "heading" if node.marker.rank <= SECTION and is_heading(own) else "item"
        for start, end in portions(text, node.start, node.end):
            yield Piece(kind, items, here, start, end)
    elif is_heading(own) and not article:
        yield Piece("heading", items, here, node.start, node.own_end)
        for child in node.children:
            yield from _cut_child(text, child, items, here)
    elif node.end - node.start <= UNIT_LENGTH and (article or _leads(text, node)):
        yield Piece("item", items, here, node.start, node.end)
    else:
        for group in _groups(node):
            yield from _cut_group(text, group, items, here)


def _cut_child(
    text: str, child: Node, items: tuple[Marker, ...], path: tuple[str, ...]
) -> Iterator[Piece]:
    if child.marker is None:
        for start, end in portions(text, child.start, child.end):
            yield Piece("item", items, path, start, end)
    else:
        yield from _cut(text, child, items, path)


def _groups(node: Node) -> list[list[Node]]:
    """Return the paragraphs of an item, each with the list that it leads into."""
    groups = [[Node(None, node.start, node.own_end, node.own_end)]]
    for child in node.children:
        if child.marker is None:
            groups.append([child])
        else:
            groups[-1].append(child)
    return groups


def _cut_group(
    text: str, group: list[Node], items: tuple[Marker, ...], path: tuple[str, ...]
) -> Iterator[Piece]:
    lead, *listed = group
    own = _own(text, lead)
    start, end = lead.start, group[-1].end
    if not listed or _fits(text, lead, listed):
        yield Piece("item", items, path, start, end)
        return
    leading = own.endswith(("：", ":"))
    kind = "heading" if leading and len(own) <= HEADING_LENGTH else "item"
    yield Piece(kind, items, path, start, lead.end)
    below = (*path[:-1], _lead_label(own, path[-1])) if leading else path
    for child in listed:
        yield from _cut_child(text, child, items, below)


def _leads(text: str, node: Node) -> bool:
    """Tell whether each list of an item follows a sentence that ends in a colon."""
    return all(
        len(group) == 1 or _own(text, group[0]).endswith(("：", ":")) for group in _groups(node)
    )


def _fits(text: str, lead: Node, listed: Sequence[Node]) -> bool:
    """Tell whether a list stays with its lead-in: when short, or of terse items."""
    if not _own(text, lead).endswith(("：", ":")):
        return False
    length = listed[-1].end - lead.start
    terse = sum(node.end - node.start for node in listed) <= _TERSE * len(listed)
    return length <= UNIT_LENGTH or (terse and length <= _TERSE_LENGTH)


def _lead_label(own: str, label: str) -> str:
    """Return an item's number with the sentence that leads into its list."""
    sentence = re.split(r"[。\n]", own.rstrip("：:"))[-1].strip()
    number = label if label not in sentence and len(label) <= 10 else ""
    return f"{number} {sentence}".strip()[:_LABEL_LENGTH]


def _label(text: str, marker: Marker) -> str:
    """Return an item's number with its own heading, or with its first words."""
    line = text.split("\n", 1)[0]
    if marker.rank == ARTICLE:
        titled = re.fullmatch(
            r"(第\S{1,7}条(?:之\S{1,3})?)[ \u3000]*[【\[（(](.{2,20})[】\]）)].*", line
        )
        return f"{titled[1]} {titled[2]}" if titled else marker.label
    if is_heading(line):
        return re.sub(r"\s+", " ", line)
    first = re.match(r"[^。；：，]{1,30}(?=[。：])", line)
    if first is not None:
        return first[0]
    rest = line[len(marker.label) :]
    return marker.label + re.split(r"[，。；：、（(]", rest, maxsplit=1)[0][:18]
