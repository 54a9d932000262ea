"""Policy questions: the answer is the document's own words, then where they stand."""

from collections.abc import Iterator

from actions.server import sentences as say
from actions.server.policy_feedback import judged
from actions.server.policy_sections import related, section, source
from actions.server.replies import Button, button, reply
from actions.server.services import Services
from actions.server.turn import Outcome, Reply, Turn
from knowledge.answers import Citation, PolicyAnswer
from knowledge.regions import NATIONAL, UNKNOWN, region_name
from knowledge.sentences import DIGEST_MARK

SURE = 0.7
"""Below this probability an answer is said to be perhaps beside the question.

Between it and the least probability that is answered at all lie 7 of 100 questions that the
notices answer, and half of the unanswered ones that are not refused
(``knowledge/training/ranking.py`` prints both).
"""

FORCE = {True: say.IN_FORCE, False: say.LAPSED, None: say.FORCE_UNKNOWN}


def ask_policy(turn: Turn, services: Services) -> Outcome:
    """Answer a typed question or a pressed button (a question, a source, what is related)."""
    if turn.value("related"):
        return related(turn, services)
    if turn.value("helpful"):
        return judged(turn, services)
    if turn.value("doc_id"):
        return section(turn, services) if turn.number("page") else source(turn, services)
    question = turn.value("question") or turn.text
    if not question.strip():
        return Outcome((reply(say.POLICY_ASK),), leaves_form=True)
    region = turn.value("region") or services.settings.region or None
    answer = services.library.answer(question, region=region, now=turn.now)
    slots = {"question": question, "journey": "policy"} if turn.form is None else {}
    return Outcome((render(answer, question),), slots)


def render(answer: PolicyAnswer, question: str) -> Reply:
    """Put an answer of the library into words; KeyError on an unknown status."""
    show = {
        "answered": _answered,
        "not_covered": _not_covered,
        "outdated": _outdated,
        "which_region": _which_region,
    }[answer.status]
    text, buttons = show(answer, question)
    data = {
        "kind": "policy_answer",
        "status": answer.status,
        "citations": [citation.as_dict() for citation in answer.citations],
    }
    return reply(text, [*buttons, button(say.B_STAFF, "talk_to_staff")], data)


def quoted(citation: Citation) -> str:
    """Quote and name the source as DESIGN section 10 does; what is unknown is left out.

    A digest is our own wording of a notice: it is said to be one.
    """
    lead = say.DIGEST_QUOTE if citation.title.endswith(DIGEST_MARK) else say.POLICY_QUOTE
    parts = [
        f"《{citation.title}》{citation.section}",
        citation.doc_no,
        citation.issuer,
        citation.issued_on,
        region_name(citation.region),
        FORCE[citation.in_force],
    ]
    named = "，".join(str(part) for part in parts if part)
    return lead.format(quote=citation.quote) + say.POLICY_SOURCE.format(source=named)


def _answered(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    first = answer.citations[0]
    return "\n".join((*_before(answer), *_quotes(answer), *_after(answer))), [
        button(say.B_SOURCE, "ask_policy", doc_id=first.doc_id, question=first.url),
        button(say.B_RELATED, "ask_policy", related=first.doc_id),
        *(
            _judgement(title, helpful, first.doc_id, question, answer.region)
            for title, helpful in ((say.B_HELPFUL, "yes"), (say.B_UNHELPFUL, "no"))
        ),
    ]


def _judgement(title: str, helpful: str, doc_id: str, question: str, region: str | None) -> Button:
    return button(
        title, "ask_policy", helpful=helpful, doc_id=doc_id, question=question, region=region
    )


def _before(answer: PolicyAnswer) -> Iterator[str]:
    """Yield what must be known before reading the quotes."""
    if answer.confidence < SURE:
        yield say.POLICY_PERHAPS
    if answer.as_of is not None:
        day = f"{answer.as_of.year}年{answer.as_of.month}月"
        yield say.POLICY_AS_OF.format(day=day)
    if not answer.own_rule and answer.region:
        yield say.POLICY_NO_OWN_RULE.format(place=region_name(answer.region))


def _quotes(answer: PolicyAnswer) -> Iterator[str]:
    """Yield the quotes; rules of several places side by side, each under its place."""
    places = {citation.region for citation in answer.citations}
    apart = answer.region is None and len(places - {NATIONAL, UNKNOWN}) > 1
    if apart:
        yield say.POLICY_SIDE_BY_SIDE
    for citation in answer.citations:
        place = say.POLICY_PLACE.format(place=region_name(citation.region)) if apart else ""
        yield place + quoted(citation)


def _after(answer: PolicyAnswer) -> Iterator[str]:
    """Yield one sentence for each thing that limits the quotes."""
    bound = [c.occasion for c in answer.citations if c.validity == "unknown" and c.occasion]
    if bound:
        yield say.POLICY_OCCASION.format(occasion="、".join(dict.fromkeys(bound)))
    if any(citation.in_force is False for citation in answer.citations):
        yield say.POLICY_THEN
    if any(citation.title.endswith(DIGEST_MARK) for citation in answer.citations):
        yield say.DIGEST_NOTE


def _not_covered(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    del question
    text = say.POLICY_NOT_COVERED
    if answer.nearest:
        text += "\n" + say.POLICY_NEAREST
    return text, _cards(answer)


def _outdated(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    del question
    titles = "、".join(f"《{citation.title}》" for citation in answer.citations)
    text = say.POLICY_OUTDATED
    if titles:
        text += "\n" + say.POLICY_OUTDATED_DOC.format(title=titles)
    return text, _cards(answer)


def _which_region(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    return say.POLICY_WHICH_REGION, [
        button(region_name(code), "ask_policy", question=question, region=code)
        for code in answer.regions
    ]


def _cards(answer: PolicyAnswer) -> list[Button]:
    return [
        button(card.title, "ask_policy", doc_id=card.doc_id, question=card.url)
        for card in answer.nearest
    ]
