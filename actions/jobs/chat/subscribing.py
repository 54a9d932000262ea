"""Being told of new postings: begun, listed, ended by one word; and the digest itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Reply, Turn
from actions.jobs.cards import SubscriptionCard, SubscriptionPart
from actions.jobs.chat.job_query import JobQuery, remembered
from actions.jobs.chat.questions import TRADE, ask_wish
from actions.jobs.needs import BETWEEN, several
from actions.jobs.records import Posting
from actions.jobs.subscriptions import sentences as say
from actions.jobs.subscriptions.service import MOST, Subscription, Subscriptions, TooMany
from language import wording

WORK = ("trade", "words", "about")
"""Slots that say what work is meant: another trade stands for itself."""


def subscribe(turn: Turn, services: Services) -> Outcome:
    """Keep the wish that is said, or searched for last, and tell of what is new for it."""
    if turn.value("subscribed") is not None:
        return listed(turn, services)
    wish = _wish(turn)
    if not wish.is_searchable:
        return Outcome((ask_wish(say.ASK),), asks=TRADE)
    words = wish.in_words()
    kept = {name: value for name, value in wish.as_slots().items() if value is not None}
    subscriptions = services.of(Subscriptions)
    try:
        one, new = subscriptions.begin(turn.conversation, kept, words, turn.now)
    except TooMany:
        head = say.TOO_MANY.format(most=MOST)
        return _list(head, subscriptions.of(turn.conversation))
    text = say.BEGUN if new else say.ALREADY
    told = text.format(words=words, quiet=_quiet(subscriptions.quiet_hours))
    buttons = [button(say.B_END, "unsubscribe", subscription=one.code), _mine()]
    return Outcome((reply(told, buttons, card_of(one)),), wish.as_slots())


def unsubscribe(turn: Turn, services: Services) -> Outcome:
    """End what is watched: the one that is pressed or named, else everything."""
    subscriptions = services.of(Subscriptions)
    mine = subscriptions.of(turn.conversation)
    if mine and ASKS_HOW.search(turn.text):
        return _list(say.HOW_OFTEN.format(quiet=_quiet(subscriptions.quiet_hours)), mine)
    code, trades = turn.value("subscription"), _trades(turn)
    if code is not None:
        chosen = [each for each in mine if each.code == code]
    else:
        chosen = [each for each in mine if not trades or trades & _trades_of(each)]
    if not mine or (code is not None and not chosen):
        return Outcome((reply(say.NONE, [_search()]),))
    if not chosen:
        return _list(say.NOT_OF_THAT.format(words=BETWEEN.join(sorted(trades))), mine)
    ended = subscriptions.end(turn.conversation, turn.now, [each.code for each in chosen])
    text = say.ENDED.format(words="」「".join(each.words for each in ended))
    buttons = [button(say.B_AGAIN, "subscribe_jobs", **each.wish) for each in ended[:1]]
    card = card_of(ended[0]) if len(ended) == 1 else _card(ended)
    return Outcome((reply(text, [*buttons, _search()], card),))


def listed(turn: Turn, services: Services) -> Outcome:
    """List what is watched for somebody."""
    mine = services.of(Subscriptions).of(turn.conversation)
    if not mine:
        return Outcome((reply(say.NONE, [_search()]),))
    return _list(say.LIST_HEAD, mine)


ASKS_HOW = re.compile(
    r"(?:怎么|如何|怎样|哪里).{0,4}(?:停|退|取消|关)|(?:[一每]天|[一每]周).{0,8}[\d一两二三几八十多][次遍回条]"
    r"|频率|多久[发推来]|[发推](?:得)?太(?:多|勤|频繁)"
)
"""How it is stopped, or how often it comes, is asked before anybody wants it stopped."""

ASKS = re.compile(
    r"^(?:看看|查看|查一下|查查|看一下)?我的(?:岗位)?订阅(?:有哪些|列表)?[吗呢。？?]*$"
    r"|我(?:都)?订(?:阅)?(?:了|过)(?:哪些|什么|几个|啥|多少)"
)


def asked_after(turn: Turn, services: Services) -> Outcome | None:
    """List what is watched, where a message asks for just that."""
    if not turn.text or turn.danger:
        return None
    of_news = any(press.startswith("/unsubscribe") for _, press in turn.context.buttons)
    if of_news and ASKS_HOW.search(turn.text):
        return unsubscribe(replace(turn, values={}), services)
    return listed(turn, services) if ASKS.search(turn.text) else None


def digest(postings: Sequence[Posting]) -> Reply:
    """Return what is told of new postings."""
    lines = [say.DIGEST_HEAD.format(count=len(postings))]
    buttons = []
    for n, posting in enumerate(postings, 1):
        line = say.DIGEST_LINE.format(
            n=n,
            title=posting.title,
            employer=posting.employer,
            place=f"{posting.city}{posting.district or ''}",
            pay=posting.salary_text or wording.pay(posting.salary_min, posting.salary_max),
        )
        lines.append(line)
        title = say.B_DETAILS.format(n=n, title=posting.title)
        buttons.append(button(title, "job_details", posting_id=posting.id))
    lines.append(say.DIGEST_END)
    return reply("\n".join(lines), [*buttons, button(say.B_END, "unsubscribe")])


def card_of(one: Subscription) -> SubscriptionCard:
    """Return a subscription as a card."""
    return SubscriptionCard(id=one.code, wish=one.words, active=one.active)


def _wish(turn: Turn) -> JobQuery:
    """Return what is wished for: what the message says, beside what was searched for before."""
    said: Mapping[str, Any] = {k: v for k, v in turn.values.items() if v is not None}
    known = dict(turn.slots)
    if any(name in said for name in WORK):
        known = {name: value for name, value in known.items() if name not in WORK}
    return remembered({**known, **said})


def _trades(turn: Turn) -> set[str]:
    return {each.value for each in turn.named if each.entity == "trade"}


def _trades_of(one: Subscription) -> set[str]:
    said = str(one.wish.get("trade") or one.wish.get("words") or "")
    return set(several(said))


def _list(head: str, mine: Sequence[Subscription]) -> Outcome:
    lines = [say.LINE.format(n=n, words=each.words) for n, each in enumerate(mine, 1)]
    buttons: list[Button] = [
        button(say.B_END_ONE.format(words=each.words), "unsubscribe", subscription=each.code)
        for each in mine
    ]
    return Outcome((reply("\n".join((head, *lines)), buttons, _card(mine)),))


def _card(those: Sequence[Subscription]) -> SubscriptionCard:
    parts = tuple(SubscriptionPart(id=e.code, wish=e.words, active=e.active) for e in those)
    return SubscriptionCard(subscriptions=parts)


def _quiet(hours: str) -> str:
    first, last = (int(each) for each in hours.split("-"))
    return (say.QUIET_SAME_DAY if first <= last else say.QUIET).format(first=first, last=last)


def _mine() -> Button:
    return button(say.B_MINE, "subscribe_jobs", subscribed="1")


def _search() -> Button:
    return button("找工作", "search_jobs", ask="wish")
