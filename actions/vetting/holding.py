"""What vetting keeps of a person: the ads that they handed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from actions.dialogue.personal.holdings import Held, Holding
from actions.vetting.chat import sentences as say
from actions.vetting.tables import PostingDraftRow


class DraftHolding(Holding):
    """Drafts of ads."""

    owned = {PostingDraftRow: "conversation"}  # noqa: RUF012

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell of each draft."""
        del now
        with self._database.read() as session:
            rows = session.scalars(select(PostingDraftRow).filter_by(conversation=person)).all()
            return [
                Held("posting_drafts", say.HELD.format(code=row.code), row.text, row.created_at)
                for row in rows
            ]

    def alive(self) -> Sequence[Select[Any]]:
        """Select whose ad waits for a person."""
        return (select(PostingDraftRow.conversation).where(PostingDraftRow.decided.is_(None)),)
