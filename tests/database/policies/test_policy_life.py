"""Adding, correcting, publishing, expiring, removing and linking, on both databases."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from knowledge.answering.answerer import PolicyAnswerer
from knowledge.documents.editable_fields import DocumentError
from knowledge.documents.editing import (
    UnknownDocument,
    correct_document,
    expire_document,
    link_documents,
    publish_document,
    remove_document,
    replaces,
)
from knowledge.documents.repository import get_document, list_documents
from knowledge.documents.sample_questions import add_sample_question, staff_sample_questions
from knowledge.documents.tables import PolicyLink
from knowledge.index.builder import current_version, rebuild_index
from knowledge.ingest import DuplicatePolicy, IngestResult, ensure_digests, ingest
from store.database import Database
from store.settings import Settings

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
NOTICE = (
    "上海市人力资源和社会保障局关于办好招聘服务的通知\n沪人社就〔2025〕8号\n各区人社局：\n"
    "为了服务群众，现通知如下：\n一、现场招聘会。现场招聘会照常举办，每场不超过200人。\n"
    "二、预约办理。到经办大厅办理业务的，可以提前预约。\n上海市人力资源和社会保障局\n2025年3月4日\n"
)
NEWER = (
    "上海市人力资源和社会保障局关于进一步办好招聘服务的通知\n沪人社就〔2025〕80号\n各区人社局：\n"
    "一、现场招聘会。现场招聘会照常举办，每场不超过500人。\n"
    "二、附则。《关于办好招聘服务的通知》（沪人社就〔2025〕8号）同时废止。\n"
    "上海市人力资源和社会保障局\n2025年9月1日\n"
)
QUESTION = "现场招聘会每场不超过多少人"


class Office:
    """A database with an index and the folder that files arrive in."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.settings = Settings(
            _env_file=None,
            var_dir=folder / "var",
            database_url=database.url.render_as_string(hide_password=False),
        )
        self.library = PolicyAnswerer(database, self.settings)

    def add(
        self,
        text: str,
        name: str = "a.txt",
        *,
        draft: bool = False,
        duplicates: DuplicatePolicy = DuplicatePolicy.NEW_VERSION,
    ) -> IngestResult:
        path = self.folder / name
        path.write_text(text, "utf-8")
        (result,) = ingest(
            self.database, self.settings, [path], now=NOW, draft=draft, duplicates=duplicates
        )
        return result

    def stored(self, text: str, name: str = "a.txt", *, draft: bool = False) -> str:
        doc_id = self.add(text, name, draft=draft).doc_id
        assert doc_id is not None
        return doc_id

    def quotes(self, question: str = QUESTION) -> list[str]:
        rebuild_index(self.database, self.settings)
        return [c.quote for c in self.library.answer(question, now=NOW).citations]


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    return Office(database, tmp_path)


def test_a_draft_waits_until_a_person_publishes_it(office: Office) -> None:
    doc_id = office.stored(NOTICE, draft=True)
    assert (list_documents(office.database), office.quotes()) == ([], [])
    (draft,) = list_documents(office.database, drafts=True)
    assert (draft.status, draft.doc_id) == ("draft", doc_id)
    assert publish_document(office.database, doc_id, now=NOW) == doc_id
    assert "200人" in office.quotes()[0]


def test_a_draft_of_a_known_document_becomes_its_new_version(office: Office) -> None:
    doc_id = office.stored(NOTICE)
    correct_document(office.database, doc_id, {"issuer": "上海市人社局"}, now=NOW)
    draft = office.stored(NOTICE.replace("200人", "300人"), draft=True)
    assert draft != doc_id
    assert "200人" in office.quotes()[0]
    assert replaces(office.database, draft) == doc_id
    assert publish_document(office.database, draft, now=NOW) == doc_id
    assert "300人" in office.quotes()[0]
    document = get_document(office.database, doc_id)
    assert document is not None
    assert (document.version, document.issuer) == (2, "上海市人社局")
    assert get_document(office.database, draft) is None
    joined = "".join(document.text[unit.start : unit.end] for unit in document.units)
    assert joined == document.text


def test_what_is_no_new_version_replaces_nothing(office: Office) -> None:
    published = office.stored(NOTICE)
    other = office.stored(NEWER, "b.txt", draft=True)
    for doc_id in (published, other, "none"):
        assert replaces(office.database, doc_id) is None


