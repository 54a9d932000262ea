"""Models taught with staff's corrections: candidates, the one that is published, the way back.

``<base>-<corrections>.tar.gz`` lies beside the model that it goes beyond, ``<base>.tar.gz``, with
what was measured in ``<…>.json``. ``published`` names the one that runs and the one before it;
``nlu/serve.py`` looks at it at each start of Rasa. One that was taught beside other training data
than today's is not used any more.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.model_sum import is_sound, sum_path
from bot.training import fingerprint, model_path
from store.clock import to_shanghai
from store.errors import ZhidaError
from store.settings import Settings

PUBLISHED = "published"
KEPT = 5


class NoSuchVersion(ZhidaError):
    """The model is not there, is damaged, or was taught beside other training data."""

    code = "no_such_version"


@dataclass(frozen=True)
class Version:
    """A candidate: what it was taught, and how it reads what was kept apart, before and after.

    ``before`` and ``after`` are shares of ``measured`` sentences that are read rightly, of which
    ``mended`` and ``broken`` are those that changed. ``changed`` are numbers of messages of late
    that are read otherwise now, each with both readings.
    """

    name: str
    made_for: str
    trained_at: str
    taught: int
    measured: int
    before: float | None
    after: float | None
    mended: int = 0
    broken: int = 0
    replayed: int = 0
    changed: tuple[Mapping[str, Any], ...] = field(default=())


@dataclass(frozen=True)
class Published:
    """Which model runs: ``name``, and ``before`` it; empty for the one without corrections."""

    name: str = ""
    before: str = ""
    by: str = ""
    at: str = ""


def note(settings: Settings, version: Version) -> None:
    """Write down what was measured of a candidate, and forget the oldest of many."""
    _notes(settings, version.name).write_text(
        json.dumps(asdict(version), ensure_ascii=False, indent=1), "utf-8"
    )
    running = published(settings)
    old = [
        one for one in versions(settings)[KEPT:] if one.name not in (running.name, running.before)
    ]
    for each in old:
        model = _model(settings, each.name)
        for path in (model, sum_path(model), _notes(settings, each.name)):
            path.unlink(missing_ok=True)


def versions(settings: Settings) -> list[Version]:
    """Return the candidates beside today's training data, the newest first."""
    base, found = model_path(settings), []
    for path in base.parent.glob(f"{_stem(base)}-*.json"):
        try:
            written = json.loads(path.read_text("utf-8"))
            found.append(Version(**{**written, "changed": tuple(written["changed"])}))
        except (ValueError, TypeError, KeyError):
            continue
    return sorted(found, key=lambda one: one.trained_at, reverse=True)


def published(settings: Settings) -> Published:
    """Return which model runs."""
    try:
        return Published(**json.loads(_pointer(settings).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Published()


def current_model(settings: Settings) -> Path:
    """Return the model that runs, or will at the next start."""
    base, name = model_path(settings), published(settings).name
    known = next((one for one in versions(settings) if one.name == name), None)
    if known is not None and is_sound(_model(settings, name), known.made_for):
        return _model(settings, name)
    return base


def publish(settings: Settings, name: str, *, by: str, now: datetime) -> Published:
    """Let a candidate run, empty for the model without corrections. Raises NoSuchVersion.

    ``zhida up`` sees it and starts Rasa with it; messages wait so long.
    """
    known = next((one for one in versions(settings) if one.name == name), None)
    if name and (known is None or not is_sound(_model(settings, name), known.made_for)):
        raise NoSuchVersion
    chosen = Published(name, published(settings).name, by, to_shanghai(now).isoformat())
    aside = _pointer(settings).with_suffix(".new")
    aside.write_text(json.dumps(asdict(chosen), ensure_ascii=False), "utf-8")
    aside.replace(_pointer(settings))
    return chosen


def roll_back(settings: Settings, *, by: str, now: datetime) -> Published:
    """Let the model run that ran before this one."""
    return publish(settings, published(settings).before, by=by, now=now)


def pointed_at(settings: Settings) -> int:
    """Return what changes when another model is published."""
    try:
        return _pointer(settings).stat().st_mtime_ns
    except OSError:
        return 0


def version_path(settings: Settings, corrections: str) -> Path:
    """Return where the model is that was taught these corrections, by their hash."""
    base = model_path(settings)
    return base.with_name(f"{_stem(base)}-{corrections[:12]}.tar.gz")


def made_for(corrections: str) -> str:
    """Return the fingerprint of a model taught corrections of this hash."""
    return f"{fingerprint()}+{corrections}"


def _stem(model: Path) -> str:
    return model.name.removesuffix(".tar.gz")


def _pointer(settings: Settings) -> Path:
    return settings.var_dir / "models" / PUBLISHED


def _model(settings: Settings, name: str) -> Path:
    return model_path(settings).with_name(f"{name}.tar.gz")


def _notes(settings: Settings, name: str) -> Path:
    return model_path(settings).with_name(f"{name}.json")
