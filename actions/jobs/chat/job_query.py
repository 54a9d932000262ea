"""What work a person wants, as it is remembered of the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.jobs.chat import sentences as say
from actions.jobs.conditions import GIG_NEED
from actions.jobs.matching.groups import GROUPS
from actions.jobs.needs import several
from actions.jobs.records import GIG, JOB
from actions.jobs.service import JobWish
from language.places import NATIONAL, place_in, place_name
from language.wording import date_with_weekday, pay_at_least

SLOTS = (
    *("trade", "about", "place", "places", "only", "salary_min", "words", "needs"),
    *("not_trade", "not_place", "not_needs", "gig_on"),
)


@dataclass(frozen=True)
class JobQuery:
    """What work is wanted: ``place`` is a GB/T 2260 code, pay whole yuan per month.

    ``places`` are what is meant by it where that is not one code; ``only``, where it is set,
    says nowhere else; ``about`` are words of what the work is about besides. ``gig_on`` is the
    day of a gig, an ISO date.
    Several trades, conditions of work (``needs``) and whatever is ``not_`` wanted are joined by 、.
    """

    trade: str | None = None
    about: str | None = None
    place: str | None = None
    places: str | None = None
    only: str | None = None
    salary_min: int | None = None
    words: str | None = None
    needs: str | None = None
    not_trade: str | None = None
    not_place: str | None = None
    not_needs: str | None = None
    gig_on: str | None = None

    @property
    def is_searchable(self) -> bool:
        """Whether it says what, where or for how much."""
        return any((self.trade, self.place, self.salary_min, self.words, self.needs))

    def as_slots(self) -> dict[str, Any]:
        """Return it as Rasa slots (also as a button's values)."""
        return {name: getattr(self, name) for name in SLOTS}

    def as_job_wish(self) -> JobWish:
        """Return it as the job service wants it."""
        needs = several(self.needs)
        return JobWish(
            text=self.words or self.trade or "",
            trade=self.trade,
            about=self.about or "",
            place=self.place,
            places=several(self.places),
            only=self.only is not None,
            salary_min=self.salary_min,
            needs=tuple(need for need in needs if need not in GROUPS and need != GIG_NEED),
            not_trades=several(self.not_trade),
            not_places=tuple(_code(each) or each for each in several(self.not_place)),
            not_needs=several(self.not_needs),
            groups=tuple(need for need in needs if need in GROUPS),
            kind=GIG if GIG_NEED in needs else JOB,
            on=_day(self.gig_on) if GIG_NEED in needs else None,
        )

    def in_words(self) -> str:
        """Say it back, so that a misunderstanding shows."""
        wanted = [self.trade or self.words]
        wanted.append(self._where())
        wanted.append(pay_at_least(self.salary_min) if self.salary_min else None)
        wanted.append(self.needs)
        day = _day(self.gig_on) if GIG_NEED in several(self.needs) else None
        wanted.append(date_with_weekday(day) if day else None)
        unwanted = [self.not_trade, self.not_needs]
        unwanted += [place_name(code) or code for code in several(self.not_place)]
        parts = [part for part in wanted if part]
        parts += [say.WISH_NOT.format(what=part) for part in unwanted if part]
        return " · ".join(parts) or say.WISH_ANY

    def _where(self) -> str | None:
        """Say the place, or the parts that are meant of it."""
        meant = [place_name(e) or e.partition(":")[2] or e for e in several(self.places)]
        where = "/".join(meant) or (place_name(self.place) if self.place else "")
        return (say.WISH_ONLY.format(place=where) if self.only else where) or None


def remembered(slots: Mapping[str, Any]) -> JobQuery:
    """Return the wish the conversation remembers."""
    known: dict[str, Any] = {name: slots.get(name) for name in SLOTS}
    pay = known["salary_min"]
    place = _code(known["place"] or "")
    known |= {"place": place, "salary_min": None if pay is None else int(float(pay))}
    return JobQuery(**known)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _code(place: str) -> str | None:
    """Return the code of a code or a name; None for nothing and for what is neither."""
    if place.isdigit():
        return place if place_name(place) or place == NATIONAL else None
    return place_in(place)
