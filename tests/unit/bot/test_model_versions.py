"""A candidate runs once it is published, beside today's training data only; and the way back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import model_versions
from bot.console.transcripts.reviews import Marked, Review
from bot.corrections import as_training_data, example
from bot.model_sum import write_sum
from bot.model_versions import NoSuchVersion, Version
from bot.training import fingerprint, model_path
from nlu.model_sum import published as read_by_rasa
from store.settings import Settings

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def made(settings: Settings, corrections: str) -> Version:
    target = model_versions.version_path(settings, corrections)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(corrections.encode())
    made_for = model_versions.made_for(corrections)
    write_sum(target, target, made_for)
    name = target.name.removesuffix(".tar.gz")
    version = Version(
        name, made_for, f"2026-03-0{len(corrections) - 10}T10:00:00+08:00", 3, 1, 0.0, 1.0
    )
    model_versions.note(settings, version)
    return version


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, var_dir=tmp_path)


def test_publishing_and_the_way_back(settings: Settings) -> None:
    base = model_path(settings)
    first, second = made(settings, "a" * 12), made(settings, "b" * 13)
    assert model_versions.current_model(settings) == base
    assert {one.name for one in model_versions.versions(settings)} == {first.name, second.name}
    stamp = model_versions.pointed_at(settings)
    for version in (first, second):
        model_versions.publish(settings, version.name, by="王", now=NOW)
        current = model_versions.current_model(settings)
        assert current.name == f"{version.name}.tar.gz"
        assert read_by_rasa(base) == current
    assert model_versions.pointed_at(settings) != stamp
    model_versions.roll_back(settings, by="李", now=NOW)
    assert model_versions.published(settings).name == first.name
    model_versions.publish(settings, "", by="李", now=NOW)
    assert read_by_rasa(base) == model_versions.current_model(settings) == base


def test_what_is_damaged_or_of_other_data_does_not_run(settings: Settings) -> None:
    base, version = model_path(settings), made(settings, "a" * 12)
    model_versions.publish(settings, version.name, by="王", now=NOW)
    other = base.with_name("0123456789ab.tar.gz")
    assert read_by_rasa(other) == other
    model_versions.version_path(settings, "a" * 12).write_bytes(b"damaged")
    assert model_versions.current_model(settings) == base
    assert read_by_rasa(base) == base
    with pytest.raises(NoSuchVersion):
        model_versions.publish(settings, version.name, by="王", now=NOW)
    with pytest.raises(NoSuchVersion):
        model_versions.publish(settings, "nothing", by="王", now=NOW)
    assert fingerprint() in model_versions.made_for("x")


def test_sentences_as_training_data() -> None:
    marks = (Marked("place", "上海", 2, 4), Marked("weather", "雨", 0, 1))
    review = Review(
        1, "雨（上海[工]资\n多少", "greet", "ask_wage", marks, False, None, "", "train", "王", NOW
    )
    assert example(review) == "雨（[上海](place) 工 资 多少"
    assert "- intent: ask_wage" in as_training_data([review])