def test_what_a_person_set_outlives_a_new_version(office: Office) -> None:
    doc_id = office.stored(NOTICE)
    changes = {"title": "办好招聘服务", "issued_on": date(2025, 3, 5), "region": "310115"}
    correct_document(office.database, doc_id, changes, now=NOW)
    result = office.add(NOTICE.replace("200人", "300人"))
    assert (result.outcome, result.doc_id) == ("replaced", doc_id)
    document = get_document(office.database, doc_id)
    assert document is not None
    assert {name: getattr(document, name) for name in changes} == changes
    assert set(document.corrected) == set(changes)
    assert not set(document.guessed) & set(changes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": "别的"}, "unknown_field"),
        ({"issued_on": "2025-03-04"}, "not_a_date"),
        ({"issuer": None}, "not_a_text"),
        ({"doc_no": "长" * 61}, "too_long"),
        ({"title": " "}, "no_title"),
        ({"region": "999999"}, "unknown_region"),
        ({"kind": "poem"}, "unknown_kind"),
    ],
)
def test_a_correction_that_does_not_fit_changes_nothing(
    office: Office, changes: dict[str, object], code: str
) -> None:
    doc_id = office.stored(NOTICE)
    before = get_document(office.database, doc_id)
    with pytest.raises(DocumentError) as refused:
        correct_document(office.database, doc_id, {"issuer": "别人", **changes}, now=NOW)
    assert refused.value.code == code
    assert get_document(office.database, doc_id) == before


def test_what_staff_taught_follows_a_corrected_number(office: Office) -> None:
    doc_id = office.stored(NOTICE)
    add_sample_question(office.database, doc_id, "2", "能不能先占个号", by="王", now=NOW)
    before = get_document(office.database, doc_id)
    correct_document(office.database, doc_id, {"doc_no": "沪人社就〔2025〕9号"}, now=NOW)
    assert before is not None
    (ask,) = staff_sample_questions(office.database)
    assert "9号" in ask.doc_key
    assert "预约" in office.quotes("能不能先占个号")[0]


def test_a_removed_document_is_gone_and_can_come_back(office: Office) -> None:
    doc_id = office.stored(NOTICE)
    remove_document(office.database, doc_id, now=NOW)
    assert (list_documents(office.database), office.quotes()) == ([], [])
    kept = office.add(NOTICE, duplicates=DuplicatePolicy.SKIP)
    assert (kept.outcome, office.quotes()) == ("skipped", [])
    assert [d.status for d in list_documents(office.database, removed=True)] == ["removed"]
    publish_document(office.database, doc_id, now=NOW)
    assert "200人" in office.quotes()[0]


def test_a_removed_digest_stays_away_at_the_next_start(office: Office) -> None:
    ensure_digests(office.database, office.settings, now=NOW)
    first = list_documents(office.database)[0].doc_id
    remove_document(office.database, first, now=NOW)
    ensure_digests(office.database, office.settings, now=NOW)
    assert first not in {document.doc_id for document in list_documents(office.database)}


@pytest.mark.parametrize("work", [publish_document, remove_document])
def test_an_unknown_document_is_said_to_be_unknown(
    office: Office, work: Callable[..., object]
) -> None:
    with pytest.raises(UnknownDocument):
        work(office.database, "pnone", now=NOW)


def test_policies_for_what_is_stored_already(office: Office) -> None:
    office.add(NOTICE)
    changed = NOTICE.replace("200人", "300人")
    for policy in DuplicatePolicy:
        assert office.add(NOTICE, duplicates=policy).outcome == "skipped"
    assert office.add(changed, duplicates=DuplicatePolicy.SKIP).outcome == "skipped"
    refused = office.add(changed, duplicates=DuplicatePolicy.FAIL)
    assert (refused.outcome, bool(refused.reason)) == ("failed", True)
    assert "200人" in office.quotes()[0]
    assert office.add(changed).outcome == "replaced"
    assert "300人" in office.quotes()[0]


def test_one_notice_under_two_names_is_taken_in_once(office: Office) -> None:
    folder = office.folder / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text(NOTICE, "utf-8")
    (folder / "b.txt").write_text(NOTICE.replace("\n", "\n\n"), "utf-8")
    (folder / "c.txt").write_text(NOTICE.replace("200人", "300人"), "utf-8")
    results = ingest(office.database, office.settings, [folder], now=NOW)
    assert [result.outcome for result in results] == ["added", "skipped", "skipped"]
    assert all("a.txt" in (result.reason or "") for result in results[1:])
    again = ingest(office.database, office.settings, [folder / "b.txt"], now=NOW)
    assert (again[0].outcome, len(list_documents(office.database))) == ("skipped", 1)


