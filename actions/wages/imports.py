"""Published wage guidance out of a file, line by line."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from actions.wages import sentences as say
from actions.wages.rules import Quartiles
from actions.wages.service import BadGuide, Guide, Wages
from knowledge.parsing.sheets.records import (
    ADDED,
    FAILED,
    UPDATED,
    Record,
    Report,
    Result,
    records,
)
from language.places import place_in, to_code

COLUMNS = {
    "trade": r"(?:职业|工种|岗位|职位)(?:（?细类）?|小类)?(?:名称)?|trade|occupation",
    "place": r"地区|城市|地方|place|city",
    "q1": r"(?:下四分位|25%?分位|q1|25%?)(?:数|值|点)?",
    "median": r"(?:中位|50%?分位|median|50%?)(?:数|值|点)?",
    "q3": r"(?:上四分位|75%?分位|q3|75%?)(?:数|值|点)?",
    "n": r"(?:样本|调查)(?:人|岗位)?(?:数|量|数量)?|人数|n",
}
NEEDED = {"trade": "职业", "q1": "25%分位", "median": "中位数", "q3": "75%分位"}
MONTHS = {"年": 12, "月": 1}


@dataclass(frozen=True)
class Order:
    """What holds of a whole file: place code ("" where a column says it), year, paper, its day.

    ``unit`` is 年 or 月, "" where the columns' names say it; ``dry``: nothing is kept.
    """

    place: str
    year: int
    source: str
    published_on: date
    unit: str = ""
    dry: bool = False


def import_guides(wages: Wages, path: Path, order: Order, today: date) -> Report:
    """Import a file; bad lines are reported and left out. Raises UnreadableTable."""
    report = Report()
    for record in records(path, COLUMNS, NEEDED):
        trade = record.cells.get("trade", "")
        guide = _read(record, order)
        if isinstance(guide, str):
            report.results.append(Result(record.number, FAILED, trade, (guide,)))
            continue
        report.results.append(_kept(wages, guide, record, order, today))
    return report


def _kept(wages: Wages, guide: Guide, record: Record, order: Order, today: date) -> Result:
    try:
        new = wages.put(guide, today, dry=order.dry)
    except BadGuide:
        return Result(record.number, FAILED, guide.trade, (say.ROW_BAD,))
    return Result(record.number, ADDED if new else UPDATED, guide.trade)


def _read(record: Record, order: Order) -> Guide | str:
    """Return what a line says, or a sentence that says why it cannot be read."""
    heads = "".join(record.heads[name] for name in ("q1", "median", "q3"))
    unit = order.unit or next((mark for mark in MONTHS if f"/{mark}" in heads), "")
    if not unit:
        return say.ROW_NO_UNIT
    named = record.cells.get("place", "")
    place = (to_code(named) or place_in(named)) if named else order.place
    if not place:
        return say.ROW_NO_PLACE
    figures = [_number(record.cells.get(name, "")) for name in ("q1", "median", "q3")]
    if None in figures or "trade" not in record.cells:
        return say.ROW_NO_FIGURES
    monthly = (round((figure or 0) / MONTHS[unit]) for figure in figures)
    n = _number(record.cells.get("n", ""))
    return Guide(
        place=place,
        trade=record.cells["trade"],
        year=order.year,
        quartiles=Quartiles(*monthly),
        source=order.source,
        published_on=order.published_on,
        n=None if n is None else int(n),
    )


def _number(cell: str) -> float | None:
    plain = re.sub(r"[,，\s元]", "", cell)
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None
