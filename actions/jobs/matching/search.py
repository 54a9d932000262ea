"""Searching postings: filters on what was asked, ranks by fit, loosens when nothing fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from actions.jobs.matching import fits as fitting
from actions.jobs.matching.fits import Fits
from actions.jobs.matching.memory import Mask, Memory, Rows
from actions.jobs.matching.names import Floats
from actions.jobs.matching.titles import Titles
from actions.jobs.matching.weights import (
    ABOUT,
    EDUCATION,
    EXPERIENCE,
    FRESH,
    FRESH_DAYS,
    GROUP,
    IN_A_ROW,
    NEEDS,
    OF_ONE_EMPLOYER,
    OF_THE_ROW,
    OTHER_EMPLOYMENT,
    PAY,
    PAY_FITS,
    PLACE,
    PLACE_FITS,
    TRADE,
    UNKNOWN_PAY,
    URGENT,
    WEIGHTS,
    WINDOW,
)
from actions.jobs.rules import (
    ANYWHERE,
    CITY,
    INSIDE,
    PROVINCE,
    UNKNOWN_PAY_COST,
    Asked,
    Step,
    loosened,
    without,
)
from language.places import city_of

_REACH = {INSIDE: fitting.INSIDE, CITY: fitting.OPEN, PROVINCE: fitting.PROVINCE}
UNASKED = frozenset(("兼职", "实习", "临时"))
"""Employment that is not what somebody looks for who says nothing of it."""

_CLOSE_LOOK = 2_000
"""Postings, the best by all else, in whose words is looked for what the work is about."""

_ORDERED = 300
"""Postings of which no employer's may stand too close; those behind are as they come."""

_PLACE_FIT = np.zeros(6, dtype=np.float32)
_PLACE_FIT[[fitting.INSIDE, fitting.NEAR, fitting.CITY, fitting.PROVINCE]] = [
    PLACE_FITS[name] for name in ("inside", "near", "city", "province")
]
_PLACE_FIT[fitting.OPEN] = PLACE_FITS["open"]
_PAY_FIT = np.array([0.0, 0.0, PAY_FITS["within_reach"], PAY_FITS["reached"]], dtype=np.float32)


@dataclass(frozen=True)
class Ranked:
    """Postings in order: their rows in memory, ``total`` of them; how the wish was loosened."""

    rows: Rows
    relaxed: tuple[str, ...] = ()
    inside: int | None = None
    loosening: Mapping[str, int] = field(default_factory=dict)


def rank(memory: Memory, titles: Titles, asked: Asked, day: date, needed: int = WINDOW) -> Ranked:
    """Return the postings for a wish, the best first; those of unknown pay are behind.

    The first ``needed`` are in order as far as employers go.
    """
    nothing = np.zeros(0, dtype=np.int64)
    measured: dict[str, Fits] = {}

    def fits_of(step: Step) -> Fits:
        key = CITY if step.reach in (INSIDE, CITY) and _in_one_city(asked) else ANYWHERE
        if key not in measured:
            rows = _rows(memory, asked, key)
            measured[key] = fitting.measure(memory, titles, asked, rows, day)
        return measured[key]

    steps = loosened(asked)
    for step, known in _tries(steps, asked):
        fits = fits_of(step)
        if _chosen(fits, asked, step, known=known).any():
            break
    else:
        return Ranked(nothing, loosening=_alternatives(memory, titles, asked, day))
    wide = _widened(step, asked)
    fits = fits_of(wide)
    chosen = _chosen(fits, asked, wide, known=False)
    if asked.names_work and chosen.sum() < WINDOW:
        # A short list goes on with what is near; the order and the reasons tell them apart.
        chosen = _chosen(fits, asked, replace(wide, near_trades=True), known=False)
    inside = int((chosen & (fits.place == fitting.INSIDE)).sum()) if wide != step else None
    rows = _in_order(memory, asked, fits, chosen, day, needed)
    more = _alternatives(memory, titles, asked, day) if step.relaxed else {}
    return Ranked(rows, step.relaxed, inside, more)


def exact(memory: Memory, titles: Titles, asked: Asked, day: date) -> Rows:
    """Return the rows of the postings that are just what was asked, the best first.

    Nothing is loosened and nothing that is merely near goes along: nobody looks at such a list
    before it is told.
    """
    rows = np.arange(memory.size)
    fits = fitting.measure(memory, titles, asked, rows, day)
    chosen = _chosen(fits, asked, loosened(asked)[0], known=True)
    return _in_order(memory, asked, fits, chosen, day, len(rows))


def _rows(memory: Memory, asked: Asked, reach: str) -> Rows:
    if reach == CITY and asked.place is not None:
        return memory.in_city(int(city_of(asked.place)))
    return np.arange(memory.size)


def _tries(steps: Sequence[Step], asked: Asked) -> list[tuple[Step, bool]]:
    """Order the steps, each with postings of known pay only and with any, by what they cost."""
    tries = [(step.cost, step, True) for step in steps]
    if asked.salary_min is not None:
        tries += [(step.cost + UNKNOWN_PAY_COST, step, False) for step in steps]
    return [(step, known) for _, step, known in sorted(tries, key=lambda one: one[0])]


def _widened(step: Step, asked: Asked) -> Step:
    """A place that is plainly named is preferred: others of its city follow."""
    wide = step.reach == INSIDE and not asked.only and asked.place is not None
    return replace(step, reach=CITY) if wide else step


