"""Words that are written by their sound: 压金 is 押金, 身份正 is 身份证."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from language.sounds import SAME, syllables

WORDS = Path(__file__).parent / "data" / "sounds.txt"
_NO_TERM = ""  # as rare as whatever the library does not have


def as_meant(text: str, rarity: Callable[[str], float]) -> str:
    """Return ``text`` with such words as they are meant.

    Only where two characters stand side by side that no document has, and where the word takes
    neither half of another with it: 「统一保管」 has no 医保.
    """
    unknown = rarity(_NO_TERM)

    def is_known(at: int) -> bool:
        pair = text[max(0, at) : at + 2]
        return _is_written(pair) and rarity(pair) < unknown

    for at in range(len(text) - 1):
        if not _is_written(text[at : at + 2]) or is_known(at):
            continue
        for start, word in _sounding(text, at):
            end = start + len(word)
            if not is_known(start - 1) and not is_known(end - 1):
                text = text[:start] + word + text[end:]
                break
    return text


def _sounding(text: str, at: int) -> Iterator[tuple[int, str]]:
    """Yield words, with where they begin, as which the two characters ``at`` may be meant."""
    for size, by_character in _words().items():
        for start in range(max(0, at + 2 - size), min(at, len(text) - size) + 1):
            written = text[start : start + size]
            near = {word for spot in enumerate(written) for word in by_character.get(spot, ())}
            for word in sorted(near):
                if _is_alike(word, written) and syllables(word) == syllables(written):
                    yield start, word


def _is_written(text: str) -> bool:
    return len(text) > 1 and all("\u4e00" <= char <= "\u9fff" for char in text)


def _is_alike(word: str, written: str) -> bool:
    same = sum(one == other for one, other in zip(word, written, strict=True))
    return SAME * len(word) <= same < len(word)


@cache
def _words() -> dict[int, dict[tuple[int, str], list[str]]]:
    """Return the words by their lengths, longest first, and by each character at its place."""
    lines = WORDS.read_text("utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    found: dict[int, dict[tuple[int, str], list[str]]] = {}
    for word in sorted(words, key=len, reverse=True):
        for spot in enumerate(word):
            found.setdefault(len(word), {}).setdefault(spot, []).append(word)
    return found
