"""The head of a statute: who adopted and amended it, when, under which number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.parsing.dates import find_dates

_ACT = re.compile(r"通过|批准|公布|发布|修订|修正|修改|制定|印发")
_FORCE = re.compile(r"施行|执行|实施|生效")
_ORDER = re.compile(
    r"(?P<whose>[\u4e00-\u9fff、]{2,40}?)(?:令\s*[（(]?第?\s*\d{1,4}\s*号|第\s*\d{1,4}\s*号令|公告)"
)
_CONGRESS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,12}?(?:省|市|自治区|自治州|州|县))?"
    r"第?[一二三四五六七八九十]+届(?P<national>全国)?人民代表大会(?P<standing>常务委员会)?"
)
_MEETING = re.compile(
    r"(?:经)?(?P<body>国务院|最高人民法院|最高人民检察院|[\u4e00-\u9fff]{2,14}?(?:部|委员会|局|署|人民政府))"
    r"(?:审判委员会|检察委员会)?第\s*[\d一二三四五六七八九十]+次"
)
_PLAIN = re.compile(
    r"^(?P<body>[\u4e00-\u9fff]{2,14}?(?:院|部|委员会|局|署|人民政府))(?=修正|公布|发布|批准)"
)
_SOMEWHERE = re.compile(r"[\u4e00-\u9fff]{2,8}?[省市县区州盟旗]")  # a place we do not know
_REPUBLIC = "中华人民共和国"


@dataclass(frozen=True)
class Act:
    """One step of a statute's history: the ``words`` that stand behind a date in its head."""

    day: date
    words: str

    @property
    def adopts(self) -> bool:
        """True for an adoption, amendment or promulgation."""
        return bool(_ACT.search(self.words))

    @property
    def by(self) -> str:
        """The body that acted; "" where the words name none, or only approve."""
        congress = _CONGRESS.search(self.words)
        if congress is not None and self.words.rstrip("）) ").endswith("批准"):
            return ""
        if congress is not None:
            place = "全国" if congress["national"] else (congress["place"] or "")
            return place + "人民代表大会" + (congress["standing"] or "") if place else ""
        for form in (_ORDER, _MEETING, _PLAIN):
            match = form.search(self.words)
            if match is not None:
                body = match["whose"] if form is _ORDER else match["body"]
                return body.replace(_REPUBLIC, "").removeprefix("经")
        return ""


def read_history(head: str) -> list[Act]:
    """Return the dated steps that a statute's head names, oldest first."""
    return sorted(
        (act for line in head.split("\n") for act in _acts(line)), key=lambda act: act.day
    )


def _acts(line: str) -> Iterator[Act]:
    dates = find_dates(line)
    ends = [start for _, start, _ in dates[1:]] + [len(line)]
    for (day, _, start), end in zip(dates, ends, strict=False):
        words = line[start:end].strip()
        if words:
            yield Act(day, words)


def issued(history: Sequence[Act]) -> date | None:
    """Return the day of the newest adoption, amendment or promulgation."""
    return max((act.day for act in history if act.adopts), default=None)


def promulgated(history: Sequence[Act]) -> tuple[date | None, bool]:
    """Return the first promulgation (发布之日), and whether the head names it.

    Where it does not, the first adoption stands for it.
    """
    named = [act.day for act in history if re.search(r"公布|发布", act.words)]
    adopted = [act.day for act in history if act.adopts]
    return min(named, default=None) or min(adopted, default=None), bool(named)


def issuer(history: Sequence[Act], title: str) -> str:
    """Return the body behind the newest step that names one.

    A city's statute is approved by its province: the congress of the title's place made it.
    """
    bodies = [act.by for act in reversed(history) if act.adopts and act.by]
    own = (body for body in bodies if title.startswith(body.split("人民代表大会")[0]))
    return next(own, "") or next(iter(bodies), "")


def effective(history: Sequence[Act]) -> date | None:
    """Return the day that the head itself names for coming into force (2014年7月1日 施行)."""
    only = [act.day for act in history if _FORCE.search(act.words) and not act.adopts]
    return max(only, default=None)


def guessed_issuer(title: str, place: str) -> str:
    """Return who must have made a 条例 that names no maker.

    Only the State Council and people's congresses may call rules so (行政法规制定程序条例
    art. 5, 规章制定程序条例 art. 7, Legislation Law); ``place`` is the region's full name,
    "" for a national one.
    """
    if not re.search(r"条例(?:[（(].*[）)])?$", title) or (not place and _SOMEWHERE.match(title)):
        return ""
    return f"{place}人民代表大会常务委员会" if place else "国务院"
