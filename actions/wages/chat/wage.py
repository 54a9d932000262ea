"""What work pays: of a trade at a place, once more for another, beside a posting's own pay."""

from dataclasses import dataclass, replace
from datetime import date

from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Reply, Turn
from actions.wages import sentences as say
from actions.wages.cards import WageCard
from actions.wages.chat.postings import looked_at
from actions.wages.chat.verdict import verdict
from actions.wages.rules import LEAST, PER_MONTH
from actions.wages.service import LONGEST_TRADE, Told, told_of
from language import wording
from language.places import NATIONAL, city_of, place_name, short_name
from store.clock import to_shanghai

INTENT = "ask_wage"
FOCUS = "wage:"
BETWEEN = "、"
MOST_AT_ONCE = 3
EXAMPLES = ("电工", "保安", "保洁", "会计")


@dataclass(frozen=True)
class Question:
    """Of which trade, at which place (a code) and by which unit pay is asked for.

    ``wide``: postings of near trades, too; ``posted``: postings though guidance was published.
    """

    trade: str
    place: str
    unit: str = "month"
    wide: bool = False
    posted: bool = False

    @property
    def where(self) -> str:
        """The place as it stands before the trade."""
        return say.NATION if self.place == NATIONAL else place_name(self.place)


def ask_wage(turn: Turn, services: Services) -> Outcome:
    """Answer for each trade that is named, or for the one spoken of."""
    trades, place = _meant(turn, services)
    if not trades:
        asked = {"wage_trade": None, "wage_place": turn.value("wage_place")}
        return Outcome((question(turn, services),), asked, asks="trade", focus=FOCUS)
    goes_on = (turn.context.focus or "").startswith(FOCUS)
    unit = turn.value("wage_unit") or (turn.slots.get("wage_unit") if goes_on else None) or "month"
    unit = unit if unit in PER_MONTH else "month"
    replies = tuple(
        _told(
            Question(
                *(trade[:LONGEST_TRADE], place, unit),
                wide=turn.value("wage_wide") is not None,
                posted=turn.value("wage_posted") is not None,
            ),
            turn,
            services,
        )
        for trade in trades[:MOST_AT_ONCE]
    )
    kept = {
        "wage_trade": BETWEEN.join(trades),
        "wage_place": place,
        "wage_unit": unit,
        "wage_amount": None,
    }
    return Outcome(replies, kept, focus=FOCUS)


def question(turn: Turn, services: Services) -> Reply:
    """Ask for trade and place, some trades as buttons."""
    del turn, services
    return reply(say.ASK, [button(name, INTENT, wage_trade=name) for name in EXAMPLES])


def _meant(turn: Turn, services: Services) -> tuple[list[str], str]:
    """Return the trades and the place: as said now, as spoken of last, as looked for."""
    goes_on = (turn.context.focus or "").startswith(FOCUS)
    said, place = turn.value("wage_trade"), turn.value("wage_place")
    if goes_on:
        said = said or str(turn.slots.get("wage_trade") or "")
        place = place or str(turn.slots.get("wage_place") or "")
    if not said:
        viewed = looked_at(turn, services)
        if viewed is not None:
            said, place = viewed.trade or viewed.title, place or city_of(viewed.place)
        elif not goes_on:
            said = str(turn.slots.get("trade") or turn.slots.get("words") or "")
    place = place or str(turn.slots.get("place") or NATIONAL)
    known = place == NATIONAL or bool(short_name(place))
    return [one for one in (said or "").split(BETWEEN) if one], place if known else NATIONAL


def _told(asked: Question, turn: Turn, services: Services) -> Reply:
    told = told_of(
        *(services, asked.trade, asked.place),
        now=turn.now,
        wide=asked.wide,
        posted=asked.posted,
    )
    if told.quartiles is None:
        return too_little(asked, told, turn, services)
    lines = _figures(asked, told, turn)
    if told.guide is not None and told.guide.place != asked.place:
        there = short_name(told.guide.place)
        lines.append(say.OTHER_PLACE.format(asked=short_name(asked.place), place=there))
    if told.guide is None:
        lines.append(say.OF_POSTINGS)
    amount = turn.number("wage_amount")
    if amount:
        lines.append(say.YOURS + verdict(amount, told.quartiles))
    if told.demo:
        lines.append(say.DEMO.format(demo=told.demo))
    return reply("\n".join(lines), _next(asked, told), _card(asked, told, turn))


