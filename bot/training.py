"""Training Rasa's model: once for each content of what it is made from."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bot.generated import DATA, DOMAIN, generated, write_generated
from bot.model_sum import encoder_of, is_sound, sum_path, write_sum
from language import PYTHON_310_SAFE
from language.encoder.loading import encoder_folder, vectors_file
from language.encoder.serving import is_encoder, read_identity
from store.settings import ROOT, Settings

INPUTS = (
    *("config.yml", "nlu/requirements.txt", "nlu/components", "nlu/data"),
    "language/data/dialects.tsv",
    *(f"{module.replace('.', '/')}.py" for module in PYTHON_310_SAFE),
)
KEPT = 3
"""Models kept, the newest: going back to an earlier state needs no new training."""

TIME_LIMIT_SECONDS = 600
_LAST_LINES = 12
_ASIDE = ".training-"


class TrainingFailed(RuntimeError):
    """Rasa could not train; the message ends with what it said last."""


def rasa_python() -> Path:
    """Return where the Python of Rasa's own environment has to be."""
    return ROOT / ".venv-rasa" / "bin" / "python"


def model_inputs() -> list[Path]:
    """Return every kept file a model is made from, in a fixed order."""
    return sorted(path for name in INPUTS for path in _files(ROOT / name))


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for found in path.rglob("*"):
        if found.suffix in {".py", ".yml", ".jsonl"} and not found.name.startswith("."):
            yield found


def fingerprint() -> str:
    """Return the hash of the names and contents of files kept and generated: 64 hex digits."""
    parts = [(path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in model_inputs()]
    parts += [(name, text.encode()) for name, text in generated().items()]
    total = hashlib.sha256()
    for name, content in parts:
        total.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def model_path(settings: Settings) -> Path:
    """Return where the model of the present inputs is, or will be once trained."""
    return settings.var_dir / "models" / f"{fingerprint()[:12]}.tar.gz"


def train(settings: Settings, *, progress: Callable[[str], None]) -> Path:
    """Train the model unless it is there and sound; return its path.

    Training happens in a folder aside and ends with a rename, so an interrupted one leaves
    no half model; one that is damaged, or has no sum, is made anew, and one that was taught with
    another sentence encoder than is there now. Raises TrainingFailed.
    """
    return make_model(settings, model_path(settings), fingerprint(), {}, progress=progress)


def make_model(
    settings: Settings,
    target: Path,
    made_for: str,
    further: Mapping[str, str],
    *,
    progress: Callable[[str], None],
) -> Path:
    """Train a model as ``train`` does; ``further`` is training data beside ours, by file name.

    ``made_for`` is the fingerprint of all it is made from.
    """
    encoder = _encoder(settings)
    if is_sound(target, made_for) and encoder in {"", encoder_of(target)}:
        progress(f"Rasa 模型已是最新：{target.name}")
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_abandoned(target.parent)
    progress("正在训练 Rasa 模型，约需两分钟")
    with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=target.parent) as folder:
        write_generated(Path(folder))
        for name, content in further.items():
            (Path(folder) / DATA / name).write_text(content, "utf-8")
        _run_rasa(settings, _command(Path(folder)), Path(folder))
        trained = Path(folder) / "model.tar.gz"
        if not trained.is_file():
            raise TrainingFailed("Rasa 训练结束却没有留下模型")
        write_sum(trained, target, made_for, encoder)
        trained.replace(target)
    if not further:
        _remove_older(target)
    progress(f"Rasa 模型训练完成：{target.name}")
    return target


def _command(folder: Path) -> list[str]:
    return [
        *(str(rasa_python()), "-m", "rasa", "train"),
        *("--config", str(ROOT / "config.yml")),
        *("--domain", str(folder / DOMAIN)),
        *("--data", str(ROOT / "nlu" / "data"), str(folder / DATA)),
        *("--out", str(folder), "--fixed-model-name", "model"),
    ]


def _encoder(settings: Settings) -> str:
    """Name the sentence encoder that set-up has made; empty where there is none."""
    folder = encoder_folder(settings)
    return read_identity(folder) if is_encoder(folder) else ""


def encoder_environment(settings: Settings) -> dict[str, str]:
    """Return where Rasa's side finds the encoder, and what keeps training sentences' vectors."""
    return {
        "ZHIDA_SENTENCES": str(encoder_folder(settings)),
        "ZHIDA_VECTORS": str(vectors_file(settings)),
    }


def rasa_environment(settings: Settings) -> dict[str, str]:
    """Return the environment for a process of Rasa's: no telemetry, few threads, our root."""
    return {
        **os.environ,
        **encoder_environment(settings),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def _run_rasa(settings: Settings, command: list[str], folder: Path) -> None:
    if not rasa_python().is_file():
        raise TrainingFailed(f"找不到 Rasa 的环境（{rasa_python()}），请先运行 make setup。")
    try:
        # In its own folder: Rasa writes its cache of training steps (.rasa) where it runs.
        done = subprocess.run(  # noqa: S603 - fixed command, no shell
            command,
            cwd=folder,
            env=rasa_environment(settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=TIME_LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TrainingFailed(f"Rasa 训练超过 {TIME_LIMIT_SECONDS} 秒，已停止") from error
    if done.returncode:
        lines = done.stdout.strip().splitlines()[-_LAST_LINES:]
        raise TrainingFailed("Rasa 训练失败：\n" + "\n".join(lines))


def _clear_abandoned(models: Path) -> None:
    """Remove what a killed training left; one that may still run is younger."""
    for folder in models.glob(f"{_ASIDE}*"):
        if time.time() - folder.stat().st_mtime > TIME_LIMIT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _remove_older(newest: Path) -> None:
    # Those with corrections have their own rule: ``model_versions``.
    own = (path for path in newest.parent.glob("*.tar.gz") if "-" not in path.name)
    models = sorted(
        (path for path in own if path != newest),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in models[KEPT - 1 :]:
        path.unlink(missing_ok=True)
        sum_path(path).unlink(missing_ok=True)
