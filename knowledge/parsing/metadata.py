"""What a document says about itself: title, number, issuer, date, region, validity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.parsing import statutes
from knowledge.parsing.dates import ANY_DATE, find_dates, parse_date
from knowledge.parsing.doc_numbers import find_doc_no
from knowledge.parsing.issuers import organs_of_page, province_of_number, region_of_issuer
from knowledge.parsing.labels import Stated, read_labels
from knowledge.parsing.sections import Unit
from knowledge.parsing.shapes import ADDRESSEE, ALONE, DOC_NO_FORM, TITLE_END
from knowledge.parsing.validity_clauses import ValidityClauses, read_validity_clauses
from language import places
from language.terms import normalise

_ORGAN = r"(?:部|厅|局|委|办公厅|办公室|办|委员会|政府|国务院|院|会|中心|署|社|行|组)"
_ORGAN_END = "[部厅局委办会府院心署社行组]"
_ISSUER_IN_TITLE = re.compile(rf"^([\u4e00-\u9fff、 　]{{2,60}}?{_ORGAN})(?:等[^关]{{0,8}})?关于")
_FORWARDED = re.compile(rf"^([\u4e00-\u9fff、 　]{{2,40}}?{_ORGAN})(?:转发|印发|批转)")
_ISSUER_LINE = re.compile(rf"^[\u4e00-\u9fff、\s]{{2,60}}{_ORGAN}$")
_LETTERHEAD = re.compile(rf"^([\u4e00-\u9fff\s]{{4,40}}{_ORGAN})\s*(?:文件|公告|通告)$")
_PRINTED = re.compile(rf"({ANY_DATE})\s*印发\s*$", re.M)
_IMPRINT = re.compile(r"^(?:公开方式|抄\s*送|主题词|（?此件)|印发\s*$")
_SUBJECT = re.compile(r"(?:现就|现将|就)([^，。；：]{4,60}?)(?:的?(?:有关|具体)?事项)?通知如下")
_OCCASION = re.compile(
    r"疫情防控期间|涉疫情|应对[^，。]{0,20}(?:疫情|肺炎|灾害|洪涝|地震)|疫情防控(?=工作的通知)|抗震救灾期间"
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
    """What stands around the text.

    ``title`` is what the page calls its article, ``page_title`` what it calls itself, ``name``
    the file; ``published`` is the page's day, ``version`` a day in the file's name, ``site``
    whose page it is, ``stated`` what is printed beside the text.
    """

    title: str = ""
    page_title: str = ""
    name: str = ""
    published: date | None = None
    version: date | None = None
    site: str = ""
    stated: Stated = field(default_factory=Stated)


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
    stated = hints.stated.over(read_labels(parts.head.split("\n")))
    hints = replace(hints, stated=stated)
    title = stated.title or hints.title or _title(parts.head) or hints.page_title
    if is_statute(title, units):
        return _statute(title, parts, hints)
    return _notice(title, parts, hints)


def _notice(title: str, parts: _Parts, hints: Hints) -> Metadata:
    found, stated = _Findings(), hints.stated
    doc_no = _stated_number(stated) or find_doc_no(parts.head)
    issuer = found.first(
        "issuer",
        _issuer(title, parts, stated.issuer),
        _issuer_of_number(doc_no),
        organs_of_page(stated.source, hints.site),
    )
    derived = _derived_title(parts.head + "\n" + parts.preamble, issuer)
    title = found.first("title", title or _first_line(parts.head), derived, hints.name)
    issued_on = stated.issued_on or _issued_on(parts)
    if issued_on is None:
        issued_on = stated.published or hints.published
        found.guessed.extend(["issued_on"] if issued_on else [])
    region = found.first("region", _region(issuer, title, doc_no), region_of_issuer(hints.site, ""))
    data = Metadata(
        title=title,
        doc_no=doc_no,
        issuer=issuer,
        issued_on=issued_on,
        region=region,
        occasion=find_occasion(title),
        guessed=tuple(sorted(found.guessed)),
        addressees=_addressees(parts.head),
        effective_on=stated.effective_on,
        expires_on=stated.expires_on,
    )
    printed = _PRINTED.findall(parts.own)
    out_on = parse_date(printed[-1]) if printed else issued_on
    return _with_validity(data, read_validity_clauses(parts.own, out_on), stated)


def _statute(title: str, parts: _Parts, hints: Hints) -> Metadata:
    found, printed = _Findings(), hints.stated
    opening = f"{parts.head}\n{parts.preamble}"
    history = statutes.read_history(opening)
    region = _region("", title, "")
    place = places.region_name(region) if region not in ("", places.NATIONAL) else ""
    signed = _issuer(title, parts, "") or _signature(opening)
    stated = printed.issuer or statutes.issuer(history, title) or signed
    issuer = found.first("issuer", stated, statutes.guessed_issuer(title, place))
    issued_on = printed.revised_on or printed.issued_on or statutes.issued(history)
    issued_on = issued_on or _issued_on(parts) or parse_date(opening)
    in_force = printed.effective_on or statutes.effective(history)
    newer = hints.version if hints.version != in_force else None
    if newer is not None and (issued_on is None or newer > issued_on):
        issued_on = newer
        found.guessed.append("issued_on")
    if not region:
        region = _region(issuer, "", "")
        found.guessed.extend(["region"] if region and not stated else [])
    published, named = statutes.promulgated(history)
    clauses = read_validity_clauses(parts.own, published or issued_on)
    told = printed.effective_on or (clauses.effective_on and "之日" not in clauses.quote)
    if clauses.effective_on and not told and not named:
        found.guessed.append("effective_on")
    data = Metadata(
        title=title,
        doc_no=_stated_number(printed) or _statute_number(history, opening),
        issuer=issuer,
        issued_on=issued_on,
        region=region,
        occasion=find_occasion(title),
        guessed=tuple(sorted(found.guessed)),
        addressees=_addressees(parts.head),
        effective_on=in_force,
        expires_on=printed.expires_on,
    )
    return _with_validity(data, clauses, printed)


def _stated_number(stated: Stated) -> str:
    return find_doc_no(stated.doc_no) or re.sub(r"\s", "", stated.doc_no)


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
    return titles[0] if titles else ""


def _first_line(head: str) -> str:
    """Return the first line where it may be a title, whatever its last word is."""
    first = head.split("\n", 1)[0].strip("《》 ")
    plain = 4 <= len(first) <= 60 and not first.endswith(("：", "。", ":", "，"))
    worded = len(re.findall(r"[\u4e00-\u9fff]", first)) >= 2
    barred = ALONE.match(first) or _LETTERHEAD.match(first)
    return first if plain and worded and not barred else ""


def _issuer(title: str, parts: _Parts, stated: str) -> str:
    """Return who issued it: the title may name more bodies than the label beside it."""
    stated = _listed(stated)
    heads = (line for line in parts.head.split("\n") if TITLE_END.search(line))
    for form in (_FORWARDED, _ISSUER_IN_TITLE):
        for line in (title, *heads):
            match = form.match(line)
            named = _listed(match[1]) if match is not None else ""
            if named and named.startswith(stated):
                return named
    signed = _signature(parts.closing)
    if stated or signed:
        return stated or signed
    for line in parts.head.split("\n"):
        letterhead = _LETTERHEAD.match(line)
        if letterhead is not None:
            return re.sub(r"\s+", "", letterhead[1])
    return ""


def _signature(text: str) -> str:
    """Return the bodies that sign: the last run of lines that are nothing but names."""
    names: list[str] = []
    for line in reversed(text.split("\n")):
        if _IMPRINT.search(line):
            names.clear()
            continue
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
    place = re.match(r"[\u4e00-\u9fff]{2,8}?[省市区县]", names)
    if place is not None:  # one body behind the other without a sign between them
        names = re.sub(rf"(?<={_ORGAN_END}){place[0]}", rf"、{place[0]}", names)
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
    return parse_date(parts.head)


def _addressees(head: str) -> str:
    lines = (line for line in head.split("\n") if ADDRESSEE.match(line))
    return next((line.rstrip("：:") for line in lines), "")


def _statute_number(history: Sequence[statutes.Act], opening: str) -> str:
    for act in reversed(history):
        number = find_doc_no(act.words) if act.adopts else ""
        if number:
            return number
    return "" if history and not re.search(DOC_NO_FORM, opening) else find_doc_no(opening)


def _region(issuer: str, title: str, doc_no: str) -> str:
    """Return the region of the issuer, else of the title; names may be traditional."""
    return region_of_issuer(normalise(issuer), doc_no) or region_of_issuer(normalise(title), doc_no)


def _with_validity(data: Metadata, clauses: ValidityClauses, stated: Stated) -> Metadata:
    """Add what the text says of its validity to what is printed beside it, which is newer."""
    effective = data.effective_on if stated.effective_on else None
    effective = effective or clauses.effective_on or data.effective_on
    expires, guessed = data.expires_on or clauses.expires_on, data.guessed
    if stated.lapsed and expires is None:  # since when, nobody says
        expires = effective or data.issued_on
        guessed = tuple(sorted((*guessed, "expired_on")))
    return replace(
        data,
        effective_on=effective,
        expires_on=expires,
        guessed=guessed,
        validity_quote=clauses.quote,
        replaces=tuple(name for name in clauses.replaces if name != data.title),
    )
