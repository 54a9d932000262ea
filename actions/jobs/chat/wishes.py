"""What of a sentence is a wish for work: trades, places, pay, shifts and benefits."""

import re
from collections.abc import Iterator

from actions.dialogue.tasks import Found, Words
from language.pay import read_pay
from language.places import NATIONAL, find_places

NEEDS = {
    "夜班": (
        "夜班",
        "晚班",
        "倒班",
        "两班倒",
        "三班倒",
        "大夜",
        "上夜",
        "熬夜",
        "二十四小时",
        "24小时",
        "24 小时",
    ),
    "白班": ("长白班", "白班", "正常班", "早九晚五", "朝九晚五"),
    "包吃住": ("包吃包住", "包吃住", "管吃管住", "管吃住", "吃住全包", "提供食宿"),
    "包住": ("包住", "管住", "提供住宿", "有宿舍", "住宿"),
    "包吃": ("包吃", "管吃", "包饭", "管饭", "工作餐"),
    "双休": ("双休", "周末休息", "周末休", "做五休二"),
    "五险一金": ("五险一金", "五险", "缴社保", "交社保", "有社保", "上社保"),
    "加班": ("加班",),
}
"""Conditions of work, and how they are said."""

_NAMES = {name: need for need, names in NEEDS.items() for name in names}
NEED = re.compile("|".join(sorted(_NAMES, key=len, reverse=True)))

# What people wrap a wish in; what is left when it is taken away is the wish itself.
WRAPPING = re.compile(
    r"(?:我?想要?|我?要)?(?:再|先)?找(?:一?[份个点些])?"
    r"|还是|算了|先不|再|请问|你好|您好|麻烦|帮我|帮忙|给我|我想要|我想|我要|想要|想找|不想|不要|想|只要|要|能不能|可以|可不可以"
    r"|有没有|有什么|有啥|有哪些|什么样|什么|哪些|看看|看一下|查一下|查查|查|搜一下|搜索|搜"
    r"|推荐|介绍|一份|一个|一些|几个|合适的|适合我的|适合|合适|不对|不是|别|除了"
    r"|招聘信息|招聘|招工|招人|招|职位|岗位|工作|活儿|活|职业|干|做|换成|换到|换|改成|改"
    r"|附近|最近|现在|当地|本地|地区|那边|这边|那|呢|吗|吧|啊|呀|哦|了|的|在|到|去|我|和|或者"
    r"|工资|薪水|薪资|月薪|待遇|左右|以上|以下|不低于|至少|每月|一个月|元|块钱|块|千|万"
)
NOT_A_WORD = re.compile(r"[\W\d_零一二两三四五六七八九十百]+")
MAX_WORDS = 30


def trades(words: Words) -> Iterator[Found]:
    """Yield the trades that Rasa knows; else the words that are left of the sentence."""
    named = words.of("trade")
    for one in named:
        yield Found("trade", one.value, one.start, one.end, {"trade": one.value, "words": None})
    left = None if named else _left(words)
    if left is not None:
        yield Found("trade", left, 0, len(words.text), {"words": left, "trade": None}, weak=True)


def places(words: Words) -> Iterator[Found]:
    """Yield the places, as GB/T 2260 codes."""
    for place in find_places(words.text, likeliest=True):
        yield Found("place", place.code, place.start, place.end, refused=place.excluded)


def pay(words: Words) -> Iterator[Found]:
    """Yield the least pay that is wanted, whole yuan a month."""
    read = read_pay(words.text)
    least = None if read is None else read.min or read.max
    if read is not None and least is not None:
        yield Found("salary_min", least, read.start, read.end)


def needs(words: Words) -> Iterator[Found]:
    """Yield the conditions of work that are named."""
    for match in NEED.finditer(words.text):
        yield Found("needs", _NAMES[match.group()], *match.span())


def least_pay_in(text: str) -> int | None:
    """Return the pay that a sentence names, the lower side of a range; None without one."""
    read = read_pay(text)
    return None if read is None else read.min or read.max


def said(need: str) -> tuple[str, ...]:
    """Return the words by which a posting states a condition; it is itself one where unknown."""
    return NEEDS.get(need, (need,))


def _left(words: Words) -> str | None:
    """Return what remains of a sentence without places, pay and its wrapping."""
    text = words.text
    found = [*places(words), *pay(words), *needs(words)]
    spans = [(one.start, one.end) for one in found if one.value != NATIONAL]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    left = NOT_A_WORD.sub(" ", WRAPPING.sub(" ", text)).split()
    left = [word for word in left if len(word) > 1]
    return " ".join(left)[:MAX_WORDS] or None
