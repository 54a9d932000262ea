"""「这个工资算高吗」: the pay of the posting that is looked at, beside what its trade pays."""

from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Reply, Turn
from actions.wages import sentences as say
from actions.wages.chat.postings import Posting, looked_at
from actions.wages.chat.verdict import verdict
from actions.wages.chat.wage import INTENT, Question, too_little
from actions.wages.rules import LEAST
from actions.wages.service import Told, told_of
from language import wording
from language.places import NATIONAL, city_of, short_name
from store.clock import to_shanghai


def compare(turn: Turn, services: Services) -> Outcome:
    """Compare the posting that is looked at."""
    posting = looked_at(turn, services)
    if posting is None:
        return Outcome((reply(say.GONE),))
    return Outcome((_compared(posting, turn, services),), focus=turn.context.focus)


def _compared(posting: Posting, turn: Turn, services: Services) -> Reply:
    stated = [pay for pay in (posting.salary_min, posting.salary_max) if pay is not None]
    place = city_of(posting.place)
    asked = Question(posting.trade or posting.title, place)
    if not stated:
        title, words = say.B_USUAL, {"wage_trade": asked.trade, "wage_place": place}
        return reply(say.NO_PAY.format(title=posting.title), [button(title, INTENT, **words)])
    told = told_of(services, asked.trade, place, now=turn.now)
    if told.quartiles is None:
        # The land is no measure of a city, but better than none, and it says so.
        asked = Question(asked.trade, NATIONAL)
        told = told_of(services, asked.trade, NATIONAL, now=turn.now)
    if told.quartiles is None:
        return too_little(asked, told, turn, services)
    middle = sum(stated) // len(stated)
    text = say.COMPARED.format(
        title=posting.title,
        pay=wording.pay(posting.salary_min, posting.salary_max),
        where=asked.where,
        trade=asked.trade,
        basis=_basis(told, turn),
        figures=say.FIGURES["month"].format(**vars(told.quartiles)),
        verdict=say.MIDDLE + verdict(middle, told.quartiles),
    )
    if asked.place != place:
        text += "\n" + say.COMPARED_WITH_NATION.format(where=short_name(place), least=LEAST)
    if told.demo:
        text += "\n" + say.DEMO.format(demo=told.demo)
    more = {"wage_trade": asked.trade, "wage_place": asked.place}
    return reply(text, [button(say.B_USUAL, INTENT, **more)])


def _basis(told: Told, turn: Turn) -> str:
    if told.guide is not None:
        return say.BASIS_PUBLISHED.format(year=told.guide.year)
    day = wording.month_and_day(to_shanghai(turn.now).date())
    return say.BASIS_POSTED.format(day=day, n=told.n)
