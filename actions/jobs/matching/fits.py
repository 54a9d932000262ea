"""How well postings fit what is asked, as columns over some rows of memory."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from actions.jobs.conditions import contraries, refusals
from actions.jobs.matching.memory import NO_STREET, UNKNOWN, Mask, Memory, Rows
from actions.jobs.matching.names import Floats, best_of
from actions.jobs.matching.titles import Titles
from actions.jobs.matching.weights import NEAR_TRADE, SAME_TRADE
from actions.jobs.records import GIG
from actions.jobs.rules import Asked, Spot, near_trades
from language.geography.areas import neighbours
from language.places import city_of, province_of

INSIDE, NEAR, CITY, PROVINCE, OPEN, ELSEWHERE = 5, 4, 3, 2, 1, 0
"""How near: the very place, beside it, its city, its province; OPEN: the right city, and where in
it is not said."""

REACHED, WITHIN, BELOW, UNSAID = 3, 2, 1, 0
"""What pay is to a floor."""

OF_CANONICAL, OF_RELATED = 0.8, 0.5
"""How like a posting is whose trade has the same of our names, and one whose trade is near."""

_ALL_WORDS = 0.9
"""How like a posting is that holds every word that was said."""

_UNLIKE, _BY_CHANCE = 0.3, 0.9
"""A category less like than this is other work; what is then left of a title's likeness."""

_DOING = re.compile(r"[拍剪做卖跑打开当写](.{2,})$")
"""What is refused as a doing (拍视频) is refused in the names of work that hold its thing."""

_VERB = re.compile(r"^[做干当搞](?=.{2})")
"""做人事 is 人事."""

_RANK_OF_LEVEL = np.array([0, 1, 2, 2, 3, 4, 5, 6])
"""高中 and 中专 are of one level."""

Numbers = NDArray[np.int8]


@dataclass(frozen=True)
class Fits:
    """Columns over ``rows``: what each posting is to what is asked."""

    rows: Rows
    allowed: Mask
    work: Floats
    place: Numbers
    pay: Numbers


def measure(memory: Memory, titles: Titles, asked: Asked, rows: Rows, day: date) -> Fits:
    """Return how postings fit; ``rows`` are those that come into question."""
    allowed = _allowed(memory, asked, rows, day)
    work = likeness_of(memory, titles, asked, rows)
    return Fits(rows, allowed, work, nearness(memory, asked, rows), pay_of(memory, asked, rows))


# What may be shown at all ---------------------------------------------------------------------


def _allowed(memory: Memory, asked: Asked, rows: Rows, day: date) -> Mask:
    today = day.toordinal()
    ok = memory.live[rows]
    ok &= memory.column("published_on")[rows] <= today
    ok &= memory.column("expires_on")[rows] > today
    ok &= _kind_fits(memory, asked, rows)
    # What is asked for itself breaks nothing: 实习，可以长期.
    contrary = (fact for need in asked.needs for fact in contraries(need))
    if broken := tuple(fact for fact in contrary if fact not in asked.needs):
        ok &= ~memory.states(rows, broken)
    if refused := tuple(fact for need in asked.not_needs for fact in refusals(need)):
        ok &= ~memory.states(rows, refused)
    for spot in asked.not_spots:
        ok &= ~_inside(memory, spot, rows)
    for word in asked.not_words:
        ok &= ~holds(memory, word, rows)
    if asked.not_phrases or asked.not_trades:
        ok &= ~_refused_work(memory, asked, rows)
    return ok


def _kind_fits(memory: Memory, asked: Asked, rows: Rows) -> Mask:
    gig = memory.column("kind")[rows] == 1
    if asked.kind == GIG:
        if asked.on is None:
            return np.asarray(gig)
        on = asked.on.toordinal()
        first, last = memory.column("first_on")[rows], memory.column("last_on")[rows]
        fits: Mask = gig & (first <= on) & (on <= last)
        return fits
    return np.ones(len(rows), dtype=bool) if asked.kind is None else ~gig


def _refused_work(memory: Memory, asked: Asked, rows: Rows) -> Mask:
    """Return which postings are of a trade that was refused, or call themselves so."""
    names = memory.names
    no = np.zeros(len(names) + 1, dtype=bool)
    no[names.known(asked.not_trades)] = True
    for phrase in asked.not_phrases:
        no |= names.holding(phrase.lower())
        if (done := _DOING.match(phrase)) is not None:
            no |= names.holding(done[1].lower())
    return np.asarray(
        no[memory.column("title")[rows]]
        | no[memory.column("category")[rows]]
        | no[memory.column("trade")[rows]]
    )


