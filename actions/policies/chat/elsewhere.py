"""「那上海呢」 after a policy answer: the same question again, for the place that is named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.dialogue import sentences as shared
from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Reply, Turn
from actions.policies.chat import sentences as say
from actions.policies.chat.answers import ask, told
from language.places import NATIONAL, find_places, region_name

MOST_PLACES = 3
LONGEST = 24
"""Characters around the places; more is a question of its own."""

_WORDS = re.compile(
    r"(?P<goes_on>那么|那就|那(?![边里儿])|要是|如果是?|换[成到]?|改[成到]?|再|还有|另外|单独|专门"
    r"|自己|也|都|一样|相同|同样|不同|区别|这么|这样|呢)"
    r"|请问|我|[问说指]的|查一下|查查?|看一下|看看?|在|住|人|是不是|是|到|和|跟|与|或者?"
    r"|的话|的|地区|当地|本地|[那这][边里儿]|怎么样?|怎样|如何|有没有|没?有"
    r"|规定|政策|要求|说法?|办|算|适用|可以|行不行|不?行|什么|啥|吗|么|嘛|吧|不|啊|呀|哦|\W"
)
"""What stands around a place where nothing else is asked; some says that something went before."""
_WHOLE_COUNTRY = "全国"


def asked_in(question: str, place: str) -> str:
    """Return ``question`` asked for a place (a code): its own, if it names one, is replaced."""
    found = _places(question)
    if not found:
        return question
    _, start, end = found[-1]
    return question[:start] + region_name(place) + question[end:]


def follow_up(turn: Turn, services: Services) -> Outcome | None:
    """Answer such a follow-up, whatever its intent was taken for; None for all else.

    「那上海呢」 reads as a piece of information, 「云南也一样吗」 as nothing of ours and
    「改成北京的」 as moving a booking: what was answered last tells what is meant.
    """
    found = [] if turn.awaited or turn.values else _places(turn.text)
    if not found:
        return None
    codes = list(dict.fromkeys(code for code, _, _ in found))[:MOST_PLACES]
    rest = _without(turn.text, found)
    bare = len(rest) <= LONGEST and not _WORDS.sub("", rest)
    journey = turn.slots.get("journey")
    if journey == "policy" and "question" in turn.slots and bare:
        return _asked_again(turn.slots["question"], codes, turn, services)
    if journey is None and bare and any(word["goes_on"] for word in _WORDS.finditer(rest)):
        return _asked_what(codes[-1])
    return None


def _places(text: str) -> list[tuple[str, int, int]]:
    """Return code and span of each place in ``text``, from left to right."""
    places = find_places(text, likeliest=True)
    found = [(place.code, place.start, place.end) for place in places]
    whole = [(NATIONAL, *match.span()) for match in re.finditer(_WHOLE_COUNTRY, text)]
    return sorted([*found, *whole], key=lambda place: place[1])


def _without(text: str, found: Sequence[tuple[str, int, int]]) -> str:
    for _, start, end in reversed(found):
        text = text[:start] + " " + text[end:]
    return text.strip()


def _asked_again(question: str, codes: Sequence[str], turn: Turn, services: Services) -> Outcome:
    """Ask for each place; of several, each answer begins with its place."""
    replies: list[Reply] = []
    for code in codes:
        question = asked_in(question, code)
        outcome = told(ask(question, turn, services, region=code), question, turn)
        place = say.POLICY_PLACE.format(place=region_name(code)) if len(codes) > 1 else ""
        replies += [{**reply, "text": place + reply["text"]} for reply in outcome.replies]
    return replace(outcome, replies=tuple(replies))


def _asked_what(place: str) -> Outcome:
    """Ask what is wanted there: nothing was asked before."""
    text = say.PLACE_OF_WHAT.format(place=region_name(place))
    buttons = [
        button(shared.B_POLICY, "ask_policy"),
        button(shared.B_JOBS, "search_jobs", place=place if place != NATIONAL else None),
        button(shared.B_BOOK, "book_window"),
        staff_button(),
    ]
    return Outcome((reply(text, buttons),))
