"""What people are told unasked: that an application moved on, and of new postings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, or_, select, update

from actions.dialogue.replies import reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Reply
from actions.jobs.applications import sentences as say
from actions.jobs.applications.service import Application, Applications
from actions.jobs.applications.tables import ApplicationRow
from actions.jobs.chat.my_applications import application_card, status_button
from actions.jobs.chat.subscribing import digest
from actions.jobs.news.tables import JobNewsRow
from actions.jobs.news.writing import APPLICATION, DIGEST, SENT, VOID, WAITING
from actions.jobs.records import Posting
from actions.jobs.service import Jobs
from actions.jobs.subscriptions.service import Subscriptions
from actions.jobs.subscriptions.tables import SubscriptionRow
from actions.jobs.subscriptions.times import is_quiet


@dataclass(frozen=True)
class News:
    """Something to tell; ``holds`` is False where nothing of it is true any more."""

    id: int
    conversation: str
    kind: str
    application: Application | None = None
    postings: tuple[Posting, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether there is anything left to tell."""
        return self.application is not None or bool(self.postings)


class JobNews:
    """News of applications and subscriptions: a ``NoticeSource``; silent in the quiet hours."""

    paced: Collection[str] = (DIGEST,)

    def __init__(self, services: Services) -> None:
        self._database = services.database
        self._jobs = services.of(Jobs)
        self._applications = services.of(Applications)
        self._quiet = services.of(Subscriptions).quiet_hours

    def due(self, *, now: datetime, limit: int) -> Sequence[News]:
        """Return what waits to be told, the oldest first."""
        if is_quiet(now, self._quiet):
            return ()
        waiting = select(JobNewsRow).filter_by(status=WAITING)
        with self._database.read() as session:
            rows = session.scalars(waiting.order_by(JobNewsRow.at, JobNewsRow.id).limit(limit))
            return tuple(self._news(row, now) for row in rows.all())

    def _news(self, row: JobNewsRow, now: datetime) -> News:
        about: Mapping[str, Any] = row.data
        if row.kind == APPLICATION:
            mine = self._applications.of(row.conversation, now)
            same = (e for e in mine if e.code == about["code"] and e.state == about["state"])
            return News(row.id, row.conversation, row.kind, application=next(same, None))
        found = (self._jobs.get(each, now=now) for each in about["postings"])
        shown = tuple(each for each in found if each is not None)
        return News(row.id, row.conversation, row.kind, postings=shown)

    def reply(self, notice: News, *, now: datetime) -> Reply:
        """Return the words."""
        del now
        one = notice.application
        if one is None:
            return digest(notice.postings)
        words = {"title": one.title, "employer": one.employer, "code": one.code}
        return reply(say.NEWS[one.state].format(**words), [status_button()], application_card(one))

    def settle(self, connection: Connection, *notices: News, now: datetime) -> set[int]:
        """Mark as told; what was overtaken, or is told by another process, is not among them."""
        holding = [each.id for each in notices if each.holds]
        mine = JobNewsRow.conversation
        state = JobNewsRow.data["state"].as_string()
        code = JobNewsRow.data["code"].as_string()
        still = or_(
            exists().where(SubscriptionRow.conversation == mine, SubscriptionRow.active)
            & (JobNewsRow.kind == DIGEST),
            exists().where(ApplicationRow.code == code, ApplicationRow.state == state)
            & (JobNewsRow.kind == APPLICATION),
        )
        waiting = update(JobNewsRow).where(JobNewsRow.status == WAITING)
        told = waiting.where(JobNewsRow.id.in_(holding), still)
        told = told.values(status=SENT, settled_at=now)
        done = set(connection.scalars(told.returning(JobNewsRow.id)))
        for each in notices:
            if each.id in done and each.kind == DIGEST:
                # What was withdrawn meanwhile is not in it: 「第二个」 is the second that was told.
                shown = {"postings": [posting.id for posting in each.postings]}
                connection.execute(
                    update(JobNewsRow).where(JobNewsRow.id == each.id).values(data=shown)
                )
        rest = [each.id for each in notices if each.id not in done]
        void = waiting.where(JobNewsRow.id.in_(rest))
        connection.execute(void.values(status=VOID, settled_at=now))
        return done
