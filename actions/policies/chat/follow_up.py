"""What is asked after a policy answer: where it stands, its number, whether it holds, why."""

import re
from collections.abc import Mapping
from typing import Any

from actions.dialogue.context import Item, Shown
from actions.dialogue.reading.cues import residue
from actions.dialogue.replies import button, pressed, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.tasks import Found, Known
from actions.dialogue.turn import Outcome, Turn
from actions.policies.called import ASKS, POLICY_TOPICS
from actions.policies.chat import sentences as say
from knowledge.answering.answers import Citation
from knowledge.sentences import VALIDITY

LONGEST = 14
"""Characters; more is a question of its own."""

UNIT = re.compile(r"#u(\d+)$")
KEPT = ("doc_id", "title", "doc_no", "issuer", "issued_on", "validity", "url")


def tell(turn: Turn, services: Services) -> Outcome | None:
    """Answer such a question from what was cited; None where it is none, or nothing was."""
    topic = turn.value("topic")
    if topic not in POLICY_TOPICS:
        return None
    cited = turn.context.cited
    if not cited:
        return Outcome((reply(say.POLICY_ASK),))
    text = _TOLD[topic](cited[0])
    first = cited[0]
    if topic == "policy_source":
        text = text.format(base=services.settings.web_url)
    source = button(say.B_SOURCE, "ask_policy", doc_id=first["doc_id"], question=first["url"])
    related = button(say.B_RELATED, "ask_policy", related=first["doc_id"])
    return Outcome((reply(text, [source, related, staff_button()]),))


def merged(known: Known, found: Found, corrects: bool) -> Mapping[str, Any]:
    """Return the whole question: 「那一个月多少」 is asked of what was asked about before."""
    del corrects
    before, words = known.get("question"), str(found.value)
    names_nothing = len(words) <= LONGEST and not residue(re.sub(ASKS, "", words))
    if not before or not names_nothing or words in before:
        return {"question": words}
    return {"question": f"{str(before)[:MOST_BEFORE]}，{words}"}


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


def _number(cited: Mapping[str, Any]) -> str:
    parts = [cited.get("doc_no"), cited.get("issuer"), cited.get("issued_on")]
    known = "，".join(str(part) for part in parts if part)
    if not known:
        return say.POLICY_NO_NUMBER.format(title=cited["title"])
    return say.POLICY_NUMBER.format(title=cited["title"], known=known)


def _valid(cited: Mapping[str, Any]) -> str:
    state = VALIDITY[cited["validity"]].cited
    return say.POLICY_STATE.format(title=cited["title"], state=state)


def _source(cited: Mapping[str, Any]) -> str:
    return say.POLICY_LINK.format(title=f"《{cited['title']}》", url="{base}" + str(cited["url"]))


def _why(cited: Mapping[str, Any]) -> str:
    return say.POLICY_WHY.format(title=cited["title"])


_TOLD = {
    "policy_source": _source,
    "policy_number": _number,
    "policy_valid": _valid,
    "policy_why": _why,
}
