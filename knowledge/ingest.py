"""Adding policy documents: read, compare with what is stored, keep, index."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge import sentences
from knowledge.index import index_lock, rebuild_locked
from knowledge.reading import ParsedDocument, UnreadableFile, parse, read_bytes
from knowledge.tables import PolicyDocument, PolicyUnit
from store.database import Database
from store.settings import Settings

DIGESTS = Path(__file__).parent / "digests"
Outcome = Literal["added", "replaced", "skipped", "failed"]
Progress = Callable[[int, int, Path], None]
_ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: ids are read aloud


@dataclass(frozen=True)
class IngestResult:
    """What became of one file; ``reason`` is one line for a person where there is one."""

    path: Path
    outcome: Outcome
    doc_id: str | None
    reason: str | None


def ingest(
    database: Database,
    settings: Settings,
    paths: Iterable[Path],
    *,
    now: datetime,
    progress: Progress | None = None,
) -> list[IngestResult]:
    """Add the files and all files of the folders in ``paths``; index what changed.

    Each file is its own unit of work: one that cannot be read fails alone. ``progress`` is
    called with (number done, total, file) after each.
    """
    files = list(_files(paths))
    results: list[IngestResult] = []
    with index_lock(settings):
        for number, path in enumerate(files, 1):
            results.append(_ingest_file(database, path, now))
            if progress is not None:
                progress(number, len(files), path)
        rebuild_locked(database, settings)
    return results


def ensure_digests(database: Database, settings: Settings, *, now: datetime) -> None:
    """Keep the project's own digests in the database where no original stands; repeatable."""
    ingest(database, settings, [DIGESTS], now=now)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")
            )
        else:
            yield path


def _ingest_file(database: Database, path: Path, now: datetime) -> IngestResult:
    try:
        content = read_bytes(path)
        parsed = parse(content, path.suffix)
    except UnreadableFile as reason:
        return IngestResult(path, "failed", None, str(reason))
    with database.write() as session:
        result = _store(session, path, parsed, now)
        session.commit()
    return result


def _store(
    session: Session,
    path: Path,
    parsed: ParsedDocument,
    now: datetime,
) -> IngestResult:
    source = str(path.resolve())[-1000:]
    stored = _same_document(session, source, parsed)
    if stored is not None and parsed.kind == "digest" and stored.kind != "digest":
        return IngestResult(path, "skipped", stored.id, sentences.HAS_ORIGINAL)
    if stored is not None and stored.content_hash == parsed.content_hash:
        return IngestResult(path, "skipped", stored.id, sentences.UNCHANGED)
    outcome: Outcome = "added" if stored is None else "replaced"
    row = stored or PolicyDocument(
        id=_new_id(session, parsed), version=0, revision=0, status="published", added_at=now
    )
    data = parsed.metadata
    row.version += 1
    row.revision += 1
    row.kind = parsed.kind
    row.title = data.title[:300]
    row.doc_no = data.doc_no[:60]
    row.issuer = data.issuer[:120]
    row.region = data.region
    row.issued_on = data.issued_on
    row.addressees = data.addressees
    row.effective_on = data.effective_on
    row.expired_on = data.expires_on if outcome == "added" else row.expired_on
    row.validity_quote = data.validity_quote
    row.replaces = list(data.replaces)
    row.occasion = data.occasion[:60]
    row.guessed = list(data.guessed)
    row.text = parsed.text
    row.source = source
    row.content_hash = parsed.content_hash
    row.updated_at = now
    row.units.clear()
    session.add(row)
    session.flush()  # the old units go before the new ones take their numbers
    row.units.extend(
        PolicyUnit(
            number=number,
            kind=unit.kind,
            key=unit.key,
            path=list(unit.path),
            start=unit.start,
            end=unit.end,
        )
        for number, unit in enumerate(parsed.units, 1)
    )
    return IngestResult(path, outcome, row.id, None)


def _same_document(session: Session, source: str, parsed: ParsedDocument) -> PolicyDocument | None:
    """Find the stored document that ``parsed`` is a version (or the original) of.

    By number; else by title together with issuer and date; else by the file it came from.
    """
    data = parsed.metadata
    rows: Sequence[PolicyDocument] = ()
    if data.doc_no:
        rows = session.scalars(
            select(PolicyDocument).where(PolicyDocument.doc_no == data.doc_no)
        ).all()
        # An order's number may cover several regulations: the title decides between them.
        rows = [row for row in rows if row.issued_on == data.issued_on] or rows
    if not rows:
        same_day = select(PolicyDocument).where(PolicyDocument.issued_on == data.issued_on)
        rows = [
            row
            for row in session.scalars(same_day)
            if _folded(row.title) == _folded(data.title) and (not row.doc_no or not data.doc_no)
        ]
    if not rows and parsed.kind != "digest":
        rows = session.scalars(select(PolicyDocument).where(PolicyDocument.source == source)).all()
    return rows[0] if rows else None


def _folded(title: str) -> str:
    return re.sub(r"[\W_]+", "", title)


def _new_id(session: Session, parsed: ParsedDocument) -> str:
    data = parsed.metadata
    name = data.doc_no or f"{_folded(data.title)}|{data.issuer}|{data.issued_on}"
    for attempt in range(100):
        digest = hashlib.sha256(f"{name}|{attempt}".encode()).digest()
        doc_id = "p" + "".join(_ID_ALPHABET[byte % len(_ID_ALPHABET)] for byte in digest[:7])
        if session.get(PolicyDocument, doc_id) is None:
            return doc_id
    raise RuntimeError("no free document id")