def holds(memory: Memory, word: str, rows: Rows, *, text: bool = True) -> Mask:
    """Return which postings hold a word: what they call themselves, their tags, their text."""
    folded = word.lower()
    named = memory.names.holding(folded)
    held = named[memory.column("title")[rows]]
    category = memory.column("category")[rows]
    held |= np.where(category == UNKNOWN, False, named[category])
    held |= memory.tags.holding(folded)[memory.column("tags")[rows]]
    held |= memory.employers.holding(folded)[memory.column("employer")[rows]]
    if text:
        held |= _text_holds(memory, folded, rows, ~held)
    return held


def _text_holds(memory: Memory, word: str, rows: Rows, where: Mask) -> Mask:
    """Look into the texts of some rows, each distinct text once."""
    numbers = memory.column("text")[rows]
    wanted = np.unique(numbers[where])
    texts = memory.texts.all
    found = np.array([number for number in wanted if word in texts[number]], dtype=np.int64)
    return np.asarray(where & np.isin(numbers, found))


# The work --------------------------------------------------------------------------------------


def likeness_of(memory: Memory, titles: Titles, asked: Asked, rows: Rows) -> Floats:
    """Return how like each posting's work is to what was asked, 0 to 1; all 1 where nothing was."""
    if not asked.names_work:
        return np.ones(len(rows), dtype=np.float32)
    names = memory.names
    phrases = asked.phrases or (" ".join(asked.words), *asked.words)
    phrases = tuple(_VERB.sub("", phrase) for phrase in phrases)
    meanings = titles.meanings(phrases)
    plain = bool(asked.trades)
    likes = [
        names.likeness(phrase, meaning, plain_trade=plain)
        for phrase, meaning in zip(phrases, meanings, strict=True)
    ]
    # The last place answers for UNKNOWN, which is -1.
    like = np.append(best_of(likes, len(names)), np.float32(0))
    title, category = like[memory.column("title")[rows]], like[memory.column("category")[rows]]
    # A title may hold a word by chance (行政班营销员): what it is filed under knows better.
    filed_elsewhere = (memory.column("category")[rows] != UNKNOWN) & (category < _UNLIKE)
    title = np.where(filed_elsewhere, _BY_CHANCE * title, title)
    best = np.maximum(title, 0.97 * category)
    if asked.trades:
        best = np.maximum(best, _by_trade(memory, asked)[memory.column("trade")[rows]])
    if asked.words:
        every = np.ones(len(rows), dtype=bool)
        for word in asked.words:
            every &= holds(memory, word, rows)
        best = np.where(every, np.maximum(best, _ALL_WORDS), best)
    return np.asarray(best, dtype=np.float32)


def _by_trade(memory: Memory, asked: Asked) -> Floats:
    names = memory.names
    wanted, beside = names.known(asked.trades), names.known(near_trades(asked))
    like = np.zeros(len(names) + 1, dtype=np.float32)
    like[beside] = OF_RELATED
    like[wanted] = OF_CANONICAL
    return like


def same_work(fits: Fits) -> Mask:
    """Return which postings are the work that was asked for."""
    return np.asarray(fits.work >= SAME_TRADE)


def near_work(fits: Fits) -> Mask:
    """Return which postings are that work, or work near it."""
    return np.asarray(fits.work >= NEAR_TRADE)


# The place -------------------------------------------------------------------------------------


def nearness(memory: Memory, asked: Asked, rows: Rows) -> Numbers:
    """Return how near each posting is to the place that was asked for."""
    if asked.place is None:
        return np.full(len(rows), INSIDE, dtype=np.int8)
    city, district = memory.column("city")[rows], memory.column("district")[rows]
    near = _nearness(memory, asked, city, district, memory.column("street")[rows])
    for position, more in memory.further_places(rows):
        codes = np.array(more, dtype=np.int32)
        cities = np.array([int(city_of(str(code))) for code in more], dtype=np.int32)
        districts = np.where(codes == cities, UNKNOWN, codes)
        streets = np.full(len(more), NO_STREET, dtype=np.int32)
        other = _nearness(memory, asked, cities, districts, streets)
        near[position] = max(near[position], other.max())
    return near


def _nearness(
    memory: Memory,
    asked: Asked,
    city: NDArray[np.int32],
    district: NDArray[np.int32],
    street: NDArray[np.int32],
) -> Numbers:
    place = asked.place or ""
    here, province = int(city_of(place)), int(province_of(place))
    near = np.zeros(len(city), dtype=np.int8)
    near[(city >= province) & (city < province + 10_000)] = PROVINCE
    near[city == here] = CITY
    if any(not spot.code.endswith("00") and spot.code != str(here) for spot in asked.spots):
        near[(city == here) & (district == UNKNOWN)] = OPEN
    beside = {int(c) for spot in asked.spots for c in neighbours().get(spot.code, ())}
    near[np.isin(district, list(beside))] = NEAR
    for spot in asked.spots:
        code = int(spot.code)
        if spot.code.endswith("0000"):
            near[(city >= code) & (city < code + 10_000)] = INSIDE
        elif city_of(spot.code) == spot.code:
            near[city == code] = INSIDE
        elif not spot.streets:
            near[district == code] = INSIDE
        else:
            # A street tells where it is, also where the district is left open.
            there = (district == code) | ((city == here) & (district == UNKNOWN))
            _mark_streets(memory, spot, near, there, street)
    return near


