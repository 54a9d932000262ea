"""One model for each content; nothing half-made stays behind."""

import os
import stat
import time
from pathlib import Path

import pytest

from bot import training
from bot.model_sum import encoder_of, is_sound, sum_path
from bot.training import TrainingFailed, fingerprint, model_inputs, model_path, train
from store.settings import ROOT, Settings

RASA_THAT_WORKS = """#!/bin/sh
while [ $# -gt 0 ]; do [ "$1" = --out ] && out="$2"; shift; done
printf trained > "$out/model.tar.gz"
"""
RASA_THAT_ECHOES_TRADES = """#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in --out) out="$2";; */data) data="$1";; esac
  shift
done
cp "$data/lookups/trades.yml" "$out/model.tar.gz"
"""
RASA_THAT_TELLS_THE_ENCODER = RASA_THAT_WORKS.replace(
    "printf trained", 'printf "$ZHIDA_SENTENCES $ZHIDA_VECTORS"'
)
RASA_THAT_FAILS = "#!/bin/sh\necho first; echo 'no such intent'; exit 1\n"
RASA_THAT_MAKES_NOTHING = "#!/bin/sh\nexit 0\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path / "var")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project root of the test's own, with a stand-in program for Rasa's Python."""
    root = tmp_path / "root"
    for name in ("nlu/data/a.yml", "nlu/components/c.py", "config.yml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (root / "nlu/requirements.txt").write_text("rasa")
    monkeypatch.setattr(training, "ROOT", root)
    return root


def rasa(root: Path, script: str) -> None:
    program = root / ".venv-rasa/bin/python"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(script)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_the_inputs_are_what_a_model_is_made_from() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in model_inputs()}
    assert {"config.yml", "nlu/requirements.txt", "nlu/components/spans.py"} <= names
    assert {"nlu/data/jobs.yml", "nlu/data/lookups/places.yml"} <= names
    assert not any("__pycache__" in name for name in names)


def test_any_change_of_content_or_name_is_another_model(project: Path) -> None:
    before = fingerprint()
    assert fingerprint() == before
    (project / "nlu/components/notes.txt").write_text("no input")
    assert fingerprint() == before
    (project / "nlu/data/a.yml").write_text("changed")
    changed = fingerprint()
    assert changed != before
    (project / "nlu/data/a.yml").rename(project / "nlu/data/b.yml")
    assert fingerprint() not in {before, changed}


def test_what_features_declare_is_part_of_the_model(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint()
    monkeypatch.setattr(training, "generated", lambda: {"domain.yml": "intents: [another]"})
    assert fingerprint() != before


def test_a_change_of_what_is_generated_is_another_model(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint()
    monkeypatch.setattr(training, "generated", lambda: {"data/lookups/trades.yml": "other"})
    assert fingerprint() != before


def test_training_is_given_what_is_generated(project: Path, settings: Settings) -> None:
    rasa(project, RASA_THAT_ECHOES_TRADES)
    assert "- 电工" in train(settings, progress=lambda _line: None).read_text("utf-8")


def test_training_happens_once(project: Path, settings: Settings) -> None:
    rasa(project, RASA_THAT_WORKS)
    said: list[str] = []
    path = train(settings, progress=said.append)
    assert path == model_path(settings)
    assert path.read_text() == "trained"
    rasa(project, RASA_THAT_FAILS)
    assert train(settings, progress=said.append) == path
    assert "已是最新" in said[-1]


@pytest.mark.parametrize(
    ("script", "reason"),
    [(RASA_THAT_FAILS, "no such intent"), (RASA_THAT_MAKES_NOTHING, "没有留下模型")],
)
def test_a_failed_training_says_why_and_leaves_nothing(
    project: Path, settings: Settings, script: str, reason: str
) -> None:
    rasa(project, script)
    with pytest.raises(TrainingFailed, match=reason):
        train(settings, progress=lambda _line: None)
    assert list((settings.var_dir / "models").iterdir()) == []


def test_without_rasa_it_says_what_to_do(project: Path, settings: Settings) -> None:
    with pytest.raises(TrainingFailed, match="make setup"):
        train(settings, progress=lambda _line: None)


def test_the_last_three_models_stay(project: Path, settings: Settings) -> None:
    rasa(project, RASA_THAT_WORKS)
    made = []
    for number in range(5):
        (project / "config.yml").write_text(str(number))
        made.append(train(settings, progress=lambda _line: None))
        os.utime(made[-1], (number, number))
    kept = {path for model in made[-3:] for path in (model, sum_path(model))}
    assert set((settings.var_dir / "models").iterdir()) == kept


def test_a_damaged_model_is_made_anew(project: Path, settings: Settings) -> None:
    rasa(project, RASA_THAT_WORKS)
    path = train(settings, progress=lambda _line: None)
    path.write_text("train")
    assert train(settings, progress=lambda _line: None).read_text() == "trained"


def test_a_model_without_its_sum_is_made_anew(project: Path, settings: Settings) -> None:
    rasa(project, RASA_THAT_WORKS)
    path = train(settings, progress=lambda _line: None)
    sum_path(path).unlink()
    said: list[str] = []
    train(settings, progress=said.append)
    assert "训练完成" in said[-1]
    assert is_sound(path, fingerprint())


def make_encoder(settings: Settings, identity: str) -> None:
    folder = settings.var_dir / "encoder"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "identity.txt").write_text(identity)
    (folder / "encoder.onnx").touch()


def test_another_encoder_is_another_training_and_none_is_not(
    project: Path, settings: Settings
) -> None:
    rasa(project, RASA_THAT_WORKS)
    said: list[str] = []

    def trained_with() -> str:
        path = train(settings, progress=said.append)
        assert is_sound(path, fingerprint())
        return encoder_of(path)

    assert trained_with() == ""
    for identity in ("zhida-encoder:1", "zhida-encoder:2"):
        make_encoder(settings, identity)
        assert trained_with() == identity
        assert "训练完成" in said[-1]
        assert trained_with() == identity
        assert "已是最新" in said[-1]
    (settings.var_dir / "encoder/identity.txt").unlink()
    assert trained_with() == "zhida-encoder:2"
    assert "已是最新" in said[-1]


def test_training_is_told_where_the_encoder_is(project: Path, settings: Settings) -> None:
    rasa(project, RASA_THAT_TELLS_THE_ENCODER)
    made = train(settings, progress=lambda _line: None).read_text()
    assert made == f"{settings.var_dir / 'encoder'} {settings.cache / 'vectors.db'}"


def test_what_a_killed_training_left_is_cleared(project: Path, settings: Settings) -> None:
    rasa(project, RASA_THAT_WORKS)
    models = settings.var_dir / "models"
    old, young = models / ".training-old", models / ".training-young"
    old.mkdir(parents=True)
    (old / "half").touch()
    young.mkdir()
    long_ago = time.time() - 2 * training.TIME_LIMIT_SECONDS
    os.utime(old, (long_ago, long_ago))
    train(settings, progress=lambda _line: None)
    assert not old.exists()
    assert young.exists()
