"""What a recorded deed was done to, and its details, in words."""

import json
from collections.abc import Mapping
from typing import Any

from bot.console.permissions import POSTS
from bot.console.staff import sentences

VALUES: dict[str, dict[str, str]] = {
    "role": {role.value: post.title for role, post in POSTS.items()},
    "draft": {"True": sentences.AS_DRAFT, "False": ""},
    "fields": dict(sentences.FIELDS),
}
"""What values of a detail are called; others are shown as they are."""
HASH_SHOWN = 6


def subject_in_words(subject: str, known: Mapping[str, str]) -> str:
    """Return what something was done to; ``known`` are names of accounts and documents.

    Conversations, whose ids are nobody's business, keep the end of a hash.
    """
    kind, _, name = subject.partition(":")
    if subject in known or name in known:
        return known.get(subject) or known[name]
    if kind == "conversation":
        name = name[-HASH_SHOWN:]
    form = sentences.SUBJECTS.get(kind)
    return form.format(name.replace(":", " ")).strip() if form else subject


def in_words(details: str) -> str:
    """Return an entry's ``details`` (a JSON object) in words; "" where there are none.

    What a later release has recorded is shown under its own name.
    """
    told = (_told(name, value) for name, value in json.loads(details).items())
    return "；".join(words for words in told if words)


def _told(name: str, value: Any) -> str:
    many = value if isinstance(value, list) else [value]
    named = VALUES.get(name, {})
    words = "、".join(named.get(str(one), str(one)) for one in many)
    sentence = sentences.DETAILS.get(name, f"{name} {{}}")
    return sentence.format(words, n=len(many)) if words else ""
