"""The one gate: what a person writes is stored, and goes on, without the numbers in it."""

import json
import re
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from language.personal import find_personal
from store.vault.vault import Hidden, Shift, Vault

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Gate:
    """What passes into one conversation, in the unit of work that stores it."""

    def __init__(self, vault: Vault, session: Session, conversation_id: str, now: datetime) -> None:
        self._vault = vault
        self._session = session
        self._conversation_id = conversation_id
        self._now = now

    def text(self, text: str) -> Hidden:
        """Return words as they are stored: a placeholder for each number of a person's."""
        text = storable(text)
        found = find_personal(text)
        return self._vault.hide(self._session, self._conversation_id, text, found, self._now)

    def repeated(self, text: str) -> str:
        """Return words that are not the person's own: only numbers that they wrote are replaced."""
        own = [
            one
            for one in find_personal(text)
            if self._vault.holds(self._session, self._conversation_id, one)
        ]
        return self._vault.hide(self._session, self._conversation_id, text, own, self._now).text

    def payload(self, payload: str) -> str:
        """Return a button's payload with the numbers in its values, or wherever, replaced."""
        payload = storable(payload)
        name, brace, rest = payload.partition("{")
        try:
            values = json.loads(brace + rest) if brace else None
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict):
            return self.text(payload).text
        passed = {self.text(key).text: self._value(value) for key, value in values.items()}
        return payload if passed == values else name + json.dumps(passed, ensure_ascii=False)

    def _value(self, value: Any) -> Any:
        written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        passed = self.text(written).text
        return value if passed == written else passed


def storable(text: str) -> str:
    """Return ``text`` with what no database can keep (NUL, lone surrogates) as U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def sent_span(shifts: tuple[Shift, ...], start: int, end: int) -> tuple[int, int]:
    """Return where ``[start, end)`` of a stored text was in the text as sent.

    What touches a placeholder is all of the number that it stands for.
    """
    return _sent(shifts, start, at_end=False), _sent(shifts, end, at_end=True)


def _sent(shifts: tuple[Shift, ...], at: int, *, at_end: bool) -> int:
    moved = 0
    for shift in shifts:
        if at < shift.start or (at_end and at == shift.start):
            break
        if at < shift.end or (at_end and at == shift.end):
            return shift.sent_end if at_end else shift.sent_start
        moved = shift.sent_end - shift.end
    return at + moved
