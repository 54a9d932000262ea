"""A policy answer in words: the document's own, their source, and what limits them."""

from collections.abc import Iterator, Sequence

from actions.policies.chat import sentences as say
from knowledge.answering.answers import Citation, PolicyAnswer
from knowledge.sentences import DIGEST_MARK, VALIDITY
from language.places import NATIONAL, UNKNOWN, region_name
from language.wording import month

SURE = 0.7
"""Below this probability an answer is said to be perhaps beside the question.

Between it and the least probability that is answered at all lie 7 of 100 questions that the
notices answer, and half of the unanswered ones that are not refused
(``knowledge/training/ranking.py`` prints both).
"""


def answer_text(answer: PolicyAnswer) -> str:
    """Say what an answered question's documents say first; each sentence is ours or a quote."""
    shown = first_shown(answer)
    return "\n".join((*_before(answer), *_quotes(answer, shown), *limits(shown)))


def rest_of(answer: PolicyAnswer) -> tuple[Citation, ...]:
    """Return the quotes that were not shown first; where nothing is left, all of them."""
    return answer.citations[len(first_shown(answer)) :] or answer.citations


def rest_text(answer: PolicyAnswer) -> str:
    """Say what else the documents say."""
    rest = rest_of(answer)
    return "\n".join((*_quotes(answer, rest), *limits(rest)))


def first_shown(answer: PolicyAnswer) -> tuple[Citation, ...]:
    """Return the quotes that fit on a telephone at once: one, or one each of two places."""
    first, *others = answer.citations
    if not _side_by_side(answer):
        return (first,)
    return (first, *others[:1]) if others and others[0].region != first.region else (first,)


def outdated_text(answer: PolicyAnswer) -> str:
    """Name the documents that would answer but do not hold, without their words."""
    named = dict.fromkeys(
        say.POLICY_OUTDATED_DOC.format(title=one.title, state=VALIDITY[one.validity].cited)
        for one in answer.citations
    )
    return "\n".join((say.POLICY_OUTDATED, *named))


def quoted(citation: Citation) -> str:
    """Quote and name the source as DESIGN section 10 does; what is unknown is left out.

    A digest is our own wording of a notice: it is said to be one. A guide's quote begins with
    the name of its field, and a guide holds as long as it is offered.
    """
    guide = citation.kind == "guide"
    lead = say.DIGEST_QUOTE if citation.title.endswith(DIGEST_MARK) else say.POLICY_QUOTE
    stated = not guide or citation.validity != "in_force"
    parts = [
        f"《{citation.title}》{'' if guide else citation.section}",
        citation.doc_no,
        citation.issuer,
        citation.issued_on,
        region_name(citation.region),
        VALIDITY[citation.validity].cited if stated else None,
    ]
    named = "，".join(part for part in parts if part)
    return lead.format(quote=citation.quote) + say.POLICY_SOURCE.format(source=named)


def limits(citations: Sequence[Citation]) -> Iterator[str]:
    """Yield one sentence for each thing that limits the quotes."""
    bound = [one.occasion for one in citations if one.occasion and one.validity == "unknown"]
    if bound:
        sentence = say.POLICY_OCCASION if len(bound) == len(citations) else say.POLICY_SOME_OCCASION
        occasions = "".join(f"「{occasion}」" for occasion in dict.fromkeys(bound))
        yield sentence.format(occasion=occasions)
    over = [one for one in citations if one.in_force is False]
    if over:
        yield say.POLICY_NOT_NOW if len(over) == len(citations) else say.POLICY_SOME_NOT_NOW
    if any(one.title.endswith(DIGEST_MARK) for one in citations):
        yield say.DIGEST_NOTE


def _before(answer: PolicyAnswer) -> Iterator[str]:
    """Yield what must be known before reading the quotes."""
    if answer.confidence < SURE:
        yield say.POLICY_PERHAPS
    if answer.as_of is not None:
        # The month: a question about then names no day.
        yield say.POLICY_AS_OF.format(day=month(answer.as_of))
    if not answer.own_rule and answer.region:
        yield say.POLICY_NO_OWN_RULE.format(place=region_name(answer.region))


def _quotes(answer: PolicyAnswer, shown: Sequence[Citation]) -> Iterator[str]:
    """Yield the quotes; rules of several places side by side, each under its place."""
    apart = _side_by_side(answer)
    if apart and len(shown) > 1:
        yield say.POLICY_SIDE_BY_SIDE
    for citation in shown:
        place = say.POLICY_PLACE.format(place=region_name(citation.region)) if apart else ""
        yield place + quoted(citation)


def _side_by_side(answer: PolicyAnswer) -> bool:
    """Whether nobody said where, and several places have rules of their own."""
    places = {citation.region for citation in answer.citations} - {NATIONAL, UNKNOWN}
    return answer.region is None and len(places) > 1
