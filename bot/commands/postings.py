"""``zhida import-postings``: a table of postings, line by line."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.data import opened
from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say
from bot.console.permissions import Deed
from store.settings import Settings

if TYPE_CHECKING:
    from actions.jobs.imports.importer import Report
    from actions.jobs.service import Jobs

LINE_EVERY = 2_000
"""Lines of a table between two words of progress."""


def run_import_postings(
    settings: Settings,
    file: Path,
    columns: list[str],
    source: str,
    place: str,
    *,
    dry: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """Import a file and report; exit 1 where nothing could be read, or no line was good."""
    from actions.jobs.imports.importer import Importer, Order
    from actions.jobs.imports.report import lines
    from actions.jobs.service import Jobs
    from actions.vetting.service import Vetting
    from bot.console.deeds import COMMAND, do_recorded
    from knowledge.parsing.sheets.refusal import UnreadableTable

    order = Order(
        source=source or file.stem,
        who=COMMAND,
        columns=_told(columns),
        place=_place(place),
        dry=dry,
    )
    with opened(settings) as database:
        jobs = Jobs.over(database, settings)
        jobs.vetter = Vetting.over(database, settings)

        def work(now: datetime) -> "Report":
            progress = None if as_json else _progress()
            return Importer(database, jobs).run(file, order, now=now, progress=progress)

        try:
            report = do_recorded(
                *(database, COMMAND, Deed.IMPORT_POSTINGS, order.source, work),
                details={"file": file.name, "dry": dry},
            )
        except UnreadableTable as error:
            fail(error.sentence)
        if as_json:
            print_json(_figures(report))
        else:
            for line in lines(report, everything=everything):
                say(line)
        if not dry:
            _read_titles(jobs, quiet=as_json)
    if report.results and set(report.counts) == {"failed"}:
        fail("没有一行能导入，原因见上。")


def _progress() -> Callable[[int], None]:
    """Return what says now and then how many lines are read."""
    last = 0

    def progress(done: int) -> None:
        nonlocal last
        if done - last >= LINE_EVERY:
            say(f"已读 {done} 行")
            last = done

    return progress


def _figures(report: "Report") -> dict[str, Any]:
    return {
        "counts": report.counts,
        "columns": [asdict(column) for column in report.columns],
        "remarks": report.remarks,
        "rows": [asdict(result) for result in report.results],
    }


def _told(columns: list[str]) -> dict[str, str]:
    """Return what columns are, as it was told: by the names that people read."""
    from actions.jobs.imports.sentences import FIELDS

    meanings = {shown: field for field, shown in FIELDS.items()} | {f: f for f in FIELDS}
    told: dict[str, str] = {}
    for each in columns:
        name, _, meaning = each.partition("=")
        if meaning not in meanings:
            fail(f"「{each}」应写成 列名=含义，含义是：{'、'.join(FIELDS.values())}", code=2)
        told[name] = meanings[meaning]
    return told


def _place(name: str) -> str:
    from language.places import city_of, to_code

    code = to_code(name) if name else ""
    if code is None:
        fail(f"不认识地方「{name}」。", code=2)
    return city_of(code) if code else ""


def _read_titles(jobs: "Jobs", *, quiet: bool) -> None:
    """Read the titles that are new, to occupations and vectors, and say how far it is."""
    total = jobs.titles.unread()
    done = 0
    while some := jobs.titles.read_some():
        done += some
        if not quiet:
            say(f"岗位名称归类：{done}/{total}")
