"""A line of a table to a posting: what it says, what is not understood, why it is refused."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from actions.jobs.imports import cells as reading
from actions.jobs.imports import sentences as say
from actions.jobs.imports.columns import UNIT, is_rather
from actions.jobs.records import GIG, JOB, GigTime, NewPosting
from actions.jobs.requirements import education_in, experience_in
from actions.jobs.rules import trade_of
from knowledge.parsing.sheets.days import day_in
from knowledge.parsing.sheets.reader import Line
from language.places import NATIONAL, city_of

LOST_SHARE = 0.2
"""Of a cell's characters so many may be unreadable, and are left out; with more it is refused."""

DAYS_SHOWN = 60
"""How long a posting is shown that does not say until when."""

LONGEST_TITLE, LONGEST_EMPLOYER, LONGEST_TEXT = 100, 100, 6_000
_GARBLED = re.compile("\ufffd|锟斤拷|[ÃÂ][\x80-\xbf]|烫烫烫")
_FORMULA = re.compile(r"^[=@]\s*[A-Za-z(]|^[+-][A-Za-z]")
_YES = re.compile(r"^(?:是|有|可以?|支持|急.*|yes|true|1|√|✓)$", re.I)
_EMPLOYMENT = (
    ("校招", r"校园|校招"),
    ("实习", r"实习"),
    ("兼职", r"兼职"),
    ("临时", r"临时|短期|零工|暑假|寒假|小时工|日结"),
    ("全职", r"全职|正式|长期|合同"),
)


@dataclass(frozen=True)
class Source:
    """Where a table comes from, and what holds of all its lines.

    ``place`` is the code of where the work is that names no place, "" unknown.
    """

    name: str
    today: date
    place: str = ""
    days: int = DAYS_SHOWN


@dataclass
class ReadRow:
    """What became of a line: a posting, or None; ``notes`` are sentences for a clerk."""

    number: int
    posting: NewPosting | None
    title: str
    notes: list[str] = field(default_factory=list)


