"""Pay read out of running Chinese text, as whole yuan per month. Plain functions, no I/O.

jionlp's money parser wants the amount cut out already and knows neither 1万2 nor 5k, so the
rules are ours. A number counts as pay only on evidence (a pay word, a money unit, a bound):
ages, dates, headcounts and phone numbers are no pay.

An amount is read with the words that touch it on both sides. A word says which side of it is
meant (不到, 以上), a refusal turns that round (五千以下不考虑 is 5,000 or more, and so is
没有五千不干), and a refused amount without a side gives way to another (五千不干要八千).
"""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

from language.amounts import Amount, read_amount
from language.numerals import without_bank_numerals
from language.pay_patterns import (
    ACCEPTED,
    CANDIDATE,
    LEFT,
    NOT_MONEY,
    OTHER_MONEY_BEFORE,
    OTHER_MONEY_BEHIND,
    PIECE_OF_WORD,
    REFUSED,
    RIGHT,
    UNITS_ANYWHERE,
)
from language.text import normalise

DAYS_PER_MONTH = 21.75
"""Paid days a month, 劳社部发〔2008〕3 号: (365 − 104) / 12."""

HOURS_PER_DAY = 8
PER_MONTH = {
    "hour": HOURS_PER_DAY * DAYS_PER_MONTH,
    "day": DAYS_PER_MONTH,
    "week": 52 / 12,
    "month": 1.0,
    "year": 1 / 12,
}
PLAUSIBLE = {
    "hour": (5, 2_000),
    "day": (30, 10_000),
    "week": (200, 50_000),
    "month": (500, 500_000),
    "year": (6_000, 10_000_000),
}
"""What a stated amount may be, by its unit; anything else is another kind of number."""


@dataclass(frozen=True)
class Pay:
    """Pay in whole yuan per month; a side that was not said is None.

    ``unit`` is how it was said: ``month``, ``day``, ``hour``, ``week`` or ``year``. ``text``
    is what was read, at ``[start, end)``; ``spans`` are all words of the message that speak of
    pay, also of the pay that somebody has or refuses.
    """

    min: int | None
    max: int | None
    unit: str
    text: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def converted(self) -> bool:
        """Whether the monthly figures were reckoned from another unit: say so to people."""
        return self.unit != "month"


@dataclass(frozen=True)
class _Mention:
    """One amount in a text: ``side`` least, most or "" of ``low`` to ``high``, at ``[start, end)``.

    ``refused`` without a side: this much is not wanted; ``had``: it is what somebody earns now.
    """

    low: int
    high: int
    side: str
    unit: str
    weight: int
    refused: bool
    had: bool
    start: int
    end: int

    @property
    def limits(self) -> tuple[int | None, int | None]:
        """What is wanted, as far as this alone says."""
        least = None if self.side == "most" else self.low
        return least, None if self.side == "least" else self.high


def read_pay(text: str) -> Pay | None:
    """Read the pay a text states or wishes; None where it states none (面议).

    Of several the best marked one counts (a bound or a pay word), then the first; what is
    earned now or refused only where nothing else is said. Two bounds are one range.
    """
    written = normalise(text)
    plain, origins = _plain(written.text)
    mentions = list(_mentions(plain))
    if not mentions:
        return None
    best = max(mentions, key=lambda one: (not one.refused, not one.had, one.weight))
    least, most = _with_other_bound(best, mentions)
    spans = tuple(
        written.span_as_typed(origins[one.start], origins[one.end - 1] + 1) for one in mentions
    )
    start, end = spans[mentions.index(best)]
    return Pay(least, most, best.unit, text[start:end], start, end, spans)


# The text -----------------------------------------------------------------------------------

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_GAP = re.compile(
    r"(?<=[\d一二两三四五六七八九十百千])\s(?=[百千万kw](?![a-z])|元|块)"
    r"|(?:(?<=(?<!\d)\d)|(?<=(?<!\d)\d\d)|(?<=(?<!\d)\d\d\d))\s(?=\d{3}(?!\d))"
)
"""The space in 6 千 and in 6 000."""


