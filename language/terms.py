"""Text as the search sees it: normalised, and cut into character terms."""

import re

from language.text import fold, simplified

MAX_QUESTION = 300
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:\.[0-9]+)?")
# Characters that nearly every sentence has: as single terms they tell nothing.
STOP = frozenset(
    "的了和与及或在是有不为对等中以于上下个一这那其要应可将把被由从到向并也都就还能会着之所以"
)


def normalise(text: str) -> str:
    """Return ``text`` with one form for each character: NFKC, simplified, lower case."""
    return simplified(fold(text))


def runs(text: str) -> list[str]:
    """Return the unbroken runs of Chinese characters, and the words and numbers between."""
    return _RUN.findall(text)


def terms(text: str) -> list[str]:
    """Return the search terms of normalised ``text``: characters, pairs, words, numbers.

    Characters rather than words: on Chinese notices they find more than a word segmenter
    does, and nothing has to be guessed about words nobody has seen.
    """
    found: list[str] = []
    for run in runs(text):
        if run[0].isascii():
            found.append(run)
            continue
        found.extend(char for char in run if char not in STOP)
        found.extend(run[at : at + 2] for at in range(len(run) - 1))
    return found
