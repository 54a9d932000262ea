"""How long messaging keeps what was said, and Rasa what it remembers by it."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.orm import Session

from actions.dialogue.personal.retention import Rule
from actions.dialogue.personal.tables import LinkCodeRow, LinkedConversationRow
from actions.dialogue.services import Services
from bot.messaging.personal.tracker import EVENTS, Tracker
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage, Reach
from store.vault.tables import PersonalValueRow

AT_ONCE = 10
"""Conversations in one transaction: a long one is hundreds of rows."""


def rules(services: Services) -> Sequence[Rule]:
    """Return the rules; a conversation in which something goes on is left alone.

    What a rule deletes whole comes after what another takes out of it: else the dry run would
    count for both what the run finds once.
    """
    settings, ours = services.settings, lambda: nullcontext(services.database)
    return (
        Rule(
            "payloads",
            "按过的按钮的内容",
            "处理消息所需，处理完之后",
            settings.keep_tracker_days,
            _pressed,
            _forget_payloads,
            ours,
        ),
        Rule(
            "transcripts",
            "对话和回复",
            "答复和核对所需，最后一次来之后",
            settings.keep_transcripts_days,
            partial(_silent, services),
            _forget_conversations,
            ours,
            AT_ONCE,
        ),
        Rule(
            "tracker",
            "对话的上下文",
            "接着上次说的往下办，最后一条消息之后",
            settings.keep_tracker_days,
            _remembered,
            _forget_events,
            services.of(Tracker).beside,
            AT_ONCE,
        ),
    )


def _silent(services: Services, before: datetime) -> Select[Any, Any]:
    """Select conversations that have been over since ``before``."""
    waiting = exists().where(
        InboxMessage.conversation_id == Conversation.id, InboxMessage.status == "pending"
    )
    unsent = exists().where(
        OutboxMessage.conversation_id == Conversation.id, OutboxMessage.status == "pending"
    )
    found = select(Conversation.id, Conversation.active_at).where(
        *(Conversation.active_at < before, Conversation.lease_owner.is_(None)),
        *(Conversation.mode == "bot", ~waiting, ~unsent),
    )
    alive = [each for holding in services.holdings for each in holding.alive()]
    return found.where(*(Conversation.id.not_in(each) for each in alive))


def _forget_conversations(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    for row in (PersonalValueRow, OutboxMessage, InboxMessage, Reach):
        session.execute(delete(row).where(row.conversation_id.in_(keys)))
    for link in (LinkCodeRow, LinkedConversationRow):
        session.execute(delete(link).where(link.conversation.in_(keys)))
    session.execute(delete(Conversation).where(Conversation.id.in_(keys)))


def _pressed(before: datetime) -> Select[Any, Any]:
    return select(InboxMessage.id, InboxMessage.finished_at).where(
        InboxMessage.payload.is_not(None),
        InboxMessage.status != "pending",
        InboxMessage.finished_at < before,
    )


def _forget_payloads(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(update(InboxMessage).where(InboxMessage.id.in_(keys)).values(payload=None))


def _remembered(before: datetime) -> Select[Any, Any]:
    last = func.max(EVENTS.c.timestamp)
    return (
        select(EVENTS.c.sender_id, last.label("last"))
        .group_by(EVENTS.c.sender_id)
        .having(last < before.timestamp())
    )


def _forget_events(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(EVENTS).where(EVENTS.c.sender_id.in_(keys)))
