"""Postings out of a file into the database: read, compared with what is there, vetted, kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.jobs.imports import sentences as say
from actions.jobs.imports.columns import IGNORED, MORE, field_named, guess, layout_of
from actions.jobs.imports.rows import ReadRow, RowReader, Source
from actions.jobs.life import DRAFT, MOVES, PUBLISHED, VETTING, WITHDRAWN
from actions.jobs.records import NewPosting
from actions.jobs.reviews import Review
from actions.jobs.service import AFTER_VETTING, Jobs, ad_of, new_codes, why
from actions.jobs.tables import ColumnMappingRow, PostingRow
from actions.jobs.writing import Handed, Writer, content_hash
from knowledge.parsing.sheets.layout import LOOKED_AT, Layout, find_layout, is_remark
from knowledge.parsing.sheets.reader import Line, Table, opened
from knowledge.parsing.sheets.refusal import UnreadableTable
from language.places import city_of, find_places, own_name
from store.clock import to_shanghai
from store.database import Database

AT_ONCE = 500
HEADER_WITHIN = 10
"""Lines from the top among which a header is that somebody has told the columns of."""

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Column:
    """A column of a table: its name as it stands, and what it is taken for."""

    name: str
    field: str


@dataclass(frozen=True)
class RowResult:
    """What became of a line: an outcome of ``sentences.OUTCOMES``, the posting's id, remarks."""

    row: int
    outcome: str
    id: str | None
    title: str
    notes: tuple[str, ...] = ()


@dataclass
class Report:
    """What became of a file; ``columns`` and ``results`` over all its tables, in order."""

    columns: list[Column] = field(default_factory=list)
    results: list[RowResult] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many lines had each outcome; those that none had are left out."""
        found: dict[str, int] = {}
        for one in self.results:
            found[one.outcome] = found.get(one.outcome, 0) + 1
        return {outcome: found[outcome] for outcome in say.OUTCOMES if outcome in found}


@dataclass(frozen=True)
class Order:
    """How a file is to be read: columns that were told, by name or number; see ``rows.Source``.

    ``dry``: nothing is kept. ``who`` hands it in.
    """

    source: str
    who: str
    columns: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    dry: bool = False


class Importer:
    """Imports files through the service of jobs."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._database, self._jobs = database, jobs

    def run(
        self, path: Path, order: Order, *, now: datetime, progress: Progress | None = None
    ) -> Report:
        """Import a file; each few hundred lines are a unit of work. Raises UnreadableTable."""
        report = Report()
        source = Source(order.source, to_shanghai(now).date(), order.place)
        found = False
        with opened(path) as tables:
            for table in tables:
                rows = self._rows(table, source, order, report, now)
                first = list(islice(rows, 1))
                found = found or bool(first)
                seen: dict[str, int] = {}
                whole = chain(first, rows)
                while batch := list(islice(whole, AT_ONCE)):
                    report.results += self._take(batch, order, seen, now)
                    if progress is not None:
                        progress(len(report.results))
                report.remarks += (
                    [say.MACROS] if table.macros and say.MACROS not in report.remarks else []
                )
                report.remarks += [say.MANY_ROWS.format(limit=limit) for limit in table.cut]
        if not found:
            raise UnreadableTable.told("no_rows", say.NO_ROWS)
        return report

    def saved(self, names: Sequence[str]) -> dict[str, str]:
        """Return what somebody has said of the columns of a layout."""
        with self._database.read() as session:
            row = session.get(ColumnMappingRow, layout_of(names))
            return dict(row.columns) if row is not None else {}

    def save(self, names: Sequence[str], columns: Mapping[str, str], now: datetime) -> None:
        """Keep what somebody says of the columns of a layout, for files that come later."""
        layout = layout_of(names)
        with self._database.write() as session:
            known = session.get(ColumnMappingRow, layout)
            merged = {**(known.columns if known else {}), **columns}
            session.merge(ColumnMappingRow(layout=layout, columns=merged, saved_at=now))
            session.commit()

    def _rows(
        self, table: Table, source: Source, order: Order, report: Report, now: datetime
    ) -> Iterator[ReadRow]:
        """Yield what the lines of a table say; nothing where it is none of postings."""
        head = list(islice(table.lines, LOOKED_AT))
        layout = find_layout(head, field_named, self._header(head, order))
        said = {**self.saved(layout.names), **order.columns}
        body = [line.cells for line in head[layout.body :]]
        fields = guess(layout.names, body, said)
        if "title" not in fields or len(set(fields) - {MORE, IGNORED}) < 2 or not body:
            return
        if order.columns and not order.dry:
            self.save(layout.names, order.columns, now)
        self._note_columns(layout, fields, report)
        if not source.place and (place := _place_above(head[: layout.body])):
            source = replace(source, place=place)
            report.remarks.append(say.PLACE_OF_TABLE.format(place=own_name(place)))
        reader = RowReader(layout.names, fields, source)
        for line in chain(head[layout.body :], table.lines):
            if not is_remark(line.cells):
                yield reader.read(line)

    def _header(self, head: Sequence[Line], order: Order) -> int | None:
        """Return the line whose columns somebody has told, now or earlier."""
        for at, line in enumerate(head[:HEADER_WITHIN]):
            if set(line.cells) & order.columns.keys() or self.saved(line.cells):
                return at
        return None

    def _note_columns(self, layout: Layout, fields: Sequence[str], report: Report) -> None:
        if not layout.headed:
            report.remarks.append(say.NO_HEADER)
        for at, (name, what) in enumerate(zip(layout.names, fields, strict=True)):
            shown = name if layout.headed and name else say.UNNAMED.format(number=at + 1)
            report.columns.append(Column(shown, what))

    def _take(
        self, batch: Sequence[ReadRow], order: Order, seen: dict[str, int], now: datetime
    ) -> list[RowResult]:
        """Keep the postings of some lines in one unit of work."""
        good: list[tuple[ReadRow, NewPosting]] = []
        results: list[RowResult] = []
        for row in batch:
            first = seen.setdefault(_same(row.posting), row.number) if row.posting else row.number
            if row.posting is None:
                results.append(_result(row, "failed"))
            elif first != row.number:
                row.notes.append(say.REPEATED.format(row=first))
                results.append(_result(row, "repeated"))
            else:
                good.append((row, row.posting))
        reviews = [self._jobs.vetter.vet(ad_of(posting)) for _, posting in good]
        with self._database.write() as session:
            results += self._written(session, good, reviews, order, now)
            if not order.dry:
                session.commit()
        return sorted(results, key=lambda one: one.row)

    def _written(
        self,
        session: Session,
        good: Sequence[tuple[ReadRow, NewPosting]],
        reviews: Sequence[Review],
        order: Order,
        now: datetime,
    ) -> Iterator[RowResult]:
        writer = Writer(session, self._jobs.vault, now)
        known = _known(session, [posting for _, posting in good])
        new: list[tuple[ReadRow, NewPosting, Review]] = []
        for (row, posting), review in zip(good, reviews, strict=True):
            before = known.get((posting.source, posting.source_key)) if posting.source_key else None
            if before is None:
                new.append((row, posting, review))
                continue
            yield _updated(writer, before, row, posting, review, order.who)
        codes = new_codes(session, len(new))
        handed = [
            Handed(posting, code, AFTER_VETTING.get(review.decision, VETTING), why(review))
            for (_, posting, review), code in zip(new, codes, strict=True)
        ]
        added = writer.add(handed, who=order.who)
        first = _codes_of(session, [one.repost_of for one in added if one.repost_of])
        for (row, _, review), one in zip(new, added, strict=True):
            if one.repost_of is not None:
                row.notes.append(say.REPOST.format(code=first[one.repost_of]))
            yield _result(row, _outcome(one.status, "added"), one.code, review)


