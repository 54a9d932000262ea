"""Policy questions: the answer is the document's own words, then where they stand."""

from typing import Any

from actions.server import sentences as say
from actions.server.replies import Button, button, reply
from actions.server.services import Services
from actions.server.talk import menu
from actions.server.turn import Outcome, Reply, Turn
from knowledge.library import Citation, PolicyAnswer

SHOWN_SECTIONS = 4
SECTION_TITLE = 20


def ask_policy(turn: Turn, services: Services) -> Outcome:
    """Answer a typed question or a pressed button (a question, a source, what is related)."""
    if turn.value("related"):
        return _related(turn, services)
    if turn.value("doc_id"):
        return _source(turn, services)
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
    data: dict[str, Any] = {
        "kind": "policy_answer",
        "status": answer.status,
        "citations": [citation.as_dict() for citation in answer.citations],
    }
    return reply(text, [*buttons, button(say.B_STAFF, "talk_to_staff")], data)


def source_of(citation: Citation) -> str:
    """Name the source as DESIGN section 10 shows it; what is unknown is left out."""
    parts = [
        f"《{citation.title}》{citation.section}",
        citation.doc_no,
        citation.issuer,
        citation.issued_on,
        citation.region,
        say.IN_FORCE if citation.in_force else say.LAPSED,
    ]
    return "，".join(str(part) for part in parts if part)


def _answered(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    lines = []
    for citation in answer.citations:
        quote = say.POLICY_QUOTE.format(quote=citation.quote)
        lines.append(quote + say.POLICY_SOURCE.format(source=source_of(citation)))
    first = answer.citations[0]
    return "\n".join(lines), [
        button(say.B_SOURCE, "ask_policy", doc_id=first.doc_id, question=first.url),
        button(say.B_RELATED, "ask_policy", related=first.doc_id, question=first.section),
    ]


def _not_covered(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    text = say.POLICY_NOT_COVERED
    if answer.nearest:
        text += "\n" + say.POLICY_NEAREST
    return text, _cards(answer)


def _outdated(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    text = say.POLICY_OUTDATED
    if answer.citations:
        source = f"《{answer.citations[0].title}》"
        text += "\n" + say.POLICY_OUTDATED_DOC.format(title=source)
    return text, _cards(answer)


def _which_region(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    return say.POLICY_WHICH_REGION, _cards(answer)


def _cards(answer: PolicyAnswer) -> list[Button]:
    return [
        button(card.title, "ask_policy", doc_id=card.doc_id, question=card.url)
        for card in answer.nearest
    ]


def _source(turn: Turn, services: Services) -> Outcome:
    """Give the address of a document's reading page, at the quoted words."""
    document = services.library.document(turn.value("doc_id") or "")
    if document is None:
        return Outcome((reply(say.POLICY_NO_DOC, menu()),))
    path = turn.value("question") or f"/policies/{document.doc_id}"
    text = say.POLICY_LINK.format(
        title=f"《{document.title}》", url=services.settings.web_url + path
    )
    return Outcome((reply(text, [_related_button(document.doc_id)]),))


def _related_button(doc_id: str) -> Button:
    return button(say.B_RELATED, "ask_policy", related=doc_id)


def _related(turn: Turn, services: Services) -> Outcome:
    """Offer what else the same document says, each as a question to tap."""
    document = services.library.document(turn.value("related") or "")
    if document is None:
        return Outcome((reply(say.POLICY_NO_DOC, menu()),))
    return Outcome((reply(say.POLICY_RELATED_NONE, menu()),))
