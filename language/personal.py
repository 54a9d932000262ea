"""Finding the numbers that belong to a person, however somebody writes them.

A number is read as groups of digits of one script (138, １３８, 幺三八, ①③⑧) with gaps between
them: none, space and hyphen, comma, or words such as 「中间」「后面」. Some groups in a row are a
number of a person's when their digits are one (``personal_shapes``) and the gaps are such as
people put. Hotlines, dates, money and document numbers have other digits or stand otherwise.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from language.personal_shapes import BEGINNINGS, is_bank_card, is_identity, is_landline, is_mobile
from language.text import half_width

PHONE, LANDLINE, ID_CARD, BANK_CARD = "phone", "landline", "id_card", "bank_card"
PASSPORT, HK_MACAO_PERMIT, TAIWAN_PERMIT = "passport", "hk_macao_permit", "taiwan_permit"
EMAIL = "email"
KINDS = (
    *(PHONE, LANDLINE, ID_CARD, BANK_CARD, PASSPORT),
    *(HK_MACAO_PERMIT, TAIWAN_PERMIT, EMAIL),
)


@dataclass(frozen=True)
class Personal:
    """A number of a person's at ``[start, end)`` of a text, in code points as it was sent.

    ``value`` is written in one way however it was spelled: digits, an ID card's X, a permit's
    letters in capitals, an e-mail address in lower case.
    """

    kind: str
    start: int
    end: int
    value: str


_SCRIPTS = {
    "plain": ("0123456789", "０１２３４５６７８９"),
    "written": ("零一二三四五六七八九", "〇幺二三四五六七八九", "○么两三四五六七八九"),
    "formal": ("零壹贰叁肆伍陆柒捌玖", "零壹貳參肆伍陸柒捌玖", "零弌兩叄肆伍陸柒捌玖"),
    "spoken": ("洞幺两三四五六拐八勾", "洞妖兩三四五六拐八勾"),
    "circled": ("⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "🄋➀➁➂➃➄➅➆➇➈", "🄌➊➋➌➍➎➏➐➑➒"),
    "bracketed": ("🄀⑴⑵⑶⑷⑸⑹⑺⑻⑼", "🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐", "〇㈠㈡㈢㈣㈤㈥㈦㈧㈨", "〇㊀㊁㊂㊃㊄㊅㊆㊇㊈"),
    "raised": ("⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"),
    "styled": (
        *("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡", "𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫", "𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵", "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿"),
        *("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"),
    ),
}
"""Ways to write 0 to 9. Chinese ones are one script: a number spoken has 幺, 两 and 洞 mixed."""

_DIGIT = {
    char: str(value) for rows in _SCRIPTS.values() for row in rows for value, char in enumerate(row)
}
_CHINESE = "".join(
    {char for name in ("written", "formal", "spoken") for row in _SCRIPTS[name] for char in row}
)
_OTHERS = "".join(_DIGIT.keys() - set(_CHINESE))

_UNSEEN = (
    r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    r"\u20e3\u061c\u180e"
)
_JOINERS = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Those that belong to no digit, as the sign around a key's digit does."""

