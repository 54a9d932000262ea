"""Writing news down, in the transaction of what caused them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.jobs.news.tables import JobNewsRow

WAITING, SENT, VOID = "waiting", "sent", "void"
APPLICATION, DIGEST = "application", "digest"
"""Kinds of news."""


def write_news(
    session: Session,
    conversation: str,
    kind: str,
    key: str,
    data: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Write down that somebody is to be told; False where it is written down already."""
    known = select(JobNewsRow.id).filter_by(conversation=conversation, kind=kind, key=key)
    if session.scalar(known) is not None:
        return False
    session.add(
        JobNewsRow(
            conversation=conversation,
            kind=kind,
            key=key,
            data=dict(data),
            status=WAITING,
            at=now,
        )
    )
    session.flush()
    return True
