"""The sentence encoder in Rasa's process: found where the environment says, or not at all."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from language.encoder.loading import encoder_folder
from language.encoder.serving import INNER, VECTOR, is_encoder
from nlu.components import sentences
from store.settings import get_settings

MADE = encoder_folder(get_settings())


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Each test looks anew, and leaves nothing to the next one."""
    sentences.encoder.cache_clear()
    sentences._views.cache_clear()
    yield
    sentences.encoder.cache_clear()
    sentences._views.cache_clear()


def test_without_an_encoder_it_says_so_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(sentences.FOLDER, str(tmp_path / "none"))
    with caplog.at_level(logging.WARNING):
        assert sentences.identity() is None
        assert sentences.vector("你好", VECTOR) is None
        assert sentences.training_vectors(["你好"], VECTOR) is None
    (record,) = caplog.records
    assert str(tmp_path / "none") in record.getMessage()


@pytest.mark.skipif(not is_encoder(MADE), reason="set-up has not made the sentence encoder")
def test_a_training_sentence_has_the_vector_of_a_message(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(sentences.FOLDER, str(MADE))
    monkeypatch.setenv(sentences.KEPT, str(tmp_path / "vectors.db"))
    texts = ["帮我约个理发师", "帮我约明天上午办失业登记"]
    for view in (VECTOR, INNER) * 2:
        learnt = sentences.training_vectors(texts, view)
        assert learnt is not None
        for text, vector in zip(texts, learnt, strict=True):
            heard = sentences.vector(text, view)
            assert heard is not None
            assert heard.tolist() == vector.tolist()
    assert (tmp_path / "vectors.db").is_file()
