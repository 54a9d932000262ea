"""Where the numbers of persons are kept: encrypted, each in its conversation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.database import Database, rows_changed
from store.service import Service
from store.settings import Settings
from store.vault import placeholders
from store.vault.keys import Keyring
from store.vault.tables import PersonalValueRow

ROWS_AT_ONCE = 500


class Found(Protocol):
    """A number found at ``[start, end)`` of a text."""

    @property
    def kind(self) -> str:
        """One of ``placeholders.LABELS``."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it is over."""

    @property
    def value(self) -> str:
        """The number, written in one way."""


@dataclass(frozen=True)
class Shift:
    """A placeholder at ``[start, end)`` of a stored text, once ``[sent_start, sent_end)``."""

    start: int
    end: int
    sent_start: int
    sent_end: int


@dataclass(frozen=True)
class Hidden:
    """A text without numbers of persons, and where they were."""

    text: str
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class KeptValue:
    """A number that is kept; ``value`` is None where its key is lost."""

    id: str
    kind: str
    masked: str
    value: str | None
    created_at: datetime


class Vault(Service):
    """The numbers of one database; what takes a session is part of its unit of work."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        super().__init__(database)
        self._keys = keys

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Make the vault; a key is made when the first number comes."""
        return cls(database, Keyring(settings))

    def hide(
        self,
        session: Session,
        conversation_id: str,
        text: str,
        found: Sequence[Found],
        now: datetime,
    ) -> Hidden:
        """Keep the numbers ``found`` in ``text`` and return it with placeholders.

        The same number has the same placeholder all through a conversation. A placeholder that
        was typed and is none of this conversation's is made into plain characters.
        """
        known = _known(session, conversation_id, placeholders.ids_in(text))
        text = placeholders.disarmed(text, known.__contains__)
        pieces: list[str] = []
        shifts: list[Shift] = []
        end = length = 0
        for one in found:
            value_id = self._kept(session, conversation_id, one, now)
            hidden = placeholders.placeholder(one.kind, value_id)
            pieces += [text[end : one.start], hidden]
            start = length + one.start - end
            length, end = start + len(hidden), one.end
            shifts.append(Shift(start, length, one.start, one.end))
        return Hidden("".join([*pieces, text[end:]]), tuple(shifts))

    def holds(self, session: Session, conversation_id: str, one: Found) -> bool:
        """Whether a number was written in a conversation."""
        return self._id_of(session, conversation_id, one) is not None

    def _id_of(self, session: Session, conversation_id: str, one: Found) -> str | None:
        indexes = self._keys.blind_indexes(conversation_id, one.kind, one.value)
        return session.scalar(
            select(PersonalValueRow.id).where(
                PersonalValueRow.conversation_id == conversation_id,
                PersonalValueRow.kind == one.kind,
                PersonalValueRow.blind_index.in_(indexes),
            )
        )

    def _kept(self, session: Session, conversation_id: str, one: Found, now: datetime) -> str:
        known = self._id_of(session, conversation_id, one)
        if known is not None:
            return known
        indexes = self._keys.blind_indexes(conversation_id, one.kind, one.value)
        row = PersonalValueRow(
            id=placeholders.new_id(),
            conversation_id=conversation_id,
            kind=one.kind,
            masked=placeholders.masked(one.kind, one.value),
            ciphertext=self._keys.encrypt(one.value),
            blind_index=indexes[0],
            created_at=now,
        )
        session.add(row)
        session.flush()
        return row.id

    def values_of(self, session: Session, conversation_id: str) -> tuple[KeptValue, ...]:
        """Return every number that a conversation holds, the oldest first."""
        rows = session.scalars(
            select(PersonalValueRow)
            .where(PersonalValueRow.conversation_id == conversation_id)
            .order_by(PersonalValueRow.created_at, PersonalValueRow.id)
        )
        return tuple(
            KeptValue(
                row.id, row.kind, row.masked, self._keys.decrypt(row.ciphertext), row.created_at
            )
            for row in rows
        )

    def whole(self, session: Session, conversation_id: str, text: str) -> str:
        """Return a stored text with its numbers whole; a mask where a key is lost.

        For the person whose conversation it is, and nobody else.
        """
        wanted = placeholders.ids_in(text)
        if not wanted:
            return text
        own = PersonalValueRow.conversation_id == conversation_id
        rows = session.scalars(select(PersonalValueRow).where(own, PersonalValueRow.id.in_(wanted)))
        values = {
            (conversation_id, row.id): self._keys.decrypt(row.ciphertext) or row.masked
            for row in rows
        }
        return _filled(conversation_id, text, values)

    def forget(self, session: Session, conversation_id: str) -> int:
        """Delete every number of a conversation; return how many."""
        own = PersonalValueRow.conversation_id == conversation_id
        return rows_changed(session, delete(PersonalValueRow).where(own))

    def rotate(self) -> tuple[int, int]:
        """Encrypt and index everything anew with the newest key; return how many, and how many not.

        Those whose key is lost stay as they are. May be stopped and begun again.
        """
        done = lost = 0
        last = ""
        while True:
            with self._database.write() as session:
                rows = session.scalars(
                    select(PersonalValueRow)
                    .where(PersonalValueRow.id > last)
                    .order_by(PersonalValueRow.id)
                    .limit(ROWS_AT_ONCE)
                    .with_for_update()
                ).all()
                if not rows:
                    return done, lost
                for row in rows:
                    renewed = self._renew(row)
                    done, lost = done + renewed, lost + (not renewed)
                session.commit()
                last = rows[-1].id

    def count_lost(self) -> int:
        """Return how many numbers no key opens."""
        with self._database.read() as session:
            stored = session.scalars(select(PersonalValueRow.ciphertext))
            return sum(self._keys.decrypt(ciphertext) is None for ciphertext in stored)

    def _renew(self, row: PersonalValueRow) -> bool:
        value = self._keys.decrypt(row.ciphertext)
        if value is None:
            return False
        row.ciphertext = self._keys.encrypt(value)
        row.blind_index = self._keys.blind_indexes(row.conversation_id, row.kind, value)[0]
        return True


def shown(session: Session, conversation_id: str, text: str) -> str:
    """Return a stored text as people see it: the mask in place of each placeholder."""
    return shown_each(session, [(conversation_id, text)])[0]


def shown_each(session: Session, said: Iterable[tuple[str, str]]) -> list[str]:
    """Return texts, each with its conversation's id, as people see them.

    What was deleted, or was never that conversation's, is named without its id.
    """
    said = list(said)
    wanted = {value_id for _, text in said for value_id in placeholders.ids_in(text)}
    if not wanted:
        return [text for _, text in said]
    rows = session.execute(
        select(
            PersonalValueRow.conversation_id, PersonalValueRow.id, PersonalValueRow.masked
        ).where(PersonalValueRow.id.in_(wanted))
    )
    masks = {(row.conversation_id, row.id): row.masked for row in rows}
    return [_filled(of, text, masks) for of, text in said]


def _filled(conversation_id: str, text: str, known: Mapping[tuple[str, str], str]) -> str:
    def said(label: str, value_id: str) -> str:
        return known.get((conversation_id, value_id), f"〔{label}〕")

    return placeholders.replaced(text, said)


def _known(session: Session, conversation_id: str, ids: Sequence[str]) -> set[str]:
    if not ids:
        return set()
    return set(
        session.scalars(
            select(PersonalValueRow.id).where(
                PersonalValueRow.conversation_id == conversation_id, PersonalValueRow.id.in_(ids)
            )
        )
    )
