"""The score of a posting against a wish, as SQL, and its reasons in words.

A part counts only when both sides stated it: the score is the points reached out of those
that could be reached, 0–100. Trade, place and pay are all there is; nothing about the person
enters, and no part can be bought.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal, true

from actions.jobs import sentences as say
from actions.jobs.rules import Asked
from actions.jobs.tables import PostingRow
from language.places import city_of, covers, own_name, province_of

TRADE_POINTS, TRADE_NEAR_POINTS = 40, 15
PLACE_POINTS, CITY_POINTS, PROVINCE_POINTS = 30, 20, 8
PAY_POINTS, PAY_REACH_POINTS = 30, 20

Number = ColumnElement[Any]


def top_pay() -> Number:
    """The most a posting states to pay; NULL when it states nothing."""
    return func.coalesce(PostingRow.salary_max, PostingRow.salary_min)


def inside(place: str) -> ColumnElement[bool]:
    """Whether a posting lies in a place; ranges, so that an index serves them."""
    if place.endswith("0000"):
        return and_(PostingRow.city >= place, PostingRow.city < f"{int(place) + 10_000:06d}")
    # A county that its province runs directly is its own city.
    return (PostingRow.city if city_of(place) == place else PostingRow.district) == place


def score(asked: Asked) -> Number:
    """The score of a posting, a whole number."""
    parts = [part for part in (_trade(asked), _place(asked), _pay(asked)) if part is not None]
    if not parts:
        return literal(0)
    reached: Number = sum((points for points, _ in parts), start=literal(0))
    possible: Number = sum((most for _, most in parts), start=literal(0))
    return func.coalesce(reached * 100 // func.nullif(possible, 0, type_=Integer), 0)


def _trade(asked: Asked) -> tuple[Number, Number] | None:
    if asked.trade is None:
        return (literal(TRADE_POINTS), literal(TRADE_POINTS)) if asked.words else None
    exact = PostingRow.trade == asked.trade
    return case((exact, TRADE_POINTS), else_=TRADE_NEAR_POINTS), literal(TRADE_POINTS)


def _place(asked: Asked) -> tuple[Number, Number] | None:
    if asked.place is None:
        return None
    same_city = inside(city_of(asked.place))
    points = case(
        (inside(asked.place), PLACE_POINTS),
        (same_city, CITY_POINTS),
        (inside(province_of(asked.place)), PROVINCE_POINTS),
        else_=0,
    )
    open_district = and_(same_city, PostingRow.district.is_(None))
    # In the right city with its district left open: neither fits nor misfits.
    if asked.place == city_of(asked.place) or asked.place.endswith("0000"):
        return points, literal(PLACE_POINTS)
    return case((open_district, 0), else_=points), case((open_district, 0), else_=PLACE_POINTS)


def _pay(asked: Asked) -> tuple[Number, Number] | None:
    if asked.salary_min is None:
        return None
    points = case(
        (PostingRow.salary_min >= asked.salary_min, PAY_POINTS),
        (top_pay() >= asked.salary_min, PAY_REACH_POINTS),
        else_=0,
    )
    return points, case((top_pay().is_(None), 0), else_=PAY_POINTS)


def pay_fits(asked: Asked) -> ColumnElement[bool]:
    """Whether a posting is known to reach the pay asked for."""
    if asked.salary_min is None or not asked.must_pay:
        return true()
    return top_pay() >= asked.salary_min


@dataclass(frozen=True)
class Said:
    """What a posting gives for and against: short words for people."""

    reasons: tuple[str, ...]
    unknown: tuple[str, ...]


def in_words(asked: Asked, row: PostingRow) -> Said:
    """Return why a posting is shown and what it leaves open of what was asked."""
    reasons, unknown = [], []
    if asked.trade is not None:
        form = say.TRADE_SAME if row.trade == asked.trade else say.TRADE_NEAR
        reasons.append(form.format(trade=row.trade))
    elif asked.words:
        reasons.append(say.WORDS_FOUND.format(words="、".join(asked.words)))
    if asked.place is not None:
        near = _where(asked.place, row)
        reasons += [near] if near else []
        same_city = covers(city_of(asked.place), row.city)
        if not covers(asked.place, row.city) and row.district is None and same_city:
            unknown.append(say.DISTRICT_UNKNOWN)
    if asked.salary_min is not None:
        top = row.salary_max if row.salary_max is not None else row.salary_min
        if top is None:
            unknown.append(say.PAY_UNKNOWN)
        elif row.salary_min is not None and row.salary_min >= asked.salary_min:
            reasons.append(say.PAY_REACHED.format(pay=row.salary_min, wish=asked.salary_min))
        elif top >= asked.salary_min:
            reasons.append(say.PAY_WITHIN_REACH.format(pay=top, wish=asked.salary_min))
    return Said(tuple(reasons), tuple(unknown))


def _where(place: str, row: PostingRow) -> str | None:
    if covers(place, row.city) or (row.district and covers(place, row.district)):
        return say.PLACE_INSIDE.format(place=own_name(place))
    for wider in (city_of(place), province_of(place)):
        if covers(wider, row.city):
            return say.PLACE_NEAR.format(place=own_name(wider))
    return None
