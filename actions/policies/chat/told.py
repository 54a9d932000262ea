"""What is asked of the answer that was read: where it stands, its number, whether it holds, why."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.dialogue.reading.cues import residue
from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.policies.called import POLICY_TOPICS
from actions.policies.chat import sentences as say
from actions.policies.chat.answers import ask_policy
from knowledge.sentences import VALIDITY

UNIT_OF = re.compile("policy:.")


def tell(turn: Turn, services: Services) -> Outcome | None:
    """Answer such a question from what was cited; None where it is none, or nothing was."""
    topic = turn.value("topic")
    if topic not in POLICY_TOPICS:
        return None
    cited = turn.context.cited
    if not cited or not UNIT_OF.match(turn.context.focus or ""):
        return _of_its_own(turn, services)
    text = _TOLD[topic](cited[0], services.settings.web_url)
    first = cited[0]
    source = button(say.B_SOURCE, "ask_policy", doc_id=first["doc_id"], question=first["url"])
    related = button(say.B_RELATED, "ask_policy", related=first["doc_id"])
    said = reply(text, [source, related, staff_button()])
    return Outcome((said,), focus=turn.context.focus)


def _of_its_own(turn: Turn, services: Services) -> Outcome:
    """Ask what has a matter of its own, 「注册资本的依据是哪条」; else say what may be asked."""
    matter = residue(re.sub("|".join(POINTERS), "", turn.text))
    if len(matter) < LEAST_MATTER:
        return Outcome((reply(say.POLICY_ASK),))
    return ask_policy(replace(turn, values={"question": turn.text}), services)


POINTERS = ("依据", "根据", "哪[一几]?条", "原文", "出处", "文号", "有效", "法律?", "规定", "文件")
LEAST_MATTER = 2


def _where(cited: Mapping[str, Any], base: str) -> str:
    del base
    return say.POLICY_WHERE.format(title=cited["title"], section=cited.get("section") or "")


def _number(cited: Mapping[str, Any], base: str) -> str:
    del base
    parts = [cited.get("doc_no"), cited.get("issuer"), cited.get("issued_on")]
    known = "，".join(str(part) for part in parts if part)
    if not known:
        return say.POLICY_NO_NUMBER.format(title=cited["title"])
    state = VALIDITY[cited["validity"]].cited
    return say.POLICY_NUMBER.format(title=cited["title"], known=f"{known}，{state}")


def _valid(cited: Mapping[str, Any], base: str) -> str:
    del base
    state = VALIDITY[cited["validity"]].cited
    return say.POLICY_STATE.format(title=cited["title"], state=state)


def _source(cited: Mapping[str, Any], base: str) -> str:
    quote = say.POLICY_QUOTE.format(quote=cited.get("quote") or "")
    link = say.POLICY_LINK.format(title=f"《{cited['title']}》", url=f"{base}{cited['url']}")
    return f"{quote}\n{link}"


def _why(cited: Mapping[str, Any], base: str) -> str:
    del base
    return say.POLICY_WHY.format(title=cited["title"])


_TOLD = {
    "policy_where": _where,
    "policy_source": _source,
    "policy_number": _number,
    "policy_valid": _valid,
    "policy_why": _why,
}
