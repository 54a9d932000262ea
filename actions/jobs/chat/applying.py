"""Applying for a posting: a number, one question of consent, one application."""

import hashlib

from actions.dialogue.context import Item, Shown
from actions.dialogue.replies import button, pressed, read_payload, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Reply, Turn
from actions.jobs.applications import sentences as say
from actions.jobs.applications.service import Application, Applications, PostingGone, Sent
from actions.jobs.applications.states import WITHDRAWN
from actions.jobs.called import POSTING
from actions.jobs.chat.my_applications import (
    APPLY,
    already,
    application_card,
    search_button,
    standing,
    status_button,
    take_back,
)
from actions.jobs.chat.questions import ask_wish
from actions.jobs.chat.search import POSTINGS
from actions.jobs.service import Jobs, Posting

PHONE = "apply_phone"
REF_LENGTH = 12


def apply_job(turn: Turn, services: Services) -> Outcome:
    """Take somebody's application, one step further; or do what a button of one says."""
    if turn.value("withdraw") is not None:
        return take_back(turn, services)
    if turn.value("applied") is not None:
        return standing(turn, services)
    posting_id = _meant(turn)
    if posting_id is None:
        return _which(turn)
    posting = services.of(Jobs).get(posting_id, now=turn.now)
    if posting is None:
        return Outcome((reply(say.GONE, [search_button()]),), {"apply_posting": None})
    known = _standing_one(turn, services, posting.id)
    if known is not None:
        return already(known, turn, services)
    phone = turn.slots.get(PHONE) or services.of(Applications).known_phone(turn.conversation)
    if phone is None or turn.value("other_phone") is not None:
        return _at(posting, reply(say.PHONE_ASK.format(title=posting.title)), asks=PHONE)
    name = str(turn.slots.get("apply_name") or "")
    agreed = turn.value("agree")
    if agreed == _ref(posting.id, phone, name):
        return _send(posting, phone, name, turn, services)
    return _ask_consent(posting, phone, name, stale=agreed is not None)


def phone_question(turn: Turn, services: Services) -> Reply:
    """Ask for a number again."""
    posting_id = str(turn.slots.get("apply_posting") or "")
    posting = services.of(Jobs).get(posting_id, now=turn.now)
    return reply(say.PHONE_ASK.format(title=posting.title if posting else ""))


def contact(turn: Turn, services: Services, posting: Posting) -> Outcome:
    """Say how to reach an employer: to who has applied there; else what applying takes."""
    sent = services.of(Applications).contact(turn.conversation, posting.id, turn.now)
    if sent is None:
        return apply_job(turn, services)
    lines = (say.CONTACT_AGAIN, say.NO_CONTACT)
    return _at(posting, _handing_over(lines, sent, posting))


# What is meant ---------------------------------------------------------------------------


def _meant(turn: Turn) -> str | None:
    """Return the posting that is meant: pressed, asked a number for, looked at, the only one,
    or the one of the list that was looked at before."""
    pressed_id = turn.value("posting_id")
    if pressed_id is not None:
        return pressed_id
    waiting = turn.slots.get("apply_posting")
    goes_on = turn.value(PHONE) is not None or turn.value("apply_name") is not None
    if waiting is not None and goes_on:
        return str(waiting)
    focus = turn.context.focus or ""
    if focus.startswith(POSTING):
        return focus.removeprefix(POSTING)
    shown = _shown(turn, POSTINGS)
    listed = [] if shown is None else [read_payload(i.press)[1]["posting_id"] for i in shown.items]
    # The list may have been narrowed since one of its postings was looked at.
    viewed = [each.removeprefix(POSTING) for each in turn.context.viewed]
    meant = listed if len(listed) == 1 else [each for each in viewed if each in listed]
    return str(meant[0]) if meant else None


def _shown(turn: Turn, name: str) -> Shown | None:
    return next((each for each in turn.context.lists if each.name == name), None)