_SOFT = r"\s\-.·・•‧∙⋅｡。．_~～*+()（）\[\]【】—–‐‑‒―−－﹣=" + "\u30fb"
_LISTED = r",，、;；/／|｜﹐､"
# A digit and what nobody sees after it; one Chinese digit before these begins a word: 一下, 两天.
_UNIT = (
    "下个個次位名天点點些起直定样樣共月号號年元块塊人份般会會边邊家条條张張岁歲小周千万百十者种種旦"
)
_GROUP = re.compile(
    rf"(?P<chinese>(?:[{_CHINESE}][{_UNSEEN}]*(?![{_UNIT}]))+|[{_CHINESE}])"
    rf"|(?P<other>(?:[{_OTHERS}][{_UNSEEN}]*)+)"
)
_FILLER = (
    r"(?:(?:然后|接着|再|最后|后面|后边|後面|中间|中間|前面|前边|开头|開頭|末尾|尾号|尾數|尾数|结尾"
    r"|接下来|接下來|之后|加上?|接上?|是|就是|空格|横杠|橫槓|杠|短线|逗号|点|那?个?|呢|嗯|呃|额|啊|哦"
    r"|转|轉|最?[前中后後末][面边间間]?(?:[二两三四五六七八]|\d)[位个個]?)(?:数字?|數字?)?(?:是|为|為)?[：:]?)"
)
_GAP = re.compile(
    rf"(?P<soft>[{_UNSEEN}{_SOFT}]{{0,5}})\Z"
    rf"|(?P<listed>[{_UNSEEN}{_SOFT}{_LISTED}]{{1,4}})\Z"
    rf"|[{_UNSEEN}{_SOFT}{_LISTED}]{{0,3}}{_FILLER}{{1,3}}[{_UNSEEN}{_SOFT}{_LISTED}]{{0,3}}\Z"
)
_LONGEST_GAP = 14
_NUMBERED = re.compile(r"[前中后後末][面边间間]?(?:[二两三四五六七八]|\d)[位个個]?")
"""「中间四位」: its 四 is no digit of the number."""

_FEWEST_DIGITS = 7
_LONGEST_TELEPHONE = 16
_LENGTHS = range(19, 10, -1)
_ANY_DIGIT = re.compile(rf"[{_CHINESE}{_OTHERS}]")
_MONEY_AFTER = re.compile(
    r"\s*(?:[.．]\d{1,2}\s*)?(?:[十百千万亿]*(?:美|日|欧|港)?元(?!旦)|[万亿]|块钱|人民币)"
)
_MONEY_BEFORE = re.compile(r"[¥￥$＄]\s*$")
_PREFIX = re.compile(r"(?:[(（\[【]\s*)?(?:[+＋]\s*86|0086|86)\s*[)）\]】]?[\s\-—－]*$")
_GLUED_PREFIX = re.compile(r"(?:0086|86)?(0?1[3-9]\d{9})")
_LANDLINE_CUE = re.compile(
    r"(?:电话|電話|座机|座機|固话|固話|传真|傳真|联系|聯繫|聯系|号码|號碼|拨打|致电|打|tel|fax)\D{0,6}$",
    re.I,
)
_CROSS = re.compile(rf"[{_UNSEEN}{_SOFT}]{{0,3}}[xXｘＸ×✕✖](?![A-Za-z])")
"""The X at an identity number's end."""

_SPLITS = {
    PHONE: {(3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 3, 4), (3, 3, 5), (3, 5, 3)},
    BANK_CARD: {(4, 4, 4, 4), (4, 4, 4, 4, 3), (6, 10), (6, 13), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2)},
}


@dataclass(frozen=True)
class _Group:
    """Digits of one script in a row; ``gap`` says how they follow those before them."""

    digits: str
    start: int
    end: int
    gap: str | None  # glue | soft | listed | words; None where they do not
    between: str = ""


def find_personal(text: str) -> tuple[Personal, ...]:
    """Return the numbers of persons in ``text``, in order, none over another.

    The work grows with the length of ``text``, whatever is in it.
    """
    found: list[Personal] = list(_addresses(text))
    if _holds_enough_digits(text):
        found += _beside(_documents(text), _covered(found))
        covered = _covered(found)
        for run in _runs(text):
            found += _beside(_numbers(text, run), covered)
    return tuple(sorted(found, key=lambda one: one.start))


def _holds_enough_digits(text: str) -> bool:
    return sum(1 for _ in _ANY_DIGIT.finditer(text)) >= _FEWEST_DIGITS


def _covered(numbers: Iterable[Personal]) -> set[int]:
    return {at for one in numbers for at in range(one.start, one.end)}


def _beside(numbers: Iterable[Personal], covered: set[int]) -> list[Personal]:
    return [one for one in numbers if covered.isdisjoint(range(one.start, one.end))]


# ---- groups -----------------------------------------------------------------------------


