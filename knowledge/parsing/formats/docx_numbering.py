"""Word's automatic numbers, which stand nowhere in the text: worked out as Word shows them.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from knowledge.parsing.formats.refusal import UnreadableFile
from language.numerals import in_chinese

_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    )
)
MAX_IN_CHINESE = 999
MAX_ANCESTORS = 20
MAX_LISTS = 5_000
_CIRCLED = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))


@dataclass(frozen=True)
class _Level:
    format: str
    pattern: str  # %1 … %9 stand for the numbers of the levels
    start: int


class Numbering:
    """The running numbers of one document; ask for the labels in document order."""

    def __init__(self, document: WordDocument) -> None:
        self._levels = _read_levels(document)
        self._of_styles: dict[str, _Place] = {}
        self._counts: dict[int, dict[int, int]] = defaultdict(dict)  # by list, then by depth

    def label(self, paragraph: Paragraph) -> str:
        """Return the paragraph's number as printed; "" where it has none or a bullet."""
        place = self._place(paragraph)
        if place is None or place not in self._levels:
            return ""
        instance, depth = place
        level = self._levels[place]
        counts = self._counts[instance]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.format in ("bullet", "none"):
            return ""
        return re.sub(
            r"%([1-9])", lambda match: self._number(instance, int(match[1]) - 1), level.pattern
        )

    def _number(self, instance: int, depth: int) -> str:
        level = self._levels.get((instance, depth))
        if level is None:
            return ""
        return _shown(self._counts[instance].get(depth, level.start), level.format)

    def _place(self, paragraph: Paragraph) -> tuple[int, int] | None:
        """Return the list and the depth in it, by the paragraph or by its style's ancestors."""
        style = paragraph.style
        name = style.style_id if style is not None else ""
        if name not in self._of_styles:
            self._of_styles[name] = _stated(_ancestry(style))
        instance, depth = _stated([paragraph._p.pPr], self._of_styles[name])
        if not instance:  # 0 takes a style's number away
            return None
        return instance, depth or 0


_Place = tuple[int | None, int | None]
"""The list and the depth in it, as far as they are stated."""


def _ancestry(style: Any) -> list[Any]:
    """Return the properties of a style and of those it is based on, the nearest first.

    Word itself follows eleven; by its file a style may be its own ancestor.
    """
    properties: list[Any] = []
    while style is not None and len(properties) < MAX_ANCESTORS:
        properties.append(style.element.find(qn("w:pPr")))
        style = getattr(style, "base_style", None)
    return properties


def _stated(properties: Iterable[Any], beyond: _Place = (None, None)) -> _Place:
    """Return what the first of ``properties`` that says it says, else what is ``beyond``."""
    instance = depth = None
    for owner in properties:
        number = owner.find(qn("w:numPr")) if owner is not None else None
        if number is None:
            continue
        instance = _value(number, "w:numId") if instance is None else instance
        depth = _value(number, "w:ilvl") if depth is None else depth
    return beyond[0] if instance is None else instance, beyond[1] if depth is None else depth


def _value(element: Any, tag: str) -> int | None:
    child = element.find(qn(tag))
    return int(child.get(qn("w:val"))) if child is not None else None


def _read_levels(document: WordDocument) -> dict[tuple[int, int], _Level]:
    parts = [
        rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")
    ]
    if not parts:
        return {}
    root: Any = parts[0].element
    abstract: dict[str, dict[int, _Level]] = defaultdict(dict)
    for definition in root.findall(qn("w:abstractNum")):
        for level in definition.findall(qn("w:lvl")):
            abstract[definition.get(qn("w:abstractNumId"))].update([_level(level)])
    levels: dict[tuple[int, int], _Level] = {}
    numbers = root.findall(qn("w:num"))
    if len(numbers) > MAX_LISTS:
        raise UnreadableFile("bomb")
    for number in numbers:
        own = dict(abstract[number.find(qn("w:abstractNumId")).get(qn("w:val"))])
        for override in number.findall(qn("w:lvlOverride")):
            _override(own, override)
        for depth, level in own.items():
            levels[int(number.get(qn("w:numId"))), depth] = level
    return levels


def _level(element: Any) -> tuple[int, _Level]:
    form, text = element.find(qn("w:numFmt")), element.find(qn("w:lvlText"))
    start = _value(element, "w:start")
    return int(element.get(qn("w:ilvl"))), _Level(
        form.get(qn("w:val")) if form is not None else "decimal",
        (text.get(qn("w:val")) or "") if text is not None else "",
        1 if start is None else start,
    )


def _override(levels: dict[int, _Level], element: Any) -> None:
    depth = int(element.get(qn("w:ilvl")))
    whole = element.find(qn("w:lvl"))
    if whole is not None:
        levels.update([_level(whole)])
    start = _value(element, "w:startOverride")
    if start is not None and depth in levels:
        levels[depth] = _Level(levels[depth].format, levels[depth].pattern, start)


def _shown(number: int, form: str) -> str:
    if form in _CHINESE and 0 <= number <= MAX_IN_CHINESE:
        return in_chinese(number)
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(0x245F + number)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((0x60 if form == "lowerLetter" else 0x40) + number)
    return str(number)
