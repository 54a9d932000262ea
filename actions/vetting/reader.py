"""An ad's text as its rules read it: plain characters, with each one's place as typed.

Full-width and circled figures, traditional characters and letters in either case become plain;
what splits a word is taken out (押 金, 湖.北, 身-份-证); a sensitive word that hides behind
pinyin or a character that sounds or looks alike is restored (yi婚, s单, 限钕), only where a
whole word of ``words.toml`` comes out. Pure, and quick: nothing is done to a text without cause.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from pathlib import Path

from language.geography.gazetteer import open_dictionary
from language.text import simplified

WORDS = Path(__file__).parent / "rules" / "words.toml"
_BLOCKS = ((0xA0, 0x3400), (0xF900, 0xFB00), (0xFE30, 0xFFF0), (0x1F100, 0x1F200))
"""Where characters stand that NFKC makes plain: full width, circled, radicals."""

LATIN_ENDS = 0x0250

_CJK = "\u4e00-\u9fff"
_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ufe0e\ufe0f\u20e3"
_SPLIT = re.compile(
    rf"[{_UNSEEN}]+|(?<=[{_CJK}a-z])[.·•*_|^'`\-]{{1,3}}(?=[{_CJK}])"
    rf"|(?<=[{_CJK}])[.·•*_|^'`\-]{{1,3}}(?=[a-z]{{2}})"
    r"|(?<=[\da-z]) (?=周?岁|以[上下内]|元|块|万|千|k|cm|公分|厘米|米|斤|院校|高校|毕业|本科|后)"
    r"|(?<=[\da-z]) (?=[-~至到])|(?<=[-~至到:、]) +(?=\S)"
    r"|(?:(?<=年龄)|(?<=身高)|(?<=体重)|(?<=[金费交缴])) (?=\d)"
)
_FIGURE = re.compile(r"(?<=\d)o|o(?=\d)|(?<=\d)l(?=\d)")
_WAVE = re.compile(r"(?<!\d)~|~(?!\d)")
_SPREAD = re.compile(r"(?<![\d.])\d(?: \d){1,2}(?= ?(?:周?岁|以[上下内]|cm|公分|元|块))")
_BETWEEN = re.compile(rf"(?<=[{_CJK}])[^{_CJK}0-9a-z\s,。;:!?、()]{{1,2}}(?=[{_CJK}])")
_SPACE = re.compile(rf"(?<=[{_CJK}]) {{1,2}}(?=[{_CJK}])")
_SAID = re.compile(r"\[([^\]]+)\]")
_HIDDEN = re.compile(rf"(?<=[{_CJK}])[a-z]{{1,12}}(?![a-z])|(?<![a-z0-9])[a-z]{{1,12}}(?=[{_CJK}])")
_LONGEST = 4  # characters of a sensitive word on either side
INITIALS = 2
"""A word of more characters may be hidden behind their first letters: sfz."""


@dataclass(frozen=True)
class Read:
    """A text as it is read; character i came from ``[starts[i], ends[i])`` of ``typed``."""

    typed: str
    plain: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``[start, end)`` of ``plain`` stands in the text as typed."""
        if self.starts is None or self.ends is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]


def read(text: str) -> Read:
    """Return ``text`` as the rules read it; offsets are code points."""
    even = _WAVE.sub(",", text.translate(_table()))
    even = _FIGURE.sub(lambda found: "0" if found[0] == "o" else "1", even)
    pieces = _Pieces(even)
    for match in _SPLIT.finditer(even):
        pieces.replace(match.start(), match.end(), "")
    if " " in even:
        for match in _SPREAD.finditer(even):
            for at in range(match.start() + 1, match.end(), 2):
                pieces.replace(at, at + 1, "")
        for match in _SPACE.finditer(even):
            if _splits(even, match):
                pieces.replace(match.start(), match.end(), "")
    for match in _BETWEEN.finditer(even):
        if even[match.start() - 1] + even[match.end()] in _lexicon().pairs:
            pieces.replace(match.start(), match.end(), "")
    whole = pieces.done(text)
    return _restored(whole)