def _runs(text: str) -> Iterator[list[_Group]]:
    """Yield groups that follow each other closely enough to be one number."""
    run: list[_Group] = []
    for group in _groups(text):
        if group.gap is None and run:
            yield run
            run = []
        run.append(group)
    if run:
        yield run


def _groups(text: str) -> Iterator[_Group]:
    words = {at: m.span() for m in _NUMBERED.finditer(text) for at in range(*m.span())}
    end: int | None = None
    for match in _GROUP.finditer(text):
        start, over = words.get(match.start(), (0, 0))
        within = match.end() <= over
        if within and (match["chinese"] or (len(match.group()) == 1 and start < match.start())):
            continue  # 「中间四位」, 「后4位」
        digits = "".join(_DIGIT.get(char, "") for char in match.group())
        at = match.start() + len(match.group().rstrip(_JOINERS))
        between = "" if end is None else text[end : match.start()]
        yield _Group(digits, match.start(), at, None if end is None else _gap(between), between)
        end = at


def _gap(between: str) -> str | None:
    if len(between) > _LONGEST_GAP or (match := _GAP.match(between)) is None:
        return None
    if match["soft"] is not None:
        return "soft" if between.strip(_JOINERS) else "glue"
    return "words" if match["listed"] is None else "listed"


# ---- numbers ----------------------------------------------------------------------------


def _numbers(text: str, run: list[_Group]) -> list[Personal]:
    """Return the numbers of one run, the surest first.

    Those are identity numbers of 18 digits; then what stands alone; then what is put together.
    """
    found = list(_windows(text, run, set(), (18, 17), identities=True))
    alone = (one for group in run if (one := _number(text, [group], group.digits)))
    found += _beside(alone, _covered(found))
    return [*found, *_windows(text, run, _covered(found), _LENGTHS)]


def _windows(
    text: str,
    run: list[_Group],
    covered: set[int],
    lengths: Sequence[int],
    *,
    identities: bool = False,
) -> Iterator[Personal]:
    """Yield the numbers of so many digits that several groups make, the longest at each place.

    ``identities`` alone, where a longer number of another kind may begin at the same digit.
    """
    digits = "".join(group.digits for group in run)
    begins = list(accumulate((len(group.digits) for group in run), initial=0))
    group_at = {at: number for number, at in enumerate(begins)}
    over = 0
    for first, begin in enumerate(begins[:-1]):
        if run[first].start < over:
            continue
        two = digits[begin : begin + 2]
        for length in lengths:
            last = group_at.get(begin + length, 0)
            if last < first + 2 or two not in BEGINNINGS[length]:
                continue
            groups, value = run[first:last], digits[begin : begin + length]
            start, end = groups[0].start, groups[-1].end
            one = _identity(text, value, start, end) if identities else _number(text, groups, value)
            if one is not None and covered.isdisjoint(range(one.start, one.end)):
                over = one.end
                yield one
                break


def _number(text: str, groups: Sequence[_Group], digits: str) -> Personal | None:
    start, end = groups[0].start, groups[-1].end
    if found := _identity(text, digits, start, end):
        return found
    if is_bank_card(digits) and _is_written_so(BANK_CARD, groups):
        return None if _is_money(text, start, end) else Personal(BANK_CARD, start, end, digits)
    if len(digits) > _LONGEST_TELEPHONE:
        return None
    match = _GLUED_PREFIX.fullmatch(digits)
    if match and is_mobile(match[1][-11:]):
        if not _is_written_so(PHONE, groups) or _is_money(text, start, end):
            return None
        return Personal(PHONE, _with_prefix(text, start), end, match[1][-11:])
    if is_landline(digits) and _is_clearly_landline(text, groups):
        return Personal(LANDLINE, _with_bracket(text, start), end, digits)
    return None


def _identity(text: str, digits: str, start: int, end: int) -> Personal | None:
    if len(digits) == 17:
        cross = _CROSS.match(text, end)
        if cross and is_identity(digits + "X"):
            return Personal(ID_CARD, start, cross.end(), digits + "X")
    if len(digits) in (15, 18) and is_identity(digits):
        return Personal(ID_CARD, start, end, digits)
    return None


