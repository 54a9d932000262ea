"""Reading what work a person wants out of a sentence, over what was said before."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from actions.dialogue.turn import Turn
from actions.jobs.chat import sentences as say
from actions.jobs.service import JobWish
from language.pay import read_pay
from language.places import NATIONAL, covers, find_places, place_in, place_name, wanted
from language.wording import pay_at_least

SLOTS = ("trade", "place", "salary_min", "words")

ANY = r"(不限|都行|都可以|无所谓|随便|均可)"
ANY_PLACE = re.compile(
    rf"(地方|地点|城市|哪里|哪儿|哪|全国).{{0,3}}{ANY}|{ANY}.{{0,2}}(地方|地点|城市)"
)
ANY_PAY = re.compile(rf"(工资|薪水|薪资|待遇|钱|多少).{{0,3}}{ANY}|{ANY}.{{0,2}}(工资|薪资|待遇)")
ANY_TRADE = re.compile(
    rf"(工种|工作|岗位|活|什么|干啥|做啥).{{0,3}}{ANY}|{ANY}.{{0,2}}(工种|工作|岗位)"
)

# What people wrap a wish in; what is left when it is taken away is the wish itself.
WRAPPING = re.compile(
    r"(?:我?想要?|我?要)?(?:再|先)?找(?:一?[份个点些])?"
    r"|还是|算了|先不|再|请问|你好|您好|麻烦|帮我|帮忙|给我|我想要|我想|我要|想要|想找|想|要|能不能|可以|可不可以"
    r"|有没有|有什么|有啥|有哪些|什么样|什么|哪些|看看|看一下|查一下|查查|查|搜一下|搜索|搜"
    r"|推荐|介绍|一份|一个|一些|几个|合适的|适合我的|适合|合适"
    r"|招聘信息|招聘|招工|招人|招|职位|岗位|工作|活儿|活|职业|干|做|换成|换到|换|改成|改"
    r"|附近|最近|现在|当地|本地|地区|那边|这边|那|呢|吗|吧|啊|呀|哦|了|的|在|到|去|我|和|或者"
    r"|工资|薪水|薪资|月薪|待遇|左右|以上|以下|不低于|至少|每月|一个月|元|块钱|块|千|万"
)
NOT_A_WORD = re.compile(r"[\W\d_零一二两三四五六七八九十百]+")
MAX_WORDS = 30


@dataclass(frozen=True)
class JobQuery:
    """What work is wanted: ``place`` is a GB/T 2260 code, pay whole yuan per month."""

    trade: str | None = None
    place: str | None = None
    salary_min: int | None = None
    words: str | None = None

    @property
    def is_searchable(self) -> bool:
        """Whether it says what, where or for how much."""
        return any((self.trade, self.place, self.salary_min, self.words))

    def as_slots(self) -> dict[str, Any]:
        """Return it as Rasa slots (also as a button's values)."""
        return {name: getattr(self, name) for name in SLOTS}

    def as_job_wish(self) -> JobWish:
        """Return it as the job service wants it."""
        text = self.words or self.trade or ""
        return JobWish(text=text, trade=self.trade, place=self.place, salary_min=self.salary_min)

    def in_words(self) -> str:
        """Say it back, so that a misunderstanding shows."""
        parts = [self.trade or self.words]
        parts.append(place_name(self.place) if self.place else None)
        parts.append(pay_at_least(self.salary_min) if self.salary_min else None)
        return " · ".join(part for part in parts if part) or say.WISH_ANY


def remembered(slots: Mapping[str, Any]) -> JobQuery:
    """Return the wish the conversation remembers."""
    pay = slots.get("salary_min")
    return JobQuery(
        trade=slots.get("trade"),
        place=_code(slots.get("place") or ""),
        salary_min=int(pay) if pay is not None else None,
        words=slots.get("words"),
    )


def pressed(turn: Turn) -> JobQuery:
    """Return the wish a button carries: it stands for itself, nothing is added to it."""
    place = turn.value("place")
    return JobQuery(
        trade=turn.value("trade"),
        place=_code(place or ""),
        salary_min=turn.number("salary_min"),
        words=turn.value("words"),
    )


def spoken(turn: Turn) -> JobQuery:
    """Return what this message alone says."""
    places, pay, trade = (
        find_places(turn.text, likeliest=True),
        read_pay(turn.text),
        turn.name_of("trade"),
    )
    spans = [(place.start, place.end) for place in places]
    if pay is not None:
        spans.extend(pay.spans)
    there = wanted(places)
    return JobQuery(
        trade=trade,
        place=there[-1].code if there else None,
        salary_min=least_pay_in(turn.text),
        words=None if trade else _words(turn.text, spans),
    )


def least_pay_in(text: str) -> int | None:
    """Return the pay that a sentence names, the lower side of a range; None without one."""
    pay = read_pay(text)
    return None if pay is None else pay.min or pay.max


def drops(turn: Turn) -> bool:
    """Whether this message says that a condition does not matter any more."""
    return any(pattern.search(turn.text) for pattern in (ANY_PLACE, ANY_PAY, ANY_TRADE))


def understood(turn: Turn) -> JobQuery:
    """Return the wish after this message: what it says replaces, the rest is kept."""
    if turn.values:
        return pressed(turn)
    new, old = spoken(turn), remembered(turn.slots)
    if new.trade or new.words:
        old = replace(old, trade=None, words=None)
    if ANY_TRADE.search(turn.text):
        old, new = replace(old, trade=None, words=None), replace(new, words=None)
    if ANY_PLACE.search(turn.text):
        old, new = replace(old, place=None), replace(new, words=None)
    if old.place is not None and _refuses(turn.text, old.place):
        old = replace(old, place=None)
    if ANY_PAY.search(turn.text):
        old, new = replace(old, salary_min=None), replace(new, words=None)
    return JobQuery(
        trade=new.trade or old.trade,
        place=new.place or old.place,
        salary_min=new.salary_min or old.salary_min,
        words=new.words or old.words,
    )


def _refuses(text: str, place: str) -> bool:
    """Whether a message says that it shall not be there."""
    return any(
        named.excluded and covers(named.code, place) for named in find_places(text, likeliest=True)
    )


def _code(place: str) -> str | None:
    """Return the code of a code or a name; None for nothing and for what is neither."""
    if place.isdigit():
        return place if place_name(place) or place == NATIONAL else None
    return place_in(place)


def _words(text: str, spans: list[tuple[int, int]]) -> str | None:
    """Return what remains of a sentence without places, pay and its wrapping."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    left = NOT_A_WORD.sub(" ", WRAPPING.sub(" ", text)).split()
    left = [word for word in left if len(word) > 1]
    return " ".join(left)[:MAX_WORDS] or None
