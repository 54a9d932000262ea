"""Policy questions: the answer is the document's own words, then where they stand."""

from collections.abc import Sequence
from dataclasses import replace

from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Reply, Turn
from actions.policies.cards import answer_card
from actions.policies.chat import sentences as say
from actions.policies.chat.elsewhere import asked_in, codes_of
from actions.policies.chat.feedback import judged, judgements
from actions.policies.chat.follow_up import ELLIPTIC, as_cited, citation_list, with_before
from actions.policies.chat.sections import related, section, source
from actions.policies.chat.wording import (
    answer_text,
    first_shown,
    outdated_text,
    rest_of,
    rest_text,
)
from knowledge.answering.answerer import PolicyAnswerer
from knowledge.answering.answers import PolicyAnswer
from knowledge.answering.regulations import LOCAL
from language.places import NATIONAL, region_name

PLACES_SHOWN = 6
POLICY = "policy:"
"""Begins the name of a document that was quoted (``Context.focus``); alone, nothing was."""


def ask_policy(turn: Turn, services: Services) -> Outcome:
    """Answer a typed question or a pressed button (a question, a source, what is related)."""
    if turn.value("related"):
        return related(turn, services)
    if turn.value("helpful"):
        return judged(turn, services)
    if turn.value("doc_id"):
        return section(turn, services) if turn.number("page") else source(turn, services)
    question, places = turn.value("question"), turn.value("regions")
    if question is None and places is not None and "question" in turn.slots:
        return _asked_again(turn.slots["question"], codes_of(places), turn, services)
    question = question or turn.text
    if not question.strip():
        return Outcome((reply(say.POLICY_ASK),))
    answer, question = _whole(question, turn, services)
    if turn.value("rest") and answer.status == "answered":
        return _rest(answer)
    return told(answer, question, turn)


def _whole(question: str, turn: Turn, services: Services) -> tuple[PolicyAnswer, str]:
    """Ask a short question by itself and on from the one before: the surer answer is meant."""
    region, before = turn.value("region"), turn.value("asked_before")
    answer = ask(question, turn, services, region=region)
    if before is None or not (turn.context.focus or "").startswith(POLICY):
        return answer, question
    whole = with_before(before, question)
    if answer.status == "answered" and answer.confidence >= SELF_EVIDENT:
        return answer, question
    further = ask(whole, turn, services, region=region)
    if further.status != "answered" or further.confidence < answer.confidence:
        return answer, question
    # The question before drags its own answer along: that says nothing of what is asked now,
    # unless the words themselves point back.
    again = f"{POLICY}{further.citations[0].doc_id}" == turn.context.focus
    drags = again and answer.status == "answered" and not ELLIPTIC.search(question)
    return (answer, question) if drags else (further, whole)


SELF_EVIDENT = 0.75
"""A question that is answered so surely by itself needs none before it."""


def _rest(answer: PolicyAnswer) -> Outcome:
    """Show the quotes that did not fit the first time."""
    others = rest_of(answer)
    first = others[0]
    source = button(say.B_SOURCE, "ask_policy", doc_id=first.doc_id, question=first.url)
    card = answer_card(answer.status, others)
    said = reply(rest_text(answer), [source, staff_button()], card)
    return Outcome((said,), lists=citation_list(answer.citations), cited=as_cited(others))


def _asked_again(question: str, codes: Sequence[str], turn: Turn, services: Services) -> Outcome:
    """Ask for each place; of several, each answer begins with its place."""
    replies: list[Reply] = []
    for code in codes:
        question = asked_in(question, code)
        outcome = told(ask(question, turn, services, region=code), question, turn)
        place = say.POLICY_PLACE.format(place=region_name(code)) if len(codes) > 1 else ""
        replies += [{**reply, "text": place + reply["text"]} for reply in outcome.replies]
    return replace(outcome, replies=tuple(replies))


def ask(
    question: str, turn: Turn, services: Services, *, region: str | None = None
) -> PolicyAnswer:
    """Ask the library for ``region`` (a code or a name).

    Without one it is where the person is known to look for work; a place that the question
    names counts more, the service's own region less.
    """
    library = services.of(PolicyAnswerer)
    return library.answer(question, region=region or turn.slots.get("place"), now=turn.now)


def told(answer: PolicyAnswer, question: str, turn: Turn) -> Outcome:
    """Give the answer; the next message may ask the same for another place.

    A question asked while a form waits is answered in passing.
    """
    slots = {"question": question} if turn.asked is None else {}
    return Outcome(
        (render(answer, question),),
        slots,
        lists=citation_list(answer.citations),
        cited=as_cited(answer.citations),
        focus=f"{POLICY}{answer.citations[0].doc_id}" if answer.status == "answered" else POLICY,
    )


def render(answer: PolicyAnswer, question: str) -> Reply:
    """Put an answer of the library into words; KeyError on an unknown status."""
    text, buttons = {
        "answered": _answered,
        "not_covered": _not_covered,
        "outdated": _outdated,
        "which_region": _which_region,
    }[answer.status](answer, question)
    return reply(text, [*buttons, staff_button()], answer_card(answer.status, answer.citations))


def _answered(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    first = answer.citations[0]
    return answer_text(answer), [
        button(say.B_SOURCE, "ask_policy", doc_id=first.doc_id, question=first.url),
        *_newer(answer),
        _more_of(answer, question),
        *judgements(answer, question),
    ]


def _more_of(answer: PolicyAnswer, question: str) -> Button:
    """Lead to the quotes that are not shown yet, else to what else the document says."""
    left = len(answer.citations) - len(first_shown(answer))
    if left:
        title = say.B_REST.format(n=left)
        return button(title, "ask_policy", question=question, region=answer.region, rest="yes")
    return button(say.B_RELATED, "ask_policy", related=answer.citations[0].doc_id)


def _not_covered(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    del question
    text = say.POLICY_NOT_COVERED
    if answer.region and answer.region != NATIONAL:
        text = say.POLICY_NOT_COVERED_THERE.format(place=region_name(answer.region))
    if answer.regulation:
        named = say.POLICY_REGULATION.format(regulation=answer.regulation)
        text = say.POLICY_LOCAL if answer.regulation == LOCAL else named
    if answer.nearest:
        text += "\n" + say.POLICY_NEAREST
    return text, _cards(answer)


def _outdated(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    del question
    return outdated_text(answer), [*_newer(answer), *_cards(answer)]


def _which_region(answer: PolicyAnswer, question: str) -> tuple[str, list[Button]]:
    return say.POLICY_WHICH_REGION, [
        button(region_name(code), "ask_policy", question=question, region=code)
        for code in answer.regions[:PLACES_SHOWN]
    ]


def _newer(answer: PolicyAnswer) -> list[Button]:
    """Lead from what was superseded to what took its place."""
    newer = dict.fromkeys(c.superseded_by for c in answer.citations if c.validity == "superseded")
    return [button(say.B_NEWER, "ask_policy", doc_id=doc_id) for doc_id in newer if doc_id]


def _cards(answer: PolicyAnswer) -> list[Button]:
    return [
        button(card.title, "ask_policy", doc_id=card.doc_id, question=card.url)
        for card in answer.nearest
    ]
