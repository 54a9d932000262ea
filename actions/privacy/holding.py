"""What this feature keeps of a person itself: a wish that is not fulfilled, a file's address."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from actions.dialogue.personal.holdings import Erasure, Held, Holding
from actions.privacy.tables import PrivacyExportRow, PrivacyRequestRow


class RequestHolding(Holding):
    """Wishes to be forgotten and files to fetch; a wish ends itself when it is fulfilled."""

    owned = {  # noqa: RUF012
        PrivacyExportRow: "conversation",
        PrivacyRequestRow: "conversation",
    }

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Nothing that the person has not just asked for."""
        del person, now
        return ()

    def alive(self) -> Sequence[Select[Any]]:
        """Select whose wish is not fulfilled: what it is about must be there to be forgotten."""
        standing = PrivacyRequestRow.conversation.is_not(None)
        return (select(PrivacyRequestRow.conversation).where(standing),)

    def erase(self, session: Session, erasure: Erasure) -> None:
        """Make every address of a file useless."""
        mine = PrivacyExportRow.conversation == erasure.person
        session.execute(delete(PrivacyExportRow).where(mine))
