"""Linking two channels in the chat: a code is shown in one, typed and confirmed in the other."""

import re

from actions.dialogue.personal.links import LENGTH, PREFIX, Links
from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.ids import read_id
from actions.privacy.chat import sentences as say

LINKED = "linked"
"""What the button says that links."""
_CHANNEL = r"(?:渠道|公众号|服务号|微信|微信客服|网页|电报|[Tt]elegram|账号|平台|对话)"
ASKED = re.compile(
    rf"^(?:我?(?:想|要|怎么|如何)*)(?:关联|绑定)(?:一下|我的|其他|别的|另一个|多个|两个)*{_CHANNEL}?[。？?！!]?$"
)
ENDED = re.compile(
    rf"^(?:我?(?:想|要|怎么|如何)*)(?:取消|解除|断开)(?:我的|其他|别的)*(?:关联|绑定){_CHANNEL}?[。？?！!]?$"
)
_BODY = rf"([A-Za-z0-9]{{{LENGTH + 1}}})"
TYPED = re.compile(rf"(?<![A-Za-z0-9#]){PREFIX}\s*[-—－]?\s*{_BODY}(?![A-Za-z0-9])", re.I)


def linking(turn: Turn, services: Services) -> Outcome | None:
    """Answer who asks for a code, types one, or wants no link any more; None for all else."""
    text = turn.text.strip()
    if ASKED.match(text):
        return offer(turn, services)
    if ENDED.match(text):
        return end(turn, services)
    found = TYPED.search(text)
    code = None if found is None else read_id(PREFIX, found[1])
    if code is None:
        return None
    if not services.of(Links).is_good(code, turn.conversation, turn.now):
        return Outcome((reply(say.LINK_NOT_GOOD, ()),))
    yes = button(say.B_LINK, "privacy_request", privacy=LINKED, field=code)
    return Outcome((reply(say.LINK_SURE, [yes]),))


def offer(turn: Turn, services: Services) -> Outcome:
    """Show a code."""
    code = services.of(Links).offer(turn.conversation, turn.now)
    return Outcome((reply(say.LINK_CODE.format(code=code), ()),))


def confirm(code: str | None, turn: Turn, services: Services) -> Outcome:
    """Link, having been asked."""
    known = None if code is None else read_id(PREFIX, code.upper().removeprefix(f"{PREFIX}-"))
    done = known is not None and services.of(Links).link(known, turn.conversation, turn.now)
    return Outcome((reply(say.LINK_DONE if done else say.LINK_NOT_GOOD, ()),))


def end(turn: Turn, services: Services) -> Outcome:
    """End the links."""
    ended = services.of(Links).unlink(turn.conversation)
    return Outcome((reply(say.LINK_ENDED if ended else say.LINK_NONE, ()),))
