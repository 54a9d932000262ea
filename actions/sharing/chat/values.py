"""What an employer says of staff to lend or to borrow, each read out of a sentence. Pure."""

import re
from collections.abc import Iterator, Mapping

from actions.dialogue.tasks import Found, Words
from actions.sharing.service import BORROW, LEND
from language.numerals import chinese_number
from language.places import find_places, wanted
from language.trades import find_trade, is_address
from store.vault import placeholders

MOST_PEOPLE = 9_999
LONGEST_PERIOD, LONGEST_CONTACT = 60, 400

_LEND = re.compile(
    r"借(?:给|出|去|俾|把)|借(?:调)?出去|(?:外借|出借|外派|派出|租出|调出|转出|借用出)|(?:共享|派|调|租|送|借|匀|放)(?:出去|给|去|到)别?"
    r"|富余|多余|多出来?的?(?:人|工|员工)|(?:人|工人|员工|职工)(?:太)?多|空闲|闲(?:着|住|置|人|工|下来|了)|没活|没(?:订)?单|没事[干做]"
    r"|用不上|停工|停产|停业|装修|检修|(?:可以|能|可)(?:提供|支援|外|派|借出)|有.{0,8}(?:可|能)(?:以)?借|lend|surplus|bench|idle",
    re.I,
)
_BORROW = re.compile(
    r"借(?:人|工|点|些|几|一批|用|来|入|进|\s*[\d一二两三四五六七八九十几]+)|(?:向|跟|找|同|问).{1,8}(?:借|调|要|租|匀)"
    r"|缺(?:人|工|少|手|\s*[\d一二两三四五六七八九十]+)|(?:人手|工人|人)(?:不够|不足|紧张)|人手紧|不够(?:用|人)|忙不过来|忙不开|爆(?:单|仓)"
    r"|赶(?:货|订单|工)|急(?:需|用|要)|(?:租|调|匀|借)(?:几|点|些|来|一批)|(?:接收|吸纳)|旺季|顶(?:一|两|几|替)|borrow",
    re.I,
)
_STRONG_LEND = re.compile(
    r"借(?:给|出|俾)|借.{0,6}出去|外借|出借|外派|派(?:去|出|到|给)|租出|调出|共享出去"
    r"|富余|多余|闲|没活|没(?:订)?单|停工|停产|lend",
    re.I,
)
_THEY_SPARE = re.compile(
    r"(?:有没有|有冇|哪里|哪家|谁家|附近|别的|别家|其[他它]).{0,10}(?:富余|多余|闲|停工|停产|多的)"
    r"|(?:找|对接|联系).{0,4}(?:富余|停工|停产).{0,3}(?:企业|单位|厂|公司)"
)
_THEY_LACK = re.compile(
    r"(?:有没有|哪家|谁家|找|对接|联系).{0,6}(?:缺工|缺人|用工紧).{0,3}(?:企业|单位|厂|公司)"
)
"""Who asks for somebody that spares staff lacks some, and the other way round."""

_NUMBER = r"(?:\d{1,4}|[一二两三四五六七八九十百千]+)"
_PEOPLE = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?:来|多|几)?\s*(?:(?:个|名|位|号)?\s*(?:左右|上下)?的?(?:人|工人|员工|职工)"
    r"|[个名位](?!多?月|星期|礼拜|小时|钟头|问题|事|规定|办法|[工厂]?厂|公司|企业|单位|老板))"
)
_BARE_PEOPLE = re.compile(
    rf"^(?:大概|大约|差不多|估计|有|要|就|改成|改为|换成|是)*\s*(?P<n>{_NUMBER})\s*"
    r"(?:来个|多个|个|人|名|左右|吧|。)*$"
)
_SPAN = (
    rf"(?:{_NUMBER}|半|几|一两|两三|三四)\s*(?:个)?(?:多)?"
    r"(?:天|周|个?星期|个?礼拜|个月|月(?!份|底|初|中|[到至])|年)(?:半|左右|上下)?"
)
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份|底|初|中旬?|\d{1,2}[日号])?"
_PERIOD = re.compile(
    rf"(?:从|自|用)?(?:{_MONTH}|下个?月|这个?月|本月|明天|下周|年前|年后|春节后?|节后|现在)?"
    rf"(?:起|开始)?(?:到|至|[-—~])(?:{_MONTH}|年底|月底|月尾|月末|春节前?|过年|年前|开春"
    r"|明年\S{0,3}|双十一后?|双11后?|国庆后?|节后)(?:份|为止|止)?"
    rf"|(?:从|自)?(?:{_MONTH}|下个?月|下周|明天|年后|节后|春节后|开春后?)(?:起|开始)?"
    rf"(?:，|,|\s)?(?:用|借|干|做)?(?:{_SPAN})?"
    rf"|{_SPAN}|春节期间|国庆期间|暑假|寒假|年前|整个?旺季|长期|短期|用到\S{{1,6}}"
)


