"""Names that are written by their sound, as input methods do: 「浦冬大厅」 is 浦东大厅."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from language.names import Found, NameIndex, T

SHORTEST = 3
"""Characters; of shorter names too many words sound alike (晚上还有 and 上海)."""

SAME = 0.5
"""At least such a part of a name's characters is written right."""

LONGEST_TEXT = 80
_KNOWN_TEXTS = 64


class SoundIndex(NameIndex[T]):
    """Names as they are written, and where none stands so, as they sound; tones do not count."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        super().__init__(meanings)
        self._spoken: dict[tuple[str, ...], str] = {}
        for name in meanings:
            if len(name) >= SHORTEST:
                self._spoken.setdefault(syllables(name), name)
        self._sizes = sorted({len(sound) for sound in self._spoken}, reverse=True)

    def apart(self, text: str) -> Iterator[Found[T]]:
        """Yield the names in ``text`` from left to right, none over another."""
        found = list(super().apart(text))
        yield from found or self._alike(text)

    def _alike(self, text: str) -> Iterator[Found[T]]:
        if len(text) > LONGEST_TEXT:
            return
        sound, end = syllables(text), 0
        for start in range(len(text)):
            if start < end:
                continue
            for size in (each for each in self._sizes if start + each <= len(text)):
                name = self._spoken.get(sound[start : start + size])
                if name is not None and _is_alike(name, text[start : start + size]):
                    end = start + size
                    yield Found(start, end, self._meanings[name])
                    break


def _is_alike(name: str, written: str) -> bool:
    same = sum(one == other for one, other in zip(name, written, strict=True))
    return same >= SAME * len(name)


@lru_cache(_KNOWN_TEXTS)
def syllables(text: str) -> tuple[str, ...]:
    """Return one toneless syllable per character; what has none stands for itself."""
    from pypinyin import Style, pinyin  # here: it reads its dictionary when it is imported

    return tuple(pinyin(char, style=Style.NORMAL)[0][0] for char in text)
