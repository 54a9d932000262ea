"""An employer registers staff to lend or to borrow: asked for what lacks, shown, kept, matched."""

from collections.abc import Mapping
from typing import Any

from actions.dialogue.replies import button, reply, shorten, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Reply, Turn
from actions.sharing import sentences as say
from actions.sharing.service import CLOSED, LEND, OTHER_SIDE, NewShare, Share, Sharing
from language.places import place_name

INTENT = "share_workers"
SLOTS = {
    "side": "share_side",
    "trade": "share_trade",
    "count": "share_count",
    "place": "share_place",
    "period": "share_period",
    "share_contact": "share_contact",
}
"""The fields in the order in which they are asked for, and their slots."""

ASKS = {
    "trade": say.ASK_TRADE,
    "count": say.ASK_COUNT,
    "place": say.ASK_PLACE,
    "period": say.ASK_PERIOD,
    "share_contact": say.ASK_CONTACT,
}
KEEP, CHANGE, NO, END, SURE, STAY = "keep", "change", "no", "end", "sure", "stay"
"""What a button does (``share_do``)."""
FOCUS = "share:"
"""What is looked at while something of it is to be changed."""

LONGEST_TRADE, LONGEST_PERIOD, LONGEST_CONTACT = 30, 60, 400
MOST_FITTING = 3


def share_workers(turn: Turn, services: Services) -> Outcome:
    """Ask for what lacks, show all of it, or do what a button says."""
    wish = turn.value("share_do")
    if wish == NO:
        return Outcome((reply(say.GIVEN_UP),), dict.fromkeys(SLOTS.values()))
    if wish in (END, SURE, STAY):
        return _ended(wish, turn, services)
    if wish == CHANGE:
        return Outcome((reply(say.CHANGE),), focus=FOCUS)
    known = _known(turn)
    lacks = [field for field, slot in SLOTS.items() if not known[slot]]
    # Who answers something else is not held at the same question.
    rest = [field for field in lacks if field != turn.asked] if turn.values else lacks
    lacking = next(iter([*rest, *lacks]), None)
    if lacking == "side":
        return Outcome((ask_side(turn, services),), known, asks="side")
    if lacking is not None:
        return Outcome((_asked(lacking),), known, asks=lacking)
    share = _share(known)
    return _kept(share, turn, services) if wish == KEEP else _checked(share, known)


def _known(turn: Turn) -> dict[str, Any]:
    """Return what is known by slot: all of it while this is worked at, else what is said now."""
    under_way = (
        turn.asked in SLOTS
        or (turn.context.yes or "").startswith(f"/{INTENT}")
        or turn.context.focus == FOCUS
        or turn.value("share_do") is not None
    )
    held = turn.slots if under_way else turn.values
    return {slot: held.get(slot) for slot in SLOTS.values()}


def ask_side(turn: Turn, services: Services) -> Reply:
    """Say what it is, and ask which side; what stands already is named."""
    mine = services.of(Sharing).of(turn.conversation)
    buttons = [
        button(say.B_LEND, INTENT, share_side=LEND),
        button(say.B_BORROW, INTENT, share_side=OTHER_SIDE[LEND]),
        _rule(),
    ]
    if not mine:
        return reply(say.ASK_SIDE, [*buttons, staff_button()])
    lines = "".join(f"\n{each.code}：{in_words(each)}" for each in mine[:MOST_FITTING])
    ends = [
        button(f"{say.B_END} {each.code}", INTENT, share_do=END, share_code=each.code)
        for each in mine[:MOST_FITTING]
    ]
    return reply(f"{say.MINE.format(lines=lines)}\n{say.ASK_SIDE}", [*buttons, *ends])


def ask_trade(_turn: Turn, _services: Services) -> Reply:
    """Ask for the trade."""
    return _asked("trade")


def ask_count(_turn: Turn, _services: Services) -> Reply:
    """Ask how many people."""
    return _asked("count")


