"""Adding policy documents: read, compare with what is stored, keep, index."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from knowledge import sentences
from knowledge.documents.links import refresh_links
from knowledge.documents.tables import PolicyDocument
from knowledge.documents.versions import (
    IncomingVersion,
    brought_along,
    find_stored,
    incoming_version,
    lock_documents,
    new_id,
    says_the_same,
    write_units,
    write_version,
)
from knowledge.index.builder import index_lock, rebuild_locked
from knowledge.parsing.reader import ParsedDocument, UnreadableFile, passed_over
from knowledge.parsing.sandbox import FileReader
from store.database import Database
from store.settings import Settings

DIGESTS = Path(__file__).parent / "documents" / "digests"
IngestOutcome = Literal["added", "replaced", "skipped", "failed"]
Progress = Callable[[int, int, Path], None]


class DuplicatePolicy(Enum):
    """What to do with a document that is stored already, in other words than before."""

    NEW_VERSION = "new-version"  # the new text takes the old one's place and address
    SKIP = "skip"  # the stored one stays as it is, also where it was removed
    FAIL = "fail"


@dataclass(frozen=True)
class IngestResult:
    """What became of one document of a file; ``reason`` is one line for a person, or None."""

    path: Path
    outcome: IngestOutcome
    doc_id: str | None
    reason: str | None


@dataclass(frozen=True)
class _Run:
    """One call of ``ingest``; ``taken`` tells which file a document came from in it."""

    now: datetime
    draft: bool
    duplicates: DuplicatePolicy
    taken: dict[str, Path] = field(default_factory=dict)


def ingest(
    database: Database,
    settings: Settings,
    paths: Iterable[Path],
    *,
    now: datetime,
    progress: Progress | None = None,
    draft: bool = False,
    duplicates: DuplicatePolicy = DuplicatePolicy.NEW_VERSION,
) -> list[IngestResult]:
    """Add the files and all files of the folders in ``paths``; index what changed.

    Each file is its own unit of work: one that cannot be read fails alone. An unchanged
    document is always skipped. ``draft``: what is new waits for a person to publish it.
    ``progress`` is called with (number done, total, file) after each.
    """
    files = list(_files(paths))
    run = _Run(now, draft, duplicates)
    results: list[IngestResult] = []
    with index_lock(settings), FileReader() as reader:
        for number, path in enumerate(files, 1):
            results.extend(_ingest_file(database, reader, path, run))
            if progress is not None:
                progress(number, len(files), path)
        _link_and_index(database, settings)
    return results


def take_in(
    database: Database,
    settings: Settings,
    documents: Sequence[ParsedDocument],
    source: str,
    *,
    now: datetime,
) -> list[IngestResult]:
    """Add ``documents`` that come from no file, and index them; one result for each, in order."""
    run = _Run(now, draft=False, duplicates=DuplicatePolicy.NEW_VERSION)
    with index_lock(settings):
        with database.write() as session:
            lock_documents(session)
            results = [_take(session, Path(source), source, one, run) for one in documents]
            session.commit()
        _link_and_index(database, settings)
    return results


def ensure_digests(database: Database, settings: Settings, *, now: datetime) -> None:
    """Keep the project's own digests in the database where no original stands; repeatable."""
    ingest(database, settings, [DIGESTS], now=now)


def _link_and_index(database: Database, settings: Settings) -> None:
    with database.write() as session:
        lock_documents(session)
        refresh_links(session)
        session.commit()
    rebuild_locked(database, settings, soon=True)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.is_file() and not passed_over(file)
            )
        else:
            yield path


def _ingest_file(
    database: Database, reader: FileReader, path: Path, run: _Run
) -> list[IngestResult]:
    try:
        read = reader.read(path)
    except UnreadableFile as reason:
        return [IngestResult(path, "failed", None, reason.sentence)]
    source = str(path.resolve())[-1000:]
    with database.write() as session:
        lock_documents(session)
        results = [_take(session, path, source, parsed, run) for parsed in read.documents]
        session.commit()
    return results + [IngestResult(path, "failed", None, reason) for reason in read.broken]


def _take(
    session: Session, path: Path, source: str, parsed: ParsedDocument, run: _Run
) -> IngestResult:
    one = incoming_version(parsed, source)
    stored = find_stored(session, one)
    pending = find_stored(session, one, drafts=True) if run.draft else None
    for row in (pending, stored):
        reason = _why_not(row, one, run) if row is not None else None
        if row is not None and reason is not None:
            failed = run.duplicates is DuplicatePolicy.FAIL and reason == sentences.ALREADY_THERE
            return IngestResult(path, "failed" if failed else "skipped", row.id, reason)
    row = pending if run.draft else stored
    known = pending or stored
    if row is None:
        row = PolicyDocument(
            id=new_id(session, one), version=0, revision=0, corrected=[], added_at=run.now
        )
        session.add(row)
    row.status = "draft" if run.draft else "published"
    write_version(row, one, run.now)
    write_units(session, row, one)
    run.taken[row.id] = path
    return IngestResult(path, "replaced" if known is not None else "added", row.id, None)


def _why_not(row: PolicyDocument, one: IncomingVersion, run: _Run) -> str | None:
    """Return why ``one`` does not take the place of ``row``; None when it does."""
    first = run.taken.get(row.id)
    same = row.content_hash == one.parsed.content_hash
    if first is not None:
        told = sentences.SAME_FILE if same or says_the_same(row, one) else sentences.SAME_NAME
        return told.format(name=first.name)
    if brought_along(one) and not brought_along(row):
        return sentences.HAS_ORIGINAL if one.kind == "digest" else sentences.HAS_OWN
    if row.status == "removed":
        # What comes along with every start must not bring back what a person took away.
        return sentences.REMOVED if _stays(run) or brought_along(one) else None
    if same:
        return sentences.UNCHANGED
    if row.source != one.source and says_the_same(row, one):
        return sentences.SAME_TEXT.format(title=row.title)
    return sentences.ALREADY_THERE if _stays(run) else None


def _stays(run: _Run) -> bool:
    return run.duplicates is not DuplicatePolicy.NEW_VERSION
