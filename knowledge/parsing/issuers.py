"""Which region an issuing body serves, by its name or by the number of its document."""

import re

from language.places import NATIONAL, UNKNOWN, find_places, region_name

# Abbreviations that document numbers begin with (沪人社就〔2020〕48号); source: GB/T 2260
# and the State Council's list of provincial abbreviations.
_PROVINCES = (
    "11京 12津 13冀 14晋 15蒙 21辽 22吉 23黑 31沪 32苏 33浙 34皖 35闽 36赣 37鲁 41豫 42鄂 43湘 "
    "44粤 45桂 46琼 50渝 51川 52黔 52贵 53滇 53云 54藏 61陕 62甘 63青 64宁 65新"
)
_ABBREVIATIONS = {entry[2]: entry[:2] for entry in _PROVINCES.split(" ")}
_NATIONAL_ISSUER = re.compile(
    r"^(?:国务院|全国人民代表大会|全国人大|最高人民|中共中央|中华人民共和国|国家|"
    r"(?:人力资源(?:和)?社会保障|财政|教育|民政|工业和信息化|公安|农业农村|住房城乡建设|商务)部|"
    r"中华全国)"
)
# A ministry of the State Council: bodies of provinces and cities are 厅 and 局.
_MINISTRY = re.compile(
    r"(?!.*[省市县区委])(?:[\u4e00-\u9fff]{2,12}部|[\u4e00-\u9fff]{2,8}总[局署]|政务院)\b"
)
_NATIONAL_NUMBER = re.compile(r"^(?:人社|国办|国发|中办|财社|教|劳社|令)")

_SITE = re.compile(r"(?:的?(?:政务)?(?:门户)?网站?|官网|官方网站|门户)$")
_OFFICE = re.compile(r"^[\u4e00-\u9fff]{2,12}[处科室]$")  # of a body that is named beside it


def region_of_issuer(issuer: str, doc_no: str) -> str:
    """Return the region that an issuing body serves, from its name or its number's prefix."""
    if _NATIONAL_ISSUER.match(issuer):
        return NATIONAL
    places = find_places(issuer[:12])
    if places and places[0].start == 0:
        return places[0].code
    if _MINISTRY.match(issuer):
        return NATIONAL
    if doc_no and (_NATIONAL_NUMBER.match(doc_no) or "国务院" in doc_no):
        return NATIONAL
    stem = _ABBREVIATIONS.get(doc_no[:1]) if doc_no else None
    return f"{stem}0000" if stem else UNKNOWN


def province_of_number(doc_no: str) -> str:
    """Return the name of the province whose abbreviation a document number begins with."""
    stem = _ABBREVIATIONS.get(doc_no[:1])
    return region_name(f"{stem}0000") if stem else ""


def organs_of_page(source: str, site: str) -> str:
    """Return who speaks on a page: its 来源, else the office whose site it is; "" for neither.

    A source that leaves its place out (市医疗保障局) is of the site's; 「本网」 is the site.
    """
    owner = _SITE.sub("", site)
    if not source or source.startswith("本"):
        return owner
    names = [name for name in re.split(r"[\s、，,]+", source) if not _OFFICE.search(name)]
    return "、".join(_placed(name, owner) for name in names)


def _placed(name: str, owner: str) -> str:
    place = re.match(rf"[\u4e00-\u9fff]{{2,12}}?{name[:1]}", owner)
    return place[0] + name[1:] if place is not None and name[:1] in "省市区县" else name
