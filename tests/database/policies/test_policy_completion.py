"""A large library is searched at once, and with the encoder's vectors when they have been made."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.answering.answerer import PolicyAnswerer
from knowledge.documents.sample_questions import shipped_sample_questions
from knowledge.index.builder import current_version, encoder_of, is_provisional, load_index
from knowledge.index.completion import complete_index
from knowledge.index.passages import AT_ONCE
from knowledge.ingest import ingest
from store.database import Database
from store.settings import Settings

NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
SOON = 60  # seconds
LONG = "某市就业服务办法\n" + "".join(
    f"第{number}条　第{number}号窗口办理编号为{number * 7}的业务，凭证件领取。\n"
    for number in range(1, AT_ONCE + 100)
)
SHORT = "某市招聘会办法\n第1条　现场招聘会每场不超过二百人，由主办单位维持秩序。\n"
QUESTION = "现场招聘会每场不超过多少人"


@pytest.fixture
def settings(sqlite_database: Database, tmp_path: Path) -> Settings:
    """Settings with an encoder whose vectors are kept in a cache of its own.

    It has read the shipped ways of asking, as on any machine after the first index.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {word: number for number, word in enumerate(["[UNK]", *sorted({*LONG, *SHORT})])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)], device="cpu")
    model.save(str(tmp_path / "model"), create_model_card=False)
    made = Settings(
        _env_file=None,
        var_dir=tmp_path / "var",
        cache=tmp_path / "cache",
        database_url=str(sqlite_database.url),
        encoder=str(tmp_path / "model"),
    )
    encoder_of(made).asks([asked.text for asked in shipped_sample_questions()])
    return made


def add(database: Database, settings: Settings, text: str, folder: Path) -> str:
    """Take a text in and return the index version that is current then."""
    (folder / f"{len(text)}.txt").write_text(text, "utf-8")
    (result,) = ingest(database, settings, [folder / f"{len(text)}.txt"], now=NOW)
    assert result.outcome == "added"
    return current_version(settings) or ""


def test_little_is_indexed_with_its_vectors_at_once(
    sqlite_database: Database, settings: Settings, tmp_path: Path
) -> None:
    version = add(sqlite_database, settings, SHORT, tmp_path)
    assert not is_provisional(settings, version)
    assert load_index(settings, version).encoder.dimensions == 8


def test_much_is_found_by_the_n_grams_until_its_vectors_are_there(
    sqlite_database: Database, settings: Settings, tmp_path: Path
) -> None:
    add(sqlite_database, settings, SHORT, tmp_path)
    version = add(sqlite_database, settings, LONG, tmp_path)
    assert is_provisional(settings, version)
    assert load_index(settings, version).encoder.kind == "ngrams"
    complete_index(sqlite_database, settings)
    complete = current_version(settings) or ""
    assert not is_provisional(settings, complete)
    assert load_index(settings, complete).encoder.dimensions == 8


def test_whoever_answers_completes_the_index_beside(
    sqlite_database: Database, settings: Settings, tmp_path: Path
) -> None:
    add(sqlite_database, settings, SHORT, tmp_path)
    provisional = add(sqlite_database, settings, LONG, tmp_path)
    library = PolicyAnswerer(sqlite_database, settings)
    answer = library.answer(QUESTION, now=NOW)
    assert "二百人" in answer.citations[0].quote
    until = time.monotonic() + SOON
    while current_version(settings) == provisional and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_provisional(settings, current_version(settings) or "")


def test_whoever_measures_waits_for_the_vectors(
    sqlite_database: Database, settings: Settings, tmp_path: Path
) -> None:
    assert is_provisional(settings, add(sqlite_database, settings, LONG, tmp_path))
    PolicyAnswerer(sqlite_database, settings).warm()
    assert not is_provisional(settings, current_version(settings) or "")


def test_ways_of_asking_that_nobody_has_read_are_waited_for_like_passages(
    sqlite_database: Database, settings: Settings, tmp_path: Path
) -> None:
    cold = settings.model_copy(update={"cache": tmp_path / "cold"})
    assert is_provisional(cold, add(sqlite_database, cold, SHORT, tmp_path))
    complete_index(sqlite_database, cold)
    assert not is_provisional(cold, current_version(cold) or "")