_WHO = re.compile(
    r"公司名?[:：]?|单位名?[:：]?|联系人|找[^，,。]{1,4}(?=电话|[，,]|$)|姓.|[^，,。]{1,3}(?:先生|女士|经理|总)"
)


def sides(words: Words) -> Iterator[Found]:
    """Yield whether staff are lent or borrowed."""
    text = words.text
    lends, borrows = _LEND.search(text), _BORROW.search(text)
    they_spare, they_lack = _THEY_SPARE.search(text), _THEY_LACK.search(text)
    if they_lack:
        yield _side(LEND, they_lack)
    elif lends and not they_spare and (not borrows or _STRONG_LEND.search(text)):
        yield _side(LEND, lends)
    elif they_spare or borrows:
        yield _side(BORROW, they_spare or borrows)


def trades(words: Words) -> Iterator[Found]:
    """Yield the trade of the staff, by our name where it has one."""
    named = [each for each in words.of("trade") if not is_address(words.text, each.start, each.end)]
    if named:
        one = named[-1]
        known = find_trade(one.value)
        trade = known.name if known else one.value
        yield _said("trade", trade, (one.start, one.end), {"share_trade": trade[:30]})
    elif (match := _DOING.search(words.text)) is not None:
        yield _said("trade", match["work"], match.span("work"), {"share_trade": match["work"]})


def counts(words: Words) -> Iterator[Found]:
    """Yield how many people."""
    trades_named = [(one.start, one.end) for one in words.of("trade")]
    match = _PEOPLE.search(words.text) or _BARE_PEOPLE.match(words.text.strip())
    if match is None:
        # 「三十普工」: a number right before the trade.
        befores = (re.search(rf"(?P<n>{_NUMBER})\s*$", words.text[:at]) for at, _ in trades_named)
        match = next((found for found in befores if found), None)
    number = 0 if match is None else _number(match["n"])
    if match is not None and 0 < number <= MOST_PEOPLE:
        yield _said("count", number, match.span(), {"share_count": number})


def places(words: Words) -> Iterator[Found]:
    """Yield where, as a GB/T 2260 code."""
    found = wanted(find_places(words.text, likeliest=True))
    if found:
        one = found[-1]
        yield _said("place", one.code, (one.start, one.end), {"share_place": one.code})


def periods(words: Words) -> Iterator[Found]:
    """Yield when and how long, in the employer's words."""
    found = [match for match in _PERIOD.finditer(words.text) if match[0].strip()]
    if found:
        match = max(found, key=lambda each: len(each[0]))
        said = match[0].strip("，, ")
        yield _said("period", said, match.span(), {"share_period": said[:LONGEST_PERIOD]})


_DOING = re.compile("(?:做|干|是)(?P<work>[\u4e00-\u9fff]{2,10}?)的(?:厂|人|工人)?(?:$|[，,。])")


def contacts(words: Words) -> Iterator[Found]:
    """Yield whom staff may call: the clauses with a number and a name, in the employer's words."""
    numbers = placeholders.spans_in(words.text)
    if not numbers or _WHO.search(words.text) is None:
        return
    start = min(match.start() for match in _WHO.finditer(words.text))
    begin, end = min(start, numbers[0][0]), numbers[-1][1]
    said = words.text[begin:end].strip("，,。 ")
    yield _said("share_contact", said, (begin, end), {"share_contact": said[:LONGEST_CONTACT]})


def _side(side: str, match: re.Match[str] | None) -> Found:
    span = match.span() if match is not None else (0, 0)
    return _said("side", side, span, {"share_side": side})


def _said(field: str, value: object, span: tuple[int, int], sets: Mapping[str, object]) -> Found:
    """Return a value; 「跟别家借」 refuses none."""
    return Found(field, value, *span, sets, wanted=True)


def _number(said: str) -> int:
    return int(said) if said.isdigit() else chinese_number(said)
