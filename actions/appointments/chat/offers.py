"""Times as a reply: first what needs no visit, then quiet times, each a button that holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from actions.appointments.cards import SlotListCard, SlotPart
from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import as_seen
from actions.appointments.chat.booking_request import YES, BookingRequest
from actions.appointments.chat.questions import which_hall
from actions.appointments.service import Appointments, Booking, Slot, SlotOffer
from actions.dialogue import sentences as shared
from actions.dialogue.context import Item, Shown
from actions.dialogue.replies import button, pressed, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from language.wording import date_with_weekday, day_and_time
from store.clock import to_shanghai

OFFERED = 3
TIMES = "times"


@dataclass(frozen=True)
class Ask:
    """A wish to be answered with times.

    ``moves`` is the booking that a tap moves, in place of holding a new one. ``page`` counts
    from 0; ``lines`` stand before the times.
    """

    visit: BookingRequest
    moves: Booking | None = None
    page: int = 0
    lines: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """The code of the booking that is moved."""
        return None if self.moves is None else self.moves.code


def offer(ask: Ask, turn: Turn, services: Services) -> Outcome:
    """Offer quiet times for a visit whose business is known; UnknownBusiness, UnknownHall."""
    return _times(ask, _found(ask, turn, services), turn)


def first_answer(ask: Ask, turn: Turn, services: Services) -> Outcome:
    """Say how the business is done without coming, if it can be; and ask where, or offer times.

    Who has named neither a hall nor a time hears the way from home alone: most need no visit.
    The times stand in the reply's data all the same.
    """
    found = _found(ask, turn, services)
    visit, asked = ask.visit, turn.value("ask") == "online"
    if not found.alternatives and asked:
        ask = replace(ask, lines=(say.INSTEAD_NONE.format(business=found.business), *ask.lines))
    if found.alternatives and not visit.come:
        if asked or not (turn.slots.get("hall") or visit.start or visit.earliest):
            return _at_home(ask, found)
        ask = Ask(
            replace(visit, come=True),
            page=ask.page,
            lines=(say.INSTEAD_ALSO.format(ways="；".join(found.alternatives)), *ask.lines),
        )
    if visit.hall is None:
        return which_hall(ask.visit, turn, services, ask.lines)
    return replace(_times(ask, found, turn), slots=ask.visit.as_slots())


def offer_card(found: SlotOffer) -> SlotListCard:
    """Return an offer as a card."""
    return SlotListCard(
        hall=found.hall,
        business=found.business,
        alternatives=found.alternatives,
        slots=tuple(map(_slot_part, found.slots)),
    )


def slot_button(slot: Slot, business: str, now: datetime, moves: Booking | None = None) -> Button:
    """Return the button of a time: it holds a seat, or moves a booking as it is now."""
    title = day_and_time(slot.start, now)
    if moves is not None:
        values = {"code": moves.code, "slot_id": slot.id, "seen": as_seen(moves)}
        return button(title, "change_booking", **values)
    return button(title, "book_window", slot_id=slot.id, business=business)


def _found(ask: Ask, turn: Turn, services: Services) -> SlotOffer:
    wish = ask.visit.as_wish().of(turn.conversation, for_other=ask.visit.for_other)
    if ask.moves is not None:
        wish = wish.moving(ask.moves)
    return services.of(Appointments).offer(
        wish, now=turn.now, limit=OFFERED, offset=ask.page * OFFERED
    )


def _at_home(ask: Ask, found: SlotOffer) -> Outcome:
    visit = ask.visit
    lines = [*ask.lines, say.INSTEAD.format(business=found.business)]
    lines += [say.INSTEAD_WAY.format(way=way) for way in found.alternatives]
    lines.append(say.INSTEAD_OR_COME)
    comes = button(say.B_COME, "book_window", **{**visit.as_slots(), "come": YES})
    buttons = [comes, button(say.B_OTHER_BUSINESS, "book_window", ask="business"), staff_button()]
    said = reply("\n".join(lines), buttons, offer_card(found))
    taken = button(shared.B_YES, "book_window", ask="taken")
    return Outcome((said,), visit.as_slots(), yes=taken, no=comes)


def _times(ask: Ask, found: SlotOffer, turn: Turn) -> Outcome:
    times = [slot_button(slot, found.business, turn.now, ask.moves) for slot in found.slots]
    ways = _ways_on(ask, found)
    said = reply(_text(ask, found, turn), [*times, *ways], offer_card(found))
    if not found.slots:
        return Outcome((said,))
    items = tuple(
        Item(each["title"], each["payload"], when=slot.start.isoformat())
        for each, slot in zip(times, found.slots, strict=True)
    )
    more = next((each["payload"] for each in ways if each["title"] == say.B_MORE_TIMES), None)
    sooner, later = _around(ask, found)
    shown = Shown(TIMES, items, more=more, sooner=sooner, later=later)
    return Outcome((said,), lists=(shown,))


def _around(ask: Ask, found: SlotOffer) -> tuple[str, str]:
    """Return the payloads that show times before and after those that are offered."""
    starts = [slot.start for slot in found.slots]
    day = to_shanghai(min(starts)).replace(hour=0, minute=0)
    sooner = {"visit_from": day.isoformat(), "visit_until": min(starts).isoformat()}
    after, end = max(starts) + timedelta(minutes=1), to_shanghai(max(starts)) + timedelta(days=1)
    later = {
        "visit_from": after.isoformat(),
        "visit_until": end.replace(hour=0, minute=0).isoformat(),
    }
    values = {**ask.visit.as_slots(), "come": YES, "code": ask.code}
    intent = "book_window" if ask.code is None else "change_booking"
    return pressed(intent, {**values, **sooner}), pressed(intent, {**values, **later})


def _ways_on(ask: Ask, found: SlotOffer) -> list[Button]:
    visit = ask.visit
    values: Mapping[str, Any] = {**visit.as_slots(), "come": YES}
    if ask.code is not None:
        values = {**values, "code": ask.code}
    intent = "book_window" if ask.code is None else "change_booking"
    buttons = []
    if found.more:
        buttons.append(button(say.B_MORE_TIMES, intent, **{**values, "page": ask.page + 1}))
    if found.full and ask.code is None:
        buttons.append(button(say.B_WAIT, "book_window", wait=YES, **_wished(values, found)))
    if found.elsewhere is not None:
        title = say.B_ELSEWHERE.format(hall=found.elsewhere)
        buttons.append(button(title, intent, **{**values, "hall": found.elsewhere}))
    asked = {"business": visit.business, "hall": visit.hall, "code": ask.code, "ask": "time"}
    buttons.append(button(say.B_OTHER_TIME, intent, **asked))
    if ask.code is not None:
        return [*buttons, button(say.B_CHANGE_KEEP, "deny")]
    other = button(say.B_OTHER_BUSINESS, "book_window", ask="business")
    return [*buttons, other, staff_button()]


def _wished(values: Mapping[str, Any], found: SlotOffer) -> dict[str, Any]:
    """Return what to wait for: the wished stretch, in the hall that was looked at."""
    return {
        **values,
        "hall": found.hall,
        "visit_from": found.start.isoformat(),
        "visit_until": found.end.isoformat(),
    }


def _slot_part(slot: Slot) -> SlotPart:
    return SlotPart(
        id=slot.id,
        start=slot.start.isoformat(),
        end=slot.end.isoformat(),
        expected_people=slot.expected_people,
        capacity=slot.capacity,
        reason=slot.reason,
    )


def _text(ask: Ask, found: SlotOffer, turn: Turn) -> str:
    # Why it is not what was wished comes before what it is.
    lines = [line for line in (*ask.lines, found.note) if line]
    if found.slots:
        sentence = say.TIMES if ask.code is None else say.TIMES_CHANGE
        day = _day_of(ask, found)
        lines.append(sentence.format(hall=found.hall, business=found.business, day=day))
        lines += [_line(slot, turn) for slot in found.slots]
    elif ask.page:
        lines.append(say.TIMES_NO_MORE)
    elif not found.note:
        lines.append(say.TIMES_NONE.format(business=found.business))
    if found.full and ask.code is None:
        lines.append(say.TIMES_WAIT)
    return "\n".join(lines)


def _day_of(ask: Ask, found: SlotOffer) -> str:
    """Say the day that was understood, with its weekday, where all times are on it."""
    days = {to_shanghai(slot.start).date() for slot in found.slots}
    if ask.visit.start is None or len(days) > 1:
        return ""
    return date_with_weekday(days.pop())


def _line(slot: Slot, turn: Turn) -> str:
    return say.TIMES_LINE.format(when=day_and_time(slot.start, turn.now), reason=slot.reason)
