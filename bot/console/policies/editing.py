"""What staff do to policy documents; every change is written down with who made it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

import structlog

from bot.console.policies.changes import move_changes, record_change
from knowledge.documents import editing
from knowledge.documents.sample_questions import add_sample_question, remove_sample_question
from knowledge.index.builder import rebuild_index
from knowledge.ingest import IngestResult, ingest
from store.clock import utc_now
from store.database import Database
from store.settings import Settings

log = structlog.get_logger(__name__)
NAME_MAX = 60  # characters; file systems count 255 bytes


@dataclass(frozen=True)
class Editor:
    """A member of staff at work on the documents; every method is blocking.

    No method brings a change to the answers: that is ``go_live``, which takes longer.
    """

    database: Database
    settings: Settings
    staff: str

    def take_in(self, name: str, content: bytes) -> list[IngestResult]:
        """Take in a handed-in file as drafts; the file itself is kept in ``var_dir``."""
        mark = hashlib.sha256(content).hexdigest()[:16]
        path = self.settings.var_dir / "uploads" / mark / safe_name(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        now = utc_now()
        results = ingest(self.database, self.settings, [path], now=now, draft=True)
        for result in results:
            if result.doc_id is not None and result.outcome in ("added", "replaced"):
                detail = {"file": path.name, "outcome": result.outcome}
                self._record(result.doc_id, "upload", detail)
        return results

    def correct(self, doc_id: str, changes: Mapping[str, object]) -> None:
        """Set particulars; raise UnknownDocument."""
        editing.correct_document(self.database, doc_id, changes, now=utc_now())
        self._record(doc_id, "correct", {name: _plain(value) for name, value in changes.items()})

    def publish(self, doc_id: str) -> str:
        """Let a draft be searched and read, and return its id; raise UnknownDocument.

        A new version of a published document takes over that one's id, and brings its record.
        """
        public_id = editing.publish_document(self.database, doc_id, now=utc_now())
        if public_id != doc_id:
            move_changes(self.database, doc_id, public_id)
        self._record(public_id, "publish", {})
        return public_id

    def expire(self, doc_id: str, on: date) -> None:
        """Let a document be lapsed from the day ``on``; raise UnknownDocument."""
        editing.expire_document(self.database, doc_id, on=on, now=utc_now())
        self._record(doc_id, "expire", {"on": on.isoformat()})

    def remove(self, doc_id: str) -> None:
        """Take a document out of search and lists; raise UnknownDocument."""
        editing.remove_document(self.database, doc_id, now=utc_now())
        self._record(doc_id, "remove", {})

    def supersede(self, doc_id: str, older: str) -> None:
        """Say that a document supersedes the document ``older``; raise UnknownDocument."""
        editing.link_documents(self.database, doc_id, older, "supersedes", now=utc_now())
        self._record(doc_id, "supersede", {"older": older})

    def add_ask(self, doc_id: str, section_key: str, text: str) -> None:
        """Let a section be found by one more way of asking."""
        add_sample_question(self.database, doc_id, section_key, text, by=self.staff, now=utc_now())
        self._record(doc_id, "add_ask", {"section": section_key, "text": text})

    def remove_ask(self, doc_id: str, ask_id: int, text: str) -> None:
        """Take back a way of asking that staff added."""
        remove_sample_question(self.database, ask_id)
        self._record(doc_id, "remove_ask", {"text": text})

    def go_live(self) -> None:
        """Bring what was changed to the answers of every process."""
        rebuild_index(self.database, self.settings, soon=True)

    def _record(self, doc_id: str, action: str, detail: Mapping[str, object]) -> None:
        log.info("policy_changed", staff=self.staff, doc_id=doc_id, action=action, **detail)
        record_change(
            self.database,
            staff=self.staff,
            doc_id=doc_id,
            action=action,
            detail=detail,
            now=utc_now(),
        )


def safe_name(name: str) -> str:
    """Return a name that is safe in a folder; its ending, which tells the kind, stays."""
    bare = PurePath(name.replace("\\", "/")).name
    kept = "".join(char if char.isalnum() or char in ".-_（）()〔〕" else "_" for char in bare)
    path = Path(kept.lstrip(".") or "upload")
    return path.stem[:NAME_MAX] + path.suffix[:10]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
