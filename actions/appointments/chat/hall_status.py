"""How full a hall is, and when it is quieter."""

from actions.appointments.called import CROWD
from actions.appointments.cards import CrowdCard, HallPart, QuietPart
from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import book_button
from actions.appointments.chat.booking_request import YES
from actions.appointments.service import Appointments, Crowd
from actions.dialogue import sentences as shared
from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from language.wording import day_and_time

PAGE = "/halls"
"""The public page of all halls."""


def hall_status(turn: Turn, services: Services) -> Outcome:
    """Say how full the hall is that was named or is remembered; else all of them."""
    hall = turn.value("hall") or turn.slots.get("hall")
    if turn.value("week") is not None:
        return _week(hall, services)
    known = [hall.name for hall in services.of(Appointments).halls()]
    shown = [hall] if hall in known else known
    crowds = [services.of(Appointments).crowd(name, now=turn.now) for name in shown]
    card = CrowdCard(halls=tuple(map(hall_part, crowds)), page=PAGE)
    if len(crowds) == 1:
        text, buttons = _one(crowds[0], turn)
        slots = {"hall": crowds[0].hall}
    else:
        text, buttons = _many(crowds)
        slots = {}
    told = slots if turn.asked is None else {}
    return Outcome((reply(text, buttons, card),), told, focus=CROWD)


def hall_part(crowd: Crowd) -> HallPart:
    """Return a hall's crowd, its calmer times as ISO texts."""
    return HallPart(
        hall=crowd.hall,
        is_open=crowd.is_open,
        people=crowd.people,
        counted=crowd.counted,
        predicted=crowd.predicted,
        capacity=crowd.capacity,
        hours=crowd.hours,
        quiet=tuple(
            QuietPart(
                start=time.start.isoformat(),
                end=time.end.isoformat(),
                expected_people=time.expected_people,
            )
            for time in crowd.quiet
        ),
    )


def _line(crowd: Crowd) -> str:
    sentence = say.CROWD_CLOSED
    if crowd.is_open:
        sentence = say.CROWD_PREDICTED if crowd.counted is None else say.CROWD
    return sentence.format(
        hall=crowd.hall, people=crowd.people, capacity=crowd.capacity, hours=crowd.hours
    )


def _one(crowd: Crowd, turn: Turn) -> tuple[str, list[Button]]:
    text = _line(crowd)
    times = [day_and_time(time.start, turn.now) for time in crowd.quiet]
    if times:
        text += say.CROWD_QUIET.format(when="、".join(times))
    elif crowd.is_open:
        text += say.CROWD_NOT_CALMER
    buttons = [
        button(
            say.B_CROWD_BOOK.format(when=when),
            "book_window",
            hall=crowd.hall,
            visit_from=time.start.isoformat(),
            visit_until=time.end.isoformat(),
        )
        for when, time in zip(times, crowd.quiet, strict=True)
    ]
    buttons = buttons or [button(shared.B_BOOK, "book_window", hall=crowd.hall)]
    week = button(say.B_WEEK, "hall_status", hall=crowd.hall, week=YES)
    online = button(say.B_ONLINE_FIRST, "book_window", hall=crowd.hall, ask="online")
    return text, [*buttons, week, online]


def _week(name: str | None, services: Services) -> Outcome:
    """Show whom a hall expects in the coming days, as a picture."""
    hall = services.of(Appointments).find_hall(name) if name else None
    if hall is None:
        return Outcome((reply(say.CROWD_NO_HALL, [staff_button()]),))
    buttons = [
        button(shared.B_BOOK, "book_window", hall=hall.name),
        button(say.B_ONLINE_FIRST, "book_window", hall=hall.name, ask="online"),
    ]
    text = say.CROWD_WEEK.format(hall=hall.name)
    card = CrowdCard(halls=(), hall=hall.name, page=PAGE)
    said = reply(text, buttons, card, image=f"/halls/{hall.id}/week.png")
    return Outcome((said,), {"hall": hall.name})


def _many(crowds: list[Crowd]) -> tuple[str, list[Button]]:
    if not crowds:
        return say.CROWD_NO_HALL, [staff_button()]
    lines = [say.CROWD_MANY, *(f"· {_line(crowd)}" for crowd in crowds)]
    buttons = [button(crowd.hall, "hall_status", hall=crowd.hall) for crowd in crowds]
    return "\n".join(lines), [*buttons, book_button()]
