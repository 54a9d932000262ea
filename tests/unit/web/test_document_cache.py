"""Lists are kept in memory, but never longer than they are true."""

from datetime import UTC, date, datetime, timedelta

from bot.web.policies.document_cache import DocumentCache
from knowledge.documents.editing import correct_document, publish_document, remove_document
from knowledge.documents.tables import PolicyDocument
from store.database import Database

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def store(database: Database, doc_id: str, status: str = "published") -> None:
    row = PolicyDocument(
        id=doc_id,
        version=1,
        kind="notice",
        status=status,
        title=f"通知{doc_id}",
        doc_no="",
        issuer="某局",
        region="100000",
        issued_on=date(2026, 1, 5),
        occasion="",
        guessed=[],
        text="一、正文。",
        source=doc_id,
        content_hash=doc_id,
        added_at=NOW,
        updated_at=NOW,
    )
    with database.write() as session:
        session.add(row)
        session.commit()


def listed(cache: DocumentCache, now: datetime = NOW) -> list[tuple[str, str]]:
    documents = [entry.document for entry in cache.snapshot(now=now).entries]
    return [(document.doc_id, document.validity) for document in documents]


def test_what_nobody_changed_is_not_read_again(sqlite_database: Database) -> None:
    store(sqlite_database, "a")
    cache = DocumentCache(sqlite_database)
    assert cache.snapshot(now=NOW) is cache.snapshot(now=NOW + timedelta(hours=3))


def test_every_change_is_seen_at_once(sqlite_database: Database) -> None:
    public = DocumentCache(sqlite_database)
    console = DocumentCache(sqlite_database, everything=True)
    assert listed(public) == []
    store(sqlite_database, "a")
    assert listed(public) == [("a", "in_force")]
    store(sqlite_database, "b", "draft")
    assert listed(public) == [("a", "in_force")]
    assert listed(console) == [("b", "in_force"), ("a", "in_force")]
    publish_document(sqlite_database, "b", now=NOW)
    assert [doc_id for doc_id, _ in listed(public)] == ["b", "a"]
    remove_document(sqlite_database, "a", now=NOW)
    assert [doc_id for doc_id, _ in listed(public)] == ["b"]
    assert [doc_id for doc_id, _ in listed(console)] == ["b", "a"]


def test_what_lapses_overnight_has_lapsed_in_the_morning(sqlite_database: Database) -> None:
    store(sqlite_database, "a")
    correct_document(sqlite_database, "a", {"expired_on": date(2026, 3, 3)}, now=NOW)
    cache = DocumentCache(sqlite_database)
    assert listed(cache) == [("a", "in_force")]
    assert listed(cache, NOW + timedelta(days=1)) == [("a", "lapsed")]