class RowReader:
    """Reads the lines of one table, whose columns are known, from the top."""

    def __init__(self, names: Sequence[str], fields: Sequence[str], source: Source) -> None:
        self._names, self._fields, self._source = names, fields, source
        self._employer = ""
        units = {f: UNIT.search(n) for f, n in zip(fields, names, strict=True) if "pay" in f}
        rather = [is_rather(*both) for both in zip(fields, names, strict=True)]
        self._order = sorted(range(len(fields)), key=lambda at: not rather[at])
        self._units = {name: m[1] or m[2] if m else "" for name, m in units.items()}

    def read(self, line: Line) -> ReadRow:
        """Return what a line says."""
        notes: list[str] = []
        told = self._told(line, notes)
        title = _one(told, "title")[:LONGEST_TITLE]
        row = ReadRow(line.number, None, title, notes)
        for column, texts in told.items():
            lost = sum(len(_GARBLED.findall(text)) for text in texts)
            if lost:
                notes.append(say.NOT_TEXT.format(column=say.FIELDS[column]))
            if lost > LOST_SHARE * sum(map(len, texts)):
                return row
            texts[:] = [_GARBLED.sub("", text) for text in texts]
        if not title:
            notes.append(say.NO_TITLE)
            return row
        employer = _one(told, "employer")[:LONGEST_EMPLOYER]
        if not employer and self._employer:
            employer = self._employer
            notes.append(say.EMPLOYER_ABOVE)
        if not employer:
            notes.append(say.NO_EMPLOYER)
            return row
        self._employer = employer
        days = self._days(told, notes)
        if days is None:
            return row
        row.posting = self._posting(told, title, employer, days, notes)
        return row

    def _told(self, line: Line, notes: list[str]) -> dict[str, list[str]]:
        """Return the texts of a line by what they are, without markup."""
        told: dict[str, list[str]] = {}
        for at in self._order:
            cell = line.cells[at] if at < len(line.cells) else ""
            what = self._fields[at]
            if not cell or what == "ignored":
                continue
            column = self._names[at] or say.UNNAMED.format(number=at + 1)
            text, active = reading.plain_text(cell)
            if active:
                notes.append(say.SCRIPT.format(column=column))
            if _FORMULA.match(text) and not text.startswith("@全"):
                notes.append(say.FORMULA.format(column=column))
            if at in line.formulas:
                notes.append(say.CALCULATED.format(column=column))
            if what == "more":
                text = f"{column.split('·')[-1]}：{text}"
            if text:
                told.setdefault(what, []).append(text)
        return told

    def _posting(
        self,
        told: Mapping[str, list[str]],
        title: str,
        employer: str,
        days: tuple[date, date],
        notes: list[str],
    ) -> NewPosting:
        pay, salary_text = self._pay(told, notes)
        places, street = self._places(told, notes)
        city = city_of(places[0]) if places else NATIONAL
        years, schooling = _required(told)
        category = _one(told, "category")[:60]
        trade = trade_of(title) or (trade_of(category) if category else None)
        gig = self._gig(told, pay, days)
        return NewPosting(
            employer=employer,
            title=title,
            trade=trade.name if trade else "",
            category=category,
            city=city,
            district=places[0] if places and places[0] != city else None,
            places=tuple(places[1:]),
            street=street,
            salary_min=pay.min,
            salary_max=pay.max,
            salary_text=salary_text,
            pay_unit=pay.unit,
            pay_months=pay.months,
            headcount=self._people(told, notes),
            education=schooling,
            experience_min=years[0],
            experience_max=years[1],
            employment=_employment(_one(told, "employment"), title),
            contract=_one(told, "contract")[:30],
            benefits=_items(told, "benefits"),
            tags=_items(told, "tags"),
            description=self._description(told, notes),
            contact=" ".join(told.get("contact", ()))[:200],
            published_on=days[0],
            expires_on=days[1],
            urgent=bool(_YES.match(_one(told, "urgent"))) or "急" in title[:4],
            remote_interview=bool(_YES.match(_one(told, "remote"))),
            employer_kind=" ".join((*told.get("employer_kind", ()), *_honours(told)))[:30],
            employer_size=_one(told, "employer_size")[:30],
            source=self._source.name,
            source_key=_one(told, "key")[:80],
            kind=JOB if gig is None else GIG,
            gig=gig,
        )

    def _pay(self, told: Mapping[str, list[str]], notes: list[str]) -> tuple[reading.CellPay, str]:
        text = _one(told, "pay")
        low, high = _one(told, "pay_min"), _one(told, "pay_max")
        unit = self._units.get("pay", "")
        if not text and (low or high):
            text = f"{low}-{high}" if low and high and low != high else low or high
            unit = self._units.get("pay_min", "") or self._units.get("pay_max", "")
        pay = reading.pay_in(text, unit)
        if pay.problem:
            notes.append(getattr(say, pay.problem).format(text=text[:30]))
        shown = f"{text}（{unit}）" if unit and re.fullmatch(r"[\d.,\s~～至到-]+", text) else text
        return pay, shown[:60]

    def _places(
        self, told: Mapping[str, list[str]], notes: list[str]
    ) -> tuple[tuple[str, ...], str]:
        city = reading.places_in(_one(told, "city"))
        if (elsewhere := _named_elsewhere(_one(told, "title"), city)) is not None:
            return (elsewhere,), ""
        within = city_of(city[0]) if len(city) == 1 else self._source.place
        found: tuple[str, ...] = ()
        for name in ("district", "place", "street"):
            text = _one(told, name)
            if text and not found:
                found = reading.places_in(text, within)
                if not found and name == "district":
                    notes.append(say.PLACE_UNREAD.format(text=text[:20]))
        places = found or city
        if within and found and all(city_of(code) != within for code in found) and city:
            places = city
        if not places:
            said = _one(told, "place") or _one(told, "city")
            notes.append(say.PLACE_UNREAD.format(text=said[:20]) if said else say.PLACE_OPEN)
            places = (self._source.place,) if self._source.place else ()
        street = _one(told, "street") or _street(_one(told, "place"))
        if not street and _one(told, "district") and len(found) == 1:
            street = _one(told, "district") if "新区" in _one(told, "district") else ""
        return places, street[:40]

    def _people(self, told: Mapping[str, list[str]], notes: list[str]) -> int:
        text = _one(told, "headcount")
        people = reading.people_in(text)
        if people is None:
            notes.append(say.HEADCOUNT_ODD.format(text=text[:20]))
        return people or 1

    def _days(self, told: Mapping[str, list[str]], notes: list[str]) -> tuple[date, date] | None:
        """Return the days on which a posting is shown; None where they are over."""
        today = self._source.today
        begins, ends = (self._day(told, name, notes) for name in ("published_on", "expires_on"))
        if begins is not None and ends is not None and ends < begins:
            notes.append(say.TURNED)
            ends = None
        if ends is not None and ends < today:
            notes.append(say.OVER.format(day=ends.isoformat()))
            return None
        begins = min(begins, today) if begins is not None and ends is None else begins or today
        return begins, (ends + timedelta(days=1) if ends else today + timedelta(self._source.days))

    def _day(self, told: Mapping[str, list[str]], name: str, notes: list[str]) -> date | None:
        text = _one(told, name)
        day = day_in(text, self._source.today) if text else None
        if text and day is None and not re.search(r"长期|不限|招满", text):
            notes.append(say.DATE_UNREAD.format(text=text[:20]))
        return day

    def _gig(
        self, told: Mapping[str, list[str]], pay: reading.CellPay, days: tuple[date, date]
    ) -> GigTime | None:
        """Return when work by the day or hour is; None for a job."""
        first = day_in(_one(told, "day"), self._source.today) if told.get("day") else None
        kind = " ".join(told.get("employment", ()))
        if first is None and not re.search(r"零工|日结|小时工|钟点工|短工", kind):
            return None
        ends = [
            day
            for part in re.split(r"[至到~～]", _one(told, "day"))
            if (day := day_in(part, self._source.today))
        ]
        starts = reading.hours_in(_one(told, "hours"))
        text = _one(told, "pay") or _one(told, "pay_min")
        amount = re.search(r"\d+(?:\.\d+)?", text)
        number = int(float(amount[0])) if amount else None
        return GigTime(
            first_on=first or days[0],
            last_on=max(ends, default=first or days[1] - timedelta(days=1)),
            starts=starts[0] if starts else None,
            ends=starts[1] if starts else None,
            day_pay=number if pay.unit == "day" else None,
            hour_pay=number if pay.unit == "hour" else None,
        )

    def _description(self, told: Mapping[str, list[str]], notes: list[str]) -> str:
        parts = [*told.get("description", ()), *told.get("more", ())]
        parts += [f"用工时间：{text}" for text in told.get("hours", ())]
        text = "\n".join(parts)
        if len(text) > LONGEST_TEXT:
            notes.append(say.CUT.format(column=say.FIELDS["description"], limit=LONGEST_TEXT))
        return text[:LONGEST_TEXT]


