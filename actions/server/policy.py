"""Policy questions: the answer is the document's own words, then where they stand."""

from actions.server import sentences as say
from actions.server.policy_sections import related, section, source
from actions.server.replies import Button, button, reply
from actions.server.services import Services
from actions.server.turn import Outcome, Reply, Turn
from knowledge.answers import Citation, PolicyAnswer
from knowledge.regions import region_name
from knowledge.sentences import DIGEST_MARK

SURE = 0.65
"""Below this probability an answer is said to be perhaps beside the question.

Of 41 questions tried on the digests, four of the six that were answered though no document
covers them lie below it, and none of the sixteen that were answered and are covered.
"""

FORCE = {True: say.IN_FORCE, False: say.LAPSED, None: say.FORCE_UNKNOWN}


def ask_policy(turn: Turn, services: Services) -> Outcome:
    """Answer a typed question or a pressed button (a question, a source, what is related)."""
    if turn.value("related"):
        return related(turn, services)
    if turn.value("doc_id"):
        return section(turn, services) if turn.number("page") else source(turn, services)
    question = turn.value("question") or turn.text
    if not question.strip():
        return Outcome((reply(say.POLICY_ASK),), leaves_form=True)
    region = turn.value("region") or services.settings.region or None
    answer = services.library.answer(question, region=region, now=turn.now)
    slots = {"question": question, "journey": "policy"} if turn.form is None else {}
    return Outcome((render(answer),), slots)


def render(answer: PolicyAnswer) -> Reply:
    """Put an answer of the library into words; KeyError on an unknown status."""
    show = {
        "answered": _answered,
        "not_covered": _not_covered,
        "outdated": _outdated,
        "which_region": _which_region,
    }[answer.status]
    text, buttons = show(answer)
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


def _answered(answer: PolicyAnswer) -> tuple[str, list[Button]]:
    first = answer.citations[0]
    lines = [] if answer.confidence >= SURE else [say.POLICY_PERHAPS]
    lines += [quoted(citation) for citation in answer.citations]
    if any(citation.title.endswith(DIGEST_MARK) for citation in answer.citations):
        lines.append(say.DIGEST_NOTE)
    return "\n".join(lines), [
        button(say.B_SOURCE, "ask_policy", doc_id=first.doc_id, question=first.url),
        button(say.B_RELATED, "ask_policy", related=first.doc_id),
    ]


def _not_covered(answer: PolicyAnswer) -> tuple[str, list[Button]]:
    text = say.POLICY_NOT_COVERED
    if answer.nearest:
        text += "\n" + say.POLICY_NEAREST
    return text, _cards(answer)


def _outdated(answer: PolicyAnswer) -> tuple[str, list[Button]]:
    titles = "、".join(f"《{citation.title}》" for citation in answer.citations)
    text = say.POLICY_OUTDATED
    if titles:
        text += "\n" + say.POLICY_OUTDATED_DOC.format(title=titles)
    return text, _cards(answer)


def _which_region(answer: PolicyAnswer) -> tuple[str, list[Button]]:
    return say.POLICY_WHICH_REGION, _cards(answer)


def _cards(answer: PolicyAnswer) -> list[Button]:
    return [
        button(card.title, "ask_policy", doc_id=card.doc_id, question=card.url)
        for card in answer.nearest
    ]
