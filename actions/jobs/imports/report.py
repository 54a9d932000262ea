"""The report of an import, as lines that a clerk reads."""

from collections.abc import Iterator

from actions.jobs.imports import sentences as say
from actions.jobs.imports.importer import Report

SHOWN_ROWS = 200


def lines(report: Report, *, everything: bool = False) -> Iterator[str]:
    """Yield the report: how the columns were understood, each line of note, the sums.

    Lines that went well and say nothing are left out, unless ``everything`` is wanted.
    """
    yield say.COLUMNS
    for column in report.columns:
        yield say.COLUMN.format(name=column.name, field=say.FIELDS[column.field])
    yield from report.remarks
    told = [one for one in report.results if everything or one.notes or one.outcome not in _PLAIN]
    for one in told if everything else told[:SHOWN_ROWS]:
        outcome, reasons = say.OUTCOMES[one.outcome], "；".join(one.notes)
        yield say.ROW.format(row=one.row, outcome=outcome, title=one.title, reasons=reasons).rstrip(
            "　"
        )
    if len(told) > SHOWN_ROWS and not everything:
        yield say.MORE_ROWS.format(count=len(told) - SHOWN_ROWS)
    yield summary(report)


def summary(report: Report) -> str:
    """Return the sums in one line."""
    counts = "，".join(f"{say.OUTCOMES[name]} {n}" for name, n in report.counts.items())
    return say.SUMMARY.format(rows=len(report.results), counts=counts)


_PLAIN = frozenset(("added", "updated", "unchanged"))
