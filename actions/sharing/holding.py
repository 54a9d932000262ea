"""What is kept of a person: the staff that they lend or borrow."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from actions.dialogue.personal.holdings import Held, Holding
from actions.sharing import sentences as say
from actions.sharing.chat.sharing import in_words
from actions.sharing.service import OPEN, Share
from actions.sharing.tables import StaffShareRow
from store.vault.vault import shown


class ShareHolding(Holding):
    """Entries of staff to lend or to borrow."""

    owned = {StaffShareRow: "conversation"}  # noqa: RUF012

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell of each entry."""
        del now
        with self._database.read() as session:
            rows = session.scalars(select(StaffShareRow).filter_by(conversation=person)).all()
            return [
                Held(
                    StaffShareRow.__tablename__,
                    say.HELD.format(code=row.code),
                    f"{_words(row)}；{shown(session, person, row.contact)}",
                    row.created_at,
                )
                for row in rows
            ]

    def alive(self) -> Sequence[Select[Any]]:
        """Select whose entry is still to be matched."""
        return (select(StaffShareRow.conversation).where(StaffShareRow.state == OPEN),)


def _words(row: StaffShareRow) -> str:
    return in_words(Share(row.side, row.trade, row.headcount, row.place, row.period, ""))