def _is_written_so(kind: str, groups: Sequence[_Group]) -> bool:
    """Whether people put such gaps into a number of this kind: what a list has is a list."""
    pieces = _pieces(groups)
    if len(pieces) == 1 or pieces in _SPLITS[kind]:
        return True
    one_by_one = set(pieces) == {1} or (max(pieces) == 2 and _is_even(groups))
    if one_by_one:
        return True
    if any(group.gap == "listed" for group in groups[1:]):
        return False
    return len(pieces) <= (3 if kind == PHONE else 6)


def _pieces(groups: Sequence[_Group]) -> tuple[int, ...]:
    """Return how many digits stand together, whatever their script."""
    lengths = [len(groups[0].digits)]
    for group in groups[1:]:
        if group.gap == "glue":
            lengths[-1] += len(group.digits)
        else:
            lengths.append(len(group.digits))
    return tuple(lengths)


def _is_even(groups: Sequence[_Group]) -> bool:
    return len({group.between.strip() for group in groups[1:] if group.gap != "glue"}) == 1


def _is_money(text: str, start: int, end: int) -> bool:
    return bool(
        _MONEY_AFTER.match(text, end) or _MONEY_BEFORE.search(text[max(0, start - 10) : start])
    )


def _with_prefix(text: str, start: int) -> int:
    """Return where the number begins with the country's code that stands before it."""
    before = half_width(text[max(0, start - 10) : start])
    match = _PREFIX.search(before)
    return start - len(match.group()) if match else start


def _is_clearly_landline(text: str, groups: Sequence[_Group]) -> bool:
    """Whether an area code stands apart from the number, or a word says that it is one."""
    pieces = _pieces(groups)
    apart = len(pieces) in (2, 3) and pieces[0] in (3, 4) and groups[1].gap in ("soft", "words")
    start = groups[0].start
    return apart or bool(_LANDLINE_CUE.search(text[max(0, start - 12) : start]))


def _with_bracket(text: str, start: int) -> int:
    return start - 1 if text[start - 1 : start] in ("(", "（") and start else start


# ---- documents, addresses ---------------------------------------------------------------

_BETWEEN = r"[^0-9A-Za-z\n]{0,12}?"
_DOCUMENTS = (
    (
        HK_MACAO_PERMIT,
        re.compile(
            rf"(?:港澳(?:居民)?(?:来往内地|來往內地)?通行证|港澳通行證|回乡证|回鄉證|往来港澳){_BETWEEN}"
            r"(?<![A-Za-z0-9])([CcWw][A-Za-z]?\d{7,8}|[HhMm]\s?\d{8}(?:\d{2})?)(?![A-Za-z0-9])"
        ),
    ),
    (
        TAIWAN_PERMIT,
        re.compile(
            rf"(?:台胞证|臺胞證|台胞證|(?:往来|来往)(?:台湾|大陆)(?:通行证)?|台湾通行证){_BETWEEN}"
            r"(?<![A-Za-z0-9])([TtLl]?\d{8}(?:\d{2})?)(?![A-Za-z0-9])"
        ),
    ),
    (
        PASSPORT,
        re.compile(
            rf"(?:护照|護照|passport){_BETWEEN}(?:(?:no|number)\W{{0,3}})?"
            r"(?<![A-Za-z0-9])([A-Za-z]{1,2}\s?\d{6,8}|\d{9})(?![A-Za-z0-9])",
            re.I,
        ),
    ),
)
_ADDRESS = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
)


def _documents(text: str) -> Iterator[Personal]:
    """Yield passports and permits: letters and digits that only the word beside them tells."""
    plain = half_width(text)
    for kind, pattern in _DOCUMENTS:
        for match in pattern.finditer(plain):
            value = re.sub(r"\s", "", match[1]).upper()
            yield Personal(kind, match.start(1), match.end(1), value)


def _addresses(text: str) -> Iterator[Personal]:
    plain = half_width(text)
    if "@" in plain:
        for match in _ADDRESS.finditer(plain):
            yield Personal(EMAIL, match.start(), match.end(), match.group().lower())
