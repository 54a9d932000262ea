"""An ad in the chat: vetted at once, rewritten, and handed to staff as a draft."""

import hashlib
import re

from actions.dialogue.replies import button, reply, shorten, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Reply, Turn
from actions.vetting.chat import sentences as say
from actions.vetting.chat.adverts import asked_about, behind_colon, is_ad, is_doubted, is_piece
from actions.vetting.chat.wording import basis_text, review_card, review_text
from actions.vetting.rulebook import MISSING, PASS, REJECT
from actions.vetting.service import Vetting
from actions.vetting.vetter import Ad, Review

INTENT = "post_job"
LONGEST = 4_000
READ_AT_ONCE = 1_000
"""So much of a message reaches the assistant (``language.text.MAX_READ``)."""

SPAN_SHOWN, EARLY = 20, 30
REVISES = re.compile(
    "(?:修?改|换)(?:成|为|一下|好了|过了)[：:]|^[那就]?再?修?改(?:成|为)|(?:修|更)?改(?:后|过|好)了?的.{0,6}[：:]"
)
"""What begins another wording of the ad that was vetted."""


def post_job(turn: Turn, services: Services) -> Outcome:
    """Ask for the ad, vet it, or do what a button of its review says."""
    known = str(turn.slots.get("posting_ad") or "")
    wish = turn.value("posting_do")
    if wish is None:
        said = turn.value("posting_ad")
        return (
            Outcome((question(turn, services),), asks="posting_ad")
            if said is None
            else (vetted(said, turn, services))
        )
    if not known:
        return Outcome((reply(say.NONE_YET),), asks="posting_ad")
    if turn.value("posting_ref") != ref_of(known):
        return vetted(known, turn, services, first=say.CHANGED)
    if wish == "new":
        return Outcome((question(turn, services),), {"posting_ad": None}, asks="posting_ad")
    review = services.of(Vetting).vet(Ad(known))
    if wish == "basis":
        return _basis(review, turn, services)
    if wish == "rewrite" and review.rewriting is not None:
        known = review.rewriting
        review = services.of(Vetting).vet(Ad(known))
    return _kept(known, review, turn, services)


def question(_turn: Turn, _services: Services) -> Reply:
    """Ask for the ad."""
    return reply(say.ASK)


def typed_ad(turn: Turn, services: Services) -> Outcome | None:
    """Vet a message that is an ad, or more of the one that was just vetted or asked for."""
    if not turn.text or turn.danger:
        return None
    if _asks_why(turn):
        known = str(turn.slots["posting_ad"])
        return _basis(services.of(Vetting).vet(Ad(known)), turn, services)
    at_work = _waits(turn) or "posting" in turn.context.tasks
    settled = _settled(turn, services) if at_work else None
    if settled is not None:
        return settled
    text = asked_about(turn.text)
    if behind_colon(turn.text) or is_doubted(turn.text):
        return vetted(text[-LONGEST:], turn, services)
    if REVISES.search(turn.text[:EARLY]) and turn.slots.get("posting_ad") and is_piece(text):
        return vetted(text[-LONGEST:], turn, services)
    if _waits(turn) and is_piece(turn.text):
        before = str(turn.slots.get("posting_ad") or "")
        whole = turn.text if is_ad(turn.text) else "\n".join(filter(None, (before, turn.text)))
        return vetted(whole[-LONGEST:], turn, services)
    return vetted(turn.text, turn, services) if is_ad(turn.text) else None


def _settled(turn: Turn, services: Services) -> Outcome | None:
    """Take the rewriting where what it leaves out is given up in words, and hand in what may be."""
    known = str(turn.slots.get("posting_ad") or "")
    gives_in, publishes = GIVES_IN.search(turn.text), PUBLISHES.search(turn.text)
    if not known or not (gives_in or publishes):
        return None
    review = services.of(Vetting).vet(Ad(known))
    if review.rewriting is None:
        keeps = publishes is not None and review.decision != REJECT
        return _kept(known, review, turn, services) if keeps else None
    if gives_in is None:
        return None
    again = services.of(Vetting).vet(Ad(review.rewriting))
    if publishes is not None:
        return _kept(review.rewriting, again, turn, services)
    first = say.REWRITTEN.format(text=review.rewriting)
    return vetted(review.rewriting, turn, services, first=first)


