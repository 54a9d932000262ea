"""People's own data in the chat: seen, mended, taken along, deleted."""

import re
from collections.abc import Sequence

from actions.dialogue.personal.cards import HeldPart, ProfileCard
from actions.dialogue.personal.holdings import Held
from actions.dialogue.reading import cues
from actions.dialogue.replies import button, reply, shorten, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from actions.ids import read_id
from actions.privacy.cards import ReceiptCard
from actions.privacy.chat import sentences as say
from actions.privacy.chat.linking import LINKED, confirm
from actions.privacy.service import FETCHED_WITHIN, PREFIX, Privacy, Receipt
from actions.privacy.wishes import ABOUT, CORRECT, ERASE, EXPORT, FORGET, SHOW, Wish, read_wish
from language.wording import on_record
from store.clock import to_shanghai

INTENT = "privacy_request"
TYPED = re.compile(
    rf"(?<![A-Za-z0-9#]){PREFIX}\s*[-—－]?\s*([A-Za-z0-9]{{7}})(?![A-Za-z0-9])", re.I
)
SHOWN, LONGEST = 12, 60
"""Things shown in words, and the characters shown of each: the file has all of them."""


def privacy_request(turn: Turn, services: Services) -> Outcome:
    """Do what is asked for, by words or by a button."""
    wish = _wish(turn, services)
    if wish.what == LINKED:
        return confirm(wish.slot, turn, services)
    answers = {SHOW: _show, EXPORT: _export, CORRECT: _correct, FORGET: _forget, ERASE: _erase}
    answer = answers.get(wish.what)
    return _about(services) if answer is None else answer(wish, turn, services)


def typed_receipt(turn: Turn, services: Services) -> Outcome | None:
    """Tell what became of a wish whose receipt somebody shows."""
    found = TYPED.search(turn.text)
    code = None if found is None else read_id(PREFIX, found[1])
    if code is None:
        return None
    receipt = services.of(Privacy).receipt(code)
    if receipt is None:
        return Outcome((reply(say.RECEIPT_UNKNOWN, _buttons(B_SHOW=SHOW)),))
    sentence = say.RECEIPT_OPEN if receipt.erased_at is None else say.RECEIPT_ERASED
    sentence = sentence if receipt.done_at is None else say.RECEIPT_DONE
    erased = receipt.erased_at or receipt.asked_at
    text = sentence.format(
        receipt=receipt.code,
        asked=on_record(receipt.asked_at, turn.now),
        erased=on_record(erased, turn.now),
    )
    return Outcome((reply(text, (), _receipt_card(receipt)),))


WHO_READS = re.compile(
    "(?:会|不会|会不会|会得|是不是|别).{0,6}(?:告诉|透露|泄[露漏]|传给?|卖给?|给)"
    ".{0,6}(?:公司|单位|老板|别人|他们|人家|厂里|外人)|[会能]?保密[吗么不]"
    "|(?:给|让|被)(?:谁|哪些人|什么人)(?:看|知道|见)|谁(?:能|会|可以)?(?:看|知道)"
)


def asked_who_reads(turn: Turn, services: Services) -> Outcome | None:
    """Say who gets to know what somebody tells us, where they ask whether their employer does."""
    if not turn.text or turn.danger or turn.asked or not WHO_READS.search(turn.text):
        return None
    if not cues.ASKS.search(turn.text):
        return None
    return Outcome((reply(say.WHO_READS, _buttons(B_SHOW=SHOW)),))


def _wish(turn: Turn, services: Services) -> Wish:
    if turn.text:
        return read_wish(turn.text, {k: v.title for k, v in services.remembered.items()})
    return Wish(turn.value("privacy") or ABOUT, turn.value("field"))


def _about(services: Services) -> Outcome:
    text = say.ABOUT.format(days=services.settings.keep_transcripts_days)
    buttons = _buttons(B_SHOW=SHOW, B_CORRECT=CORRECT, B_EXPORT=EXPORT, B_ERASE=ERASE)
    return Outcome((reply(text, buttons),))


# Seen and taken along --------------------------------------------------------------------


def _show(_wish: Wish, turn: Turn, services: Services) -> Outcome:
    kept = [(held, services.purposes.get(held.table, "")) for held in _held(turn, services)]
    parts = [
        HeldPart(
            field=held.field,
            value=held.value,
            since=None if held.since is None else to_shanghai(held.since).isoformat(),
            why=why,
        )
        for held, why in kept
    ]
    lines = [_line(held, why, turn) for held, why in kept[:SHOWN]]
    more = [say.MORE.format(n=len(kept) - SHOWN)] if len(kept) > SHOWN else []
    text = "\n".join([say.HEAD, *lines, *more]) if kept else say.NOTHING
    buttons = _buttons(B_CORRECT=CORRECT, B_EXPORT=EXPORT, B_ERASE=ERASE)
    return Outcome((reply(text, buttons, ProfileCard(held=tuple(parts))),))


