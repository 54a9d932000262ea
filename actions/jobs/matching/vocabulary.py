"""What postings call things, as names that are found in what people say."""

import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from actions.jobs.matching.memory import UNKNOWN, Memory
from language.geography.areas import areas
from language.geography.gazetteer import gazetteer
from language.names import NameIndex
from language.occupations.everyday import words
from language.occupations.titles import clean
from language.places import city_of, find_places

WORK, SKILL, PART = "job_name", "job_skill", "job_place"
"""Kinds of names: what the work is called, what it is about, parts of the postings' city."""

MADE_AGAIN_AFTER = 60.0
"""Seconds for which names are kept while postings come in."""

HOME_SHARE = 0.8
"""From this share of postings on their city is the one that is meant where none is named."""

_SUFFIX = re.compile(
    r"(?:[员师工匠]|经理|主管|总监|运营|编辑|编导|助理|策划|导演|记者|客服|顾问|专员|店长|主播|文案|翻译|会计|教师|老师"
    r"|司机|销售|采购|导购|行政|人事|财务|出纳|审计|摄影|摄像|剪辑|后期|校对|采编|编剧|撰稿人?|管培生|储备干部|推广"
    r"|制片|律师|法务|秘书|前台|文员|保安|保洁|厨师|护士|医生|药师|教练|督导|产品|设计|开发|测试|运维|实习生)$"
)
_STREET = re.compile(r"(?:街道办?|街|镇|乡)$")
_SPLIT = re.compile(r"[\s/、|+&,，;；()（）-]+")
_LONGEST, _SHORTEST = 12, 2
_TOO_COMMON = frozenset(
    (
        "全职",
        "兼职",
        "实习",
        "运营",
        "产品",
        "产品经理",
        "经理",
        "助理",
        "专员",
        "双休",
        "五险一金",
        "单休",
        "大专",
        "本科",
        "不限",
        "其他",
        "其它",
        "公司",
        "工作",
        "招聘",
        "应届生",
    )
)


class Vocabulary:
    """The names of one memory; made again when it has grown, but not at every posting."""

    def __init__(self) -> None:
        self._made: Mapping[str, NameIndex[str]] = {}
        self._of = (-1, -1)
        self._at = float("-inf")

    def of(self, memory: Memory) -> Mapping[str, NameIndex[str]]:
        """Return the names by their kind."""
        size = len(memory.names), len(memory.tags.all)
        late = time.monotonic() - self._at > MADE_AGAIN_AFTER
        if size != self._of and (late or not self._made or size[0] < 2_000):
            self._made = {
                WORK: NameIndex({name: name for name in _work(memory)}),
                SKILL: NameIndex({name: name for name in _skills(memory)}),
                PART: NameIndex(_parts(memory)),
            }
            self._of, self._at = size, time.monotonic()
        return self._made


def _work(memory: Memory) -> Iterator[str]:
    """Yield what categories and titles call the work; of titles what ends as such names do."""
    names = memory.names.texts
    category = memory.column("category")
    for number in np.unique(category[category != UNKNOWN]):
        yield from filter(_is_name, _parts_of(names[number]))
    yield from (word.lower() for word in words() if _is_name(word))
    for number in np.unique(memory.column("title")):
        for part in _parts_of(clean(names[number])):
            if _SUFFIX.search(part) and _is_name(part):
                yield part


def _parts_of(text: str) -> Iterator[str]:
    parts = _SPLIT.split(text.lower())
    yield from parts
    if len(parts) == 2 and parts[1]:
        # 淘宝/天猫运营 is both of them.
        yield parts[0] + parts[1]


def _is_name(part: str) -> bool:
    if not _SHORTEST <= len(part) <= _LONGEST or re.fullmatch(r"[\d\W]+", part):
        return False
    return part not in _TOO_COMMON - {"产品经理", "运营"} and not find_places(part)


def _skills(memory: Memory) -> Iterator[str]:
    """Yield the tags that more than one posting has."""
    counted: Counter[str] = Counter()
    for tags in memory.tags.all:
        counted.update(set(filter(None, tags.split("、"))))
    for tag, count in counted.items():
        if count > 1 and _SHORTEST <= len(tag) <= _LONGEST and tag not in _TOO_COMMON:
            yield tag


def _parts(memory: Memory) -> dict[str, str]:
    """Return the districts and parts of the city that most postings lie in, by their names."""
    city = memory.column("city")[memory.live]
    if not len(city):
        return {}
    codes, counts = np.unique(city, return_counts=True)
    home = str(codes[counts.argmax()])
    if counts.max() < HOME_SHARE * len(city):
        return {}
    found = {
        entry.short: entry.code
        for entry in gazetteer().entries.values()
        if entry.depth == 2 and city_of(entry.code) == home and len(entry.short) > 1
    }
    found = {**_streets(memory, int(home)), **found}
    for name, area in areas().items():
        if city_of(area.districts[0]) == home:
            found[name] = area.name
    return found


def _streets(memory: Memory, city: int) -> dict[str, str]:
    """Return the streets that postings lie in, each as ``rules.spots_of`` reads it."""
    rows = memory.in_city(city)
    district, street = memory.column("district")[rows], memory.column("street")[rows]
    found: dict[str, Counter[int]] = {}
    for code, number in zip(district.tolist(), street.tolist(), strict=True):
        name = _STREET.sub("", memory.streets.all[number])
        if len(name) > 1 and code != UNKNOWN:
            found.setdefault(name, Counter())[code] += 1
    return {name: f"{codes.most_common(1)[0][0]}:{name}" for name, codes in found.items()}