def _one(told: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(told.get(name, ())), "")


def _items(told: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(item for text in told.get(name, ()) for item in reading.items_in(text))
    )


def _required(
    told: Mapping[str, Sequence[str]],
) -> tuple[tuple[int | None, int | None], int | None]:
    """Return the years of work, at least and at most, and the schooling that are asked for."""
    both = told.get("requirement", ())
    years = experience_in(" ".join((*both, *told.get("experience", ()))))
    schooling = " ".join((*both, *told.get("education", ())))
    return years or (None, None), education_in(schooling) if schooling else None


def _employment(text: str, title: str) -> str:
    # 全职 is what forms are filled with; a title that says 实习生 or 兼职 knows better.
    named = re.sub(r"[（(【\[].*?(?:[)）】\]]|$)", "", title)
    for said, forms in ((named, _EMPLOYMENT[:4]), (text, _EMPLOYMENT)):
        for name, form in forms:
            if re.search(form, said):
                return name
    return ""


def _honours(told: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for text in told.get("tags", ()):
        if "500强" in text:
            yield "500强"


_STREET = re.compile(
    r"(?:区|县|市)[-·\s]*([\u4e00-\u9fff]{2,10}?(?:街道?|镇|乡|路|大道|园区|广场|开发区))"
)


_ELSEWHERE = re.compile(
    r"(?:工作)?地点?(?:在|[:：])\s*(?P<at>[\u4e00-\u9fff]{2,10})"
    r"|(?P<there>[\u4e00-\u9fff]{2,8}?)(?:办公|上班|驻点|坐班)"
)


def _named_elsewhere(title: str, city: tuple[str, ...]) -> str | None:
    """Return the place that a title says the work is at, where that is in another city."""
    found = _ELSEWHERE.search(title)
    places = reading.places_in(found["at"] or found["there"]) if found else ()
    other = places and city and all(city_of(places[0]) != city_of(code) for code in city)
    return places[0] if other else None


def _street(place: str) -> str:
    found = _STREET.search(place)
    return found[1] if found else place.split("-")[2][:40] if place.count("-") >= 2 else ""
