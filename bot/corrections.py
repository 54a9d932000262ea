"""``zhida train --with-corrections``: a candidate taught what staff corrected, and measured.

Sentences that are kept for measuring are never taught; the messages of late are read by both
models, so that what else changes is seen before anybody is answered so.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import yaml
from sqlalchemy import select

from actions.dialogue.domain import VERSION
from actions.features import FEATURES
from bot.console.transcripts.reviews import MEASURE, TRAIN, Review, candidates
from bot.evaluation.sentences import Reading, readings_of
from bot.messaging.tables import InboxMessage
from bot.model_versions import Version, current_model, made_for, note, version_path
from bot.training import make_model, train
from store.clock import to_shanghai
from store.database import Database
from store.settings import Settings
from store.vault.vault import shown_each

FILE = "corrections.yml"
REPLAYED = 500
CHANGED_SHOWN = 100


class NothingToTeach(RuntimeError):
    """Staff have corrected nothing yet."""


def train_with_corrections(
    settings: Settings, database: Database, *, now: datetime, progress: Callable[[str], None]
) -> Version:
    """Make and measure a candidate; return it. It runs once it is published.

    Raises NothingToTeach, TrainingFailed and EvaluationFailed.
    """
    taught = [one for one in candidates(database, TRAIN) if one.intent in FEATURES.intents]
    if not taught:
        raise NothingToTeach
    kept = [one for one in candidates(database, MEASURE) if one.intent in FEATURES.intents]
    content = as_training_data(taught)
    digest = hashlib.sha256(content.encode()).hexdigest()
    train(settings, progress=progress)
    before = current_model(settings)
    target = version_path(settings, digest)
    made = made_for(digest)
    make_model(settings, target, made, {FILE: content}, progress=progress)
    progress("正在比较前后两个模型")
    late = _late(database)
    texts = [one.text for one in kept] + [text for _, text in late]
    then, today = (readings_of(settings, model, texts) for model in (before, target))
    version = Version(
        target.name.removesuffix(".tar.gz"),
        made,
        to_shanghai(now).isoformat(timespec="seconds"),
        len(taught),
        **_compared(kept, then, today),
        replayed=len(late),
        changed=_changed(late, then[len(kept) :], today[len(kept) :]),
    )
    note(settings, version)
    return version


def as_training_data(reviews: Sequence[Review]) -> str:
    """Return sentences as Rasa's training data has them, in a fixed order."""
    by_intent: dict[str, list[str]] = {}
    for one in sorted(reviews, key=lambda review: review.text):
        by_intent.setdefault(one.intent or "", []).append(example(one))
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in sorted(by_intent.items())
    ]
    return str(
        yaml.safe_dump({"version": VERSION, "nlu": nlu}, allow_unicode=True, sort_keys=False)
    )


def example(review: Review) -> str:
    """Return a sentence with its names marked, as ``[上海](place)``."""
    parts, at = [], 0
    for mark in sorted(review.entities, key=lambda one: one.start):
        words = _plain(review.text[mark.start : mark.end])
        if mark.start >= at and words and mark.entity in FEATURES.names_found:
            parts += [_plain(review.text[at : mark.start]), f"[{words}]({mark.entity})"]
            at = mark.end
    return "".join([*parts, _plain(review.text[at:])]).strip()


def _plain(text: str) -> str:
    """Return words without the signs that mean something in training data."""
    return "".join(" " if each in "[](){}\n\r" else each for each in text)


def _compared(
    kept: Sequence[Review], then: Sequence[Reading], today: Sequence[Reading]
) -> dict[str, Any]:
    rows = list(zip(kept, then, today, strict=False))
    right = [(a.intent == one.intent, b.intent == one.intent) for one, a, b in rows]
    share = len(rows) or None
    return {
        "measured": len(rows),
        "before": None if share is None else sum(was for was, _ in right) / share,
        "after": None if share is None else sum(now for _, now in right) / share,
        "mended": sum(now and not was for was, now in right),
        "broken": sum(was and not now for was, now in right),
    }


def _late(database: Database) -> list[tuple[int, str]]:
    """Return messages of late, each wording once."""
    typed = (InboxMessage.payload.is_(None), InboxMessage.intent.is_not(None))
    found = select(InboxMessage).where(*typed).order_by(InboxMessage.id.desc()).limit(REPLAYED)
    with database.read() as session:
        rows = session.scalars(found).all()
        texts = shown_each(session, [(row.conversation_id, row.text) for row in rows])
    said = {text: row.id for row, text in zip(rows, texts, strict=True)}
    return [(number, text) for text, number in said.items()]


def _changed(
    late: Sequence[tuple[int, str]], then: Sequence[Reading], today: Sequence[Reading]
) -> tuple[dict[str, Any], ...]:
    """Return the numbers of messages that are read otherwise; their words stay where they are."""
    rows = zip(late, then, today, strict=True)
    found = [
        {"message": number, "before": was.intent, "after": now.intent}
        for (number, _), was, now in rows
        if was.intent != now.intent
    ]
    return tuple(found[:CHANGED_SHOWN])
