"""What a person typed, made fit for reading; and the primitives of it that other readers use."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from language.dialects import rewritings

MAX_READ = 1_000
"""Characters of a message that are read; the transcript keeps it all."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})
"""Unicode categories dropped: control, format (zero-width, bidi), surrogate, private use."""

_VARIATION_SELECTORS = frozenset(chr(code) for code in range(0xFE00, 0xFE10))
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_KEPT = re.compile("(乾安县?|乾县)")
"""Names of places whose characters OpenCC would change, which takes 乾 for an old form of 干."""

_converter_lock = threading.Lock()


@dataclass(frozen=True)
class Normalised:
    """A text as it is read; character i came from ``[origins[i], ends[i])`` as typed."""

    text: str
    origins: tuple[int, ...]
    ends: tuple[int, ...]

    def span_as_typed(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span as typed of ``[start, end)`` of ``text``.

        Raises ValueError unless ``0 <= start <= end <= len(text)``.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"no span [{start}, {end}) in {len(self.text)} characters")
        if start == end:
            at = self.origins[start] if start < len(self.origins) else max(self.ends, default=0)
            return at, at
        return self.origins[start], self.ends[end - 1]


@dataclass(frozen=True)
class _Piece:
    """One normalised character and the typed range it came from."""

    character: str
    start: int
    end: int


def normalise(text: str) -> Normalised:
    """Return ``text`` as NLU reads it.

    NFKC (full-width digits and letters become plain), traditional to simplified characters,
    invisible characters removed, white space collapsed, words of dialects made standard ones, at
    most ``MAX_READ`` characters. A
    leading slash becomes 「／」, since Rasa would take 「/restart」 for a command.
    """
    pieces: list[_Piece] = []
    for piece in _spaced(_composed(text)):
        pieces.append(piece)
        if len(pieces) == MAX_READ:
            break
    while pieces and pieces[-1].character == " ":
        pieces.pop()
    plain = simplified_in_place("".join(piece.character for piece in pieces))
    if plain.startswith("/"):
        plain = "／" + plain[1:]
    pieces = [replace(piece, character=new) for piece, new in zip(pieces, plain, strict=True)]
    pieces = _standard(pieces, plain)[:MAX_READ]
    return Normalised(
        "".join(piece.character for piece in pieces),
        tuple(piece.start for piece in pieces),
        tuple(piece.end for piece in pieces),
    )


def _standard(pieces: list[_Piece], plain: str) -> list[_Piece]:
    """Put standard words for those of a dialect; each character came from the whole word."""
    standard: list[_Piece] = []
    at = 0
    for each in rewritings(plain):
        start, end = pieces[each.start].start, pieces[each.end - 1].end
        standard += pieces[at : each.start]
        standard += [_Piece(character, start, end) for character in each.standard]
        at = each.end
    return standard + pieces[at:]


def fold(text: str) -> str:
    """Return ``text`` in NFKC and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def half_width(text: str) -> str:
    """Return ``text`` with full-width ASCII and spaces made plain, one character for one."""
    return text.translate(_HALF_WIDTH)


def simplified(text: str) -> str:
    """Return ``text`` in simplified characters; a phrase may change its length."""
    if text.isascii():
        return text
    with _converter_lock:
        return "".join(
            part if _KEPT.fullmatch(part) else str(_converter().convert(part))
            for part in _KEPT.split(text)
        )


def simplified_in_place(text: str) -> str:
    """Return simplified characters, one for one.

    Should a phrase change its length, characters are converted one by one, since spans must
    stay in place.
    """
    converted = simplified(text)
    if len(converted) == len(text):
        return converted
    single = map(simplified, text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, single, strict=True))


def is_wordless(text: str) -> bool:
    """Whether ``text`` holds no letter, Chinese character or digit: emoji, dots, nothing."""
    return not any(unicodedata.category(character)[0] in "LN" for character in text)


def _composed(text: str) -> Iterator[_Piece]:
    """Yield NFKC's characters of ``text``, cluster by cluster so that each keeps its place."""
    start = 0
    cluster = ""
    for at, character in enumerate(text):
        if cluster and not _belongs(cluster, character):
            yield from _cluster(cluster, start)
            cluster, start = "", at
        cluster += character
    yield from _cluster(cluster, start)


def _belongs(cluster: str, character: str) -> bool:
    """Whether ``character`` composes with what stands before it (accents, half-width kana)."""
    if character < "\u0300" or "\u4e00" <= character <= "\u9fff":
        return False
    if unicodedata.combining(character):
        return True
    together = unicodedata.normalize("NFKC", cluster[-4:] + character)
    apart = unicodedata.normalize("NFKC", cluster[-4:]) + unicodedata.normalize("NFKC", character)
    return together != apart


def _cluster(cluster: str, start: int) -> Iterator[_Piece]:
    for character in unicodedata.normalize("NFKC", cluster):
        yield _Piece(character, start, start + len(cluster))


def _spaced(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Drop what cannot be seen, and white space but for one space between two words."""
    after_space = True
    for piece in pieces:
        if piece.character.isspace():
            if not after_space:
                yield _Piece(" ", piece.start, piece.end)
            after_space = True
        elif not _invisible(piece.character):
            yield piece
            after_space = False


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE or character in _VARIATION_SELECTORS


@cache
def _converter() -> Any:
    from opencc import OpenCC  # here: Rasa's side has none and needs none

    return OpenCC("t2s")
