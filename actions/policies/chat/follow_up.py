"""What goes on with a policy answer: a question that leans on the one before, a citation chosen."""

import re
from collections.abc import Mapping
from typing import Any

from actions.dialogue.context import Item, Shown
from actions.dialogue.reading.cues import residue
from actions.dialogue.replies import pressed
from actions.dialogue.tasks import Found, Known
from actions.policies.called import ASKS
from knowledge.answering.answers import Citation

LONGEST, SHORT = 14, 8
"""Characters; more is a question of its own, from ``SHORT`` on unless its words point back."""

ELLIPTIC = re.compile("^(?:那|如果|要是|其中|这)|呢[？?]*$")
"""What goes on with the question before it, whatever else is in it."""

UNIT = re.compile(r"#u(\d+)$")
KEPT = ("doc_id", "title", "doc_no", "issuer", "issued_on", "validity", "url", "section", "quote")


def merged(known: Known, found: Found, corrects: bool) -> Mapping[str, Any]:
    """Return the whole question: 「那一个月多少」 is asked of what was asked about before.

    Of a short one that has words of its own, 「合同到期呢」, it is left open whether it is.
    """
    del corrects
    before, words = known.get("question") or _at_hand(known), str(found.value)
    if not before or len(words) > LONGEST or words in before:
        return {"question": words}
    whole = with_before(str(before), words)
    if not residue(re.sub(ASKS, "", words)):
        return {"question": whole}
    if len(words) > SHORT and not ELLIPTIC.search(words):
        return {"question": words}
    return {"question": words, "asked_before": str(before)[:MOST_BEFORE]}


def with_before(before: str, words: str) -> str:
    """Return a short question as one that goes on with the one before."""
    return f"{before[:MOST_BEFORE]}，{words}"


def _at_hand(known: Known) -> str | None:
    """Return what a question without its own matter is about: the business that is booked."""
    business = known.get("business")
    return None if business is None else str(business)


MOST_BEFORE = 60


def as_cited(citations: tuple[Citation, ...]) -> tuple[dict[str, Any], ...]:
    """Return what is remembered of the citations: the first, which is asked about."""
    return tuple({name: getattr(one, name) for name in KEPT} for one in citations[:1])


def citation_list(citations: tuple[Citation, ...]) -> tuple[Shown, ...]:
    """Return the citations as they may be chosen from: 「第二条呢」."""
    items = tuple(
        Item(f"{one.title}{one.section}", pressed("ask_policy", _part(one))) for one in citations
    )
    return (Shown("citations", items),) if len(items) > 1 else ()


def _part(citation: Citation) -> dict[str, Any]:
    unit = UNIT.search(citation.url)
    return {"doc_id": citation.doc_id, "page": None if unit is None else int(unit[1])}
