"""What a document says about itself: title, number, issuer, date, region, validity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.parsing import statutes
from knowledge.parsing.dates import find_dates, parse_date
from knowledge.parsing.issuers import province_of_number, region_of_issuer
from knowledge.parsing.sections import Unit
from knowledge.parsing.shapes import ADDRESSEE, ALONE, TITLE_END
from knowledge.parsing.validity_clauses import ValidityClauses, read_validity_clauses
from language import places
from language.terms import normalise

_DOC_NO = re.compile(
    r"([\u4e00-\u9fff]{2,14})\s*[〔\[［【(（]\s*(\d{4})\s*[〕\]］】)）]\s*(?:第\s*)?(\d{1,4})\s*[号號]"
)
_ORDER_NO = re.compile(r"([\u4e00-\u9fff、]{2,40}令)\s*[（(]?第\s*(\d{1,4})\s*号")
_ORDER_NO_LAST = re.compile(r"([\u4e00-\u9fff]{2,20}?)第\s*(\d{1,4})\s*号令")
_ORGAN = r"(?:部|厅|局|委|办公厅|办公室|办|委员会|政府|国务院|院|会|中心|署|社|行|组)"
_ISSUER_IN_TITLE = re.compile(rf"^([\u4e00-\u9fff、 　]{{2,60}}?{_ORGAN})(?:等[^关]{{0,8}})?关于")
_FORWARDED = re.compile(rf"^([\u4e00-\u9fff、 　]{{2,40}}?{_ORGAN})(?:转发|印发|批转)")
_ISSUER_LINE = re.compile(rf"^[\u4e00-\u9fff、\s]{{2,60}}{_ORGAN}$")
_LETTERHEAD = re.compile(rf"^([\u4e00-\u9fff\s]{{4,40}}{_ORGAN})\s*(?:文件|公告|通告)$")
_STATED = {
    "issuer": re.compile(r"发文(?:机关|单位)[：:\s|]+([\u4e00-\u9fff、 ]{2,60})"),
    "date": re.compile(r"(?:成文|发文)日期[：:\s|]+([\d年月日./ -]{8,18})"),
    "title": re.compile(r"^(?:文件)?(?:标\s*题|名\s*称)(?:[：:][ |]*|[ ]\|[ ])(.{4,120})$", re.M),
}
_SUBJECT = re.compile(r"(?:现就|现将|就)([^，。；：]{4,60}?)(?:的?(?:有关|具体)?事项)?通知如下")
_OCCASION = re.compile(
    r"疫情防控期间|应对[^，。]{0,20}(?:疫情|肺炎|灾害|洪涝|地震)|疫情防控(?=工作的通知)|抗震救灾期间"
)
_STATUTE = re.compile(
    r"(?:法|条例|规定|办法|细则|规则|解释|規定|辦法|條例)(?:[（(][^（）()]{1,20}[）)])?$"
)
_NUMBER_ISSUERS = (  # what a number's letters stand for
    ("人社厅", "人力资源社会保障部办公厅"),
    ("人社部", "人力资源社会保障部"),
    ("国办", "国务院办公厅"),
    ("国发", "国务院"),
)


@dataclass(frozen=True)
class Metadata:
    """A document's particulars; ``guessed`` names those that it does not state itself.

    ``effective_on`` is the day from which it holds, ``expires_on`` the day from which it no
    longer does (only where it says so itself), ``validity_quote`` its own words on either;
    ``replaces`` are the titles and numbers that it says it repeals.
    """

    title: str
    doc_no: str
    issuer: str
    issued_on: date | None
    region: str
    occasion: str = ""
    guessed: tuple[str, ...] = field(default=())
    addressees: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    validity_quote: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hints:
    """What stands around the text: the page's particulars, the date in the file's name."""

    title: str = ""
    published: date | None = None
    version: date | None = None


@dataclass(frozen=True)
class _Parts:
    head: str
    preamble: str
    closing: str
    own: str  # all but the asides


@dataclass
class _Findings:
    """Values with the names of those among them that had to be guessed."""

    guessed: list[str] = field(default_factory=list)

    def first(self, name: str, stated: str, *guesses: str) -> str:
        """Return what is stated, else the first guess, and remember that it is one."""
        if stated:
            return stated
        found = next((guess for guess in guesses if guess), "")
        if found:
            self.guessed.append(name)
        return found


def is_statute(title: str, units: Sequence[Unit]) -> bool:
    """Tell whether a document of this title is made of articles (第X条)."""
    articles = any(unit.key.startswith("a") and unit.key[1:2].isdigit() for unit in units)
    return articles and bool(_STATUTE.search(title))


def read_metadata(text: str, units: Sequence[Unit], hints: Hints | None = None) -> Metadata:
    """Read the particulars from clean ``text`` and its units.

    What the document does not state is derived where its form allows it (the issuer from the
    letters of the number, the title from 「现就……通知如下」) and listed in ``guessed``.
    """
    hints = hints or Hints()
    parts = _parts(text, units)
    title = _title(parts.head)
    if is_statute(title, units):
        return _statute(title, parts, hints)
    return _notice(title, parts, hints)


def _notice(title: str, parts: _Parts, hints: Hints) -> Metadata:
    found = _Findings()
    doc_no = find_doc_no(parts.head)
    issuer = found.first("issuer", _issuer(title, parts), _issuer_of_number(doc_no))
    derived = _derived_title(parts.head + "\n" + parts.preamble, issuer)
    title = found.first("title", title, hints.title, derived)
    issued_on = _issued_on(parts)
    if issued_on is None and hints.published is not None:
        issued_on = hints.published
        found.guessed.append("issued_on")
    data = Metadata(
        title=title,
        doc_no=doc_no,
        issuer=issuer,
        issued_on=issued_on,
        region=_region(issuer, title, doc_no),
        occasion=find_occasion(title),
        guessed=tuple(sorted(found.guessed)),
        addressees=_addressees(parts.head),
    )
    return _with_validity(data, read_validity_clauses(parts.own, issued_on))


def _statute(title: str, parts: _Parts, hints: Hints) -> Metadata:
    found = _Findings()
    opening = f"{parts.head}\n{parts.preamble}"
    history = statutes.read_history(opening)
    region = _region("", title, "")
    place = places.region_name(region) if region not in ("", places.NATIONAL) else ""
    signed = _issuer(title, parts) or _signature(opening)
    stated = statutes.issuer(history, title) or signed
    issuer = found.first("issuer", stated, statutes.guessed_issuer(title, place))
    issued_on = statutes.issued(history) or _issued_on(parts) or parse_date(opening)
    stated_day = _stated_day(opening)
    if stated_day is not None and (issued_on is None or stated_day > issued_on):
        issued_on = stated_day  # a law database dates the version, its head often the first one
    in_force = statutes.effective(history)
    newer = hints.version if hints.version != in_force else None
    if newer is not None and (issued_on is None or newer > issued_on):
        issued_on = newer
        found.guessed.append("issued_on")
    if not region:
        region = _region(issuer, "", "")
        found.guessed.extend(["region"] if region and not stated else [])
    published, named = statutes.promulgated(history)
    clauses = read_validity_clauses(parts.own, published or issued_on)
    if clauses.effective_on and "之日" in clauses.quote and not named:
        found.guessed.append("effective_on")
    data = Metadata(
        title=title,
        doc_no=_statute_number(history, opening),
        issuer=issuer,
        issued_on=issued_on,
        region=region,
        occasion=find_occasion(title),
        guessed=tuple(sorted(found.guessed)),
        addressees=_addressees(parts.head),
        effective_on=in_force,
    )
    return _with_validity(data, clauses)


def find_doc_no(text: str) -> str:
    """Return the first document number of ``text`` with 〔〕 around the year; "" for none."""
    match = _DOC_NO.search(text)
    if match is not None:
        return f"{match[1]}〔{match[2]}〕{int(match[3])}号"
    order = _ORDER_NO.search(text)
    if order is not None:
        return f"{order[1]}第{order[2]}号"
    last = _ORDER_NO_LAST.search(text)
    return f"{last[1]}第{last[2]}号令" if last is not None else ""


def find_occasion(title: str) -> str:
    """Return the passing occasion that a title binds its document to; "" for none."""
    match = _OCCASION.search(title)
    return match[0] if match is not None else ""


def _parts(text: str, units: Sequence[Unit]) -> _Parts:
    def part(*kinds: str) -> str:
        return "\n".join(
            text[unit.start : unit.end].strip() for unit in units if unit.kind in kinds
        )

    own = "".join(text[unit.start : unit.end] for unit in units if unit.kind != "aside")
    return _Parts(part("head"), part("preamble"), part("closing"), own)


def _title(head: str) -> str:
    stated = _STATED["title"].search(head)
    if stated is not None:
        return stated[1].strip()
    lines = [line.strip("《》 ") for line in head.split("\n")]
    titles = [
        line
        for line in lines
        if 3 <= len(line) <= 120
        and TITLE_END.search(line)
        and not (ALONE.match(line) or ADDRESSEE.match(line) or _LETTERHEAD.match(line))
    ]
    # Rules that are printed with the notice that brought them keep their own title.
    own = titles[:1] if titles and _STATUTE.search(titles[0]) else titles
    titles = [*(line for line in own if "关于" in line or "關於" in line), *titles]
    if titles:
        return titles[0]
    first = lines[0] if lines else ""
    plain = 4 <= len(first) <= 60 and not first.endswith(("：", "。", ":", "，"))
    return "" if not plain or ALONE.match(first) or _LETTERHEAD.match(first) else first


def _issuer(title: str, parts: _Parts) -> str:
    for form in (_FORWARDED, _ISSUER_IN_TITLE):
        match = form.match(title)
        if match is not None:
            return _listed(match[1])
    stated = _STATED["issuer"].search(parts.head)
    signed = _signature(parts.closing)
    if signed or stated is not None:
        return signed or _listed(stated[1] if stated else "")
    for line in parts.head.split("\n"):
        letterhead = _LETTERHEAD.match(line)
        if letterhead is not None:
            return re.sub(r"\s+", "", letterhead[1])
    return ""


def _signature(text: str) -> str:
    """Return the bodies that sign: the last run of lines that are nothing but names."""
    names: list[str] = []
    for line in reversed(text.split("\n")):
        bare = line
        for _, start, end in reversed(find_dates(line)):
            bare = bare[:start] + bare[end:]
        bare = bare.strip()
        if _ISSUER_LINE.match(bare) and not TITLE_END.search(bare):
            names.insert(0, _listed(bare))
        elif names:
            break
    return "、".join(names).removeprefix("中华人民共和国")


def _listed(names: str) -> str:
    """Join several bodies by 、; spaces inside one name (印发时的对齐) vanish."""
    parts = [part for part in re.split(r"[\s、]+", names.strip()) if part]
    whole = all(re.search(rf"{_ORGAN}$", part) and len(part) > 2 for part in parts)
    return ("、" if whole else "").join(parts)


def _issuer_of_number(doc_no: str) -> str:
    for letters, issuer in _NUMBER_ISSUERS:
        if doc_no.startswith(letters):
            return issuer
    province = province_of_number(doc_no) if "人社" in doc_no[:4] else ""
    if not province:
        return ""
    return province + (
        "人力资源和社会保障局" if province.endswith("市") else "人力资源和社会保障厅"
    )


def _derived_title(opening: str, issuer: str) -> str:
    match = _SUBJECT.search(opening)
    return f"{issuer}关于{match[1]}的通知" if match is not None else ""


def _issued_on(parts: _Parts) -> date | None:
    """A notice is dated under its signature; one printed without it, beside its title."""
    alone = [line for line in parts.closing.split("\n") if ALONE.match(line) and parse_date(line)]
    signed = find_dates(parts.closing)
    if alone or signed:
        return parse_date(alone[-1]) if alone else signed[-1][0]
    return _stated_day(parts.head) or parse_date(parts.head)


def _stated_day(opening: str) -> date | None:
    stated = _STATED["date"].search(opening)
    return parse_date(stated[1]) if stated is not None else None


def _addressees(head: str) -> str:
    lines = (line for line in head.split("\n") if ADDRESSEE.match(line))
    return next((line.rstrip("：:") for line in lines), "")


def _statute_number(history: Sequence[statutes.Act], opening: str) -> str:
    for act in reversed(history):
        number = find_doc_no(act.words) if act.adopts else ""
        if number:
            return number
    return "" if history and not _DOC_NO.search(opening) else find_doc_no(opening)


def _region(issuer: str, title: str, doc_no: str) -> str:
    """Return the region of the issuer, else of the title; names may be traditional."""
    return region_of_issuer(normalise(issuer), doc_no) or region_of_issuer(normalise(title), doc_no)


def _with_validity(data: Metadata, clauses: ValidityClauses) -> Metadata:
    return replace(
        data,
        effective_on=clauses.effective_on or data.effective_on,
        expires_on=clauses.expires_on,
        validity_quote=clauses.quote,
        replaces=tuple(name for name in clauses.replaces if name != data.title),
    )
