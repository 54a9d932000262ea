"""Ads out of a file: a table, DESIGN's vetting lines, or plain text."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from actions.vetting.vetter import Ad
from knowledge.parsing.formats.kinds import kind_of
from knowledge.parsing.formats.plain import decode
from knowledge.parsing.formats.question_lists import Rows, read_rows
from knowledge.parsing.formats.refusal import UnreadableFile

SUFFIXES = (".xlsx", ".csv", ".jsonl", ".txt")
HEADER_WITHIN = 10
"""Rows among which the names of the columns are looked for."""

_COLUMNS = {
    "title": r"(?:招聘)?(?:岗位|职位|工种|职务)(?:名称)?|标题|title|job",
    "employer": r"(?:招聘|用人|用工)?(?:企业|单位|公司|雇主)(?:名称|全称)?|employer|company",
    "city": r"(?:工作|所在)?(?:城市|地点|地区|地址)|city|location",
    "salary": r"(?:月|基本)?(?:薪资|薪酬|工资|待遇|薪水|月薪)(?:待遇|范围|水平|标准)?|salary|pay",
    "text": r"(?:工作|岗位|职位|招聘)?(?:简介|描述|职责|要求|内容|条件|说明|信息|福利|备注)"
    r"(?:及要求)?|任职(?:要求|资格|条件)|岗位职责|工作内容|text|description|requirements?",
}
_NAMES = {field: re.compile(form, re.I) for field, form in _COLUMNS.items()}


def read_ads(path: Path) -> Iterator[tuple[str, Ad]]:
    """Yield the ads of a file of SUFFIXES, each with where it stands (row 2, line 7, ad 3).

    Raises UnreadableFile for a broken file; tables whose columns name no ad give none.
    """
    content, suffix = path.read_bytes(), path.suffix.lower()
    if suffix == ".jsonl":
        yield from _of_lines(decode(content))
    elif suffix == ".txt":
        yield from _of_text(decode(content))
    else:
        kind_of(content, suffix)
        for rows in read_rows(content, suffix[1:]):
            yield from _of_table(rows)


def _of_lines(text: str) -> Iterator[tuple[str, Ad]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            ad = ad_of(value)
        except (ValueError, AttributeError) as error:
            raise UnreadableFile("broken_list") from error
        yield f"第 {number} 行", ad


def ad_of(fields: Mapping[str, object]) -> Ad:
    """Return the ad of fields by name, what is not given empty."""
    text, title, employer, city, salary = (
        str(fields.get(name) or "") for name in ("text", "title", "employer", "city", "salary")
    )
    return Ad(text, title, employer, city, salary)


def _of_text(text: str) -> Iterator[tuple[str, Ad]]:
    """Read ads that blank lines part, or one a line where there are none."""
    blocks = [
        block.strip() for block in re.split(r"\n\s*\n", text.replace("\r", "")) if block.strip()
    ]
    if len(blocks) == 1:
        blocks = [line.strip() for line in blocks[0].splitlines() if line.strip()]
    for number, block in enumerate(blocks, start=1):
        yield f"第 {number} 条", Ad(block)


def _of_table(rows: Rows) -> Iterator[tuple[str, Ad]]:
    heads = ((at, _columns(row)) for at, row in enumerate(rows[:HEADER_WITHIN], start=1))
    found = next((head for head in heads if head[1].keys() & {"text", "title"}), None)
    if found is None:
        return
    header, columns = found
    for number, row in enumerate(rows[header:], start=header + 1):
        fields = {
            field: "\n".join(row[c] for c in places if c < len(row) and row[c])
            for field, places in columns.items()
        }
        if any(fields.values()):
            yield f"第 {number} 行", ad_of(fields)


def _columns(header: Sequence[str]) -> dict[str, list[int]]:
    """Return by field the columns that are called so; only text may have several."""
    found: dict[str, list[int]] = {}
    for place, name in enumerate(header):
        plain = re.sub(r"[\s*（(].*$", "", name.strip())
        field = next((each for each, form in _NAMES.items() if form.fullmatch(plain)), None)
        if field is not None and (field == "text" or field not in found):
            found.setdefault(field, []).append(place)
    return found
