"""What staff said of a person's turns goes with the person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from actions.dialogue.personal.holdings import Held, Holding, Records
from bot.console.transcripts.tables import TurnReviewRow
from store.clock import to_shanghai

TITLE = "用来核对的话"


class ReviewHolding(Holding):
    """Reviewed turns: the person's words, not who of staff said what of them."""

    owned = {TurnReviewRow: "conversation"}  # noqa: RUF012

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell of each turn."""
        del now
        return [Held("turn_reviews", TITLE, row.text, row.at) for row in self._rows(person)]

    def export(self, person: str) -> Records:
        """Return the words."""
        rows = self._rows(person)
        told = [{"text": row.text, "at": to_shanghai(row.at).isoformat()} for row in rows]
        return {"turn_reviews": told}

    def _rows(self, person: str) -> Sequence[TurnReviewRow]:
        with self._database.read() as session:
            return session.scalars(select(TurnReviewRow).filter_by(conversation=person)).all()