def _plain(text: str) -> tuple[str, list[int]]:
    """Return ``text`` in everyday numerals without gaps, and where each character stood."""
    gaps = {match.start() for match in _GAP.finditer(text)}
    origins = [at for at in range(len(text)) if at not in gaps]
    even = without_bank_numerals(text).translate(_LOWER)
    return "".join(even[at] for at in origins), origins


# One amount -----------------------------------------------------------------------------------

_BASE_COUNTS = 5
"""A basic wage gives way to any other figure: 底薪2000，综合8000."""

NUMERAL = re.compile(r"[\d一二两三四五六七八九十几]个?$")
_REACH = 12
"""Characters of the longest word beside an amount."""


@dataclass(frozen=True)
class _Word:
    kind: str
    text: str


def _mentions(plain: str) -> Iterator[_Mention]:
    end = 0
    for match in CANDIDATE.finditer(plain):
        found = _mention(plain, match, end)
        if found is not None:
            end = found.end
            yield found


def _mention(plain: str, match: re.Match[str], free: int) -> _Mention | None:
    """Return what a number says of pay; None where it is another kind of number.

    The words before ``free`` belong to the amount before.
    """
    if _is_other_number(plain, match):
        return None
    left, start = _words_before(plain, free, match.start("low"))
    right, end = _words_behind(plain, match.end())
    amounts = _amounts(match)
    if amounts is None:
        return None
    kinds = {word.kind for word in (*left, *right)}
    unit = next((kind for word in (*right, *left) if (kind := word.kind) in PER_MONTH), None)
    refusal = REFUSED.match(plain, end)
    side, refused = _side(left, right, refusal is not None and not _agrees(kinds, refusal[0]))
    ranged = match["high"] is not None
    if ranged:
        side = "" if side == "most" else side
    elif "base" in kinds:
        side = side or "least"
    marked = bool(unit or kinds & {"pay", "wage", "base"})
    money = "money" in kinds or bool(match["mid"]) or "¥" in plain[start:end]
    weight = marked * 2 + bool(side or ranged) * 2 + money
    by_the_day = "want" in kinds and not _is_plausible(amounts, "month")
    alone = _is_money_alone(match, amounts) or by_the_day
    if not (marked or side or money or alone):
        return None
    unit = unit or _unit_of_sentence(plain, amounts)
    if not _is_plausible(amounts, unit):
        return None
    factor = PER_MONTH[unit]
    return _Mention(
        low=round(amounts[0] * factor),
        high=round(amounts[1] * factor),
        side="least" if refused and not side else side,
        unit=unit,
        weight=weight + ("want" in kinds) - _BASE_COUNTS * ("base" in kinds),
        refused=refused and not side,
        had="past" in kinds and not ACCEPTED.match(plain, end),
        start=start,
        end=refusal.end() if refusal else end,
    )


def _agrees(kinds: set[str], refusal: str) -> bool:
    """Whether a refusal only says again what a bound has said: 至少六千,少了不干."""
    return bool(kinds & {"above", "more"}) and ("少" in refusal or "低" in refusal)


def _is_other_number(plain: str, match: re.Match[str]) -> bool:
    """Whether the number counts something else, or is a piece of a longer word."""
    before = plain[max(0, match.start("low") - 16) : match.start("low")]
    return bool(
        PIECE_OF_WORD.search(before)
        or OTHER_MONEY_BEFORE.search(before)
        or OTHER_MONEY_BEHIND.match(plain, match.end())
        or NOT_MONEY.match(plain, match.end())
    )


def _words_before(plain: str, free: int, end: int) -> tuple[list[_Word], int]:
    """Return the words between ``free`` and ``end`` that touch an amount, and where they begin.

    The nearest comes first. Behind a comma nothing bounds or refuses it any more.
    """
    words: list[_Word] = []
    start, apart = end, False
    while match := LEFT.search(plain[max(free, end - _REACH) : end]):
        kind = match.lastgroup or ""
        end -= len(match[0])
        apart = apart or kind == "comma"
        if kind in ("filler", "space", "comma"):
            continue
        if apart and kind in ("no", "below", "above", "most"):
            break
        if apart and kind in PER_MONTH and NUMERAL.search(plain, 0, end):
            break  # 做过两年，七八千: years of work are no unit of the pay behind the comma
        words.append(_Word(kind, match[0]))
        start = end
    return words, start