class _Pieces:
    """A text being changed, left to right, and where its characters stood."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._changes: list[tuple[int, int, str]] = []

    def replace(self, start: int, end: int, new: str) -> None:
        self._changes.append((start, end, new))

    def done(self, typed: str) -> Read:
        if not self._changes:
            return Read(typed, self._text)
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end, new in sorted(self._changes):
            if start < at:
                continue
            _keep(self._text, at, start, out, starts, ends)
            for character in new:
                out.append(character)
                starts.append(start)
                ends.append(end)
            at = end
        _keep(self._text, at, len(self._text), out, starts, ends)
        return Read(typed, "".join(out), tuple(starts), tuple(ends))


def _keep(
    text: str, start: int, end: int, out: list[str], starts: list[int], ends: list[int]
) -> None:
    out.append(text[start:end])
    starts.extend(range(start, end))
    ends.extend(range(start + 1, end + 1))


def _splits(text: str, match: re.Match[str]) -> bool:
    """Whether a space stands inside a word: beside a lone character, or within one we know."""
    start, end = match.span()
    lone_left = start < 2 or not _is_cjk(text[start - 2])
    lone_right = end + 1 >= len(text) or not _is_cjk(text[end + 1])
    return lone_left or lone_right or (text[start - 1] + text[end]) in _lexicon().pairs


def _is_cjk(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


@cache
def _table() -> dict[int, int]:
    """Return what one character becomes that stands for another, one for one."""
    table: dict[int, int] = {}
    for first, last in _BLOCKS:
        for code in range(first, last):
            plain = unicodedata.normalize("NFKC", chr(code)).lower()
            base = unicodedata.normalize("NFD", plain)[:1]
            if len(plain) == 1 and code < LATIN_ENDS and "a" <= base <= "z":
                plain = base  # nǚ, yā
            if len(plain) == 1 and ord(plain) != code:
                table[code] = ord(plain)
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    simple = simplified("\n".join(characters)).split("\n")
    table.update({ord(a): ord(b) for a, b in zip(characters, simple, strict=True) if a != b})
    del table[ord("乾")]
    table.update({ord(letter): ord(letter.lower()) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"})
    rare = tomllib.loads(WORDS.read_text("utf-8"))["always"]
    table.update({ord(pair[0]): ord(pair[1]) for pair in rare})
    marks = {"—": "-", "–": "-", "～": "~", "﹣": "-", "−": "-", "‐": "-", "―": "-", "\t": " "}
    table.update({ord(mark): ord(plain) for mark, plain in marks.items()})
    return table


# Hidden words ---------------------------------------------------------------------------------


_Place = tuple[str, str, str]
"""A piece of a sensitive word, with what stands before and behind it in the word."""


@dataclass(frozen=True)
class _Lexicon:
    """Sensitive words in pieces, by how each may be hidden.

    ``near`` has for a sound and the character before (or, after a space, behind) it the pieces
    that sound so there.
    """

    spelt: dict[str, tuple[_Place, ...]]
    alike: dict[str, tuple[_Place, ...]]
    near: dict[str, tuple[_Place, ...]]
    sounds: dict[str, str]
    pairs: frozenset[str]
    alike_found: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(WORDS.read_text("utf-8"))
    sounds = _sounds()
    looks: dict[str, list[str]] = defaultdict(list)
    for pair in data["alike"]:
        looks[pair[1]].append(pair[0])
    spelt: dict[str, list[_Place]] = defaultdict(list)
    alike: dict[str, list[_Place]] = defaultdict(list)
    near: dict[str, list[_Place]] = defaultdict(list)
    for word in dict.fromkeys((*data["sensitive"], *data["distinct"])):
        for start, end in combinations(range(len(word) + 1), 2):
            place = (word[start:end], word[:start], word[end:])
            for said in product(*(sounds.get(each, ("?",)) for each in place[0])):
                sound = "".join(said)
                spelt[sound].append(place)
                spelt[sound.replace("nv", "nu")].append(place)
            if end - start > 1 or len(word) == 1:
                continue
            spelt[sound[0]].append(place)
            for look in looks[place[0]]:
                alike[look].append(place)
            if len(word) > INITIALS or word in data["distinct"]:
                sound = sounds.get(place[0], ("?",))[0]
                near[sound + (place[1][-1] if place[1] else " " + place[2][0])].append(place)
        if len(word) > INITIALS:
            first = "".join(sounds.get(each, ("?",))[0][0] for each in word)
            spelt[first].append((word, "", ""))
    return _Lexicon(
        {sound: tuple(places) for sound, places in spelt.items()},
        {look: tuple(places) for look, places in alike.items()},
        {sound: tuple(places) for sound, places in near.items()},
        {each: said[0] for each, said in sounds.items() if each not in data["never"]},
        frozenset(word[at : at + 2] for word in data["sensitive"] for at in range(len(word) - 1)),
        re.compile(f"[{''.join(alike)}]"),
    )


@cache
def _sounds() -> dict[str, tuple[str, ...]]:
    """Return how each character sounds, the most common first, without tones; ü is v."""
    found = {}
    with open_dictionary("chinese_char_dictionary") as lines:
        for line in lines:
            plain = unicodedata.normalize("NFD", " ".join(_SAID.findall(line)))
            letters = plain.replace("u\u0308", "v")
            read = (re.sub("[^a-z]", "", each) for each in letters.split())
            found[line[0]] = tuple(dict.fromkeys(filter(None, read)))
    return {each: said for each, said in found.items() if said}


def _restored(read: Read) -> Read:
    """Return the text with hidden words restored; the same where there are none."""
    lexicon = _lexicon()
    text = read.plain
    found = [match.span() for match in _HIDDEN.finditer(text)]
    found += [match.span() for match in lexicon.alike_found.finditer(text)]
    pieces = _Pieces(text)
    changed = False
    for start, end in found:
        hidden = text[start:end]
        places = (lexicon.spelt if hidden.isascii() else lexicon.alike).get(hidden, ())
        new = _meant(text, start, end, places)
        if new is not None:
            pieces.replace(start, end, new)
            changed = True
    for start, places in _sounding(text, lexicon):
        new = _meant(text, start, start + 1, places)
        if new is not None and new != text[start]:
            pieces.replace(start, start + 1, new)
            changed = True
    if not changed:
        return read
    inner = pieces.done(text)
    spans = [read.span(*span) for span in zip(inner.starts or (), inner.ends or (), strict=True)]
    return Read(read.typed, inner.plain, tuple(a for a, _ in spans), tuple(b for _, b in spans))


def _sounding(text: str, lexicon: _Lexicon) -> Iterator[tuple[int, tuple[_Place, ...]]]:
    """Yield where a character may stand for another that sounds alike, and for which."""
    sounds, near, last = lexicon.sounds, lexicon.near, ""
    for at, character in enumerate(text):
        sound = sounds.get(character)
        if sound is not None:
            places = near.get(sound + last)
            if places is not None:
                yield at, places
            places = near.get(f"{sound} {text[at + 1 : at + 2]}")
            if places is not None:
                yield at, places
        last = character


def _meant(text: str, start: int, end: int, places: Sequence[_Place]) -> str | None:
    """Return what stands at ``[start, end)``, None where no whole word comes out."""
    before, behind = text[max(0, start - _LONGEST) : start], text[end : end + _LONGEST]
    fits = [
        (len(left) + len(right), piece)
        for piece, left, right in places
        if (left or right or len(piece) > 1) and before.endswith(left) and behind.startswith(right)
    ]
    return max(fits)[1] if fits else None  # the longest word
