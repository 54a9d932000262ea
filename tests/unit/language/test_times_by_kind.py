"""How times are read, kind by kind: sentences of our own, and inputs that failed elsewhere."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.times import TimeSpan, read_times
from language.times.feasts import lunar_day, statutory_days
from language.times.working_days import days_off_around
from store.clock import SHANGHAI
from tests.unit.language.time_sentences import SAID

NOW = datetime(2026, 5, 20, 8, 30, tzinfo=SHANGHAI)
"""A Wednesday."""

SENTENCES = [line.split(" = ") for line in SAID.splitlines() if " = " in line]

days = st.dates(date(2025, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(("text", "meant"), SENTENCES)
def test_a_kind_of_time_is_read(text: str, meant: str) -> None:
    assert _bounds(read_times(text, NOW)) == _expected(meant)


def test_inputs_that_once_failed_are_read(shared: Path) -> None:
    lines = (shared / "data" / "failing_inputs.jsonl").read_text("utf-8").splitlines()
    inputs = [one for line in lines if (one := json.loads(line))["kind"].startswith("time/")]
    timed = [one for one in inputs if "now" in one]
    assert len(timed) > 80
    wrong = {
        one["input"]: (read, one["expected"])
        for one in timed
        if (read := _written(one["input"], datetime.fromisoformat(one["now"]))) != one["expected"]
    }
    assert wrong == {}


@given(day=days, now=days)
def test_a_date_is_the_same_however_it_is_written(day: date, now: date) -> None:
    clock = datetime.combine(now, time(12), SHANGHAI)
    whole = f"{day:%Y}年{day.month}月{day.day}号"
    written = [whole, f"{day:%Y-%m-%d}", f"{day:%Y.%m.%d}", f"{day:%Y%m%d}", " ".join(whole)]
    spans = {_bounds(read_times(text, clock)) for text in written}
    assert spans == {(_at(day), _at(day + timedelta(days=1)))}


@given(hour=st.integers(7, 12), minute=st.integers(0, 59), ahead=st.sampled_from("明后"))
def test_a_clock_time_is_the_same_however_it_is_written(hour: int, minute: int, ahead: str) -> None:
    written = [f"{hour}:{minute:02}", f"{hour}点{minute:02}分", f"{hour}点{minute:02}"]
    spans = {_bounds(read_times(f"{ahead}天{text}", NOW)) for text in written}
    day = NOW.date() + timedelta(days=" 明后".index(ahead))
    start = datetime.combine(day, time(hour, minute), SHANGHAI)
    assert spans == {(start, start + timedelta(hours=1))}


@given(first=st.integers(0, 5), further=st.integers(1, 5))
def test_a_day_that_is_refused_is_never_meant(first: int, further: int) -> None:
    names = "一二三四五六日"
    second = (first + further) % 7
    for text in ("周{}不行，周{}吧", "不要周{}，要周{}", "周{}没空，周{}行吗", "把周{}的改到周{}"):
        span = read_times(text.format(names[first], names[second]), NOW)
        assert span is not None
        assert span.start.weekday() == second


@given(year=st.integers(2020, 2090))
def test_days_off_by_law_are_thirteen_but_where_two_feasts_meet(year: int) -> None:
    found = statutory_days(year)
    assert 12 <= len(found) <= 13
    assert all(day.year == year for day in found)


def test_the_lunar_calendar_is_as_jionlp_reads_feasts() -> None:
    jionlp = pytest.importorskip("jionlp")
    for year in (2026, 2027, 2030):
        for name in ("春节", "元宵", "端午", "中秋", "重阳", "腊八", "清明"):
            read = jionlp.parse_time(name, time_base={"year": year, "month": 1, "day": 1})
            meant = datetime.fromisoformat(read["time"][0]).date()
            span = read_times(name, datetime.combine(meant, time(1), SHANGHAI))
            assert span is not None
            assert span.start.date() == meant, (name, year)
    assert lunar_day(2026, 13, 1) is None


def test_days_off_around_a_feast_are_in_one_run() -> None:
    assert days_off_around(date(2026, 10, 1)) == (date(2026, 10, 1), date(2026, 10, 8))
    assert days_off_around(date(2027, 2, 6)) == (date(2027, 2, 5), date(2027, 2, 9))
    assert days_off_around(date(2026, 5, 20)) == (date(2026, 5, 20), date(2026, 5, 21))


def test_the_words_are_quoted_as_they_were_typed() -> None:
    span = read_times("我想 後 天 下午３點 過去", NOW)
    assert span is not None
    assert span.text == "後 天 下午３點"


def _written(text: str, now: datetime) -> str | None:
    span = read_times(text, now)
    return None if span is None else f"{span.start:%Y-%m-%dT%H:%M}/{span.end:%Y-%m-%dT%H:%M}"


def _bounds(span: TimeSpan | None) -> tuple[datetime, datetime] | None:
    return None if span is None else (span.start, span.end)


def _expected(meant: str) -> tuple[datetime, datetime] | None:
    """Read 「05-22」, 「05-22..05-25」 (half-open) or 「05-22 10:00/11:00」."""
    if meant == "-":
        return None
    if "/" in meant:
        first, last = meant.split("/")
        day, clock = first.split()
        until = last if " " in last else f"{day} {last}"
        return _moment(day, clock), _moment(*until.split())
    first, _, last = meant.partition("..")
    start = _moment(first, "00:00")
    return start, _moment(last, "00:00") if last else start + timedelta(days=1)


def _moment(day: str, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    midnight = _at(date.fromisoformat(day if len(day) > 5 else f"2026-{day}"))
    return midnight + timedelta(hours=hour, minutes=minute)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
