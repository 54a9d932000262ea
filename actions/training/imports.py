"""Courses out of a file, line by line; the same file again updates them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from actions.training import sentences as say
from actions.training.records import NewCourse
from actions.training.rules import is_at_weekend, is_in_the_evening
from actions.training.service import BadCourse, Training
from knowledge.parsing.sheets.days import day_in
from knowledge.parsing.sheets.records import (
    ADDED,
    FAILED,
    UNCHANGED,
    UPDATED,
    Record,
    Report,
    Result,
    records,
)
from language.places import NATIONAL, city_of, place_in
from language.trades import find_trade

COLUMNS = {
    "title": (
        r"(?:培训)?(?:课程|班级?|专业|项目)(?:名称)?|培训(?:班|工种|内容)(?:名称)?"
        r"|名称|course|title"
    ),
    "trade": r"(?:对应)?(?:工种|职业)(?:名称)?|trade",
    "provider": r"(?:培训|承办|开班|主办|办学)?(?:机构|学校|单位)(?:名称)?|provider|school",
    "place": r"(?:上课|培训|开班)?(?:地区|城市|区县|市)|city|place",
    "address": r"(?:上课|培训|开班|详细)?(?:地点|地址)|address",
    "starts_on": r"(?:计划|预计)?(?:开班|开课|开始|培训开始)(?:日期|时间|日)|start.*",
    "ends_on": r"(?:计划|预计)?(?:结班|结业|结束|培训结束)(?:日期|时间|日)|end.*",
    "times": r"(?:上课|培训)(?:时间|时段|安排)|时段|课时安排|times?",
    "fee": r"(?:培训)?(?:学费|费用|收费|价格)(?:标准)?|收费情况|fee|price",
    "subsidised": (
        r"(?:是否|可否|有无)?(?:享受|可领|有|政府)?(?:培训)?补贴(?:班|标准|情况)?|subsid.*"
    ),
    "seats": r"(?:计划|招生|培训|开班)?(?:人数|名额|学位|容量)|seats?",
    "key": r"(?:课程|班级?|开班|培训)?(?:编号|编码|代码|期号)|id|key",
    "description": (
        r"(?:课程|培训)?(?:简介|内容|介绍|说明|要求|条件|备注)|招生(?:对象|要求|条件)|description"
    ),
}
NEEDED = {"title": "课程名称", "provider": "培训机构"}
_NO = re.compile(r"^(?:否|无|没有|不.*|no|0|false)$", re.I)
_ONLINE = re.compile(r"线上|网上|网络|在线|远程")
_FREE = re.compile(r"免费|免收|不收费|全免")


@dataclass(frozen=True)
class Order:
    """What holds of a whole file: whose it is, the place where a line names none."""

    source: str
    place: str = ""
    dry: bool = False


def import_courses(training: Training, path: Path, order: Order, today: date) -> Report:
    """Import a file; bad lines are reported and left out. Raises UnreadableTable."""
    report = Report()
    for record in records(path, COLUMNS, NEEDED):
        notes: list[str] = []
        title = record.cells.get("title", "")[:100]
        course = read_course(record, order, today, notes)
        outcome = FAILED
        if course is not None:
            try:
                kept = training.put(course, order.source, _key(record, course), dry=order.dry)
                outcome = {"added": ADDED, "updated": UPDATED, None: UNCHANGED}[kept]
            except BadCourse:
                notes.append(say.ROW_BAD)
        report.results.append(Result(record.number, outcome, title, tuple(notes)))
    return report


def read_course(record: Record, order: Order, today: date, notes: list[str]) -> NewCourse | None:
    """Return the course of a line, None where it is none; ``notes`` gets what is to be said."""
    cells = record.cells
    title, provider = cells.get("title", "")[:100], cells.get("provider", "")[:100]
    if not title or not provider:
        notes.append(say.ROW_NO_NAME)
        return None
    place = _place(record, order)
    if place is None:
        notes.append(say.ROW_NO_PLACE.format(text=cells.get("place", cells.get("address", ""))))
        return None
    days = [_day(cells.get(name, ""), today, notes) for name in ("starts_on", "ends_on")]
    if days[0] is not None and days[0] <= today:
        notes.append(say.ROW_OVER)
    times = cells.get("times", "")[:100]
    trade = find_trade(cells.get("trade", "")) or find_trade(title)
    subsidy = cells.get("subsidised")
    return NewCourse(
        title=title,
        trade=trade.name if trade else "",
        provider=provider,
        city=place,
        address="" if place == NATIONAL else cells.get("address", "")[:200],
        starts_on=days[0],
        ends_on=days[1],
        times=times,
        weekend=is_at_weekend(times),
        evening=is_in_the_evening(times),
        fee=_fee(cells.get("fee", ""), notes),
        subsidised=None if subsidy is None else not _NO.match(subsidy.strip()),
        seats=_seats(cells.get("seats", ""), notes),
        description=cells.get("description", "")[:2000],
    )


def _key(record: Record, course: NewCourse) -> str:
    """Return what tells a course of a source from its others."""
    parts = (course.title, course.provider, str(course.starts_on or ""))
    return (record.cells.get("key") or "|".join(parts))[:200]


def _place(record: Record, order: Order) -> str | None:
    """Return the code of the city, NATIONAL for what is on line, None where it is not told."""
    told = [record.cells[name] for name in ("place", "address") if name in record.cells]
    if any(_ONLINE.search(words) for words in told):
        return NATIONAL
    found = next((code for code in map(place_in, told) if code), None)
    return city_of(found) if found else (order.place or None)


def _day(cell: str, today: date, notes: list[str]) -> date | None:
    day = day_in(cell, today) if cell else None
    if cell and day is None:
        notes.append(say.ROW_DATE.format(text=cell[:30]))
    return day


def _fee(cell: str, notes: list[str]) -> int | None:
    if not cell:
        return None
    if _FREE.search(cell):
        return 0
    numbers = list(_numbers(cell))
    if len(numbers) != 1:
        notes.append(say.ROW_FEE.format(text=cell[:30]))
        return None
    return round(numbers[0])


def _seats(cell: str, notes: list[str]) -> int | None:
    numbers = list(_numbers(cell))
    if cell and len(numbers) != 1:
        notes.append(say.ROW_SEATS.format(text=cell[:30]))
    return round(numbers[0]) if len(numbers) == 1 else None


def _numbers(cell: str) -> Iterator[float]:
    for match in re.finditer(r"\d[\d,，]*(?:\.\d+)?", cell):
        yield float(match[0].replace(",", "").replace("，", ""))
