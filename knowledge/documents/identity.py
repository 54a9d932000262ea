"""When are two readings the same document? By names and dates; plain rules, no I/O."""

import re
from datetime import date
from typing import Protocol

from language.terms import normalise

_REPUBLIC = "中华人民共和国"
# （2018年修正）, （2022修订）, (二〇一八年): which version it is, not what it is called.
_VERSION = re.compile(
    r"[（(〔\[][^（）()〔〕\[\]]*(?:修订|修正|修改|\d{4}|[〇○零一二三四五六七八九]{4}年)"
    r"[^（）()〔〕\[\]]*[）)〕\]]"
)


class Particulars(Protocol):
    """What tells documents apart; ``family`` is "" for all but statutes."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def doc_no(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def issued_on(self) -> date | None: ...
    @property
    def family(self) -> str: ...


def folded(title: str) -> str:
    """Return a title without signs and spaces, in simplified characters."""
    return re.sub(r"[\W_]+", "", normalise(title))


def family_of(kind: str, title: str) -> str:
    """Return what all versions of a statute are called; "" for what is no statute."""
    if kind != "statute":
        return ""
    return folded(_VERSION.sub("", title)).replace(_REPUBLIC, "")[:300]


def same_document(one: Particulars, other: Particulars) -> bool:
    """Tell whether one is a version (or the digest) of the other.

    Statutes by family and date: a law of 2018 and the same law of 2022 are two documents. An
    order's number proves nothing for them, since it may bring several regulations. Guides by
    title, issuer and region; notices by number, else by title, issuer and date.
    """
    kinds = {one.kind, other.kind}
    if "guide" in kinds:
        return kinds == {"guide"} and _key(one) == _key(other)
    if kinds == {"statute"}:
        same_family = one.family == other.family and one.region == other.region
        return same_family and one.issued_on == other.issued_on
    if one.doc_no and other.doc_no and "statute" not in kinds:
        return one.doc_no == other.doc_no
    return (
        folded(one.title) == folded(other.title)
        and one.issued_on == other.issued_on
        and (not one.issuer or not other.issuer or one.issuer == other.issuer)
    )


def _key(guide: Particulars) -> tuple[str, str, str]:
    return folded(guide.title), guide.issuer, guide.region
