"""The policy room on a real database, a real index and the real encoder."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from knowledge.answering.answerer import PolicyAnswerer
from knowledge.answering.answers import PolicyAnswer
from knowledge.documents.editing import UnknownDocument, expire_document
from knowledge.documents.repository import get_document, list_documents
from knowledge.documents.tables import PolicyDocument
from knowledge.index import builder as index_module
from knowledge.index.builder import current_version, index_folder, load_index, rebuild_index
from knowledge.ingest import DIGESTS, IngestResult, ensure_digests, ingest
from store.database import Database
from store.settings import Settings

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
NOTICE = (
    "上海市人力资源和社会保障局关于办好招聘服务的通知\n沪人社就〔2025〕8号\n各区人社局：\n"
    "为了服务群众，现通知如下：\n一、现场招聘会。现场招聘会照常举办，每场不超过200人。\n"
    "二、预约办理。到经办大厅办理业务的，可以提前预约。\n上海市人力资源和社会保障局\n2025年3月4日\n"
)
Add = Callable[..., IngestResult]


@pytest.fixture
def settings(tmp_path: Path, database: Database) -> Settings:
    return Settings(
        _env_file=None,
        var_dir=tmp_path / "var",
        database_url=database.url.render_as_string(hide_password=False),
    )


@pytest.fixture
def add(database: Database, settings: Settings, tmp_path: Path) -> Add:
    def add(text: str, name: str = "notice.txt") -> IngestResult:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        (result,) = ingest(database, settings, [path], now=NOW)
        return result

    return add


def ask(library: PolicyAnswerer, question: str, region: str | None = None) -> PolicyAnswer:
    return library.answer(question, region=region, now=NOW)


def assert_verbatim(database: Database, answer: PolicyAnswer) -> None:
    for citation in answer.citations:
        document = get_document(database, citation.doc_id)
        assert document is not None
        assert citation.quote in document.text
        assert citation.quote[-1] in "。！？；：”）" or citation.quote in document.text.split("\n")


def test_digests_answer_and_say_that_they_are_digests(
    database: Database, settings: Settings
) -> None:
    ensure_digests(database, settings, now=NOW)
    library = PolicyAnswerer(database, settings)
    library.warm()
    for question, words in (
        ("现场招聘会还能办吗", "招聘会"),
        ("招聘信息要审核什么", "审核"),
        ("上海大厅办业务能预约吗", "预约"),
        ("在雲南，進服務場所要戴口罩嗎", "口罩"),
    ):
        answer = ask(library, question)
        assert answer.status == "answered", question
        assert words in answer.citations[0].quote
        assert answer.citations[0].title.endswith("〔摘要〕")
        assert answer.citations[0].url.startswith(f"/policies/{answer.citations[0].doc_id}?quote=")
        assert_verbatim(database, answer)


@pytest.mark.parametrize(
    "question",
    [
        "",
        " \n ",
        "😀😀",
        "今天天气怎么样",
        "股票现在能不能买",
        "我想谈恋爱",
        "失业金多少钱一个月",
        "的" * 20000,
        "\x00\x01",
    ],
)
def test_what_the_documents_do_not_say_is_not_answered(
    sqlite_database: Database, tmp_path: Path, question: str
) -> None:
    own = Settings(_env_file=None, var_dir=tmp_path / "var", database_url=str(sqlite_database.url))
    ensure_digests(sqlite_database, own, now=NOW)
    answer = ask(PolicyAnswerer(sqlite_database, own), question)
    assert (answer.status, answer.citations) == ("not_covered", ())
    assert len(answer.nearest) <= 2


def test_a_region_gets_its_own_rule_or_the_national_one(
    database: Database, settings: Settings
) -> None:
    ensure_digests(database, settings, now=NOW)
    library = PolicyAnswerer(database, settings)

    def regions(question: str, region: str | None = None) -> set[str]:
        return {citation.region for citation in ask(library, question, region).citations}

    question = "现场招聘会还能办吗"
    assert ask(library, question, "310000").citations[0].region == "310000"
    assert ask(library, "北京" + question).citations[0].region == "110000"
    assert ask(library, "云南" + question, "310000").citations[0].region == "530000"
    assert regions("广州" + question) == {"100000"}
    assert regions("浦东" + question) <= {"310000", "100000"}


def test_rules_of_several_places_stand_side_by_side(database: Database, settings: Settings) -> None:
    ensure_digests(database, settings, now=NOW)
    library = PolicyAnswerer(database, settings)
    answer = ask(library, "现场招聘会还能办吗")
    assert len({citation.region for citation in answer.citations} - {"100000"}) > 1
    assert (answer.status, answer.region, len(answer.citations) <= 3) == ("answered", None, True)
    there = ask(library, "广东的现场招聘会还能办吗")
    assert (there.status, there.region, there.own_rule) == ("answered", "440000", False)
    assert ask(library, "现场招聘会还能办吗", "310000").own_rule is True


def test_what_two_documents_say_in_the_same_words_is_cited_once(
    database: Database, settings: Settings, add: Add
) -> None:
    add(NOTICE)
    ministry = NOTICE.replace("上海市人力资源和社会保障局", "人力资源社会保障部办公厅")
    add(ministry.replace("沪人社就", "人社厅发").replace("4日", "1日"), "ministry.txt")
    assert len(list_documents(database)) == 2
    answer = ask(PolicyAnswerer(database, settings), "现场招聘会照常举办吗", "310000")
    quotes = [citation.quote for citation in answer.citations]
    assert answer.citations[0].region == "310000"
    assert len([quote for quote in quotes if "照常举办" in quote]) == 1


def test_ingesting_twice_does_nothing_and_a_change_makes_a_version(
    database: Database, settings: Settings, add: Add
) -> None:
    first = add(NOTICE)
    version = current_version(settings)
    again = add(NOTICE)
    assert (first.outcome, again.outcome, again.doc_id) == ("added", "skipped", first.doc_id)
    assert current_version(settings) == version
    changed = add(NOTICE.replace("200人", "300人"))
    assert (changed.outcome, changed.doc_id) == ("replaced", first.doc_id)
    assert current_version(settings) != version
    document = get_document(database, first.doc_id or "")
    assert document is not None
    assert (document.version, "300人" in document.text) == (2, True)
    joined = "".join(document.text[unit.start : unit.end] for unit in document.units)
    assert joined == document.text
    assert [unit.anchor for unit in document.units] == [
        f"u{number}" for number in range(1, len(document.units) + 1)
    ]


def test_an_original_takes_its_digests_place_for_good(
    database: Database, settings: Settings, add: Add
) -> None:
    digest = add(
        "---\ntitle: 关于办好招聘服务的通知\ndoc_no: 沪人社就〔2025〕8号\n"
        "issuer: 上海市人力资源和社会保障局\ndate: 2025-03-04\n"
        "region: '310000'\nkind: digest\n---\n"
        "一、现场招聘会可以办，人数有限制。\n二、去大厅之前可以先预约，节省时间。\n",
        "digest.md",
    )
    original = add(NOTICE)
    back = ingest(database, settings, [Path(settings.var_dir).parent / "digest.md"], now=NOW)[0]
    assert (digest.outcome, original.outcome, back.outcome) == ("added", "replaced", "skipped")
    assert digest.doc_id == original.doc_id == back.doc_id
    (document,) = list_documents(database)
    assert (document.kind, document.title.endswith("〔摘要〕")) == ("notice", False)
    answer = ask(PolicyAnswerer(database, settings), "现场招聘会照常举办吗")
    assert "照常举办" in answer.citations[0].quote


def test_a_bad_file_fails_alone(database: Database, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "docs" / "b.txt").write_text(NOTICE, "utf-8")
    (tmp_path / "docs" / "c.txt").write_bytes(b"")
    seen: list[tuple[int, int, Path]] = []
    results = ingest(
        database,
        settings,
        [tmp_path / "docs"],
        now=NOW,
        progress=lambda done, total, path: seen.append((done, total, path)),
    )
    assert [result.outcome for result in results] == ["failed", "added", "failed"]
    assert all(result.reason for result in results if result.outcome == "failed")
    assert [(done, total) for done, total, _ in seen] == [(1, 3), (2, 3), (3, 3)]
    assert len(list_documents(database)) == 1


def test_an_expired_document_is_never_presented_as_in_force(
    database: Database, settings: Settings, add: Add
) -> None:
    result = add(NOTICE)
    library = PolicyAnswerer(database, settings)
    assert ask(library, "现场招聘会照常举办吗").citations[0].in_force is True
    expire_document(database, result.doc_id or "", on=date(2026, 1, 1), now=NOW)
    answer = ask(library, "现场招聘会照常举办吗")
    assert (answer.status, answer.citations[0].in_force) == ("outdated", False)
    then = library.answer("现场招聘会照常举办吗", now=NOW - timedelta(days=30))
    assert (then.status, then.citations[0].in_force) == ("answered", True)
    with pytest.raises(UnknownDocument):
        expire_document(database, "pnone", on=date(2026, 1, 1), now=NOW)


def test_a_notice_bound_to_an_occasion_does_not_claim_to_be_in_force(
    database: Database, settings: Settings
) -> None:
    ensure_digests(database, settings, now=NOW)
    force = {document.issued_on: document.in_force for document in list_documents(database)}
    assert force[date(2020, 2, 6)] is None
    assert force[date(2022, 3, 28)] is True


def test_words_that_the_stored_document_no_longer_has_are_not_quoted(
    database: Database, settings: Settings, add: Add
) -> None:
    result = add(NOTICE)
    library = PolicyAnswerer(database, settings)
    library.warm()
    with database.write() as session:  # behind the index's back
        row = session.get(PolicyDocument, result.doc_id)
        assert row is not None
        row.text = row.text.replace("照常", "暂停")
        session.commit()
    answer = ask(library, "现场招聘会照常举办吗")
    assert (answer.status, answer.citations) == ("not_covered", ())


def test_a_reader_notices_a_new_version(database: Database, settings: Settings, add: Add) -> None:
    add(NOTICE)
    library = PolicyAnswerer(database, settings)
    assert ask(library, "高温补贴每月发放300元吗").status == "not_covered"
    add(
        "上海市人力资源和社会保障局关于高温补贴的通知\n沪人社规〔2025〕9号\n各区人社局：\n"
        "一、标准。高温补贴每月发放300元。\n二、时间。每年六月到九月发放。\n2025年5月4日\n",
        "heat.txt",
    )
    assert "300元" in ask(library, "高温补贴每月发放300元吗").citations[0].quote


def test_a_missing_or_damaged_index_is_built_anew(
    database: Database, settings: Settings, add: Add
) -> None:
    add(NOTICE)
    version = current_version(settings)
    (index_folder(settings) / (version or "") / "manifest.json").unlink()
    assert ask(PolicyAnswerer(database, settings), "现场招聘会照常举办吗").status == "answered"
    (index_folder(settings) / index_module.POINTER).unlink()
    assert ask(PolicyAnswerer(database, settings), "现场招聘会照常举办吗").status == "answered"
    assert current_version(settings) == version
    (index_folder(settings) / (version or "") / "text" / "vectors.faiss").write_bytes(b"half")
    assert ask(PolicyAnswerer(database, settings), "现场招聘会照常举办吗").status == "answered"
    assert current_version(settings) == version


def test_documents_changed_without_an_index_are_found_when_warming(
    database: Database, settings: Settings, add: Add
) -> None:
    result = add(NOTICE)
    library = PolicyAnswerer(database, settings)
    library.warm()
    with database.write() as session:
        row = session.get(PolicyDocument, result.doc_id)
        session.delete(row)
        session.commit()
    library.warm()
    assert ask(library, "现场招聘会照常举办吗").status == "not_covered"


def test_a_crash_while_building_leaves_the_old_index(
    database: Database, settings: Settings, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(NOTICE)
    version = current_version(settings)

    def crash(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(index_module, "encoder_identity", lambda _: "another")
        patch.setattr(index_module, "collect", crash)
        with pytest.raises(MemoryError):
            rebuild_index(database, settings)
    assert current_version(settings) == version
    assert not list(index_folder(settings).glob(".new-*"))
    assert len(load_index(settings, version or "").store)


def test_many_threads_get_the_same_answer_while_the_index_changes(
    database: Database, settings: Settings, add: Add
) -> None:
    add(NOTICE)
    library = PolicyAnswerer(database, settings)
    expected = ask(library, "现场招聘会照常举办吗")
    started = threading.Barrier(5)

    def work(_: int) -> list[PolicyAnswer]:
        started.wait()
        return [ask(library, "现场招聘会照常举办吗") for _ in range(10)]

    with ThreadPoolExecutor(5) as pool:
        futures = [pool.submit(work, number) for number in range(4)]
        started.wait()
        add(
            NOTICE.replace("沪人社就〔2025〕8号", "沪人社就〔2025〕9号")
            .replace("4日", "9日")
            .replace("现场招聘会", "档案转递")
            .replace("上海", "北京"),
            "other.txt",
        )
        answers = [answer for future in futures for answer in future.result()]
    assert {answer.citations[0].quote for answer in answers} == {expected.citations[0].quote}
    assert {answer.status for answer in answers} == {"answered"}


def test_a_model_in_a_folder_takes_the_built_in_ones_place(
    sqlite_database: Database, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {word: number for number, word in enumerate(["[UNK]", *sorted(set(NOTICE))])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    # Each character a direction of its own: what is alike has the same characters, every time.
    letters = StaticEmbedding(tokenizer, embedding_weights=np.eye(len(words), dtype=np.float32))
    model = SentenceTransformer(modules=[letters], device="cpu")
    model.save(str(tmp_path / "model"), create_model_card=False)
    url = str(sqlite_database.url)
    own = Settings(_env_file=None, var_dir=tmp_path / "a", database_url=url)
    other = own.model_copy(update={"encoder": str(tmp_path / "model")})
    (tmp_path / "n.txt").write_text(NOTICE, "utf-8")
    ingest(sqlite_database, own, [tmp_path / "n.txt"], now=NOW)
    library = PolicyAnswerer(sqlite_database, other)
    library.warm()  # the index of the built-in encoder no longer fits
    index = load_index(other, current_version(other) or "")
    assert index.encoder.passages(["招聘会"]).shape == (1, len(words))
    assert ask(library, "现场招聘会照常举办吗").status == "answered"


def test_ids_are_stable_and_digests_are_complete(database: Database, settings: Settings) -> None:
    ensure_digests(database, settings, now=NOW)
    first = {document.doc_id: document.title for document in list_documents(database)}
    ensure_digests(database, settings, now=NOW)
    assert {document.doc_id: document.title for document in list_documents(database)} == first
    assert len(first) == len(list(DIGESTS.glob("*.md"))) == 5
