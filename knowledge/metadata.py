"""What a notice says about itself: title, number, issuer, date, region, occasion."""

import re
from dataclasses import dataclass, field
from datetime import date

from knowledge import regions
from knowledge.sections import Unit

_DOC_NO = re.compile(
    r"([\u4e00-\u9fff]{2,14})\s*[〔\[［【(（]\s*(\d{4})\s*[〕\]］】)）]\s*(?:第\s*)?(\d{1,4})\s*号"
)
_ORDER_NO = re.compile(r"([\u4e00-\u9fff]{2,27}令)\s*[（(]?第\s*(\d{1,4})\s*号")
_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_TITLE_END = re.compile(
    r"(?:通知|意见|公告|通告|决定|函|办法|规定|条例|细则|方案|规则|指引|指南|规程|纲要|批复|法|解释)"
    r"(?:（[^（）]{1,20}）)?$"
)
_ISSUER_IN_TITLE = re.compile(r"^([\u4e00-\u9fff、]{3,40}?)关于")
_ISSUER_LINE = re.compile(
    r"^[\u4e00-\u9fff\s]{3,40}(?:部|厅|局|办公厅|办公室|委员会|政府|国务院|院|会|中心)$"
)
_SUBJECT = re.compile(r"(?:现就|现将|就)([^，。；：]{4,60}?)(?:的?(?:有关|具体)?事项)?通知如下")
_OCCASION = re.compile(
    r"疫情防控期间|应对[^，。]{0,20}(?:疫情|肺炎|灾害|洪涝|地震)|疫情防控(?=工作的通知)|抗震救灾期间"
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
    ``replaces`` are the titles or numbers that it says it repeals.
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


def read_metadata(text: str, units: list[Unit]) -> Metadata:
    """Read the particulars from clean ``text`` and its units.

    What the notice does not state is derived where its form allows it (the issuer from the
    letters of the number, the title from 「现就……通知如下」) and listed in ``guessed``.
    """
    head = _part(text, units, "head")
    opening = head + "\n" + _part(text, units, "preamble")
    closing = _part(text, units, "closing")
    guessed: list[str] = []
    doc_no = find_doc_no(head)
    title = _title(head)
    issuer = _issuer(title, closing)
    if not issuer:
        issuer = _issuer_of_number(doc_no, text)
        if issuer:
            guessed.append("issuer")
    if not title:
        title = _derived_title(opening, issuer)
        guessed.append("title")
    issued_on = _issued_on(head, closing)
    region = regions.region_of_issuer(issuer or title, doc_no)
    occasion = find_occasion(title)
    return Metadata(title, doc_no, issuer, issued_on, region, occasion, tuple(guessed))


def find_doc_no(text: str) -> str:
    """Return the first document number of ``text`` with 〔〕 around the year; "" for none."""
    match = _DOC_NO.search(text)
    if match is not None:
        return f"{match[1]}〔{match[2]}〕{int(match[3])}号"
    order = _ORDER_NO.search(text)
    return f"{order[1]}第{order[2]}号" if order is not None else ""


def find_occasion(title: str) -> str:
    """Return the passing occasion that a title binds its document to; "" for none."""
    match = _OCCASION.search(title)
    return match[0] if match is not None else ""


def parse_date(text: str) -> date | None:
    """Return the first date of ``text`` (2020年2月6日 or 2020-02-06); None for none."""
    match = _DATE.search(text) or re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _part(text: str, units: list[Unit], kind: str) -> str:
    return "\n".join(text[unit.start : unit.end].strip() for unit in units if unit.kind == kind)


def _title(head: str) -> str:
    lines = [line.strip("《》 ") for line in head.split("\n")]
    for line in lines:
        if 3 <= len(line) <= 120 and _TITLE_END.search(line) and not _DOC_NO.match(line):
            return line
    first = lines[0] if lines else ""
    plain = 4 <= len(first) <= 60 and not first.endswith(("：", "。", ":", "，"))
    return first if plain else ""


def _issuer(title: str, closing: str) -> str:
    match = _ISSUER_IN_TITLE.match(title)
    if match is not None:
        return match[1]
    for line in reversed(closing.split("\n")):
        bare = _DATE.sub("", line).strip()
        if _ISSUER_LINE.match(bare):
            return re.sub(r"\s+", "", bare)
    return ""


def _issuer_of_number(doc_no: str, text: str) -> str:
    for letters, issuer in _NUMBER_ISSUERS:
        if doc_no.startswith(letters):
            return issuer
    province = regions.province_of_number(doc_no) if "人社" in doc_no[:4] else ""
    if not province:
        return ""
    return province + (
        "人力资源和社会保障局" if province.endswith("市") else "人力资源和社会保障厅"
    )


def _derived_title(opening: str, issuer: str) -> str:
    match = _SUBJECT.search(opening)
    return f"{issuer}关于{match[1]}的通知" if match is not None else ""


def _issued_on(head: str, closing: str) -> date | None:
    """A notice is dated under its signature; one printed without it, beside its title."""
    signed = _DATE.findall(closing)
    if signed:
        return parse_date("{}年{}月{}日".format(*signed[-1]))
    return parse_date(head)
