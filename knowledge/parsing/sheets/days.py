"""Days as cells of tables have them. Pure."""

import re
from datetime import date, timedelta

_DAY = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?")
_MONTH_DAY = re.compile(r"^(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_FIRST_SERIAL = date(1899, 12, 30)


def day_in(text: str, today: date | None = None) -> date | None:
    """Return the day of a cell: 2026-3-4, 2026年3月4日, 46085; 3月4日 with ``today``; else None."""
    found = _DAY.search(text)
    compact = re.fullmatch(r"(20\d{2})(\d{2})(\d{2})", text.strip())
    try:
        if found or compact:
            match = found or compact
            return date(*map(int, match.groups())) if match else None
        if _SERIAL.fullmatch(text.strip()):
            return _FIRST_SERIAL + timedelta(days=int(float(text)))
        bare = _MONTH_DAY.match(text.strip())
        if bare and today is not None:
            day = date(today.year, int(bare[1]), int(bare[2]))
            return day if day >= today - timedelta(days=180) else day.replace(year=today.year + 1)
    except ValueError:
        return None
    return None
