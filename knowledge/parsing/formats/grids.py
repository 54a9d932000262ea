"""Tables as lines of text: a row a line, each cell behind the name of its column.

A row alone tells nobody what its numbers are; so each can be quoted with its header.
"""

import re
from collections.abc import Sequence

from knowledge.parsing.shapes import CELL

MAX_HEADER = 30  # characters of a column's name
BROKEN = 12  # so few characters over several lines are one word
_DATA = re.compile(r"\d|[。；！？]|https?:")
_PERIOD = re.compile(r"\d{4}\s*年(?:度)?")  # a column may be called after its year
_NAME = re.compile(
    r"(?:名称|姓名|类别|类型|种类|项目|事项|标准|金额|费用|条件|期限|时限|时间|日期|单位|部门|机构|地址|地点|电话|对象|人员|"
    r"要求|说明|内容|序号|编号|代码|渠道|方式|等级|级别|学历|层次|工种|职业|岗位|补贴|待遇|人数|备注|材料|区域|地区|区县|年龄|"
    r"指标|分值|分数|比例|情况|情形|企业|依据|次数|流程|步骤|环节|问题|答案|规模|周期|数量|年限|档次|编码)(?:[（(].{1,20}[）)])?$"
)

Grid = Sequence[Sequence[str]]
"""Rows of cells; a merged cell's text stands in each place that it covers."""


def rows_of(grid: Grid, *, headed: bool = False) -> list[str]:
    """Return a line for each row of a table; ``headed`` where the first row is known to name
    the columns, else it is judged by its words.
    """
    rows = [[_plain(cell) for cell in row] for row in grid]
    rows = [row for row in rows if any(row)]
    names, body = _named(rows, headed=headed)
    if not names:
        return [CELL.join(_once(row)) for row in body]
    return [*([CELL.join(_once(names))] if not body else []), *(_row(names, row) for row in body)]


def _plain(cell: str) -> str:
    """Return a cell's text in one line, its paragraphs parted by ；."""
    lines = [" ".join(line.split()) for line in cell.replace("\u3000", " ").split("\n")]
    if sum(map(len, lines)) <= BROKEN:  # 类 别, or one character below the other
        return re.sub(r"(?<=[^\x00-\x7f])\s(?=[^\x00-\x7f])", "", "".join(lines)).replace(CELL, " ")
    text = ""
    for line in filter(None, lines):
        text += ("；" if text and text[-1] not in "。；：，、！？;:,." else "") + line
    return text.replace(CELL, " ")


def _named(rows: list[list[str]], *, headed: bool) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns and the rows below them; no names where none stand.

    A header over two rows, the first with merged cells, names its columns by both.
    """
    for at, row in enumerate(rows[:2]):
        if len(set(row)) > 1:  # a caption goes over the whole width
            if not (headed or _names_columns(row, rows[at + 1 :])):
                return [], rows
            names, below = row, rows[at + 1 :]
            if len(set(row)) < len(row) and below and _refines(row, below[0]):
                names = [
                    name if name == under or not under else f"{name}·{under}" if name else under
                    for name, under in zip(row, _filled(below[0], len(row)), strict=True)
                ]
                below = below[1:]
            return names, below
    return [], rows


def _names_columns(row: list[str], below: list[list[str]]) -> bool:
    named = [cell for cell in row if cell]
    if not below or len(named) < max(2, len(row) - 1) or any(map(_is_data, named)):
        return False
    told = sum(bool(_NAME.search(cell)) for cell in named)
    return told >= (len(named) if len(row) == 2 else 1) or (len(row) > 2 and _has_data(below))


def _is_data(cell: str) -> bool:
    return (
        len(cell) > MAX_HEADER
        or cell.endswith(("：", ":"))
        or bool(_DATA.search(_PERIOD.sub("", cell)))
    )


def _has_data(rows: list[list[str]]) -> bool:
    return any(_DATA.search(cell) for row in rows for cell in row)


def _refines(row: list[str], below: list[str]) -> bool:
    """Tell whether the second row parts what the first has merged, and only that."""
    cells = list(zip(row, _filled(below, len(row)), strict=True))
    merged = {cell for cell in row if row.count(cell) > 1}
    under = [cell for name, cell in cells if name in merged]
    same = all(cell in ("", name) for name, cell in cells if name not in merged)
    return same and len(set(under)) > 1 and not any(map(_is_data, under))


def _filled(row: list[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _once(row: list[str]) -> list[str]:
    """Return a row's cells, one that spans several columns once, empty ones left out."""
    return [cell for at, cell in enumerate(row) if cell and (at == 0 or cell != row[at - 1])]


def _row(names: list[str], row: list[str]) -> str:
    cells = _filled(row, max(len(names), len(row)))
    if len(_once(cells)) == 1:
        return _once(cells)[0]
    told: list[str] = []
    for at, cell in enumerate(cells):
        name = names[at] if at < len(names) else ""
        if not cell or (at and cell == cells[at - 1] and at < len(names) and name == names[at - 1]):
            continue
        told.append(f"{name}：{cell}" if name and name != cell else cell)
    return CELL.join(told)