def ask_place(_turn: Turn, _services: Services) -> Reply:
    """Ask where."""
    return _asked("place")


def ask_period(_turn: Turn, _services: Services) -> Reply:
    """Ask when and how long."""
    return _asked("period")


def ask_contact(_turn: Turn, _services: Services) -> Reply:
    """Ask whom staff may call."""
    return _asked("share_contact")


def _asked(field: str) -> Reply:
    return reply(ASKS[field])


def in_words(share: NewShare) -> str:
    """Say an entry in one line, without who it is."""
    side = say.SIDES[share.side]
    words = {"trade": share.trade, "headcount": share.headcount, "period": share.period}
    return say.LINE.format(side=side, place=place_name(share.place), **words)


def _share(known: Mapping[str, Any]) -> NewShare:
    return NewShare(
        side=LEND if known["share_side"] == LEND else OTHER_SIDE[LEND],
        trade=str(known["share_trade"])[:LONGEST_TRADE],
        headcount=int(float(known["share_count"])),
        place=str(known["share_place"]),
        period=str(known["share_period"])[:LONGEST_PERIOD],
        contact=str(known["share_contact"])[:LONGEST_CONTACT],
    )


def _checked(share: NewShare, known: Mapping[str, Any]) -> Outcome:
    """Show what is to be kept, and ask."""
    text = say.CHECK.format(line=in_words(share), contact=shorten(share.contact, 60))
    yes = button(say.B_KEEP, INTENT, share_do=KEEP)
    no = button(say.B_NO, INTENT, share_do=NO)
    change = button(say.B_CHANGE, INTENT, share_do=CHANGE)
    return Outcome((reply(text, [yes, change, no]),), known, yes=yes, no=no)


def _kept(new: NewShare, turn: Turn, services: Services) -> Outcome:
    """Keep it, open a case for staff, show what fits without saying whose it is."""
    sharing = services.of(Sharing)
    share = sharing.keep(new, turn.conversation, turn.request_key, turn.now)
    case = _case(share, turn, services)
    lines = [say.KEPT.format(code=share.code, line=in_words(share))]
    found = sharing.fitting(share)
    if found:
        lines.append(say.FITTING.format(n=len(found)))
        lines += [say.FITTING_LINE.format(line=in_words(one)) for one in found[:MOST_FITTING]]
    else:
        lines.append(say.NONE_FITTING)
    end = button(say.B_END, INTENT, share_do=END, share_code=share.code)
    said = reply("\n".join(lines), [_rule(), end])
    replies = (said,) if case is None else (said, case)
    return Outcome(replies, dict.fromkeys(SLOTS.values()))


def _case(share: Share, turn: Turn, services: Services) -> Reply | None:
    """Open a case with the entry's words, as the room of cases offers it."""
    open_case = services.offered("open_case")
    if open_case is None:
        return None
    words = say.CASE.format(code=share.code, line=in_words(share), contact=share.contact)
    ticket, told = open_case(turn, words)
    services.of(Sharing).belongs_to(share.code, ticket)
    answer: Reply = told
    return answer


def _ended(wish: str, turn: Turn, services: Services) -> Outcome:
    """Take an entry back; asked first."""
    code, sharing = turn.value("share_code") or "", services.of(Sharing)
    mine = any(each.code == code for each in sharing.of(turn.conversation))
    if wish == STAY:
        return Outcome((reply(say.STAYS),))
    if not mine:
        return Outcome((reply(say.NOT_ENDED),))
    if wish == END:
        yes = button(say.B_END_SURE, INTENT, share_do=SURE, share_code=code)
        no = button(say.B_STAY, INTENT, share_do=STAY, share_code=code)
        return Outcome((reply(say.ASK_END.format(code=code), [yes, no]),), yes=yes, no=no)
    sharing.end(code, CLOSED, turn.now, conversation=turn.conversation)
    return Outcome((reply(say.ENDED.format(code=code)),))


def _rule() -> Button:
    return button(say.B_RULE, "ask_policy", question=say.RULE_QUESTION)
