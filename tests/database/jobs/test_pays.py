"""What postings of a trade state as pay: of one occupation or group, each employer's once."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from actions.jobs.matching.titles import Titles
from actions.jobs.records import GIG, GigTime, NewPosting
from actions.jobs.service import Jobs
from language.occupations.reader import Reading
from store.clock import SHANGHAI
from store.database import Database

NOW = datetime(2026, 3, 4, 10, tzinfo=SHANGHAI)
NATION, WUHAN, WUCHANG, SHANGHAI_CITY = "100000", "420100", "420106", "310000"


def publish(jobs: Jobs, title: str, low: int | None, **changes: object) -> str:
    values: dict[str, object] = {
        "employer": f"{title}{low}公司",
        "title": title,
        "trade": "",
        "city": WUHAN,
        "district": WUCHANG,
        "salary_min": low,
        "salary_max": None if low is None else low + 1000,
        "salary_text": "",
        "headcount": 1,
        "benefits": (),
        "description": "",
        "contact": "",
        "published_on": date(2026, 3, 1),
        "expires_on": date(2026, 4, 1),
    }
    return jobs.publish(NewPosting(**{**values, **changes}), now=NOW)  # type: ignore[arg-type]


def pays(jobs: Jobs, trade: str = "电工", place: str = WUHAN, *, wide: bool = False) -> list[int]:
    return sorted(jobs.stated_pays(trade, place, wide=wide, now=NOW).pays)


class CodeReader:
    """Reads 低压维修 as an electrician's occupation, 电梯维保 as one of its small group."""

    def read(self, titles: Sequence[str]) -> list[Reading | None]:
        codes = {"低压维修": "6-31-01-03", "电梯维保": "6-31-01-09"}
        return [Reading(codes[one], None, 1.0, 1.0) if one in codes else None for one in titles]


def test_only_what_is_shown_and_states_its_pay_counts_each_once(database: Database) -> None:
    jobs = Jobs(database)
    publish(jobs, "电工", 5000, trade="电工")
    publish(jobs, "电工", 5000, trade="电工", description="又发一次")
    publish(jobs, "电工", None, trade="电工", employer="面议公司")
    publish(jobs, "电工", 6000, trade="电工", city=SHANGHAI_CITY, district=None)
    time = GigTime(NOW.date(), NOW.date(), day_pay=300)
    publish(jobs, "电工", 6500, trade="电工", kind=GIG, gig=time)
    publish(jobs, "电工", 9000, trade="电工", published_on=date(2026, 3, 5))
    gone = publish(jobs, "电工", 8000, trade="电工")
    assert pays(jobs) == [5500, 8500]
    jobs.withdraw(gone, now=NOW)
    assert pays(jobs) == [5500]
    assert pays(jobs, place=WUCHANG) == [5500]
    assert pays(jobs, place="420000") == [5500]
    assert pays(jobs, place=NATION) == [5500, 6500]
    assert pays(jobs, "焊工") == []


@pytest.mark.parametrize(("wide", "found"), [(False, [5500]), (True, [5500, 7500])])
def test_titles_count_by_their_occupation(database: Database, wide: bool, found: list[int]) -> None:
    titles = Titles(database, CodeReader, identity="test")  # type: ignore[arg-type]
    jobs = Jobs(database, titles=titles)
    publish(jobs, "低压维修", 5000)
    publish(jobs, "电梯维保", 7000)
    publish(jobs, "出纳", 4000)
    titles.read_some()
    assert pays(jobs, wide=wide) == found
    assert jobs.stated_pays("电工", WUHAN, wide=wide, now=NOW).demo == 0