def _mark_streets(
    memory: Memory, spot: Spot, near: Numbers, there: Mask, street: NDArray[np.int32]
) -> None:
    """Mark a part of a district: the streets that lie in it; the rest of it is near."""
    inside = _streets_with(memory, spot.streets)
    near[there & (near < NEAR) & (near != OPEN)] = NEAR
    near[there & inside[street]] = INSIDE


def _streets_with(memory: Memory, words: Sequence[str]) -> Mask:
    inside = np.zeros(len(memory.streets.all), dtype=bool)
    for word in words:
        inside |= memory.streets.holding(word)
    return inside


def _inside(memory: Memory, spot: Spot, rows: Rows) -> Mask:
    city, district = memory.column("city")[rows], memory.column("district")[rows]
    code = int(spot.code)
    if spot.code.endswith("0000"):
        inside = (city >= code) & (city < code + 10_000)
    elif city_of(spot.code) == spot.code:
        inside = city == code
    else:
        inside = district == code
    for position, more in memory.further_places(rows):
        inside[position] &= all(other == code for other in more)
    if spot.streets and not spot.code.endswith("00"):
        there = _streets_with(memory, spot.streets)
        # Where in the district is not said: it may lie in the very part that was refused.
        there |= np.fromiter((not name for name in memory.streets.all), bool, len(there))
        inside &= there[memory.column("street")[rows]]
    return np.asarray(inside)


# The pay, and what the person brings -----------------------------------------------------------


def pay_of(memory: Memory, asked: Asked, rows: Rows) -> Numbers:
    """Return what each posting's pay is to the floor that was asked for."""
    if asked.salary_min is None:
        return np.full(len(rows), REACHED, dtype=np.int8)
    low, high = memory.column("pay_min")[rows], memory.column("pay_max")[rows]
    top = np.where(high == UNKNOWN, low, high)
    pay = np.full(len(rows), BELOW, dtype=np.int8)
    pay[top >= asked.salary_min] = WITHIN
    pay[low >= asked.salary_min] = REACHED
    pay[top == UNKNOWN] = UNSAID
    return pay


def schooling_of(memory: Memory, level: int, rows: Rows) -> Floats:
    """Return how what somebody has learnt fits what postings ask for: 1, less, 0 unknown, -1."""
    wanted = memory.column("education")[rows]
    gap = _RANK_OF_LEVEL[level] - _RANK_OF_LEVEL[np.maximum(wanted, 0)]
    fit = np.where(gap < 0, -1.0, np.maximum(0.4, 1.0 - 0.2 * gap))
    if level == 0:
        fit = np.where(wanted == 0, 1.0, np.where(wanted <= 2, 0.5, -0.5))
    else:
        fit = np.where(wanted == 0, 0.7, fit)
    return np.where(wanted == UNKNOWN, 0.0, fit).astype(np.float32)


def experience_of(memory: Memory, years: int, rows: Rows) -> Floats:
    """Return how somebody's years of work fit what postings ask for: 1, less, 0 unknown, -1."""
    least, most = memory.column("experience_min")[rows], memory.column("experience_max")[rows]
    lacking = least - years
    fit = np.where(lacking <= 0, 1.0, np.where(lacking <= 1, -0.3, -1.0))
    over = np.where(most == UNKNOWN, 0, years - most)
    fit = np.where(over > 0, np.maximum(0.3, 1.0 - 0.2 * over), fit)
    anybody = (least == 0) & (most == UNKNOWN)
    fit = np.where(anybody & (years > 1), 0.6, fit)
    return np.where(least == UNKNOWN, 0.0, fit).astype(np.float32)


def stated_share(memory: Memory, asked: Asked, rows: Rows) -> Floats:
    """Return which share of the conditions and words that are wanted each posting states."""
    count = len(asked.needs) + len(asked.wants)
    met = np.zeros(len(rows), dtype=np.float32)
    for need in asked.needs:
        met += memory.states(rows, (need,))
    for word in asked.wants:
        met += holds(memory, word, rows)
    return np.asarray(met / max(count, 1), dtype=np.float32)


def words_share(memory: Memory, words: Sequence[str], rows: Rows) -> Floats:
    """Return how much of some words each posting holds; what it calls itself counts most."""
    met = np.zeros(len(rows), dtype=np.float32)
    for word in words:
        named = holds(memory, word, rows, text=False)
        met += np.where(named, 1.0, 0.6 * holds(memory, word, rows))
    return np.asarray(met / max(len(words), 1), dtype=np.float32)
