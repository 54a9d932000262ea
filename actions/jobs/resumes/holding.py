"""What a résumé keeps of a person: shown field by field."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from actions.dialogue.personal.holdings import Held, Holding
from actions.jobs.resumes import sentences as say
from actions.jobs.resumes.fields import TITLES, in_words
from actions.jobs.resumes.tables import ResumeEntryRow


class ResumeHolding(Holding):
    """Fields of résumés."""

    owned = {ResumeEntryRow: "conversation"}  # noqa: RUF012

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell of each field."""
        del now
        mine = select(ResumeEntryRow).filter_by(conversation=person)
        with self._database.read() as session:
            rows = sorted(session.scalars(mine), key=lambda row: list(TITLES).index(row.field))
        return [
            Held(
                "resume_entries",
                say.HELD.format(title=TITLES[row.field]),
                in_words(row.value),
                row.at,
            )
            for row in rows
        ]
