"""Where somebody wants to work: places, parts of cities, several together, and nowhere else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from actions.dialogue.tasks import Words
from actions.jobs.matching.vocabulary import PART
from language.geography.areas import areas
from language.places import covers, find_places

_TOGETHER = re.compile(
    r"(?:那边|这边|附近|一带|区)?\s*(?:[、,，/和跟与及或]|或者|还有|以及|都可以|都行)*\s*"
)
_ONLY_BEFORE = re.compile(
    r"(?:只(?:能|想|愿意?|要|肯)?(?:在|找|考虑|去|看|接受|到)|仅限?|限于?|必须(?:是|在)|(?:人|就)只在"
    r"|(?<!最好)(?<!要是)就(?:只)?(?:在|要|找)|非)(?:想|要|在|去|找|看)*$"
)
_ONLY_BEHIND = re.compile(
    r"[^。；;]{0,6}?(?:以外|之外|别的区|其他区|其它区|别处|过江)[^。；;]{0,6}?(?:不|别|免|算了)"
)
_AFTER = re.compile(
    r"(?:那边|那些|这些|那头|地区|周边)?的?(?:离[^，,。；; ]{0,5}?|路|也|实在|确实)?"
    r"(?:(?:太|有点儿?|比较|蛮|挺|好)(?:远|偏僻?|堵|绕|挤|乱)(?:了|得很|啦)?[，, ]?)?"
    r"(?:就|都|我|可|也)*(?:不(?:想|愿意?)?去|不要|不考虑|不来|免谈|去不了|算了|就?别|太远|太偏)"
)
"""What refuses the place before it, also with its reason between: 蔡甸太远去不了."""


_ORIGIN_BEFORE = re.compile(r"(?:老家|户口|户籍|籍贯|祖籍|来自|出生)(?:就|是|在|于)*$")
_FROM_BEFORE, _COME_BEHIND = re.compile(r"从$"), re.compile(r"过?来|到|搬|回")
_PEOPLE_BEHIND = re.compile(r"[籍人](?![事力才气行民社])")
"""Where somebody comes from is no place that they look for work in, and nothing ranks by it."""


@dataclass(frozen=True)
class Spot:
    """A place at ``[start, end)``: its code, and its name where it is a part of a city."""

    code: str
    name: str
    start: int
    end: int
    refused: bool = False

    def joins(self, before: "Spot", text: str) -> bool:
        """Whether it is named together with the place before it."""
        return bool(_TOGETHER.fullmatch(text[before.end : self.start]))

    def is_bound(self, text: str) -> bool:
        """Whether the words say that only there will do."""
        if self.refused:
            return False
        before = text[max(0, self.start - 8) : self.start]
        return bool(_ONLY_BEFORE.search(before) or _ONLY_BEHIND.match(text, self.end))


def spots_in(words: Words) -> list[Spot]:
    """Return the places named, from left to right; of a city and a place within it the latter."""
    named = sorted(_named(words), key=lambda spot: spot.start)
    found = [spot for spot in named if not _is_origin(spot, words.text)]
    return [
        spot
        for at, spot in enumerate(found)
        if spot.refused or not any(_is_within(other, spot, words.text) for other in found[at + 1 :])
    ]


def _is_within(other: Spot, spot: Spot, text: str) -> bool:
    """Whether what is named later is a part of a place: 武汉 … 洪山, 武昌杨园."""
    if other.refused:
        return False
    if other.code != spot.code:
        return covers(spot.code, other.code)
    between = text[spot.end : other.start]
    return spot.name.isdigit() and not other.name.isdigit() and between in ("", "的", "区", "区的")


def _is_origin(spot: Spot, text: str) -> bool:
    before = text[max(0, spot.start - 6) : spot.start]
    moved = _FROM_BEFORE.search(before) and _COME_BEHIND.match(text, spot.end)
    people = _PEOPLE_BEHIND.match(text, spot.end)
    return bool(moved or people or _ORIGIN_BEFORE.search(before))


def _named(words: Words) -> Iterator[Spot]:
    taken: list[tuple[int, int]] = []
    for place in find_places(words.text, likeliest=True):
        taken.append((place.start, place.end))
        part = place.name in areas()
        no = place.excluded or bool(_AFTER.match(words.text, place.end))
        name = areas()[place.name].name if part else place.code
        yield Spot(place.code, name, place.start, place.end, no)
    index = words.names.get(PART)
    for one in index.apart(words.text) if index is not None else ():
        if not any(start < one.end and one.start < end for start, end in taken):
            no = bool(_AFTER.match(words.text, one.end))
            code = one.meaning.partition(":")[0]
            code = code if code.isdigit() else areas()[one.meaning].districts[0]
            yield Spot(code, one.meaning, one.start, one.end, no)
