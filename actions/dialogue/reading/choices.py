"""Choosing from what was shown: by number, by what it is like, by its words; and turning pages."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from actions.dialogue.commands import CHOOSE, PAGE, Command
from actions.dialogue.context import Context, Item, Shown
from actions.dialogue.reading import cues
from actions.dialogue.reading.cues import PAGE_BACK, PAGE_ON, SAME_WORDS, residue
from language.clauses import clauses
from language.numerals import chinese_number
from store.clock import to_shanghai

_NUMBER = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_UNIT = r"(?P<unit>个|只|间|条|份|家|项|款|种|位|号|行|套)"
NUMBERED = re.compile(rf"(?:第\s*{_NUMBER}|头一)\s*{_UNIT}?(?!天|次|页|季|期|人|年|月|回|批|周|件)")
ALONE = re.compile(
    rf"^(?:我?(?:要|选|就|选择|看|来|约)*)\s*(?:{_NUMBER})\s*(?:号|{_UNIT})?[吧呢啊呀的了嘞伐哦。.、！\s]*$"
)
LAST = re.compile(
    r"最后(?:面)?(?:那|的|一|这)*(?:个|条|份|家|项)|(?:最)?(?:末|尾)(?:那|的|一)*个|倒数第一个?"
)
POINTED = re.compile(
    r"^(?:我?(?:要|选|就|看|来|约|想看)*)(?:刚才|上面|前面|这|那|刚刚|之前)+(?:说的|看的|讲的|那|这)*(?:一)?(?:个|条|份|家|项)(?:岗位|工作|时间|职位)?"
    r"(?:吧|呢|啊|呀|的|了|详细|详情|说说|看看|怎么样|具体|介绍|再|一下|，|。|\s)*$"
)
_TAIL = r"[吧了哈啊咯喽嘛噻哒啦呗。！!\s]*(?:[，,\s]*(?:谢谢|多谢|麻烦)(?:你|您)?了?[。！!\s]*)?"
SETTLED = re.compile(
    r"(?:[对好行中嗯哦那就还是，,\s]|可以|刚才|刚刚|之前|上面)*(?:就|选|要|定)?"
    r"(?:[这那它]个?|刚才的?那?个?)(?:时间|时段|点|号)?"
    rf"(?:就|给我|帮我|先)*(?:[定订约要](?:了|下来?|上|好)?|吧|可以|行|好)*{_TAIL}"
    r"|(?:[好行中额嗯那就，,\s])*(?:帮我|给我)?"
    rf"(?:[定订约](?:了|下来?|上)?吧|[定订](?:了|下来?)?|约[上了]){_TAIL}"
)
"""「对，就这个」, 「还是那个时间，定吧」: of times that were shown the first, the quietest."""

UP_TO_YOU = re.compile(
    r"随便(?:你|您)?(?:帮我|给我)?(?:选|挑|来|定|安排)|(?:你|您)(?:帮我|给我|替我|来|看着|随便)+(?:选|挑|定|办|安排|决定)"
    r"|哪个(?:都行|都可以|好选哪个|好就)|(?:都行|都可以|随便)(?:吧|，)?(?:你|您)(?:定|选|安排|看着办)|听(?:你|您)的|(?:你|您)(?:定|决定|推荐一个|安排)吧"
)
_THE_ONE = r".{0,3}(?:那|这)?(?:个|家|份|条|一)"
BY_KIND: tuple[tuple[re.Pattern[str], Callable[[Item], object], bool], ...] = (
    (re.compile(rf"(?:最早|早一?[点些]的?|早的){_THE_ONE}?"), lambda item: item.when, False),
    (
        re.compile(rf"(?:最晚|最迟|晚一?[点些]的?|迟一?[点些]的?){_THE_ONE}?"),
        lambda item: item.when,
        True,
    ),
    (
        re.compile(
            rf"(?:(?:工资|薪水|薪资|待遇|钱|收入)(?:最高|高一?[点些]?|最多|多一?[点些]?)|最贵)的?{_THE_ONE}?"
        ),
        lambda item: item.pay,
        True,
    ),
    (
        re.compile(rf"(?:最?便宜|(?:工资|费用|价格)(?:最?低|少)一?[点些]?)的?{_THE_ONE}?"),
        lambda item: item.pay,
        False,
    ),
)
LEAST_CROWDED = re.compile(rf"(?:人最?少|最空|空一?[点些]|不用?排队|不挤)的?{_THE_ONE}?")
"""Times are shown with the quietest first."""

SETTLES = re.compile(r"就|那|选|要|个|家|吧")
ASKS_MORE = re.compile(r"有没有|有[吗么]|还有|能不能|可不可以|有|再")
"""「有没有早一点的」 asks for others; 「早一点的那个」 takes one of these."""

CLOCK = re.compile(r"\d{1,2}\s*[:点：]|[一二两三四五六七八九十]{1,3}\s*点(?!以?[前后])")


def choose(text: str, context: Context, moment: datetime | None = None) -> Command | None:
    """Read a choice from a list that was shown; ``moment`` is when the words mean, if they do."""
    page = _page(text, context) or _shifted(text, context)
    if page is not None:
        return page
    other = cues.ELSE.search(text)
    if other is not None and context.lists:
        first, second = text[: other.start()], text[other.end() :]
        return choose(first, context, moment) or choose(second, context)
    found = _numbered(text, context) or _titled(text, context)
    if found is not None or not context.lists:
        return found
    # Of mere buttons nothing is taken by its place: the last one often takes something away.
    shown = next((each for each in context.lists if each.name != CHOICES), None)
    if shown is None or not shown.items:
        return None
    if UP_TO_YOU.search(text) or (LAST.search(text) and len(residue(text)) <= len("最后面那一个")):
        at = 0 if UP_TO_YOU.search(text) else len(shown.items) - 1
        return _chosen(shown, at, text)
    if context.yes is None and shown.items[0].when is not None and _settles(text):
        return _chosen(shown, 0, text, confidence=0.8)
    if POINTED.search(text) and shown.items and shown.name != CHOICES:
        return _pointed(shown, context, text)
    by_clock = _nearest(text, context) or _by_clock(shown, text, moment)
    return by_clock or _by_kinds(text, context, alone=_is_new(shown, moment))


def _settles(text: str) -> bool:
    """Whether a message, or how it ends, takes what was shown as it is."""
    spans = clauses(text)[1:]
    ends = [text[start:] for start, _ in spans[-2:]]
    return any(SETTLED.fullmatch(each.strip()) for each in (text, *ends) if each.strip())


def _is_new(shown: Shown, moment: datetime | None) -> bool:
    """Whether a time is named that is of no day that was shown."""
    if moment is None:
        return False
    shown_on = {to_shanghai(when).date() for when in map(_when, shown.items) if when is not None}
    return to_shanghai(moment).date() not in shown_on


def _by_kinds(text: str, context: Context, *, alone: bool) -> Command | None:
    """Take what is the most of its kind, said ``alone`` or last: 「先把号定了，要最早的」."""
    said = [text] if alone else [text, *(text[a:b] for a, b in clauses(text)[1:][-1:])]
    found = (_by_kind(shown, words) for words in said for shown in context.lists)
    quiet = LEAST_CROWDED.search(text)
    times = next((each for each in context.lists if each.items and each.items[0].when), None)
    if quiet and times is not None and not residue(text, [quiet.span()]):
        return _chosen(times, 0, text, confidence=0.85)
    return next((each for each in found if each is not None), None)


def _page(text: str, context: Context) -> Command | None:
    plain = text.strip()
    turns = ((PAGE_ON, "next"), (PAGE_BACK, "back"))
    turn = next((name for pattern, name in turns if pattern.match(plain)), None)
    shown = next((each for each in context.lists if each.name != CHOICES), None)
    if turn is None or shown is None:
        return None
    press = shown.more if turn == "next" else shown.back
    return Command(
        PAGE, list=shown.name, value=turn, start=0, end=len(text), press=press, confidence=0.95
    )


def _shifted(text: str, context: Context) -> Command | None:
    """Read 「有没有晚一点的」: other times, before or after those that were shown."""
    for name, shape in SHIFTS:
        match = shape.search(text)
        if match is None or residue(text, [match.span()]):
            continue
        asks = ASKS_MORE.search(text) or not re.search("[那这就]|最|的$", text.strip())
        shown = next((each for each in context.lists if getattr(each, name)), None)
        if shown is not None and asks:
            press = getattr(shown, name)
            return Command(PAGE, list=shown.name, value=name, end=len(text), press=press)
    return None


SHIFTS = (
    ("sooner", re.compile(r"(?:再|稍微?|往)?[早前]一?[点些](?:的|儿)?")),
    ("later", re.compile(r"(?:再|稍微?|往)?[晚迟后]一?[点些](?:的|儿)?")),
)


def numbered_of(text: str, context: Context, name: str) -> Command | None:
    """Read a number in a sentence that is about the list ``name`` anyhow, whatever else it says."""
    match = NUMBERED.search(text)
    shown = next((each for each in context.lists if each.name == name), None)
    if match is None or shown is None:
        return None
    number = _number(match)
    at = number - shown.first if number >= shown.first else number - 1
    inside = 0 <= at < len(shown.items)
    return _chosen(shown, at, text, match.span()) if inside else None


def number_in(text: str) -> int | None:
    """Return the number of an entry that a sentence takes, of whatever list; None without one."""
    match = NUMBERED.search(text) or ALONE.match(text)
    return _number(match) if match is not None and _is_choice(text, match) else None


def _number(match: re.Match[str]) -> int:
    said = match["n"] or "一"
    return int(said) if said.isdigit() else chinese_number(said)


def _numbered(text: str, context: Context) -> Command | None:
    match = NUMBERED.search(text) or ALONE.match(text)
    if match is None or not _is_choice(text, match):
        return None
    number = _number(match)
    alone = len(residue(text, [match.span()])) <= LITTLE_BESIDE
    others = [each for each in context.lists if each.name != CHOICES and each.items]
    for shown in _by_unit(context, match["unit"]):
        if shown.name == CHOICES and not (alone and match["unit"] in PLAIN_UNITS):
            continue
        # The buttons of what is shown in full are about it; a number means what was listed before.
        if shown.name == CHOICES and context.focus is not None and others:
            continue
        if shown.first <= number < shown.first + len(shown.items):
            return _chosen(shown, number - shown.first, text, match.span())
        if 1 <= number <= len(shown.items):
            return _chosen(shown, number - 1, text, match.span())
    return None


PLAIN_UNITS, LITTLE_BESIDE = (None, "个", "项"), 2
"""How a mere button is counted, and how much else such a message says: 「第一家的详细看看」 means a
posting, not the first button."""

MOST_BESIDE = 6
"""「第二个说说看」 chooses; 「第二个孩子的生育津贴」 does not."""

GOES_ON = re.compile(
    r"的?(?:岗位|工作|活|时间|时段|单位|公司)?\s*(?:$|[，,。？?！!\s]|[是在管包要有给说讲看吧呢啦就那行好]"
    r"|怎么|什么|多少|哪|麻烦|可以|合适|详细|工资|待遇|地址|地方|离|招|能|我)"
)
"""What follows a choice that goes on: 「第一个是做什么的，管不管住」."""


def _is_choice(text: str, match: re.Match[str]) -> bool:
    """Whether a number in a text says which of what was shown."""
    if len(residue(text, [match.span()])) <= MOST_BESIDE:
        return True
    return bool(match["unit"] and GOES_ON.match(text, match.end()))


CHOICES = "choices"
"""The list of an answer that shows no other: its buttons."""


def _by_unit(context: Context, unit: str | None) -> Sequence[Shown]:
    """Return the lists, the one meant first: clauses are counted by 条, all else by 个."""
    first = [each for each in context.lists if (each.name == "citations") == (unit == "条")]
    return [*first, *(each for each in context.lists if each not in first)]


def _titled(text: str, context: Context) -> Command | None:
    """Take an entry, or a button, whose title is typed, or half typed."""
    core = _core(text)
    if len(core) < SAME_WORDS:
        return None
    for title, press in context.buttons:
        if core == _core(title) or text.strip() == title:
            return Command(CHOOSE, list=CHOICES, value=title, end=len(text), press=press)
    for shown in context.lists:
        fits = [n for n, item in enumerate(shown.items) if _says(core, item)]
        if len(fits) == 1:
            return _chosen(shown, fits[0], text, confidence=0.9)
    return None


def _core(text: str) -> str:
    return re.sub(
        r"[\W_]|^(?:我?(?:要|选|就|看)+)|(?:吧|呢|啊|呀|的|那个|这个|说说|看看)+$", "", text
    )


def _says(core: str, item: Item) -> bool:
    title = _core(item.title.partition("：")[2] or item.title)
    place = item.place or ""
    return core in title or (len(title) > SAME_WORDS and title in core) or (core == place)


def _by_clock(shown: Shown, text: str, moment: datetime | None) -> Command | None:
    """Take the one shown time that is named: 「就11点的吧」."""
    if moment is None or not CLOCK.search(text):
        return None
    clock = to_shanghai(moment).time()
    times = [_when(item) for item in shown.items]
    same_clock = [n for n, time in enumerate(times) if time and to_shanghai(time).time() == clock]
    same = [n for n in same_clock if times[n] == moment] or same_clock
    return _chosen(shown, same[0], text, confidence=0.9) if len(same) == 1 else None


NEAREST = re.compile(
    r"(?:离|靠|接近|靠近|挨着).{0,3}?(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:点|[:：]00)"
    r"(?P<half>半)?.{0,3}(?:近|的|一档|个|$)"
)
"""「离十点近的」, 「最接近两点的一档」: of the hour as people say it, before noon or after."""


def _nearest(text: str, context: Context) -> Command | None:
    match = NEAREST.search(text)
    shown = next((each for each in context.lists if each.items and each.items[0].when), None)
    if match is None or shown is None:
        return None
    said = match["hour"]
    hour = int(said) if said.isdigit() else chinese_number(said)
    wanted = hour * 60 + (30 if match["half"] else 0)
    meant = (wanted, wanted + 12 * 60) if hour <= 12 else (wanted,)
    minutes = [_minutes(item) for item in shown.items]
    at = min(range(len(minutes)), key=lambda n: min(abs(minutes[n] - each) for each in meant))
    return _chosen(shown, at, text, match.span(), confidence=0.9)


def _minutes(item: Item) -> int:
    """Return when an entry of a list of times begins, in minutes of its day."""
    when = _when(item)
    if when is None:
        return 0
    clock = to_shanghai(when)
    return clock.hour * 60 + clock.minute


VIEWS = re.compile("详细|具体|[讲说]+|介绍|看+")
"""What is wanted of an entry is to see it: 「工资高点的那个给我详细讲讲」."""


def _by_kind(shown: Shown, text: str) -> Command | None:
    for pattern, key, most in BY_KIND:
        match = pattern.search(text)
        if match is None:
            continue
        beside = VIEWS.sub("", residue(text, [match.span()]))
        if len(beside) > _most_beside(match[0], text):
            continue
        settles = SETTLES.search(text) or "最" in match[0] or match[0].endswith("的")
        if ASKS_MORE.search(text) or not settles:
            return None
        known = [n for n, item in enumerate(shown.items) if key(item) is not None]
        if not known:
            return None
        at = (max if most else min)(known, key=lambda n: str(key(shown.items[n])).zfill(30))
        return _chosen(shown, at, text, match.span(), confidence=0.85)
    return None


def _most_beside(said: str, text: str) -> int:
    """Return how much more a choice by kind may say: 「最高的那个是哪家，多少钱」 is one."""
    takes = re.search("最.*[那这][个家份条]", said) or re.search("[要选约订定来拿]", text)
    return MOST_BESIDE if "最" in said and takes else 0


def _pointed(shown: Shown, context: Context, text: str) -> Command | None:
    if len(shown.items) == 1:
        return _chosen(shown, 0, text)
    return Command(CHOOSE, list=shown.name, end=len(text), confidence=0.5)


def _chosen(
    shown: Shown, at: int, text: str, span: tuple[int, int] | None = None, confidence: float = 1.0
) -> Command:
    start, end = span or (0, len(text))
    item = shown.items[at]
    return Command(
        CHOOSE,
        list=shown.name,
        item=shown.first + at,
        value=item.title,
        start=start,
        end=end,
        press=item.press,
        confidence=confidence,
    )


def _when(item: Item) -> datetime | None:
    return None if item.when is None else datetime.fromisoformat(item.when)