def _words_behind(plain: str, start: int) -> tuple[list[_Word], int]:
    """Return the words that touch an amount on its right, the nearest first, and their end."""
    words: list[_Word] = []
    end = start
    while (match := RIGHT.match(plain, start)) and match[0]:
        start = match.end()
        if not match[0].isspace():
            end = start
        if match.lastgroup != "round":
            words.append(_Word(match.lastgroup or "", match[0]))
    return words, end


def _side(left: list[_Word], right: list[_Word], refused: bool) -> tuple[str, bool]:
    """Return which side of the amount is meant, and whether the amount itself is refused.

    The word on the left goes before the one on the right, and a "not" with the word that it
    stands before; a refusal behind the amount turns round what was said before it.
    """
    kinds = [word.kind for word in left]
    bound = next((kind for kind in kinds if kind in ("below", "above", "most")), None)
    behind = next((word.kind for word in right if word.kind in ("more", "less", "some")), None)
    negations = [word.text for word in left if word.kind == "no"]
    if bound is None and behind in (None, "some"):
        if not negations:
            return ("least" if behind and not refused else ""), refused
        if negations[0][0] not in "没莫冇":
            return "", True
        bound, negations = "below", []
    up = bound == "above" or (bound is None and behind == "more")
    if negations and (bound is None or "no" in kinds[kinds.index(bound) :][1:2]):
        up = not up
    if refused:
        up = not up
    return ("least" if up else "most"), False


def _amounts(match: re.Match[str]) -> tuple[float, float] | None:
    first = read_amount(match["low"])
    if first is None or match["high"] is None:
        return None if first is None else (first.low, first.high)
    second = read_amount(match["high"])
    return None if second is None else (_shared_unit(first, second), second.high)


def _shared_unit(first: Amount, second: Amount) -> float:
    """Read 8 in 8-10k as thousands, and 8 in 八到一万 as thousands, not ten thousands."""
    if first.unit > 1 or first.low >= 100 or second.unit == 1:
        return first.low
    shared = first.low * second.unit
    return shared if shared <= second.high else first.low * 1000


def _is_money_alone(match: re.Match[str], amounts: tuple[float, float]) -> bool:
    """Whether a bare number can only be pay: 六千, 5k, 8000-12000, 8500; not 2026, not 12333."""
    low, high = amounts
    if match["high"] is not None:
        return low >= 1000 and high % 50 == 0
    if match["low"].isdigit() or "," in match["low"]:
        return 1500 <= low < 100_000 and low % 100 == 0 and low != 2000
    return low >= 1000


def _is_plausible(amounts: tuple[float, float], unit: str) -> bool:
    least, most = PLAUSIBLE[unit]
    return least <= amounts[0] <= amounts[1] <= most


def _unit_of_sentence(plain: str, amounts: tuple[float, float]) -> str:
    """Return by what span the sentence speaks of pay, where the amount is none for a month."""
    if _is_plausible(amounts, "month"):
        return "month"
    said = (match.lastgroup or "" for match in UNITS_ANYWHERE.finditer(plain))
    return next((unit for unit in said if _is_plausible(amounts, unit)), "month")


# Several of them ------------------------------------------------------------------------------


def _with_other_bound(best: _Mention, mentions: list[_Mention]) -> tuple[int | None, int | None]:
    """Return the limits that ``best`` sets, and another mention on its open side: 最低…最高…."""
    least, most = best.limits
    for other in mentions:
        if other.refused or other.had or {best.side, other.side} != {"least", "most"}:
            continue
        low, high = other.limits
        if (low or least or 0) <= (high or most or 0):
            return low or least, high or most
    return least, most
