"""A policy document by its parts: its reading page, what else it says, one part quoted."""

from actions.server import sentences as say
from actions.server.replies import Button, button, reply
from actions.server.services import Services
from actions.server.talk import menu
from actions.server.turn import Outcome, Turn
from knowledge.documents import Document, DocumentUnit, document_url
from knowledge.sentences import DIGEST_MARK

SHOWN = 4
ITEM = "item"
QUOTED = 200
SENTENCE_ENDS = "。；！？"


def source(turn: Turn, services: Services) -> Outcome:
    """Give the address of a document's reading page, at the quoted words."""
    document = services.document(turn.value("doc_id") or "")
    if document is None:
        return _gone()
    asked = turn.value("question") or ""
    path = asked if asked.startswith("/policies/") else document.url
    url = services.settings.web_url + path
    text = say.POLICY_LINK.format(title=f"《{document.title}》", url=url)
    return Outcome((reply(text, [_related_button(document), _staff()]),))


def related(turn: Turn, services: Services) -> Outcome:
    """Offer what else the same document says, part by part."""
    document = services.document(turn.value("related") or "")
    if document is None:
        return _gone()
    after = turn.number("page") or 0
    units = [unit for unit in document.units if unit.kind == ITEM and unit.number > after]
    buttons = [
        button(unit.section, "ask_policy", doc_id=document.doc_id, page=unit.number)
        for unit in units[:SHOWN]
    ]
    if len(units) > SHOWN:
        last = units[SHOWN - 1].number
        buttons.append(button(say.B_MORE, "ask_policy", related=document.doc_id, page=last))
    text = say.POLICY_RELATED if buttons else say.POLICY_RELATED_NONE
    return Outcome((reply(text.format(title=document.title), buttons or menu()),))


def section(turn: Turn, services: Services) -> Outcome:
    """Quote one part of a document."""
    document = services.document(turn.value("doc_id") or "")
    number = turn.number("page")
    unit = next((u for u in document.units if u.number == number), None) if document else None
    if document is None or unit is None:
        return _gone()
    quote = _beginning(document.text[unit.start : unit.end])
    url = document_url(document.doc_id, quote=quote, unit=unit.number)
    lead = say.DIGEST_SECTION if document.title.endswith(DIGEST_MARK) else say.POLICY_SECTION
    text = lead.format(quote=quote, title=document.title, section=unit.section)
    buttons = [
        button(say.B_SOURCE, "ask_policy", doc_id=document.doc_id, question=url),
        _related_button(document),
        _staff(),
    ]
    data = {
        "kind": "policy_answer",
        "status": "outdated" if document.in_force is False else "answered",
        "citations": [_citation(document, unit, quote, url)],
    }
    return Outcome((reply(text, buttons, data),))


def _citation(
    document: Document, unit: DocumentUnit, quote: str, url: str
) -> dict[str, str | bool | None]:
    return {
        "doc_id": document.doc_id,
        "title": document.title,
        "doc_no": document.doc_no,
        "issuer": document.issuer,
        "region": document.region,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "in_force": document.in_force,
        "section": unit.section,
        "quote": quote,
        "url": url,
    }


def _beginning(text: str) -> str:
    """Return whole sentences from the start, verbatim, about as long as a screen takes."""
    text = text.rstrip()
    if len(text) <= QUOTED:
        return text
    ends = [n for n, char in enumerate(text[:QUOTED]) if char in SENTENCE_ENDS]
    return text[: ends[-1] + 1] if ends else text[:QUOTED]


def _related_button(document: Document) -> Button:
    return button(say.B_RELATED, "ask_policy", related=document.doc_id)


def _staff() -> Button:
    return button(say.B_STAFF, "talk_to_staff")


def _gone() -> Outcome:
    return Outcome((reply(say.POLICY_NO_DOC, menu()),))
