"""What policy answers keep of a person: which answers they found helpful."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from actions.dialogue.personal.holdings import Held, Holding
from actions.policies.chat import sentences as say
from knowledge.documents.tables import PolicyFeedback


class FeedbackHolding(Holding):
    """Judgements of answers, with the question as it was asked."""

    owned = {PolicyFeedback: "conversation"}  # noqa: RUF012

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell which questions were judged."""
        del now
        with self._database.read() as session:
            rows = session.scalars(select(PolicyFeedback).filter_by(conversation=person))
            return [
                Held("policy_feedback", say.HELD_FEEDBACK, row.question, row.at)
                for row in rows.all()
            ]