def _figures(asked: Question, told: Told, turn: Turn) -> list[str]:
    if told.quartiles is None:
        return []
    figures = say.FIGURES[asked.unit].format(**vars(told.quartiles.by(asked.unit)))
    return [head(asked, told, to_shanghai(turn.now).date()), figures]


def head(asked: Question, told: Told, today: date) -> str:
    """Say of what the figures are, with their source, number and date."""
    guide = told.guide
    if guide is not None:
        where = say.NATION if guide.place == NATIONAL else place_name(guide.place)
        words = {"year": guide.year, "source": guide.source}
        on = wording.full_date(guide.published_on)
        return say.HEAD_PUBLISHED.format(where=where, trade=asked.trade, on=on, **words)
    form = say.HEAD_WIDE if asked.wide else say.HEAD_POSTED
    day = wording.month_and_day(today)
    return form.format(where=asked.where, trade=asked.trade, day=day, n=told.n)


def _card(asked: Question, told: Told, turn: Turn) -> WageCard | None:
    if told.quartiles is None:
        return None
    place = asked.place if told.guide is None else told.guide.place
    today = to_shanghai(turn.now).date()
    return WageCard(
        trade=asked.trade,
        city=say.NATION if place == NATIONAL else place_name(place),
        period=today.isoformat() if told.guide is None else told.guide.period,
        source="postings" if told.guide is None else "published",
        n=told.n,
        **vars(told.quartiles),
    )


def _next(asked: Question, told: Told) -> list[Button]:
    same = {"wage_trade": asked.trade, "wage_place": asked.place}
    unit = "year" if asked.unit == "month" else "month"
    buttons = [
        button(say.B_YEAR if unit == "year" else say.B_MONTH, INTENT, **same, wage_unit=unit)
    ]
    if asked.place != NATIONAL:
        nation = {**same, "wage_place": NATIONAL}
        buttons.append(button(say.B_NATION, INTENT, **nation, wage_unit=asked.unit))
    if told.guide is not None:
        buttons.append(button(say.B_POSTED, INTENT, **same, wage_posted="1"))
    jobs = {"trade": asked.trade, "place": None if asked.place == NATIONAL else asked.place}
    return [*buttons, button(say.B_JOBS, "search_jobs", **jobs)]


def too_little(asked: Question, told: Told, turn: Turn, services: Services) -> Reply:
    """Say that it is too little, what it is in the city or the land, and offer near trades."""
    form = say.TOO_FEW if told.n else say.NONE
    text = form.format(where=asked.where, trade=asked.trade, n=told.n, least=LEAST)
    ways: list[Button] = []
    enough: list[tuple[Question, Told]] = []
    city = city_of(asked.place) if asked.place != NATIONAL else NATIONAL
    for title, place, wide in (
        (say.B_CITY.format(city=short_name(city)), city, False),
        (say.B_WIDER, asked.place, True),
        (say.B_NATION, NATIONAL, False),
        (say.B_NATION_WIDER, NATIONAL, True),
    ):
        if (asked.place, asked.wide) == (place, wide):
            continue
        wider = told_of(services, asked.trade, place, now=turn.now, wide=wide)
        if wider.quartiles is None:
            continue
        more = {"wage_place": place, "wage_wide": "1" if wide else None}
        ways.append(button(title, INTENT, wage_trade=asked.trade, **more))
        if not wide:
            enough.append((replace(asked, place=place, wide=False), wider))
    jobs = {"trade": asked.trade, "place": None if asked.place == NATIONAL else asked.place}
    buttons = [*ways[:3], button(say.B_JOBS, "search_jobs", **jobs), staff_button()]
    if not enough:
        return reply(f"{text}\n{say.OTHER_WAYS if ways else say.NO_OTHER_WAY}", buttons)
    wide_asked, wider = enough[0]
    lines = [text, *_figures(wide_asked, wider, turn)]
    return reply("\n".join(lines), buttons, _card(wide_asked, wider, turn))
