"""Where in a table the header stands, what its columns are called, where rows begin. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.parsing.sheets.reader import Line

LOOKED_AT = 60
"""Lines from the top in which a header is looked for, and by which columns are known."""

_LONGEST_NAME, _LONGEST_GROUP = 25, 12
_END = re.compile(r"^(?:合计|总计|小计|共计|备注|注[:：]|说明[:：]|填表|制表|审核人|以上)")


@dataclass(frozen=True)
class Layout:
    """The columns' names ("" or a number where none stands) and the lines below the header."""

    names: tuple[str, ...]
    body: int
    headed: bool


def find_layout(
    lines: Sequence[Line], named: Callable[[str], object], header: int | None = None
) -> Layout:
    """Return the layout of a table by its first lines; ``body`` counts from the first of them.

    ``named`` tells whether a text is a column's name; ``header`` is the line that holds them, where
    somebody has told.

    Above a header may stand lines over the whole width (附件1, a title); a header may take two
    lines, the upper with merged cells, and then a column is called by both.
    """
    scores = [_score(line.cells, named) for line in lines[:15]]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at), default=0)
    if header is not None:
        best = header
    elif not scores or scores[best] < 2:
        width = max((len(line.cells) for line in lines), default=0)
        first = next((at for at, one in enumerate(lines) if _filled(one.cells) > 2), 0)
        return Layout(tuple(str(at + 1) for at in range(width)), first, headed=False)
    above = lines[best - 1].cells if best else []
    groups = _as_groups(above, lines[best].cells)
    upper = best - 1 if best and (groups or _is_upper(above, lines[best].cells)) else None
    lower = None
    if (
        upper is None
        and best + 1 < len(lines)
        and _is_upper(lines[best].cells, lines[best + 1].cells)
    ):
        lower = best + 1
    top, bottom = (upper, best) if upper is not None else (best, lower)
    names = _joined(groups or lines[top].cells, lines[bottom].cells if bottom is not None else [])
    return Layout(tuple(names), (bottom if bottom is not None else top) + 1, headed=True)


def is_remark(cells: Sequence[str]) -> bool:
    """Whether a line is none of the list: a sum, a note, or one text over its whole width."""
    told = [cell for cell in cells if cell]
    return bool(told) and (bool(_END.match(told[0])) or (len(set(told)) == 1 and len(cells) > 3))


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _score(cells: Sequence[str], named: Callable[[str], object]) -> int:
    """Return how many columns a line names; a line of data names few, and has long cells."""
    told = [cell for cell in cells if cell]
    if not told or any(len(cell) > 60 for cell in told):
        return 0
    distinct = dict.fromkeys(told)
    return sum(1 for cell in distinct if len(cell) <= _LONGEST_NAME and named(cell) is not None)


def _is_upper(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a line is the upper half of a header: what it spans, the lower parts."""
    spanned = {cell for cell in above if cell and list(above).count(cell) > 1}
    if not spanned or len(set(filter(None, above))) < 2:
        return False
    under = [b for a, b in zip(above, below, strict=False) if a in spanned and b]
    alone = [b in ("", a) for a, b in zip(above, below, strict=False) if a and a not in spanned]
    return len(set(under)) > 1 and all(len(cell) <= _LONGEST_NAME for cell in under) and all(alone)


def _as_groups(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return a line of groups whose cells are not merged, each over the blanks behind it.

    Nothing where the line above a header is none: 填报单位：…　日期：… tells of the table.
    """
    told = [cell for cell in above if cell]
    names = _filled(below)
    if not 2 <= len(told) == len(set(told)) < names or len(above) > len(below):
        return []
    if any(re.search(r"[:：\d]", cell) or len(cell) > _LONGEST_GROUP for cell in told):
        return []
    if any(a and not b for a, b in zip(above, below, strict=False)):
        return []
    groups, last = [], ""
    for cell in [*above, *[""] * (len(below) - len(above))]:
        last = cell or last
        groups.append(last)
    return groups


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    width = max(len(above), len(below))
    upper = [*above, *[""] * (width - len(above))]
    lower = [*below, *[""] * (width - len(below))]
    names = [
        a if not b or a == b else f"{a}·{b}" if a else b for a, b in zip(upper, lower, strict=True)
    ]
    return [" ".join(name.split()) for name in names]
