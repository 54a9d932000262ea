"""The national statutes in the library: brought once, kept as people want them, quoted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.answering.answerer import PolicyAnswerer
from knowledge.answering.answers import PolicyAnswer
from knowledge.answering.regulations import LOCAL
from knowledge.documents.editing import publish_document, remove_document
from knowledge.documents.repository import get_document, list_documents
from knowledge.ingest import DIGESTS, ingest
from knowledge.laws.library import UnknownLaw, bring_laws, laws_in_library
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings
from tests.support.laws import packaged_laws

NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
DISPUTES = "劳动争议调解仲裁法"
OWN = (
    "中华人民共和国劳动争议调解仲裁法\n"
    "（2007年12月29日第十届全国人民代表大会常务委员会第三十一次会议通过）\n"
    "第一条　为了公正及时解决劳动争议，制定本法。\n"
    "第二条　本法自2008年5月1日起施行。\n"
)

# One process reads the package and makes the one index that these tests share.
pytestmark = pytest.mark.xdist_group("laws")


@dataclass(frozen=True)
class Library:
    database: Database
    settings: Settings
    answerer: PolicyAnswerer

    def ask(self, question: str) -> PolicyAnswer:
        return self.answerer.answer(question, now=NOW)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """All the listed laws, found by the n-grams."""
    packaged_laws()
    settings = Settings(_env_file=None, var_dir=tmp_path_factory.mktemp("laws"))
    database = Database(settings.database)
    upgrade(database)
    names = [state.name for state in laws_in_library(database)]
    results = bring_laws(database, settings, names, now=NOW)
    assert {result.outcome for result in results} == {"added"}
    yield Library(database, settings, PolicyAnswerer(database, settings))
    database.close()


def test_the_laws_are_there_and_nothing_is_done_twice(library: Library) -> None:
    states = laws_in_library(library.database)
    assert all(state.documents for state in states)
    names = [state.name for state in states]
    again = bring_laws(library.database, library.settings, names, now=NOW)
    assert {result.outcome for result in again} == {"skipped"}


def test_no_law_supersedes_another(library: Library) -> None:
    documents = list_documents(library.database)
    assert not any(document.superseded_by for document in documents)
    yet_to_come = [one.title for one in documents if one.in_force is False]
    assert yet_to_come == ["中华人民共和国医疗保障法"]  # from 2027 on


def test_an_article_is_quoted_with_its_place(library: Library) -> None:
    answer = library.ask("劳动争议申请仲裁的时效期间为一年，从什么时候开始算")
    first = answer.citations[0]
    assert (first.title, first.section) == (
        "中华人民共和国劳动争议调解仲裁法",
        "第三章 仲裁 › 第二节 申请和受理 › 第二十七条",
    )
    assert first.issuer == "全国人民代表大会常务委员会"
    assert (first.doc_no, first.issued_on, first.in_force) == ("", "2007-12-29", True)


def test_what_a_law_leaves_to_a_regulation_is_refused_by_its_name(library: Library) -> None:
    answer = library.ask("带薪年休假有几天")
    assert (answer.status, answer.regulation) == ("not_covered", "职工带薪年休假条例")
    assert answer.citations == ()


def test_what_each_place_sets_for_itself_is_told_from_what_a_regulation_says(
    library: Library,
) -> None:
    answer = library.ask("陪产假有几天")
    assert (answer.status, answer.regulation) == ("not_covered", LOCAL)
    assert library.ask("年终奖离职了还有没有").regulation == ""


def test_a_law_answers_although_a_regulation_says_it_in_detail(library: Library) -> None:
    answer = library.ask("没签劳动合同能要双倍工资吗")
    assert answer.status == "answered"
    assert answer.citations[0].section.endswith("第八十二条")


def test_a_law_that_was_removed_stays_so_until_it_is_added(
    sqlite_database: Database, tmp_path: Path
) -> None:
    packaged_laws()
    settings = Settings(_env_file=None, var_dir=tmp_path)
    (added,) = bring_laws(sqlite_database, settings, [DISPUTES], now=NOW)
    assert added.doc_id is not None
    remove_document(sqlite_database, added.doc_id, now=NOW)
    (again,) = bring_laws(sqlite_database, settings, [DISPUTES], now=NOW)
    assert (again.outcome, again.doc_id) == ("skipped", added.doc_id)
    assert list_documents(sqlite_database) == []
    publish_document(sqlite_database, added.doc_id, now=NOW)
    assert [one.doc_id for one in list_documents(sqlite_database)] == [added.doc_id]


def test_a_text_of_one_s_own_takes_the_law_s_place_for_good(
    sqlite_database: Database, tmp_path: Path
) -> None:
    packaged_laws()
    settings = Settings(_env_file=None, var_dir=tmp_path / "var")
    (added,) = bring_laws(sqlite_database, settings, [DISPUTES], now=NOW)
    file = tmp_path / "own.txt"
    file.write_text(OWN, "utf-8")
    (own,) = ingest(sqlite_database, settings, [file], now=NOW)
    assert (own.outcome, own.doc_id) == ("replaced", added.doc_id)
    (back,) = bring_laws(sqlite_database, settings, [DISPUTES], now=NOW)
    assert back.outcome == "skipped"
    document = get_document(sqlite_database, own.doc_id or "")
    assert document is not None
    assert "第三条" not in document.text


def test_an_unknown_name_adds_nothing(sqlite_database: Database, tmp_path: Path) -> None:
    packaged_laws()
    settings = Settings(_env_file=None, var_dir=tmp_path)
    with pytest.raises(UnknownLaw):
        bring_laws(sqlite_database, settings, [DISPUTES, "没有这部法"], now=NOW)
    assert list_documents(sqlite_database) == []


@pytest.mark.shared
def test_prints_of_a_law_s_present_version_supersede_nothing(
    sqlite_database: Database, tmp_path: Path, shared: Path
) -> None:
    """A law database's print dates the version in a line, its head only the first one."""
    folder = shared / "data" / "city_documents"
    names = ("中华人民共和国社会保险法", "中华人民共和国劳动合同法", "工伤保险条例")
    files = [file for name in names for file in sorted(folder.glob(f"{name}[.(2]*"))]
    assert len(files) == 6
    settings = Settings(_env_file=None, var_dir=tmp_path)
    ingest(sqlite_database, settings, files, now=NOW)
    documents = list_documents(sqlite_database)
    assert len(documents) == 3
    assert not any(document.superseded_by for document in documents)


def test_a_place_named_gets_its_own_rule_among_all_the_laws(
    library: Library, tmp_path: Path
) -> None:
    """And who asks which article it is gets a law, not the digest beside it."""
    settings = library.settings.model_copy(update={"var_dir": tmp_path, "database_url": ""})
    database = Database(settings.database)
    upgrade(database)
    ingest(database, settings, [DIGESTS], now=NOW)
    bring_laws(database, settings, ["劳动合同法", "就业促进法", "劳动法"], now=NOW)
    answerer = PolicyAnswerer(database, settings)
    own = answerer.answer("云南招聘会现在能办吗", now=NOW)
    assert own.own_rule
    assert own.citations[0].region == "530000"
    article = answerer.answer("招聘时歧视残疾人是违反第几条", now=NOW)
    assert {citation.kind for citation in article.citations} <= {"statute"}
    database.close()