GIVES_IN = re.compile(
    "不写了?|不要了|不压了|不收了|不限了|去掉|删[掉了]|改(?:完|好)了|都要|[按照]你(?:说|改|们)的?|听你的"
)
"""Who says so gives up what was found: 「男女都要，年纪不写了」."""

PUBLISHES = re.compile("(?:发(?:吧|布吧|出去吧?)|提交吧?|挂(?:上去)?吧|交上去吧?)[了啊呗。！!]*$")


def _asks_why(turn: Turn) -> bool:
    """Whether it is asked what is wrong with the ad whose review was said last."""
    asks = WHY.search(turn.text) and len(turn.text) <= EARLY
    return bool(asks and turn.context.asked is None and _waits(turn))


WHY = re.compile("哪里|哪儿|哪句|哪一?[点处条]|为什么|为啥|凭什么|怎么就|有什么问题")


def _waits(turn: Turn) -> bool:
    """Whether an ad was asked for, or its review is what was said last."""
    asked = turn.context.asked
    if asked is not None and asked.field == "posting_ad":
        return True
    return any(press.startswith(f"/{INTENT}") for _, press in turn.context.buttons) and bool(
        turn.slots.get("posting_ad")
    )


def vetted(text: str, turn: Turn, services: Services, *, first: str = "") -> Outcome:
    """Vet a text and show what was found."""
    review = services.of(Vetting).vet(Ad(text))
    cut = say.CUT.format(n=READ_AT_ONCE) if len(turn.text) >= READ_AT_ONCE else ""
    words = "\n".join(filter(None, (first, review_text(review), cut)))
    card = review_card(review, services, turn.now)
    buttons = [*_choices(review, ref_of(text)), staff_button()]
    return Outcome((reply(words, buttons, card),), {"posting_ad": text})


def _choices(review: Review, ref: str) -> list[Button]:
    wishes = []
    if review.rewriting is not None:
        wishes.append((say.B_REWRITE, "rewrite"))
    elif review.decision == REJECT:
        wishes.append((say.B_NEW, "new"))
    else:
        wishes.append((say.B_SUBMIT, "submit"))
    if review.findings:
        wishes.append((say.B_BASIS, "basis"))
    return [button(title, INTENT, posting_do=wish, posting_ref=ref) for title, wish in wishes]


def ref_of(text: str) -> str:
    """Return what a button is shown for: a few letters that stand for one text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _basis(review: Review, turn: Turn, services: Services) -> Outcome:
    """Quote the law for each kind of finding; the review's buttons stay."""
    text = basis_text(review, services, turn.now) or say.PASSED
    known = str(turn.slots["posting_ad"])
    return Outcome((reply(text, [*_choices(review, ref_of(known))[:1], staff_button()]),))


def _kept(text: str, review: Review, turn: Turn, services: Services) -> Outcome:
    """Hand an ad to staff, unless it may not be published as it is."""
    if review.decision == REJECT:
        return vetted(text, turn, services)
    draft = services.of(Vetting).keep(
        turn.conversation, text, review, request_key=turn.request_key, now=turn.now
    )
    words = say.KEPT.format(code=draft.code)
    if review.decision != PASS and (span := _told(review)):
        words = say.KEPT_REVIEW.format(code=draft.code, span=span)
    card = review_card(review, services, turn.now, code=draft.code)
    return Outcome((reply(words, [staff_button()], card),), {"posting_ad": text})


def _told(review: Review) -> str:
    first = review.findings[0]
    return "" if first.category == MISSING else shorten(first.span, SPAN_SHOWN)
