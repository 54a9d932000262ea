"""A policy document by its parts: its reading page, what else it says, one part quoted."""

from actions.dialogue import sentences as shared
from actions.dialogue.replies import button, menu, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from actions.policies.cards import answer_card
from actions.policies.chat import sentences as say
from actions.policies.chat.wording import limits, quoted
from knowledge.answering.answers import Citation, Status
from knowledge.documents.repository import Document, DocumentUnit, document_url, get_document

SHOWN = 4
ITEM = "item"
QUOTED = 200
SENTENCE_ENDS = "。；！？"


def source(turn: Turn, services: Services) -> Outcome:
    """Give the address of a document's reading page, at the quoted words."""
    document = _public(turn.value("doc_id"), services)
    if document is None:
        return _gone(services)
    asked = turn.value("question") or ""
    path = asked if asked.startswith("/policies/") else document.url
    url = services.settings.web_url + path
    text = say.POLICY_LINK.format(title=f"《{document.title}》", url=url)
    return Outcome((reply(text, [_related_button(document), staff_button()]),))


def related(turn: Turn, services: Services) -> Outcome:
    """Offer what else the same document says, part by part."""
    document = _public(turn.value("related"), services)
    if document is None:
        return _gone(services)
    after = turn.number("page") or 0
    units = [unit for unit in document.units if unit.kind == ITEM and unit.number > after]
    buttons = [
        button(unit.section, "ask_policy", doc_id=document.doc_id, page=unit.number)
        for unit in units[:SHOWN]
    ]
    if len(units) > SHOWN:
        last = units[SHOWN - 1].number
        buttons.append(button(shared.B_MORE, "ask_policy", related=document.doc_id, page=last))
    text = say.POLICY_RELATED if buttons else say.POLICY_RELATED_NONE
    return Outcome((reply(text.format(title=document.title), buttons or menu(services)),))


def section(turn: Turn, services: Services) -> Outcome:
    """Quote one part of a document."""
    document = _public(turn.value("doc_id"), services)
    number = turn.number("page")
    unit = next((u for u in document.units if u.number == number), None) if document else None
    if document is None or unit is None:
        return _gone(services)
    citation = _citation(document, unit)
    text = "\n".join((quoted(citation), *limits([citation])))
    buttons = [
        button(say.B_SOURCE, "ask_policy", doc_id=document.doc_id, question=citation.url),
        _related_button(document),
        staff_button(),
    ]
    status: Status = "outdated" if document.in_force is False else "answered"
    return Outcome((reply(text, buttons, answer_card(status, [citation])),))


def _public(doc_id: str | None, services: Services) -> Document | None:
    """Return a published document: drafts and removed ones are not shown in the chat."""
    document = get_document(services.database, doc_id) if doc_id else None
    return document if document is not None and document.status == "published" else None


def _citation(document: Document, unit: DocumentUnit) -> Citation:
    quote = _beginning(document.text[unit.start : unit.end])
    return Citation(
        doc_id=document.doc_id,
        title=document.title,
        doc_no=document.doc_no,
        issuer=document.issuer,
        region=document.region,
        issued_on=document.issued_on.isoformat() if document.issued_on else None,
        in_force=document.in_force,
        section=unit.section,
        quote=quote,
        url=document_url(document.doc_id, quote=quote, unit=unit.number),
        kind=document.kind,
        validity=document.validity,
        occasion=document.occasion,
        superseded_by=document.superseded_by,
    )


def _beginning(text: str) -> str:
    """Return whole sentences from the start, verbatim, about as long as a screen takes."""
    text = text.rstrip()
    if len(text) <= QUOTED:
        return text
    ends = [n for n, char in enumerate(text[:QUOTED]) if char in SENTENCE_ENDS]
    return text[: ends[-1] + 1] if ends else text[:QUOTED]


def _related_button(document: Document) -> Button:
    return button(say.B_RELATED, "ask_policy", related=document.doc_id)


def _gone(services: Services) -> Outcome:
    return Outcome((reply(say.POLICY_NO_DOC, menu(services)),))
