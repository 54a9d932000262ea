"""A made-up office's messages to measure the console on: some months, half of them replies."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text

from actions.features import FEATURES
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage
from store.database import Database

SEED = 20
AT_ONCE = 10_000
DAYS = 90
LONG_TURNS = 200
A_TALK = 10
NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
LONG = "web:a-long-conversation-of-200"
WORDS = (
    *("失业金", "社保", "医保", "公积金", "电工", "焊工", "保洁", "客服", "预约", "大厅", "投诉"),
    *("工资", "合同", "仲裁", "培训", "补贴", "转移", "退休", "工伤", "材料", "上海", "武汉"),
)
RARE = "高温津贴"
OUTCOMES = (
    *("words", "fallback", "policy_answer:answered", "policy_answer:not_covered"),
    *("job_list", "slot_list", "staff_case:handoff", "silent"),
)


def fill(database: Database, messages: int) -> None:
    """Write half as many messages as replies to them, spread over the days."""
    chance = random.Random(SEED)  # noqa: S311  data, no secret
    pairs = messages // 2
    talks = max(1, pairs // A_TALK)
    intents = list(FEATURES.intents)
    with database.write() as session:
        ids = [LONG, *(f"web:{n:024d}" for n in range(talks))]
        rows = [_conversation(each) for each in ids]
        for at in range(0, len(rows), AT_ONCE):
            session.execute(insert(Conversation), rows[at : at + AT_ONCE])
        session.commit()
    for begin in range(0, pairs, AT_ONCE):
        numbers = range(begin, min(pairs, begin + AT_ONCE))
        said = [_message(n, pairs, talks, intents, chance) for n in numbers]
        told = [_reply(each, chance) for each in said]
        with database.write() as session:
            session.execute(insert(InboxMessage), said)
            session.execute(insert(OutboxMessage), told)
            session.commit()
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _conversation(name: str) -> dict[str, Any]:
    return {"id": name, "channel": "web", "mode": "bot", "created_at": NOW, "active_at": NOW}


def _message(
    number: int, pairs: int, talks: int, intents: list[str], chance: random.Random
) -> dict[str, Any]:
    at = NOW - timedelta(days=DAYS) * (1 - number / pairs)
    words = "".join(chance.choices(WORDS, k=chance.randint(1, 5)))
    long = number % max(1, pairs // LONG_TURNS) == 0
    intent, sure = chance.choice(intents), round(chance.random(), 3)
    return {
        "id": number + 1,
        "channel": chance.choice(("web", "web", "wechat", "telegram")),
        "key": str(number),
        "conversation_id": LONG if long else f"web:{chance.randrange(talks):024d}",
        "text": words + (RARE if number % 5_000 == 7 else "") + "怎么办",
        "status": "done",
        "attempts": 0,
        "next_attempt_at": at,
        "received_at": at,
        "finished_at": at,
        "nlu": {"intent": intent, "confidence": sure, "entities": [], "ranking": []},
        "intent": intent,
        "confidence": sure,
        "outcome": chance.choice(OUTCOMES),
    }


def _reply(said: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    words = "，".join(chance.choices(WORDS, k=12))
    return {
        "id": said["id"],
        "conversation_id": said["conversation_id"],
        "inbox_id": said["id"],
        "author": "bot",
        "body": {"text": words, "buttons": [], "image": None, "data": None},
        "status": "sent",
        "attempts": 0,
        "next_attempt_at": said["received_at"],
        "created_at": said["received_at"],
        "sent_at": said["received_at"],
    }