def _which(turn: Turn) -> Outcome:
    shown = _shown(turn, POSTINGS)
    if shown is None:
        return Outcome((ask_wish(say.NOTHING_SHOWN),))
    items = tuple(
        Item(
            each.title, pressed(APPLY, read_payload(each.press)[1]), pay=each.pay, place=each.place
        )
        for each in shown.items
    )
    buttons: list[Button] = [
        button(say.B_APPLY_NTH.format(n=n, title=each.title), APPLY, **read_payload(each.press)[1])
        for n, each in enumerate(items, shown.first)
    ]
    lists = (Shown(POSTINGS, items, shown.first, of=shown.of),)
    return Outcome((reply(say.WHICH, buttons),), lists=lists)


# Consent ---------------------------------------------------------------------------------


def _ref(posting_id: str, phone: str, name: str) -> str:
    """Return what a yes is said to: this posting, this number, this name."""
    said = "\x1f".join((posting_id, phone, name))
    return hashlib.sha256(said.encode()).hexdigest()[:REF_LENGTH]


def _consent(posting: Posting, phone: str, name: str) -> str:
    what = (say.WHAT_BOTH if name else say.WHAT_PHONE).format(name=name, phone=phone)
    return say.CONSENT.format(what=what, employer=posting.employer, title=posting.title)


def _ask_consent(posting: Posting, phone: str, name: str, *, stale: bool) -> Outcome:
    text = (say.AGREED_STALE if stale else "") + _consent(posting, phone, name)
    ref = _ref(posting.id, phone, name)
    yes = button(say.B_AGREE, APPLY, posting_id=posting.id, agree=ref)
    no = button(say.B_NOT_NOW, "deny")
    other = button(say.B_OTHER_PHONE, APPLY, posting_id=posting.id, other_phone="1")
    return _at(posting, reply(text, [yes, other, no]), yes=yes, no=no)


def _send(posting: Posting, phone: str, name: str, turn: Turn, services: Services) -> Outcome:
    applications = services.of(Applications)
    consent = applications.seen(turn.conversation, _consent(posting, phone, name))
    try:
        sent = applications.send(
            turn.conversation,
            posting.id,
            phone=phone,
            name=name,
            consent=consent,
            now=turn.now,
        )
    except PostingGone:
        return Outcome((reply(say.GONE, [search_button()]),), {"apply_posting": None})
    if not sent.new:
        return already(sent.application, turn, services)
    lines = (f"{say.APPLIED}\n{say.CONTACT}", f"{say.APPLIED}\n{say.NO_CONTACT}")
    outcome = _at(posting, _handing_over(lines, sent, posting))
    return Outcome(outcome.replies, {"apply_posting": None}, focus=outcome.focus)


def _handing_over(lines: tuple[str, str], sent: Sent, posting: Posting) -> Reply:
    """Say one of two sentences: with the employer's contact, or that there is none."""
    application = sent.application
    words = {"title": posting.title, "employer": posting.employer, "code": application.code}
    contact = "" if posting.is_demo else sent.contact
    text = (lines[0] if contact else lines[1]).format(contact=contact, **words)
    if posting.is_demo:
        text = f"{text}\n{say.DEMO}"
    told = reply(text, [status_button(), staff_button()], application_card(application))
    return {**told, "numbers_of": sent.numbers_of} if contact else told


def _at(
    posting: Posting,
    said: Reply,
    *,
    asks: str | None = None,
    yes: Button | None = None,
    no: Button | None = None,
) -> Outcome:
    """Return an answer in whose view the posting stays."""
    slots, focus = {"apply_posting": posting.id}, f"{POSTING}{posting.id}"
    return Outcome((said,), slots, asks=asks, yes=yes, no=no, focus=focus)


def _standing_one(turn: Turn, services: Services, posting_id: str) -> Application | None:
    mine = services.of(Applications).of(turn.conversation, turn.now)
    found = (each for each in mine if each.posting_id == posting_id and each.state != WITHDRAWN)
    return next(found, None)
