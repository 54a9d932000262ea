"""The training data as plain lists, read without Rasa."""

import re
from dataclasses import dataclass

import yaml

from bot.generated import LOOKUPS, generated
from nlu.components.spans import NameFinder
from store.settings import ROOT

_ANNOTATED = re.compile(r"\[([^\]]+)\]\((\w+)\)")


@dataclass(frozen=True)
class Example:
    """One training sentence, with its annotated (start, end, entity)."""

    text: str
    intent: str
    spans: tuple[tuple[int, int, str], ...]


def lookups() -> dict[str, list[str]]:
    """Return the lookup tables by name."""
    tables: dict[str, list[str]] = {}
    files = [path.read_text("utf-8") for path in sorted((ROOT / "nlu/data/lookups").glob("*.yml"))]
    made = [content for name, content in generated().items() if name.startswith(LOOKUPS)]
    for content in (*files, *made):
        for table in yaml.safe_load(content)["nlu"]:
            entries = [line.removeprefix("- ") for line in table["examples"].splitlines()]
            tables.setdefault(table["lookup"], []).extend(entries)
    return tables


def compounds() -> dict[str, list[str]]:
    """Return the compounds that config.yml gives both components."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]
    found = [part["compounds"] for part in pipeline if "compounds" in part]
    assert found[0] == found[1]
    return dict(found[0])


def finder() -> NameFinder:
    """Return the finder as the model has it."""
    return NameFinder(lookups(), compounds())


def examples() -> list[Example]:
    """Return every training sentence."""
    found = []
    for path in sorted((ROOT / "nlu/data").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                found.append(_example(line.removeprefix("- "), block["intent"]))
    return found


def _example(written: str, intent: str) -> Example:
    text, spans, end = "", [], 0
    for match in _ANNOTATED.finditer(written):
        text += written[end : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        end = match.end()
    return Example(text + written[end:], intent, tuple(spans))