def _updated(
    writer: Writer, before: PostingRow, row: ReadRow, posting: NewPosting, review: Review, who: str
) -> RowResult:
    """Give a posting that came before its new words; what was withdrawn stays so."""
    same = before.content_hash == content_hash(posting) and before.expires_on >= posting.expires_on
    if same or before.status == WITHDRAWN:
        return _result(row, "unchanged", before.code)
    writer.replace(before, posting)
    to = AFTER_VETTING.get(review.decision, VETTING)
    if before.status != to:
        if to == DRAFT or to not in MOVES[before.status]:
            writer.move(
                before, VETTING, who=who, why=why(review)
            ) if before.status != VETTING else None
        if before.status != to and to in MOVES[before.status]:
            writer.move(before, to, who=who, why=why(review))
    return _result(row, _outcome(before.status, "updated"), before.code, review)


def _outcome(status: str, done: str) -> str:
    return {VETTING: "waiting", DRAFT: "sent_back", PUBLISHED: done}.get(status, done)


def _result(
    row: ReadRow, outcome: str, code: str | None = None, review: Review | None = None
) -> RowResult:
    notes = [*row.notes]
    if review is not None and review.findings:
        notes.append(say.VETTED.format(findings=why(review)))
    return RowResult(row.number, outcome, code, row.title, tuple(notes))


def _place_above(lines: Sequence[Line]) -> str:
    """Return the city that a table's own title names (襄阳市2026年招聘岗位表), "" for none."""
    titles = (set(filter(None, line.cells)) for line in lines)
    told = " ".join(next(iter(texts)) for texts in titles if len(texts) == 1)
    cities = {city_of(place.code) for place in find_places(told)} if told else set()
    return cities.pop() if len(cities) == 1 else ""


def _same(posting: NewPosting) -> str:
    """Return what tells lines of one file apart: their number, else all that they say."""
    return f"{posting.source_key}\x1f{content_hash(posting)}"


def _known(session: Session, postings: Sequence[NewPosting]) -> dict[tuple[str, str], PostingRow]:
    sources = {posting.source for posting in postings}
    keys = sorted({posting.source_key for posting in postings if posting.source_key})
    if not keys:
        return {}
    same = PostingRow.source.in_(sources), PostingRow.source_key.in_(keys)
    rows = session.scalars(select(PostingRow).where(*same))
    return {(row.source, row.source_key): row for row in rows}


def _codes_of(session: Session, ids: Sequence[int]) -> dict[int, str]:
    if not ids:
        return {}
    known = select(PostingRow.id, PostingRow.code).where(PostingRow.id.in_(set(ids)))
    return {row.id: row.code for row in session.execute(known)}
