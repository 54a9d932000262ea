"""What work a person wants, as it is remembered of the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.jobs.chat import sentences as say
from actions.jobs.chat.wishes import said
from actions.jobs.service import JobWish
from language.places import NATIONAL, place_in, place_name
from language.wording import pay_at_least

SLOTS = ("trade", "place", "salary_min", "words", "needs", "not_trade", "not_place", "not_needs")
BETWEEN = "、"


@dataclass(frozen=True)
class JobQuery:
    """What work is wanted: ``place`` is a GB/T 2260 code, pay whole yuan per month.

    Several trades, conditions of work (``needs``) and whatever is ``not_`` wanted are joined
    by 、.
    """

    trade: str | None = None
    place: str | None = None
    salary_min: int | None = None
    words: str | None = None
    needs: str | None = None
    not_trade: str | None = None
    not_place: str | None = None
    not_needs: str | None = None

    @property
    def is_searchable(self) -> bool:
        """Whether it says what, where or for how much."""
        return any((self.trade, self.place, self.salary_min, self.words, self.needs))

    def as_slots(self) -> dict[str, Any]:
        """Return it as Rasa slots (also as a button's values)."""
        return {name: getattr(self, name) for name in SLOTS}

    def as_job_wish(self) -> JobWish:
        """Return it as the job service wants it."""
        return JobWish(
            text=self.words or self.trade or "",
            trade=self.trade,
            place=self.place,
            salary_min=self.salary_min,
            needs=tuple(said(need) for need in _several(self.needs)),
            not_trades=_several(self.not_trade),
            not_places=tuple(code for each in _several(self.not_place) if (code := _code(each))),
            not_words=tuple(word for need in _several(self.not_needs) for word in said(need)),
        )

    def in_words(self) -> str:
        """Say it back, so that a misunderstanding shows."""
        wanted = [self.trade or self.words]
        wanted.append(place_name(self.place) if self.place else None)
        wanted.append(pay_at_least(self.salary_min) if self.salary_min else None)
        wanted.append(self.needs)
        unwanted = [self.not_trade, self.not_needs]
        unwanted += [place_name(code) for code in _several(self.not_place)]
        parts = [part for part in wanted if part]
        parts += [say.WISH_NOT.format(what=part) for part in unwanted if part]
        return " · ".join(parts) or say.WISH_ANY


def remembered(slots: Mapping[str, Any]) -> JobQuery:
    """Return the wish the conversation remembers."""
    known: dict[str, Any] = {name: slots.get(name) for name in SLOTS}
    pay = known["salary_min"]
    place = _code(known["place"] or "")
    known |= {"place": place, "salary_min": None if pay is None else int(float(pay))}
    return JobQuery(**known)


def _several(joined: str | None) -> tuple[str, ...]:
    return tuple(each for each in (joined or "").split(BETWEEN) if each)


def _code(place: str) -> str | None:
    """Return the code of a code or a name; None for nothing and for what is neither."""
    if place.isdigit():
        return place if place_name(place) or place == NATIONAL else None
    return place_in(place)
