"""What of a sentence asks what work pays: the trade, the place, by the month or the year."""

import re
from collections.abc import Iterator

from actions.dialogue.tasks import Found, Words
from language.pay import read_pay
from language.places import NATIONAL, NATIONAL_NAME, find_places, wanted
from language.trades import find_trade

LONGEST = 12

LOOKS_FOR = re.compile(
    r"找|招|岗位|职位|应聘|求职|介绍|推荐|想[做干]|报名|培训|学|约|订阅|有没有.{0,6}活"
)
"""Who says so wants the work, not its pay."""

PAYS = re.compile(
    r"工资|薪|待遇|收入|行情|行市|工价|价位|挣|赚|多少|几[千百块万]|钱|拿|开到|贵|price|pay|market",
    re.I,
)
_NOT_A_TRADE = re.compile(
    r"(?:人力资源|岗位|打工|合适|通常|应届生?|大专生?|本科生?|毕业生?|社畜|新人|普通|起薪|起|现在|目前|今年|如今|最近|请问|想问|问|打听|了解|知道|看看|看|查|说说|大概|大约|一般|普遍|平均|基本"
    r"|市场|行情|行市|指导|参考|标准|统计|工资|薪[资水酬金]|薪|待遇|收入|工价|价位|价格|价|水平|区间|范围|情况"
    r"|多少|几[千百块万个]|[块元钱]|能够|能|可以|可|会|得|拿|挣|赚|开|给|到手|起步|有|没|什么|啥|怎么样?|咋样?|如何|样"
    r"|[高低]不[高低]|[高低多少]|吗|呢|啊|呀|嘛|哈|吧|嘞|噻|的|了|着|过|在|到|去|个?月|一?小时|一?[天年日]|每|按|算"
    r"|做|干|当|从事|是|我们?|你们?|您|他|她|想|要|这|那|边|里|行|人|师傅|们|和|跟|与|比|差|还|也|都|就|再|又|换|改"
    r"|一下|一个|个|工种|职业|行业|哪|些|种|份|工作|不|对|对比|想问问|分析|出|来|上|下|请|找|招|用|雇|好|吃香|最"
    r"|[\d.,，。？?！!、\s\W])+"
)
_UNITS = (
    ("year", re.compile(r"一年|年薪|年收入|全年|整年|每年|年(?=[能挣赚拿多])")),
    ("hour", re.compile(r"一?个?(?:小时|钟头)|时薪|钟点")),
    ("day", re.compile(r"一天|日薪|每天|一日|天(?=[能挣赚拿多])")),
    ("month", re.compile(r"一?个月|月薪|每月|月(?=[能挣赚拿多])")),
)


def trades(words: Words) -> Iterator[Found]:
    """Yield the trades that are named, else what is left of a sentence that asks for pay."""
    if LOOKS_FOR.search(words.text) and not PAYS.search(words.text):
        return
    named = words.of("trade")
    for one in named:
        yield Found("trade", one.value, one.start, one.end, {"wage_trade": one.value}, wanted=True)
    if not named and PAYS.search(words.text):
        known = find_trade(words.text)
        left = _left(words.text) if known is None else known.name
        if left is not None:
            span = (0, len(words.text))
            yield Found("trade", left, *span, {"wage_trade": left}, weak=True)


def places(words: Words) -> Iterator[Found]:
    """Yield the places that are named, as GB/T 2260 codes; 全国 is one."""
    if LOOKS_FOR.search(words.text) and not PAYS.search(words.text):
        return
    for one in wanted(find_places(words.text, likeliest=True)):
        yield Found("place", one.code, one.start, one.end, {"wage_place": one.code}, wanted=True)
    at = words.text.find(NATIONAL_NAME)
    if at >= 0:
        end = at + len(NATIONAL_NAME)
        yield Found("place", NATIONAL, at, end, {"wage_place": NATIONAL})


def units(words: Words) -> Iterator[Found]:
    """Yield by what pay is asked for: month, year, day or hour."""
    for unit, form in _UNITS:
        match = form.search(words.text)
        if match is not None:
            yield Found("unit", unit, *match.span(), {"wage_unit": unit})
            return


def amounts(words: Words) -> Iterator[Found]:
    """Yield the pay that somebody wants to have compared: 「开八千算高吗」, whole yuan a month."""
    read = read_pay(words.text)
    least = None if read is None else read.min or read.max
    if read is not None and least is not None:
        yield Found("amount", least, read.start, read.end, {"wage_amount": least}, weak=True)


def _left(text: str) -> str | None:
    """Return the one name that is left of a question, None where it names nothing, or more."""
    text = text.replace(NATIONAL_NAME, " ")
    for place in reversed(find_places(text, likeliest=True)):
        text = f"{text[: place.start]} {text[place.end :]}"
    left = [part for part in _NOT_A_TRADE.sub(" ", text).split() if len(part) > 1]
    return left[0] if len(left) == 1 and len(left[0]) <= LONGEST else None