def _chosen(fits: Fits, asked: Asked, step: Step, *, known: bool) -> Mask:
    """Return what a step finds; ``known`` leaves out postings whose pay may or may not fit."""
    found = fits.allowed & (
        fitting.near_work(fits) if step.near_trades else fitting.same_work(fits)
    )
    if step.reach != ANYWHERE:
        found = found & (fits.place >= _REACH[step.reach])
    if asked.salary_min is None:
        return found
    # With nothing but the pay asked for, an unknown pay would be no match at all.
    alone = not (asked.names_work or asked.place)
    pays = fits.pay >= (fitting.WITHIN if step.must_pay else fitting.BELOW)
    return found & (pays if known or alone else pays | (fits.pay == fitting.UNSAID))


def _alternatives(memory: Memory, titles: Titles, asked: Asked, day: date) -> dict[str, int]:
    """Return how many postings each part of a wish would give, if it alone were given up."""
    parts = {
        "place": asked.place is not None,
        "salary_min": asked.salary_min is not None,
        "trade": asked.names_work,
        "needs": bool(asked.needs or asked.wants),
        "not_needs": bool(asked.not_needs or asked.not_words),
    }
    found: dict[str, int] = {}
    for part in (name for name, said in parts.items() if said):
        less = without(asked, part)
        step = Step(reach=INSIDE if less.place else ANYWHERE)
        rows = _rows(memory, less, CITY if _in_one_city(less) else ANYWHERE)
        fits = fitting.measure(memory, titles, less, rows, day)
        count = int(_chosen(fits, less, step, known=True).sum())
        if count:
            found[part] = count
    return found


def _in_one_city(asked: Asked) -> bool:
    return asked.place is not None and not asked.place.endswith("0000")


# In order --------------------------------------------------------------------------------------


def _in_order(
    memory: Memory, asked: Asked, fits: Fits, chosen: Mask, day: date, needed: int
) -> Rows:
    at = np.flatnonzero(chosen)
    rows = fits.rows[at]
    points = points_of(memory, asked, fits, at, day)
    if asked.salary_min is not None:
        points -= np.where(fits.pay[at] == fitting.UNSAID, WEIGHTS[UNKNOWN_PAY], 0)
    if asked.about or asked.wants:
        points = _looked_closely(memory, asked, rows, points)
    newest = memory.column("published_on")[rows]
    order = np.lexsort((memory.ids[rows], -newest, -points))
    return _apart(rows[order], memory.column("employer"), needed)


def points_of(memory: Memory, asked: Asked, fits: Fits, at: Rows, day: date) -> Floats:
    """Return the points of postings (``weights.WEIGHTS``) but for what their words are about."""
    rows = fits.rows[at]
    points = np.zeros(len(at), dtype=np.float32)
    if asked.names_work:
        points += WEIGHTS[TRADE] * fits.work[at]
    if asked.place is not None:
        points += WEIGHTS[PLACE] * _PLACE_FIT[fits.place[at]]
    if asked.salary_min is not None:
        points += WEIGHTS[PAY] * _PAY_FIT[fits.pay[at]]
    if asked.needs:
        points += WEIGHTS[NEEDS] * fitting.stated_share(memory, replace(asked, wants=()), rows)
    if asked.level is not None:
        points += WEIGHTS[EDUCATION] * fitting.schooling_of(memory, asked.level, rows)
    if asked.years is not None:
        points += WEIGHTS[EXPERIENCE] * fitting.experience_of(memory, asked.years, rows)
    if asked.groups:
        points += WEIGHTS[GROUP] * memory.states(rows, asked.groups)
    if not UNASKED & set(asked.needs):
        points -= WEIGHTS[OTHER_EMPLOYMENT] * memory.states(rows, tuple(UNASKED))
    age = day.toordinal() - memory.column("published_on")[rows]
    points += WEIGHTS[FRESH] * np.clip(1 - age / FRESH_DAYS, 0, 1)
    points += WEIGHTS[URGENT] * memory.urgent[rows]
    return points.astype(np.float32)


def _looked_closely(memory: Memory, asked: Asked, rows: Rows, points: Floats) -> Floats:
    best = np.argsort(-points, kind="stable")[:_CLOSE_LOOK]
    words = (*asked.about, *asked.wants)
    looked = points.copy()
    looked[best] += WEIGHTS[ABOUT] * fitting.words_share(memory, words, rows[best])
    return looked


def _apart(rows: Rows, employers: NDArray[np.int32], needed: int) -> Rows:
    """Keep one employer's postings apart, as far as there are others.

    Of IN_A_ROW postings at most OF_THE_ROW are one employer's, of WINDOW at most OF_ONE_EMPLOYER.
    """
    waiting = [int(row) for row in rows[:_ORDERED]]
    owners = {row: int(employers[row]) for row in waiting}
    taken: list[int] = []
    while waiting and len(taken) < needed:
        window = [owners[row] for row in taken[-(WINDOW - 1) :]]
        last = window[-(IN_A_ROW - 1) :]
        pick = next(
            (
                at
                for at, row in enumerate(waiting)
                if window.count(owners[row]) < OF_ONE_EMPLOYER
                and last.count(owners[row]) < OF_THE_ROW
            ),
            0,
        )
        taken.append(waiting.pop(pick))
    return np.concatenate([np.array([*taken, *waiting], dtype=np.int64), rows[_ORDERED:]])
