"""Why a posting is shown, in words, and how well it fits what both sides have stated."""

from dataclasses import dataclass

import numpy as np

from actions.jobs import sentences as say
from actions.jobs.matching import fits as fitting
from actions.jobs.matching.fits import Fits
from actions.jobs.matching.memory import UNKNOWN, Memory
from actions.jobs.matching.weights import (
    EDUCATION,
    EXPERIENCE,
    NEAR_TRADE_POINTS,
    NEEDS,
    PAY,
    PAY_FITS,
    PLACE,
    PLACE_FITS,
    SAME_TRADE,
    TRADE,
    WEIGHTS,
)
from actions.jobs.requirements import LEVELS
from actions.jobs.rules import Asked
from language.places import city_of, own_name, province_of


@dataclass(frozen=True)
class Said:
    """What a posting gives for and against: short words for people, and 0–100 in all."""

    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    score: int


class Account:
    """Points reached out of those that could be reached, and the words for them."""

    def __init__(self) -> None:
        self.reasons: list[str] = []
        self.unknown: list[str] = []
        self._reached = self._possible = 0.0

    def add(self, part: str, share: float, reason: str = "") -> None:
        """Count a part that both sides stated: ``share`` of its points are reached."""
        self._reached += WEIGHTS[part] * max(share, 0.0)
        self._possible += WEIGHTS[part]
        if reason:
            self.reasons.append(reason)

    def leave_open(self, what: str) -> None:
        """Note what the posting does not say; it counts neither way."""
        if what not in self.unknown:
            self.unknown.append(what)

    def said(self) -> Said:
        """Return the account."""
        score = int(100 * self._reached / self._possible) if self._possible else 0
        return Said(tuple(self.reasons), tuple(self.unknown), score)


def explain(memory: Memory, asked: Asked, fits: Fits, at: int) -> Said:
    """Return why the posting at a position of ``fits`` is shown, and what it leaves open."""
    account = Account()
    row = int(fits.rows[at])
    _work(account, memory, asked, float(fits.work[at]), row)
    _place(account, memory, asked, int(fits.place[at]), row)
    _pay(account, memory, asked, int(fits.pay[at]), row)
    _needs(account, memory, asked, row)
    _brought(account, memory, asked, row)
    for group in asked.groups:
        if memory.states(np.array([row]), (group,))[0]:
            account.reasons.append(say.GROUP_WELCOME.format(group=group))
    return account.said()


def _work(account: Account, memory: Memory, asked: Asked, like: float, row: int) -> None:
    if not asked.names_work:
        return
    names = memory.names
    number = int(memory.column("trade")[row])
    trade = names.texts[number] if number != UNKNOWN else ""
    words = asked.phrases or asked.words
    title = names.texts[_title(memory, row)]
    if trade and trade in asked.trades:
        account.add(TRADE, 1.0, say.TRADE_SAME.format(trade=trade))
    elif like >= SAME_TRADE and _is_said(memory, asked, row, title):
        # Only what is called so, or says so, is told: a likeness is no agreement.
        form = say.TRADE_SAME if asked.phrases else say.WORDS_FOUND
        said = "、".join(words)
        account.add(TRADE, 1.0, form.format(trade=said, words=said))
    else:
        category = int(memory.column("category")[row])
        name = trade or names.texts[category if category != UNKNOWN else _title(memory, row)]
        account.add(TRADE, NEAR_TRADE_POINTS, say.TRADE_NEAR.format(trade=name))


def _is_said(memory: Memory, asked: Asked, row: int, title: str) -> bool:
    if asked.phrases:
        return any(each in title for each in asked.phrases)
    return all(fitting.holds(memory, word, np.array([row]))[0] for word in asked.words)


def _title(memory: Memory, row: int) -> int:
    return int(memory.column("title")[row])


