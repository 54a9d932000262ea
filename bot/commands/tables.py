"""``zhida import-wages`` and ``zhida import-training``: tables that an office keeps."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.data import opened
from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say
from bot.console.permissions import Deed
from store.clock import to_shanghai
from store.database import Database
from store.settings import Settings

if TYPE_CHECKING:
    from knowledge.parsing.sheets.records import Report

Work = Callable[[Database, date], "Report"]


def run_import_wages(
    settings: Settings,
    file: Path,
    place: str,
    year: int,
    source: str,
    published_on: str,
    unit: str,
    *,
    dry: bool,
    as_json: bool,
) -> None:
    """Import published wage guidance and report; exit 1 where no line was good."""
    from actions.wages.imports import MONTHS, Order, import_guides
    from actions.wages.service import Wages

    if unit and unit not in MONTHS:
        fail(f"--unit 是 {' 或 '.join(MONTHS)}，不是「{unit}」。", code=2)
    try:
        on = date.fromisoformat(published_on)
    except ValueError:
        fail(f"--published-on 写成 2026-03-01 这样，不是「{published_on}」。", code=2)
    order = Order(code_of(place), year, source, on, unit, dry)

    def work(database: Database, today: date) -> "Report":
        return import_guides(Wages(database), file, order, today)

    _imported(settings, file, Deed.SET_WAGE_GUIDE, source, work, dry=dry, as_json=as_json)


def run_import_training(
    settings: Settings, file: Path, source: str, place: str, *, dry: bool, as_json: bool
) -> None:
    """Import courses and report; exit 1 where no line was good."""
    from actions.training.imports import Order, import_courses
    from actions.training.service import Training

    order = Order(source or file.stem, code_of(place), dry)

    def work(database: Database, today: date) -> "Report":
        return import_courses(Training(database), file, order, today)

    _imported(settings, file, Deed.EDIT_COURSE, order.source, work, dry=dry, as_json=as_json)


def code_of(place: str) -> str:
    """Return the code of a place that was told, "" for none; exit 2 for what is no place."""
    from language.places import place_in, to_code

    code = (to_code(place) or place_in(place)) if place else ""
    if code is None:
        fail(f"不认识地方「{place}」。", code=2)
    return code


def _imported(
    settings: Settings,
    file: Path,
    deed: Deed,
    subject: str,
    work: Work,
    *,
    dry: bool,
    as_json: bool,
) -> None:
    from bot.console.deeds import COMMAND, do_recorded
    from knowledge.parsing.sheets.records import FAILED
    from knowledge.parsing.sheets.refusal import UnreadableTable

    with opened(settings) as database:

        def done(now: datetime) -> "Report":
            return work(database, to_shanghai(now).date())

        try:
            report = do_recorded(
                *(database, COMMAND, deed, subject, done), details={"file": file.name, "dry": dry}
            )
        except UnreadableTable as error:
            fail(error.sentence)
    if as_json:
        print_json({"counts": report.counts, "rows": [asdict(one) for one in report.results]})
    else:
        for line in report.lines():
            say(line)
    if set(report.counts) == {FAILED}:
        fail("没有一行能导入，原因见上。")
