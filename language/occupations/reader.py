"""Titles and spoken trades to codes, with a probability, or unknown."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from language.encoder.vectors import Encoder
from language.names import NameIndex
from language.occupations.classification import Classification
from language.occupations.codes import group_of, plain_code
from language.occupations.everyday import no_work, words
from language.occupations.model import NONE, Guess, Model
from language.occupations.package import table_file
from language.occupations.titles import clean
from language.text import fold
from store.settings import Settings

UNKNOWN_BELOW = 0.08
"""A small group less likely than this is not told: of such titles one in ten is right."""

UNSURE_BELOW = 0.2
"""A group less likely than this gives way to a rare occupation whose name stands in the title."""

NAMED = 0.9
"""How likely an occupation is that is called by its very name or by an everyday word."""

LEAST_NAME = 4
"""Characters of a rare occupation's name that is found within a title."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """An occupation: code (a group's where no more can be told), name, how likely (0 to 1).

    ``name`` is None where the classification is not at hand; ``group_probability`` tells how
    likely the small group is.
    """

    code: str
    name: str | None
    probability: float
    group_probability: float

    @property
    def group(self) -> str:
        """The code of the small group, or of the larger one where no more can be told."""
        return group_of(self.code)


class Reader:
    """Reads titles; safe to share between threads."""

    def __init__(
        self,
        model: Model,
        classification: Classification | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._model, self._encoder = model, encoder
        self._classification = classification
        self._named = _named(classification)
        self._no_work = frozenset(map(clean, no_work()))
        # The model cannot answer what no title that it learnt from was.
        learnt = {plain_code(code) for code in model.codes}
        rare = {name: code for name, code in self._named.items() if code not in learnt}
        self._rare = NameIndex({name: rare[name] for name in rare if len(name) >= LEAST_NAME})

    def read(self, titles: Sequence[str]) -> list[Reading | None]:
        """Return what each title says, or None: unknown. A title is read once, however often."""
        said = {title: clean(title) for title in titles}
        known = {title: self._by_name(fold(title)) or self._by_name(said[title]) for title in said}
        open_ = [title for title in said if known[title] is None and self._names_work(said[title])]
        cleaned = [said[title] for title in open_]
        vectors = self._encoder.passages(cleaned) if self._encoder is not None and open_ else None
        for title, guess in zip(open_, self._model.guess(cleaned, vectors), strict=True):
            known[title] = self._told(said[title], guess)
        return [known[title] for title in titles]

    def _names_work(self, said: str) -> bool:
        return len(said) > 1 and said not in self._no_work

    def _by_name(self, said: str) -> Reading | None:
        code = self._named.get("".join(said.split()))
        return None if code is None else self._reading(code, NAMED, NAMED)

    def _told(self, said: str, guess: Guess) -> Reading | None:
        if guess.group_probability < UNSURE_BELOW:
            rare = next(self._rare.apart(said.replace(" ", "")), None)
            if rare is not None:
                return self._reading(rare.meaning, UNSURE_BELOW, UNSURE_BELOW)
        if guess.code == NONE or guess.group_probability < UNKNOWN_BELOW:
            return None
        return self._reading(guess.code, guess.probability, guess.group_probability)

    def _reading(self, code: str, probability: float, group_probability: float) -> Reading:
        table = self._classification
        name = None if table is None else table.name_of(code)
        return Reading(plain_code(code), name, probability, group_probability)


def _named(classification: Classification | None) -> Mapping[str, str]:
    """Return the code of each everyday word and of each occupation's own name, which wins.

    Its aliases are no more than examples to the model: ads use them more loosely.
    """
    everyday = {fold(word): plain_code(code) for word, code in words().items()}
    return {**everyday, **(classification.codes if classification else {})}


@cache
def classification_at(settings: Settings) -> Classification | None:
    """Return the classification that set-up fetched; None, with one line in the log, without."""
    try:
        return Classification.read(table_file(settings))
    except (OSError, KeyError):
        log.warning("没有职业分类表，工种按自带的名称识别：make setup 会取来。")
        return None


def load_reader(settings: Settings, encoder: Encoder | None = None) -> Reader:
    """Return a reader with all that is at hand; ``encoder`` must be the sentence encoder."""
    return Reader(Model.load(), classification_at(settings), encoder)
