"""Which button is meant by what a messenger brings back: ``<outbox id>:<n>``, or a typed number."""

import re
import unicodedata

from sqlalchemy import select

from actions.dialogue.turn import Button
from bot.messaging.tables import OutboxMessage
from store.database import Database

_REFERENCE = re.compile(r"([0-9]{1,18}):([0-9]{1,3})", re.ASCII)
_NUMBER = re.compile(r"\s*([0-9]{1,2})\s*[.。、号]?\s*", re.ASCII)

MAX_ID = 2**31 - 1
"""The largest outbox id there can be: PostgreSQL refuses to compare with more."""


def reference(outbox_id: int, number: int) -> str:
    """Return what names a button: at most 22 bytes."""
    return f"{outbox_id}:{number}"


def read_reference(text: str) -> tuple[int, int] | None:
    """Return outbox id and number of the button that ``text`` names, None where it names none."""
    found = _REFERENCE.fullmatch(text)
    if found is None or int(found[1]) > MAX_ID:
        return None
    return int(found[1]), int(found[2])


def chosen(database: Database, conversation_id: str, named: str) -> Button | None:
    """Return the button that a reference names, if it was shown in this conversation."""
    found = read_reference(named)
    if found is None:
        return None
    outbox_id, number = found
    wanted = select(OutboxMessage.body).where(
        OutboxMessage.id == outbox_id, OutboxMessage.conversation_id == conversation_id
    )
    with database.read() as session:
        body = session.scalar(wanted)
    return _at(body["buttons"] if body else [], number)


def typed(database: Database, conversation_id: str, text: str) -> Button | None:
    """Return the button whose number, as the last reply numbered them from 1, or title is typed."""
    number = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text))
    title = text.strip()
    if number is None and not title:
        return None
    buttons = last_choices(database, conversation_id)
    if number is not None:
        return _at(buttons, int(number[1]) - 1)
    return next((button for button in buttons if button["title"] == title), None)


def last_choices(database: Database, conversation_id: str) -> list[Button]:
    """Return the buttons of the last reply that reached the person and had any."""
    wanted = (
        select(OutboxMessage.body)
        .where(OutboxMessage.conversation_id == conversation_id, OutboxMessage.status == "sent")
        .order_by(OutboxMessage.id.desc())
        .limit(LOOK_BACK)
    )
    with database.read() as session:
        bodies = session.scalars(wanted).all()
    return next((body["buttons"] for body in bodies if body["buttons"]), [])


LOOK_BACK = 5
"""Replies among which the last choices are looked for: a number after more means something else."""


def _at(buttons: list[Button], number: int) -> Button | None:
    return buttons[number] if 0 <= number < len(buttons) else None
