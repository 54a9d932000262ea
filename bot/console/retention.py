"""How long the console keeps who was signed in, and who tried in vain."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services
from bot.console.tables import SignInFailure, StaffSession


def rules(services: Services) -> Sequence[Rule]:
    """Return the rules."""
    days, ours = services.settings.keep_sign_ins_days, lambda: nullcontext(services.database)
    return (
        Rule(
            "sessions",
            "工作人员的登录",
            "查清谁在何时登录过，登录到期之后",
            days,
            _expired,
            _forget_sessions,
            ours,
        ),
        Rule(
            "sign_in_failures",
            "登录失败的次数",
            "防止猜密码，最后一次失败之后",
            days,
            _failed,
            _forget_failures,
            ours,
        ),
    )


def _expired(before: datetime) -> Select[Any, Any]:
    return select(StaffSession.key, StaffSession.expires_at).where(StaffSession.expires_at < before)


def _forget_sessions(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(StaffSession).where(StaffSession.key.in_(keys)))


def _failed(before: datetime) -> Select[Any, Any]:
    over = or_(SignInFailure.blocked_until.is_(None), SignInFailure.blocked_until < before)
    found = select(SignInFailure.key, SignInFailure.last_at)
    return found.where(SignInFailure.last_at < before, over)


def _forget_failures(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(SignInFailure).where(SignInFailure.key.in_(keys)))