def _held(turn: Turn, services: Services) -> list[Held]:
    remembered = [
        Held("events", each.title, each.words(turn.slots[slot]))
        for slot, each in services.remembered.items()
        if slot in turn.slots
    ]
    stored = [h for holding in services.holdings for h in holding.show(turn.conversation, turn.now)]
    return [*remembered, *stored]


def _line(held: Held, why: str, turn: Turn) -> str:
    value = shorten(held.value, LONGEST)
    if held.since is None:
        return say.LINE_WITHOUT_TIME.format(field=held.field, value=value, why=why)
    since = on_record(held.since, turn.now)
    return say.LINE.format(field=held.field, value=value, since=since, why=why)


def _export(_wish: Wish, turn: Turn, services: Services) -> Outcome:
    token = services.of(Privacy).offer(turn.conversation, turn.now)
    url = f"{services.settings.web_url}/my-data/{token}"
    minutes = int(FETCHED_WITHIN.total_seconds() // 60)
    return Outcome((reply(say.EXPORT_LINK.format(url=url, minutes=minutes)),))


# Mended ----------------------------------------------------------------------------------


def _correct(wish: Wish, turn: Turn, services: Services) -> Outcome:
    new = {} if wish.slot is None else _new_value(wish.slot, turn, services)
    if new:
        ((slot, value),) = new.items()
        each = services.remembered[slot]
        text = say.CORRECTED.format(title=each.title, value=each.words(value))
        return Outcome((reply(text, _buttons(B_SHOW=SHOW)),), new)
    known = [slot for slot in services.remembered if slot in turn.slots]
    if not known:
        return Outcome((reply(say.CORRECT_NONE, [staff_button()]),))
    buttons = [_forget_button(slot, services) for slot in known]
    return Outcome((reply(say.CORRECT_WHICH, [*buttons, staff_button()]),))


def _new_value(slot: str, turn: Turn, services: Services) -> dict[str, object]:
    read = services.remembered[slot].read
    value = turn.name_of(slot) if read is None else read(turn.text)
    return {} if value is None else {slot: value}


def _forget(wish: Wish, turn: Turn, services: Services) -> Outcome:
    each = services.remembered.get(wish.slot or "")
    if each is None or wish.slot is None:
        return _about(services)
    known = wish.slot in turn.slots
    text = (say.FORGOTTEN if known else say.NOT_REMEMBERED).format(title=each.title)
    return Outcome((reply(text, _buttons(B_SHOW=SHOW)),), {wish.slot: None})


def _forget_button(slot: str, services: Services) -> Button:
    title = say.B_FORGET.format(title=services.remembered[slot].title)
    return button(title, INTENT, privacy=FORGET, field=slot)


# Deleted ---------------------------------------------------------------------------------


def _erase(_wish: Wish, turn: Turn, services: Services) -> Outcome:
    """Ask, or do it where that very question is answered, by its button or its title."""
    sure = button(say.B_YES_ERASE, INTENT, privacy=ERASE)
    if turn.context.yes == sure["payload"] and (not turn.text or say.B_YES_ERASE in turn.text):
        return _confirmed(turn, services)
    stays_here = button(say.B_NO, "deny")
    held = _held(turn, services)
    stays = [k for each in services.holdings for k in each.stays(turn.conversation, turn.now)]
    gone = dict.fromkeys(say.GONE.get(each.table, each.field) for each in held)
    kept = "；".join([*(each.words for each in stays), say.ERASE_ALWAYS])
    text = say.ERASE_ASK.format(gone="、".join(gone), kept=say.ERASE_KEPT.format(kept=kept))
    buttons = [
        *(each.instead for each in stays if each.instead is not None),
        *(sure, stays_here),
    ]
    return Outcome((reply(text, buttons),), yes=sure, no=stays_here)


def _confirmed(turn: Turn, services: Services) -> Outcome:
    receipt = services.of(Privacy).ask(turn.conversation, turn.now)
    time = on_record(receipt.asked_at, turn.now)
    text = say.ERASING.format(receipt=receipt.code, time=time)
    return Outcome((reply(text, (), _receipt_card(receipt)),))


def _receipt_card(receipt: Receipt) -> ReceiptCard:
    erased = receipt.erased_at
    return ReceiptCard(
        receipt=receipt.code,
        asked_at=to_shanghai(receipt.asked_at).isoformat(),
        erased_at=None if erased is None else to_shanghai(erased).isoformat(),
    )


def _buttons(**wishes: str) -> Sequence[Button]:
    return [button(getattr(say, title), INTENT, privacy=wish) for title, wish in wishes.items()]
