"""Vetting an ad: what in it is unlawful or wants a look, where, and how it may be put. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from actions.vetting.pay import Wages, too_low, too_wide, untold
from actions.vetting.reader import Read, read
from actions.vetting.rewriting import Cut, without
from actions.vetting.rulebook import (
    ECHOES,
    FRAUD,
    MINIMUM_WAGE,
    MISLEADING,
    MISSING,
    PASS,
    REJECT,
    REVIEW,
    SCAMS,
    Basis,
    Category,
    Trial,
    order,
    rulebook,
)

AD_AT_LEAST = 30
"""Characters from which on a text without any other field is a whole ad, not a line of one."""

LONGEST = 10_000
"""Characters of an ad that are read; more is no ad."""

MOST = 60
"""Findings of one ad; a text with more is refused by any of them."""

ROUNDS = 4
"""How often a rewriting is read again: what is taken out may bring words together."""

_STOPS = ",。;!?\n\r "
_CLAUSE = re.compile(rf"[^{_STOPS}]+")
_REST = re.compile(rf"[^{_STOPS}]*")
_TITLE_LEAD = "招"
"""What a title is read behind: 女文员 alone is a job, and says who is wanted."""


@dataclass(frozen=True)
class Ad:
    """A posting as its employer words it; only ``text`` is needed. ``salary`` is as stated.

    A short text alone is taken for a line of an ad, of which nothing is missed, unless it is
    said to be ``whole``.
    """

    text: str
    title: str = ""
    employer: str = ""
    city: str = ""
    salary: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Finding:
    """What was found: ``span`` is ``[start, end)`` of the ad's ``field``, in code points.

    ``line`` is what may stand in its place, ``advice`` the whole text as it passes (the line
    alone where nothing of the text is worth keeping: a scam has no honest wording), ``reason``
    says why in a few words.
    """

    category: str
    decision: str
    span: str
    start: int
    end: int
    basis: Basis
    advice: str
    line: str
    reason: str
    field: str = "text"


@dataclass(frozen=True)
class Review:
    """What vetting says: pass, review (a person must look) or reject, and the findings.

    The gravest comes first, then what stands first. ``rewriting`` is the whole text as it may be
    put, None where it may stay as it is or no wording helps.
    """

    decision: str
    findings: tuple[Finding, ...]
    rewriting: str | None = None


@dataclass(frozen=True)
class _Found:
    """A finding in the text as read, ``[start, end)``."""

    category: Category
    decision: str
    basis: Basis
    start: int
    end: int
    field: str = "text"


def vet(ad: Ad, wages: Wages = ()) -> Review:
    """Return what is wrong with an ad; ``wages`` are the minimum wages in force that day."""
    ad = replace(ad, text=ad.text[:LONGEST])
    text, title = read(ad.text), read(_TITLE_LEAD + ad.title if ad.title else "")
    found = _sorted(_found(ad, text, title, wages))
    if not found:
        return Review(PASS, ())
    rewriting = None
    if not any(each.category.name in SCAMS and each.decision == REJECT for each in found):
        rewriting = _rewritten(ad, text, found, wages)
    findings = tuple(_finding(each, ad, text, title, rewriting) for each in found)
    return Review(findings[0].decision, findings, rewriting)


def _found(ad: Ad, text: Read, title: Read, wages: Wages) -> list[_Found]:
    both = f"{title.plain}\n{text.plain}" if title.plain else text.plain
    found = [*_by_rules(text.plain, both, "text")]
    if title.plain:
        found += [each for each in _by_rules(title.plain, both, "title") if each.end > 1]
    rules = rulebook()
    for start, end, field in too_low(text.plain, ad.salary, ad.city, wages):
        found.append(_plain(rules[MINIMUM_WAGE], start, end, field))
    for start, end in too_wide(text.plain):
        found.append(_plain(rules[MISLEADING], start, end))
    if not any(each.decision == REJECT or each.category.name == MISSING for each in found):
        whole = ad.whole or bool(ad.title or ad.salary or ad.city) or len(ad.text) >= AD_AT_LEAST
        gaps = untold(text.plain, salary=ad.salary, city=ad.city) if whole else ()
        found += [_plain(rules[MISSING], start, end) for start, end in gaps]
    return _apart(_without_echoes(found[:MOST]))


def _without_echoes(found: list[_Found]) -> list[_Found]:
    """Leave out what is only part of something graver: a scam's promises, a loan's fee."""
    scam = any(each.category.name in SCAMS and each.decision == REJECT for each in found)
    return [
        each
        for each in found
        if not (scam and each.category.name in (MISLEADING, MINIMUM_WAGE))
        and not any(
            (each.category.name, other.category.name) in ECHOES and _meet(each, other)
            for other in found
        )
    ]


def _meet(one: _Found, other: _Found) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def _plain(category: Category, start: int, end: int, field: str = "text") -> _Found:
    return _Found(category, REVIEW, category.basis[0], start, end, field)


def _by_rules(plain: str, whole: str, field: str) -> Iterator[_Found]:
    able = order()
    for part in _CLAUSE.finditer(plain):
        for trial in able.tried(part[0], wide=False):
            for match in trial.pattern.finditer(plain, *part.span()):
                decision = _decision(trial, plain, part.span(), match, whole)
                if decision != PASS:
                    yield _of(trial, decision, match, field)
    for trial in able.tried(plain, wide=True):
        for match in trial.pattern.finditer(plain):
            decision = _decision(trial, plain, clause(plain, *match.span()), match, whole)
            if decision != PASS:
                yield _of(trial, decision, match, field)


def _of(trial: Trial, decision: str, match: re.Match[str], field: str) -> _Found:
    return _Found(trial.category, decision, trial.rule.basis[0], *match.span(), field)


def _decision(
    trial: Trial, plain: str, part: tuple[int, int], match: re.Match[str], whole: str
) -> str:
    """Return what a match in a part of the text comes to, there and in the whole ad."""
    rule = trial.rule
    if rule.unless is not None and rule.unless.search(plain, *part):
        return PASS
    if trial.category.name in FRAUD and _is_denied(plain, part, match):
        return PASS
    if rule.unless_ad is not None and rule.unless_ad.search(whole):
        return PASS
    if rule.softened_by is not None and rule.softened_by.search(whole):
        return REVIEW
    return rule.decision


_DENIED = re.compile(
    r"(?:不|没有?|绝无|杜绝|拒绝|严禁|禁止|反对|远离|并非|谨防)"
    r"[得准许会能用需要求必须涉及搞做让参与组织有任何去把将签代提供从另办接事开展向对你您员工们]*$"
)
_OTHERWISE = re.compile(r"[不没无勿别]")


def _is_denied(plain: str, part: tuple[int, int], match: re.Match[str]) -> bool:
    """Whether an ad says that it does not do this: 不拉人头. Not so 不买产品就不给上岗."""
    before = plain[part[0] : match.start()]
    return bool(_DENIED.search(before)) and not _OTHERWISE.search(plain, match.end(), part[1])


def clause(plain: str, start: int, end: int) -> tuple[int, int]:
    """Return the clause around ``[start, end)``, without its commas."""
    first = max((plain.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
    behind = _REST.match(plain, end)
    return first, (behind.end() if behind else end)


def _apart(found: list[_Found]) -> list[_Found]:
    """Return findings without those that lie on a graver or longer one of their category."""
    kept: list[_Found] = []
    for each in sorted(found, key=lambda one: (one.decision != REJECT, one.start - one.end)):
        if not any(one.category is each.category and _meet(each, one) for one in kept):
            kept.append(each)
    return kept


def _sorted(found: list[_Found]) -> list[_Found]:
    return sorted(found, key=lambda one: (one.decision != REJECT, one.field != "text", one.start))


def _finding(each: _Found, ad: Ad, text: Read, title: Read, rewriting: str | None) -> Finding:
    start, end = each.start, each.end
    if each.field == "title":
        start, end = title.span(start, end)
        start, end = max(0, start - 1), end - 1
    elif each.field == "text":
        start, end = text.span(start, end)
    if each.start == each.end:
        start = end = len(ad.text)
    typed = {"text": ad.text, "title": ad.title, "salary": ad.salary}[each.field]
    return Finding(
        category=each.category.name,
        decision=each.decision,
        span=typed[start:end],
        start=start,
        end=end,
        basis=each.basis,
        advice=rewriting or each.category.instead,
        line=each.category.instead,
        reason=each.category.reason,
        field=each.field,
    )


# A wording that passes ------------------------------------------------------------------------

_ONLY_THEY_KNOW = (MISSING, MINIMUM_WAGE)
"""What no wording mends: the employer has to say it, or to pay it."""


def _rewritten(ad: Ad, text: Read, found: list[_Found], wages: Wages) -> str | None:
    """Return the text with each clause that may not stay replaced; None where none is there."""
    said: set[str] = set()
    now, read_now = ad.text, text
    for _ in range(ROUNDS):
        cuts = list(_cuts(read_now, found, said))
        if not cuts:
            break
        now = without(now, cuts)
        read_now = read(now)
        found = _found(replace(ad, text=now, title=""), read_now, read(""), wages)
    left = [each for each in found if each.category.name not in _ONLY_THEY_KNOW]
    return None if now == ad.text or left else now


def _cuts(text: Read, found: list[_Found], said: set[str]) -> Iterator[Cut]:
    for each in sorted(found, key=lambda one: one.start):
        name = each.category.name
        if name in _ONLY_THEY_KNOW or each.field != "text":
            continue
        start, end = text.span(*clause(text.plain, each.start, each.end))
        yield Cut(start, end, "" if name in said else each.category.instead)
        said.add(name)
