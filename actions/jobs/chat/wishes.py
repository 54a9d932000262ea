"""What of a sentence is a wish for work: trades, places, pay, shifts and benefits."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from actions.dialogue.reading.cues import residue
from actions.dialogue.tasks import Found, Known, Words
from actions.jobs.chat.spots import Spot, spots_in
from actions.jobs.chat.work import (
    OWN_LIFE,
    Span,
    is_refused,
    present,
    skills_in,
    without_relatives,
    work_in,
)
from actions.jobs.conditions import GIG_NEED, UNWISHED, conditions_in
from actions.jobs.matching.groups import declared_in
from actions.jobs.needs import BETWEEN, renewed, several
from actions.jobs.requirements import brought_in
from language.clauses import clauses
from language.pay import read_pay
from language.places import NATIONAL
from language.times import read_times
from language.trades import find_trade, trade_by_sound
from store.clock import to_shanghai
from store.vault import placeholders

# What people wrap a wish in; what is left when it is taken away is the wish itself.
WRAPPING = re.compile(
    r"(?:我?想要?|我?要)?(?:再|先)?找(?:一?[份个点些])?"
    r"|还是|算了|先不|再|请问|你好|您好|麻烦|帮我|帮忙|给我|我想要|我想|我要|想要|想找|不想|不要|想|只要|要|能不能|可以|可不可以"
    r"|有没有|有什么|有啥|有哪些|什么样|什么|哪些|看看|看一下|查一下|查查|查|搜一下|搜索|搜"
    r"|推荐|介绍|一份|一个|一些|几个|合适的|适合我的|适合|合适|不对|不是|别|除了"
    r"|招聘信息|招聘|招工|招人|招(?!商|标|投|生)|职位|岗位|工作|活儿|活|职业|干|做|换成|换到|换|改成|改"
    r"|按照?[这那]个|[单双一]只?手|经验|附近|最近|现在|当地|本地|地区|那边|这边|那|呢|吗|吧|啊|呀|哦|了|的|在|到|去|我|和|或者"
    r"|工资|薪水|薪资|月薪|待遇|左右|以上|以下|不低于|至少|每月|一个月|元|块钱|块|千|万"
)
NOT_A_WORD = re.compile(r"[\W\d_零一二两三四五六七八九十百]+")
MAX_WORDS = 30


def trades(words: Words) -> Iterator[Found]:
    """Yield the work that is named, wanted or not; else the words that are left of the sentence.

    With each goes what else it is about.
    """
    other = [(one.start, one.end) for one in (*places(words), *pay(words), *brought(words))]
    beside = [(one.start, one.end) for one in needs(words)]
    named = present(work_in(words, other, beside), words.text)
    cleared = without_relatives(words.text, beside)
    taken = [*other, *beside, *((one.start, one.end) for one in named)]
    skills = [one for one in skills_in(words, taken) if not one.refused]
    about = " ".join(dict.fromkeys(one.text for one in skills))[:MAX_WORDS] or None
    for one in named:
        sets = {"trade": one.text, "words": None, "about": about}
        # 不上夜班的网络客服: the "not" is the night shift's.
        meant = not one.refused and cleared[: one.start] != words.text[: one.start]
        span = (one.start, one.end)
        yield Found("trade", one.text, *span, sets, refused=one.refused, wanted=meant)
    if all(one.refused for one in named):
        yield from _in_own_words(words, named, about)


def _in_own_words(words: Words, named: Iterable[Span], about: str | None) -> Iterator[Found]:
    """Yield what a sentence is about that names no work: what it asks for, and its skills."""
    left = _left(words, named) or ""
    if about:
        # Beside a skill only what looks like work, or comes first, is the work itself.
        work = [w for w in left.split() if LIKE_A_TRADE.search(w) or words.text.startswith(w)]
        left = " ".join(w for w in work if not any(each in w for each in about.split()))
    beside = about if about and about.isascii() and left else None
    said = left if beside else " ".join(filter(None, (about, left)))[:MAX_WORDS]
    if said:
        sets = {"words": said, "trade": None, "about": beside}
        yield Found("trade", said, 0, len(words.text), sets, weak=True)


def places(words: Words) -> Iterator[Found]:
    """Yield the places, as GB/T 2260 codes, with what is meant where that is not one code.

    Those that are named together are meant together: each is yielded with those before it.
    """
    found = spots_in(words)
    run: list[Spot] = []
    for spot in found:
        if not spot.refused and run and not run[-1].refused and spot.joins(run[-1], words.text):
            run.append(spot)
        else:
            run = [spot]
        alone = len(run) == 1 and spot.name.isdigit()
        meant = None if alone else BETWEEN.join(dict.fromkeys(one.name for one in run))
        only = "1" if run[0].is_bound(words.text) else None
        sets = {"place": run[0].code, "places": meant, "only": only}
        yield Found(
            *("place", run[0].code, spot.start, spot.end),
            sets=sets,
            refused=spot.refused,
            said=spot.name,
        )


def unwanted_place(found: Found, text: str) -> str:
    """Return how a place that is not wanted is remembered: by its code, or its name."""
    del text
    return found.said


def pay(words: Words) -> Iterator[Found]:
    """Yield the least pay that is wanted, whole yuan a month."""
    read = read_pay(words.text)
    least = None if read is None else read.min or read.max
    if read is not None and least is not None:
        yield Found("salary_min", least, read.start, read.end)


def needs(words: Words) -> Iterator[Found]:
    """Yield the conditions of work that are named, and what the person brings."""
    trades_named = [(one.start, one.end) for one in words.of("trade")]
    for one in conditions_in(words.text):
        over = any(start < one.end and one.start < end for start, end in trades_named)
        if over and one.name in UNWISHED:
            continue  # 不做销售 refuses a trade
        no = one.refused or is_refused(words.text, one.start, one.end)
        if no or one.name not in UNWISHED:
            yield Found("needs", one.name, one.start, one.end, refused=no)
    yield from refused_fields(words)
    yield from brought(words)


_FIELD = r"(?P<{0}>[\u4e00-\u9fff]{{2,4}}?)(?:行业|类的?|领域|这行|那行)"
_NO_FIELD = re.compile(
    rf"(?:不(?:考虑|做|去|要|碰|想(?:做|去|进|搞))|别(?:给我)?推?|除了?)(?:那种|什么)?{_FIELD.format('behind')}"
    rf"|(?:^|(?<=[，,。；; ])){_FIELD.format('before')}的?(?:都|就|也)?"
    r"(?:不(?:考虑|做|去|要|碰|想)|免谈|勿扰|别推|pass|算了)"
)


def refused_fields(words: Words) -> Iterator[Found]:
    """Yield the fields of business that somebody wants nothing of, as words: 游戏行业不去."""
    known = [(one.start, one.end) for one in conditions_in(words.text)]
    for match in _NO_FIELD.finditer(words.text):
        name = "before" if match["before"] else "behind"
        start, end = match.span(name)
        if not any(a < end and start < b for a, b in known):
            yield Found("needs", match[name], start, end, refused=True)


def needs_renewed(known: Known, found: Found, corrects: bool) -> Mapping[str, Any]:
    """Return the needs after more was said: another shift is no other schooling."""
    del corrects
    said = several(str(found.value))
    return {"needs": BETWEEN.join(renewed(several(known.get("needs")), said))}


def gig_days(words: Words) -> Iterator[Found]:
    """Yield the day on which somebody wants to work by the day, an ISO date."""
    if not any(one.name == GIG_NEED for one in conditions_in(words.text)):
        return
    span = read_times(words.text, words.now)
    if span is not None:
        start = words.text.find(span.text)
        day = to_shanghai(span.start).date().isoformat()
        yield Found("gig_on", day, max(start, 0), max(start, 0) + len(span.text), loud=True)


def brought(words: Words) -> Iterator[Found]:
    """Yield schooling, years of work and priority groups that somebody says are theirs."""
    for one in brought_in(words.text):
        yield Found("needs", one.name, one.start, one.end, loud=True)
    for group, start, end in declared_in(words.text):
        yield Found("needs", group, start, end, loud=True)


def least_pay_in(text: str) -> int | None:
    """Return the pay that a sentence names, the lower side of a range; None without one."""
    read = read_pay(text)
    return None if read is None else read.min or read.max


def _left(words: Words, refused: Iterable[Span] = ()) -> str | None:
    """Return what remains of a sentence without places, pay and its wrapping."""
    text = words.text
    found = [*places(words), *pay(words), *needs(words), *_numbers(words), *gig_days(words)]
    spans = [(one.start, one.end) for one in found if one.value != NATIONAL]
    spans += [(one.start, one.end) for one in refused]
    spans += [life.span() for life in OWN_LIFE.finditer(text)]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    left = NOT_A_WORD.sub(" ", WRAPPING.sub(" ", text)).split()
    said = len(residue(words.text))
    left = [ALSO.sub("", word) for word in left]
    left = [word for word in left if len(word) > 1 and not SAYS.search(word)]
    left = [POST.sub("", word) for word in left]
    parts = (residue(words.text[start:end]) for start, end in clauses(words.text))
    alone = {part for part in parts if len(part) <= LONGEST_NAME}
    left = [
        word
        for word in left
        if LIKE_A_TRADE.search(word)
        or find_trade(word) is not None
        or len(word) >= said * MOST_OF_IT
        or word in alone
    ]
    left = [trade_by_sound(word) or word for word in left]
    return " ".join(left)[:MAX_WORDS] or None


def _numbers(words: Words) -> Iterator[Found]:
    """Yield what stands for a person's own numbers: it says nothing of work."""
    for start, end in placeholders.spans_in(words.text):
        yield Found("number", None, start, end)


LIKE_A_TRADE = re.compile(
    "[工员师匠手嫂娘生]$|司机|助理|经理|主管|顾问|客服|文案|运营|行政|销售|^[开跑修装卖送]"
    "|商务|市场|策划|产品|设计|剪辑|编辑|编导|新媒体|电商|外贸|推广|后期|主播|翻译|摄影|采购|会计|财务|人事"
)
"""What the name of a trade looks like that no table has."""

POST = re.compile(r"(?<=[\u4e00-\u9fff]{2})岗$")
SAYS = re.compile("[不没了]")
ALSO = re.compile("^(?:都|也|就|能|行|还|给)+|(?:都|也|就|能|行|还)+$")
MOST_OF_IT, LONGEST_NAME = 0.6, 6
"""Words that are so much of what a sentence says, or a clause of their own, are looked for."""
