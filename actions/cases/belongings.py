"""What of a person waits for staff: told before a device forgets who used it."""

from collections.abc import Sequence
from datetime import datetime

from actions.cases.chat import sentences as say
from actions.cases.links import link_path
from actions.cases.service import OPEN, Cases
from actions.dialogue.personal.belongings import Belonging
from actions.dialogue.services import Services
from language.wording import day_and_time


def open_cases(conversation: str, services: Services, now: datetime) -> Sequence[Belonging]:
    """Return the conversation's open cases, the newest first."""
    key = services.settings.signing_key()
    return [
        Belonging(
            say.CASE_WAITS.format(reply_by=day_and_time(case.reply_by, now)),
            case.ticket,
            link_path(case.ticket, key),
        )
        for case in services.of(Cases).for_conversation(conversation)
        if case.status == OPEN
    ]
