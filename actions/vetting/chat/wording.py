"""A review in words: the gravest finding, its ground, and how the ad may be put."""

from collections.abc import Iterator
from datetime import datetime

from actions.dialogue.replies import shorten
from actions.dialogue.services import Services
from actions.vetting.cards import BasisPart, FindingPart, PostingReviewCard
from actions.vetting.chat import sentences as say
from actions.vetting.rulebook import MISSING, PASS, REJECT, Basis
from actions.vetting.vetter import Review
from knowledge.answering.articles import cite_article
from store.clock import to_shanghai

SPAN_SHOWN, SPANS_SHOWN = 20, 4


def review_text(review: Review) -> str:
    """Say what vetting found, the gravest in one line, and what may be written instead."""
    return "\n".join(_lines(review))


def _lines(review: Review) -> Iterator[str]:
    if review.decision == PASS:
        yield say.PASSED
        return
    yield say.REJECTED if review.decision == REJECT else say.REVIEWED
    first, *others = review.findings
    form = say.FOUND if first.span else say.MISSING
    yield form.format(
        span=shorten(first.span, SPAN_SHOWN),
        reason=first.reason,
        law=first.basis.law,
        article=first.basis.article,
    )
    spans = [f"「{shorten(each.span, SPAN_SHOWN)}」" for each in others if each.span]
    if spans:
        yield say.MORE.format(n=len(spans), spans="".join(spans[:SPANS_SHOWN]))
    if review.rewriting is not None:
        yield say.REWRITING.format(text=review.rewriting)
    elif review.decision == REJECT:
        yield say.NO_REWRITING
    if any(each.category == MISSING for each in review.findings):
        yield say.COMPLETE


def review_card(
    review: Review, services: Services, now: datetime, *, code: str | None = None
) -> PostingReviewCard:
    """Return the card; each basis is looked up where it stands."""
    known: dict[Basis, BasisPart] = {}
    for each in review.findings:
        if each.basis not in known:
            known[each.basis] = basis_part(each.basis, services, now)
    findings = tuple(
        FindingPart(
            category=each.category,
            decision=each.decision,
            span=each.span,
            start=each.start,
            end=each.end,
            basis=known[each.basis],
            advice=each.advice,
            reason=each.reason,
        )
        for each in review.findings
    )
    if code is None:
        return PostingReviewCard(decision=_decision(review), findings=findings)
    return PostingReviewCard(decision=_decision(review), findings=findings, code=code)


def _decision(review: Review) -> str:
    return review.decision


def basis_part(basis: Basis, services: Services, now: datetime) -> BasisPart:
    """Return a basis as it stands in the library."""
    found = cite_article(
        services.database, basis.law, basis.article, basis.words, to_shanghai(now).date()
    )
    if found is None:
        return BasisPart(
            doc_id="",
            title=basis.law,
            doc_no="",
            issuer="",
            region="",
            issued_on=None,
            in_force=None,
            section=basis.article,
            quote=basis.words,
            url="",
        )
    return BasisPart(
        doc_id=found.doc_id,
        title=found.title,
        doc_no=found.doc_no,
        issuer=found.issuer,
        region=found.region,
        issued_on=found.issued_on,
        in_force=found.in_force,
        section=found.section,
        quote=found.quote,
        url=found.url,
    )


def basis_text(review: Review, services: Services, now: datetime) -> str:
    """Quote every ground of a review, each once, with the address to read it."""
    lines = []
    for basis in dict.fromkeys(each.basis for each in review.findings):
        part = basis_part(basis, services, now)
        if not part.doc_id:
            lines.append(say.NO_BASIS.format(law=basis.law, article=basis.article))
            continue
        lines.append(say.BASIS.format(quote=part.quote, law=basis.law, article=basis.article))
        lines.append(services.settings.web_url + part.url)
    return "\n".join(lines)