def _place(account: Account, memory: Memory, asked: Asked, near: int, row: int) -> None:
    if asked.place is None:
        return
    district = int(memory.column("district")[row])
    street = memory.streets.all[int(memory.column("street")[row])]
    if near == fitting.INSIDE:
        partial = any(spot.streets for spot in asked.spots)
        name = own_name(str(district)) if len(asked.spots) > 1 and district != UNKNOWN else ""
        where = f"{name or own_name(asked.place)}{street if partial else ''}"
        account.add(PLACE, PLACE_FITS["inside"], say.PLACE_INSIDE.format(place=where))
    elif near == fitting.NEAR:
        form = say.PLACE_BESIDE.format(place=own_name(str(district)))
        account.add(PLACE, PLACE_FITS["near"], form)
    elif near == fitting.OPEN:
        city = own_name(city_of(asked.place))
        account.reasons.append(say.PLACE_NEAR.format(place=city))
        account.leave_open(say.DISTRICT_UNKNOWN)
    elif near == fitting.CITY:
        form = say.PLACE_NEAR.format(place=own_name(city_of(asked.place)))
        account.add(PLACE, PLACE_FITS["city"], form)
    elif near == fitting.PROVINCE:
        form = say.PLACE_NEAR.format(place=own_name(province_of(asked.place)))
        account.add(PLACE, PLACE_FITS["province"], form)
    else:
        account.add(PLACE, 0.0)


def _pay(account: Account, memory: Memory, asked: Asked, pay: int, row: int) -> None:
    if asked.salary_min is None:
        return
    low, high = (int(memory.column(name)[row]) for name in ("pay_min", "pay_max"))
    top = high if high != UNKNOWN else low
    if pay == fitting.UNSAID:
        account.leave_open(say.PAY_UNKNOWN)
    elif pay == fitting.REACHED:
        account.add(PAY, 1.0, say.PAY_REACHED.format(pay=low, wish=asked.salary_min))
    elif pay == fitting.WITHIN:
        reason = say.PAY_WITHIN_REACH.format(pay=top, wish=asked.salary_min)
        account.add(PAY, PAY_FITS["within_reach"], reason)
    else:
        account.add(PAY, 0.0)


def _needs(account: Account, memory: Memory, asked: Asked, row: int) -> None:
    rows = np.array([row])
    met = [need for need in asked.needs if memory.states(rows, (need,))[0]]
    met += [word for word in asked.wants if fitting.holds(memory, word, rows)[0]]
    for need in (*asked.needs, *asked.wants):
        if need in met:
            account.add(NEEDS, 1.0)
        else:
            account.leave_open(need)
    if met:
        account.reasons.append(say.NEEDS_MET.format(needs="、".join(met)))


def _brought(account: Account, memory: Memory, asked: Asked, row: int) -> None:
    rows = np.array([row])
    if asked.level is not None:
        wanted = int(memory.column("education")[row])
        fit = float(fitting.schooling_of(memory, asked.level, rows)[0])
        if wanted == UNKNOWN:
            account.leave_open(say.EDUCATION_UNKNOWN)
        else:
            name = LEVELS[wanted]
            form = say.EDUCATION_FITS if fit > 0 else say.EDUCATION_ABOVE
            account.add(
                EDUCATION, fit, (say.EDUCATION_ANY if wanted == 0 else form).format(level=name)
            )
    if asked.years is not None:
        least, most = (
            int(memory.column(name)[row]) for name in ("experience_min", "experience_max")
        )
        fit = float(fitting.experience_of(memory, asked.years, rows)[0])
        if least == UNKNOWN:
            account.leave_open(say.EXPERIENCE_UNKNOWN)
        else:
            account.add(EXPERIENCE, fit, say.EXPERIENCE.format(years=years(least, most)))


def years(least: int, most: int) -> str:
    """Return the years of work that are asked for, in words."""
    if most == UNKNOWN:
        return say.YEARS_ANY if least == 0 else say.YEARS_LEAST.format(least=least)
    return (
        say.YEARS_MOST.format(most=most) if least == 0 else say.YEARS.format(least=least, most=most)
    )
