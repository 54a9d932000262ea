"""What subscriptions keep of a person: wishes, postings that were told, news that wait."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from actions.dialogue.personal.holdings import Held, Holding
from actions.dialogue.replies import button
from actions.jobs.news.tables import JobNewsRow
from actions.jobs.subscriptions import sentences as say
from actions.jobs.subscriptions.tables import SubscriptionRow, ToldPostingRow


class SubscriptionHolding(Holding):
    """Subscriptions, and what their person was told."""

    owned = {  # noqa: RUF012
        SubscriptionRow: "conversation",
        ToldPostingRow: "conversation",
        JobNewsRow: "conversation",
    }

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell of each wish that is watched, and how many postings were told."""
        del now
        mine = select(SubscriptionRow).filter_by(conversation=person, active=True)
        with self._database.read() as session:
            rows = session.scalars(mine.order_by(SubscriptionRow.id)).all()
            told = session.scalar(
                select(func.count()).select_from(ToldPostingRow).filter_by(conversation=person)
            )
        held = [
            Held(
                "subscriptions",
                say.HELD.format(code=row.code),
                row.words,
                row.created_at,
                forget=button(say.B_END, "unsubscribe", subscription=row.code),
            )
            for row in rows
        ]
        if told:
            count = say.HELD_TOLD_COUNT.format(count=told)
            held.append(Held("told_postings", say.HELD_TOLD, count))
        return held

    def alive(self) -> Sequence[Select[Any]]:
        """Select who wants to hear of new postings."""
        return (select(SubscriptionRow.conversation).where(SubscriptionRow.active),)
