"""What is kept of a person: the courses that they signed up for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from actions.dialogue.personal.holdings import Erasure, Held, Holding
from actions.dialogue.replies import button
from actions.training import sentences as say
from actions.training.records import LEFT, SEATED
from actions.training.service import free_seat
from actions.training.tables import CourseRow, CourseSignUpRow


class SignUpHolding(Holding):
    """Sign-ups; whoever is forgotten gives the seat back."""

    owned = {CourseSignUpRow: "conversation"}  # noqa: RUF012

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell of each sign-up, with a button that gives the seat back."""
        del now
        statement = select(CourseSignUpRow, CourseRow).join(
            CourseRow, CourseRow.id == CourseSignUpRow.course_id
        )
        with self._database.read() as session:
            rows = session.execute(statement.where(CourseSignUpRow.conversation == person)).all()
        return [
            Held(
                CourseSignUpRow.__tablename__,
                say.HELD.format(title=course.title),
                say.STATES[one.state],
                one.at,
                button(say.B_LEAVE, "find_training", course=course.code, course_do="leave")
                if one.state in SEATED
                else None,
            )
            for one, course in rows
        ]

    def erase(self, session: Session, erasure: Erasure) -> None:
        """Give the seats back and forget who had them."""
        mine = CourseSignUpRow.conversation == erasure.person
        for one in session.scalars(select(CourseSignUpRow).where(mine)).all():
            free_seat(session, one, LEFT)
        session.flush()
        session.execute(delete(CourseSignUpRow).where(mine))