def test_a_notice_that_repeals_another_supersedes_it(office: Office) -> None:
    older = office.stored(NOTICE)
    newer = office.stored(NEWER, "b.txt")
    document = get_document(office.database, older, on=date(2025, 12, 1))
    assert document is not None
    assert (document.validity, document.superseded_by) == ("superseded", newer)
    assert [(link.relation, link.direction) for link in document.links] == [("supersedes", "from")]
    before = get_document(office.database, older, on=date(2025, 5, 1))
    assert before is not None
    assert before.validity == "in_force"
    assert "500人" in office.quotes()[0]
    remove_document(office.database, newer, now=NOW)
    document = get_document(office.database, older, on=date(2025, 12, 1))
    assert document is not None
    assert (document.validity, document.links) == ("in_force", ())
    assert "200人" in office.quotes()[0]


def test_links_are_the_same_in_whatever_order_documents_arrive(
    sqlite_database: Database, tmp_path: Path
) -> None:
    third = NEWER.replace("80号", "90号").replace("500人", "900人").replace("9月1日", "10月1日")
    texts = [NOTICE, NEWER, third.replace("进一步办好", "再次办好")]
    chance = random.Random(3)  # noqa: S311
    seen = set()
    for _ in range(6):
        office = Office(sqlite_database, tmp_path)
        chance.shuffle(texts)
        for number, text in enumerate(texts):
            office.add(text, f"{number}.txt")
        with sqlite_database.read() as session:
            links = session.query(PolicyLink).all()
            seen.add(frozenset((link.document_id, link.other_id, link.relation) for link in links))
        for document in list_documents(sqlite_database):
            remove_document(sqlite_database, document.doc_id, now=NOW)
    assert len(seen) == 1
    assert len(next(iter(seen))) == 2


def test_staff_link_documents(office: Office) -> None:
    older = office.stored(NOTICE)
    newer = office.stored(NEWER.replace("同时废止", "继续有效"), "b.txt")
    link_documents(office.database, newer, older, "supersedes", now=NOW)
    link_documents(office.database, newer, older, "supersedes", now=NOW)
    office.add(NOTICE.replace("200人", "300人"))
    document = get_document(office.database, older)
    assert document is not None
    assert document.superseded_by == newer
    for one, other, code in ((older, newer, "opposite_link"), (older, older, "same_document")):
        with pytest.raises(DocumentError) as refused:
            link_documents(office.database, one, other, "supersedes", now=NOW)
        assert refused.value.code == code


def test_every_change_makes_a_new_index_and_no_change_makes_none(office: Office) -> None:
    doc_id = office.stored(NOTICE)
    version = current_version(office.settings)
    office.add(NOTICE)
    assert rebuild_index(office.database, office.settings) == version
    expire_document(office.database, doc_id, on=date(2025, 12, 1), now=NOW)
    expired = rebuild_index(office.database, office.settings)
    assert expired != version
    correct_document(office.database, doc_id, {"expired_on": None}, now=NOW)
    assert rebuild_index(office.database, office.settings) not in (version, expired)


def test_many_editors_at_once_lose_nothing(office: Office) -> None:
    doc_id = office.stored(NOTICE)
    names = ("addressees", "issuer", "occasion", "doc_no")

    def set_one(name: str) -> None:
        correct_document(office.database, doc_id, {name: f"改过的{name}"}, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(set_one, names))
    document = get_document(office.database, doc_id)
    assert document is not None
    assert {name: getattr(document, name) for name in names} == {n: f"改过的{n}" for n in names}
    assert set(document.corrected) == set(names)


def test_two_versions_of_a_statute_each_answer_for_their_day(
    sqlite_database: Database, tmp_path: Path, shared: Path
) -> None:
    office = Office(sqlite_database, tmp_path)
    laws = sorted((shared / "data" / "statutes").glob("妇女权益保障法*"))
    assert len(laws) == 2
    results = ingest(sqlite_database, office.settings, laws, now=NOW)
    assert [result.outcome for result in results] == ["added", "added"]
    by_day = {document.issued_on: document for document in list_documents(sqlite_database)}
    old, new = by_day[date(2018, 10, 26)], by_day[date(2022, 10, 30)]
    assert (old.superseded_by, new.superseded_by) == (new.doc_id, None)
    assert (old.validity, new.validity) == ("superseded", "in_force")
    question = "国家保障妇女享有与男子平等的劳动权利吗"
    today = office.library.answer(question, now=NOW)
    assert (today.status, today.citations[0].doc_id) == ("answered", new.doc_id)
    then = office.library.answer("2020年的时候" + question, now=NOW)
    assert (then.status, then.citations[0].doc_id) == ("answered", old.doc_id)
    assert then.as_of == date(2020, 12, 28)
