"""What a document says of its own validity: from when, until when, and what it repeals."""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.parsing.dates import ANY_DATE, day_after, parse_date, years_after
from knowledge.parsing.shapes import DOC_NO_FORM
from language.numerals import chinese_number

_SELF = (
    r"本(?:实施|若干|暂行|管理)?"
    r"(?:通知|意见|办法|规定|条例|法|细则|方案|公告|解释|决定|指引|规则|政策|措施|规程)"
)
_PUBLISHED = r"(?:发布|公布|印发|颁布|下发|发文)之日"
_IN_FORCE = r"(?:施行|执行|实施|生效|试行)"
_FROM = re.compile(
    rf"{_SELF}[^。；]{{0,16}}?(?:自|从|于)\s*(?P<day>{ANY_DATE}|{_PUBLISHED})起?[^。；]{{0,8}}?{_IN_FORCE}"
)
_UNTIL = re.compile(
    rf"(?:有效期限?|执行期限?|实施期限?|试行期限?|{_IN_FORCE})[^。；，]{{0,6}}?"
    rf"(?:(?P<first>{ANY_DATE})\s*起?\s*)?(?:至|到|截至|截止到?|—|-)\s*(?P<day>{ANY_DATE})"
)
_YEARS = re.compile(
    r"(?:有效期限?|试行期限?|执行期限?)[^。；，\d]{0,6}?(?P<years>[一二两三四五六七八九十]{1,2}|\d{1,2})\s*年"
    r"|试行(?P<trial>[一二两三四五六七八九十]|\d)年"
)
_OF_ITSELF = re.compile(rf"{_SELF}|^\s*(?:有效期|执行期|试行期)|起{_IN_FORCE}[，,]\s*有效期")
_REPEALED = re.compile(r"(?:同时|予以|即行|一并)?(?:废止|失效)|停止执行|不再执行")
_TITLE = re.compile(
    r"(?P<because>根据|按照|依据|依照|执行)?《(?P<title>(?:[^《》]|《[^《》]*》)+)》"
)
_DOC_NO = re.compile(DOC_NO_FORM)
_NUMBER = re.compile(
    r"^(?:第\S{1,7}条|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、])\s*"
)
_SENTENCE = re.compile(r"[^。\n]+。?")


@dataclass(frozen=True)
class ValidityClauses:
    """``effective_on`` and ``expires_on`` half-open; ``quote`` are the words on either."""

    effective_on: date | None = None
    expires_on: date | None = None
    quote: str = ""
    replaces: tuple[str, ...] = ()


def read_validity_clauses(text: str, published: date | None) -> ValidityClauses:
    """Read the clauses from a document's own ``text``; ``published`` is its 发布之日."""
    effective: date | None = None
    expires: date | None = None
    quotes: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(text):
        sentence = _NUMBER.sub("", match[0])
        start = _effective(sentence, published) if effective is None else None
        end = _expires(sentence, start or effective or published) if expires is None else None
        if start or end or (_FROM.search(sentence) and not quotes):
            quotes.append((match.start(), match.end()))
        effective, expires = effective or start, expires or end
    quote = text[quotes[0][0] : quotes[-1][1]].strip() if _near(quotes) else ""
    if quotes and not quote:
        quote = text[quotes[-1][0] : quotes[-1][1]].strip()
    quote = _NUMBER.sub("", quote)
    return ValidityClauses(effective, expires, quote, _replaced(text))


def _near(quotes: list[tuple[int, int]]) -> bool:
    """Tell whether the sentences stand side by side, so that one quote holds them."""
    return bool(quotes) and quotes[-1][0] - quotes[0][1] <= 2


def _effective(sentence: str, published: date | None) -> date | None:
    match = _FROM.search(sentence)
    if match is None:
        return None
    return published if match["day"].endswith("之日") else parse_date(match["day"])


def _expires(sentence: str, since: date | None) -> date | None:
    if not _OF_ITSELF.search(sentence):
        return None
    until = _UNTIL.search(sentence)
    if until is not None:
        last = parse_date(until["day"])
        return day_after(last) if last else None
    years = _YEARS.search(sentence)
    if years is None or since is None:
        return None
    return years_after(since, chinese_number(years["years"] or years["trial"]))


def _replaced(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        repeal = _REPEALED.search(sentence)
        about = repeal and ("同时" in repeal[0] or re.search(_SELF, sentence[: repeal.end()]))
        if repeal is None or not about:
            continue
        named = sentence[: repeal.start()]
        for item in _TITLE.finditer(named):
            if not item["because"]:
                found.append(item["title"])
        found.extend(re.sub(r"\s", "", number[0]) for number in _DOC_NO.finditer(named))
    return tuple(dict.fromkeys(found))
