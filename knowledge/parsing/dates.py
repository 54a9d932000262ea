"""Dates as official documents write them: 2020年2月6日, 2020-02-06, 二〇二〇年二月六日."""

import re
from datetime import date, timedelta

from knowledge.parsing.shapes import CHINESE_DATE_FORM, DATE_FORM
from language.numerals import chinese_number, digits_one_by_one

ANY_DATE = rf"(?:{DATE_FORM}|{CHINESE_DATE_FORM})"
_FORMS = re.compile(rf"{ANY_DATE}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)")


def find_dates(text: str) -> list[tuple[date, int, int]]:
    """Return the dates of ``text`` with their half-open spans; impossible ones are left out."""
    found: list[tuple[date, int, int]] = []
    for match in _FORMS.finditer(text):
        year, month, day = (_number(part) for part in re.split(r"\s*[年月日./-]\s*", match[0])[:3])
        try:
            found.append((date(year, month, day), match.start(), match.end()))
        except ValueError:
            continue
    return found


def parse_date(text: str) -> date | None:
    """Return the first date of ``text``; None for none."""
    dates = find_dates(text)
    return dates[0][0] if dates else None


def day_after(day: date) -> date:
    """Return the first day on which something good until ``day`` no longer holds."""
    return day + timedelta(days=1)


def years_after(day: date, years: int) -> date:
    """Return the same day of the year ``years`` later (1 March for 29 February)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _number(text: str) -> int:
    text = text.strip()
    if text.isdigit():
        return int(text)
    if len(text) == 4:
        return digits_one_by_one(text)
    return 1 if text == "元" else chinese_number(text)
