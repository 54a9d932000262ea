"""Postings on both databases: what is found, in which order, and what is never shown."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from actions.jobs.records import JobMatch, JobWish, NewPosting
from actions.jobs.service import Jobs
from language.places import covers
from store.clock import SHANGHAI
from store.database import Database

NOW = datetime(2026, 3, 4, 10, tzinfo=SHANGHAI)
TODAY = NOW.date()
SHANGHAI_CODE, PUDONG, MINHANG, SUZHOU, KUNMING = "310000", "310115", "310112", "320500", "530100"


def posting(**changes: Any) -> NewPosting:
    """Return an electrician's posting in Pudong, with changes."""
    values: dict[str, Any] = {
        "employer": "示例机电",
        "title": "电工",
        "trade": "电工",
        "city": SHANGHAI_CODE,
        "district": PUDONG,
        "salary_min": 6500,
        "salary_max": 8000,
        "salary_text": "6500-8000",
        "headcount": 2,
        "benefits": ("五险一金", "包住"),
        "description": "负责厂房设备电路的检修。",
        "contact": "1**********",
        "published_on": TODAY - timedelta(days=1),
        "expires_on": TODAY + timedelta(days=30),
    }
    return NewPosting(**{**values, **changes})


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database)


def publish(jobs: Jobs, **changes: Any) -> str:
    return jobs.publish(posting(**changes), now=NOW)


def titles(found: tuple[JobMatch, ...]) -> list[str]:
    return [job.title for job in found]


def test_trade_place_and_pay_filter(jobs: Jobs) -> None:
    wanted = publish(jobs, title="高压电工")
    publish(jobs, title="保洁员", trade="保洁员")
    publish(jobs, title="昆明电工", city=KUNMING, district=None)
    publish(jobs, title="钱少", salary_min=4000, salary_max=5000)
    page = jobs.search(JobWish(trade="水电工", place=SHANGHAI_CODE, salary_min=6000), now=NOW)
    assert (page.total, page.relaxed) == (1, ())
    (job,) = page.jobs
    assert (job.id, job.employer, job.city, job.district) == (
        wanted, "示例机电", "上海市", "浦东新区",
    )  # fmt: skip
    assert (job.score, job.unknown) == (100, ())
    assert job.reasons == ("工种一致：电工", "就在上海市", "工资 6500 元起，达到 6000")


def test_unknown_pay_is_no_agreement(jobs: Jobs) -> None:
    publish(jobs, title="面议", salary_min=None, salary_max=None, salary_text="面议")
    publish(jobs, title="够得上", salary_min=5000, salary_max=7000)
    publish(jobs, title="达到", salary_min=6000, salary_max=None)
    page = jobs.search(JobWish(trade="电工", salary_min=6000), now=NOW)
    assert titles(page.jobs) == ["达到", "够得上", "面议"]
    assert [job.unknown for job in page.jobs] == [(), (), ("工资",)]
    assert page.jobs[0].score > page.jobs[1].score
    assert page.jobs[2].reasons == ("工种一致：电工",)
    # Asked for nothing but the pay, a posting that does not state it is no match.
    assert titles(jobs.search(JobWish(salary_min=6000), now=NOW).jobs) == ["达到", "够得上"]


def test_unknown_pay_alone_does_not_stop_the_search_for_more(jobs: Jobs) -> None:
    publish(jobs, title="浦东面议", salary_min=None, salary_max=None)
    publish(jobs, title="闵行", district=MINHANG)
    page = jobs.search(JobWish(trade="电工", place=PUDONG, salary_min=6000), now=NOW)
    assert titles(page.jobs) == ["闵行", "浦东面议"]
    assert page.relaxed == ("place",)


def test_an_open_district_is_unknown(jobs: Jobs) -> None:
    publish(jobs, title="没写区", district=None)
    publish(jobs, title="闵行", district=MINHANG, published_on=TODAY - timedelta(days=5))
    page = jobs.search(JobWish(trade="电工", place=PUDONG), now=NOW)
    found = {job.title: job for job in page.jobs}
    assert page.relaxed == ("place",)
    assert found["没写区"].unknown == ("具体区县",)
    assert found["闵行"].unknown == ()
    assert found["闵行"].reasons == ("工种一致：电工", "在相邻的闵行区")


@pytest.mark.parametrize(
    ("wish", "relaxed", "title"),
    [
        (JobWish(trade="电工", place=MINHANG), ("place",), "浦东电工"),
        (JobWish(trade="电工", place=PUDONG, salary_min=20_000), ("salary_min",), "浦东电工"),
        (JobWish(trade="电工", place=SUZHOU), ("place",), "浦东电工"),
        (JobWish(trade="会计", place=KUNMING, salary_min=9000), ("salary_min",), "昆明会计"),
        (JobWish(place="530103"), ("place",), "昆明会计"),
    ],
)
def test_what_is_loosened_is_said(
    jobs: Jobs, wish: JobWish, relaxed: tuple[str, ...], title: str
) -> None:
    publish(jobs, title="浦东电工")
    publish(jobs, title="昆明会计", trade="会计", city=KUNMING, district=None)
    page = jobs.search(wish, now=NOW)
    assert page.relaxed == relaxed
    assert titles(page.jobs)[0] == title
    assert page.jobs[0].score < 100


def test_a_near_trade_is_said_to_be_one(jobs: Jobs) -> None:
    publish(jobs, title="浦东电工")
    (near,) = jobs.search(JobWish(trade="电梯工", place=PUDONG), now=NOW).jobs
    assert any("同类工种" in reason for reason in near.reasons)
    assert near.score < 100


def test_nothing_is_made_to_fit(jobs: Jobs) -> None:
    publish(jobs)
    assert jobs.search(JobWish(trade="会计"), now=NOW).total == 0
    assert jobs.search(JobWish(place=KUNMING), now=NOW).total == 0
    assert jobs.search(JobWish(text="吹长笛"), now=NOW).total == 0
    assert jobs.search(JobWish(text="100%"), now=NOW).total == 0


def test_own_words_are_looked_for_where_no_trade_is_named(jobs: Jobs) -> None:
    publish(jobs, title="锁匠", trade="锁匠", description="上门开锁，双休。")
    publish(jobs, title="电工")
    assert titles(jobs.search(JobWish(text="锁匠 双休"), now=NOW).jobs) == ["锁匠"]
    assert titles(jobs.search(JobWish(text="包住 电路"), now=NOW).jobs) == ["电工"]
    assert titles(jobs.search(JobWish(trade="锁匠", text="锁匠"), now=NOW).jobs) == ["锁匠"]


def test_withdrawn_expired_and_coming_postings_are_gone(jobs: Jobs) -> None:
    here = publish(jobs, title="在招")
    withdrawn = publish(jobs, title="撤了")
    last_day = publish(jobs, title="最后一天", expires_on=TODAY + timedelta(days=1))
    expired = publish(jobs, title="过期", expires_on=TODAY)
    coming = publish(jobs, title="没到", published_on=TODAY + timedelta(days=1))
    assert jobs.withdraw(withdrawn, now=NOW)
    assert not jobs.withdraw(withdrawn, now=NOW)
    assert not jobs.withdraw("GW-22222", now=NOW)
    for wish in (JobWish(trade="电工"), JobWish(place=PUDONG), JobWish(text="电路"), JobWish()):
        found = jobs.search(wish, now=NOW, limit=10)
        assert {job.id for job in found.jobs} == {here, last_day}
        assert found.total == 2
    for gone in (withdrawn, expired, coming):
        assert jobs.get(gone, now=NOW) is None


def test_days_are_those_of_shanghai(jobs: Jobs) -> None:
    code = publish(jobs, expires_on=date(2026, 3, 5))
    assert jobs.get(code, now=datetime(2026, 3, 4, 23, 59, tzinfo=SHANGHAI)) is not None
    assert jobs.get(code, now=datetime(2026, 3, 5, 0, 0, tzinfo=SHANGHAI)) is None


def test_one_posting_in_full(jobs: Jobs) -> None:
    code = publish(jobs, benefits=())
    found = jobs.get(f" {code.lower()} ", now=NOW)
    assert found is not None
    assert (found.id, found.employer, found.place) == (code, "示例机电", PUDONG)
    assert (found.city, found.district, found.benefits) == ("上海市", "浦东新区", ())
    other = jobs.get(publish(jobs), now=NOW)
    assert other is not None
    assert other.benefits == ("五险一金", "包住")
    for typo in ("", "GW-", "'; --", code[:-1], "x" * 5000, "GW-" + "二" * 6):
        assert jobs.get(typo, now=NOW) is None


def test_pages_do_not_overlap_and_cover_all(jobs: Jobs) -> None:
    codes = {publish(jobs, title=f"电工{n}", salary_min=5000 + n) for n in range(7)}
    wish = JobWish(trade="电工", salary_min=5000)
    seen: list[str] = []
    for offset in range(0, 9, 3):
        page = jobs.search(wish, now=NOW, limit=3, offset=offset)
        assert page.total == 7
        seen += [job.id for job in page.jobs]
    assert len(seen) == 7
    assert set(seen) == codes


def test_the_newest_of_equals_comes_first(jobs: Jobs) -> None:
    for days in (3, 1, 2):
        publish(jobs, title=f"{days}天前", published_on=TODAY - timedelta(days=days))
    found = jobs.search(JobWish(trade="电工"), now=NOW).jobs
    assert titles(found) == ["1天前", "2天前", "3天前"]


@pytest.mark.parametrize("place", ["310000", "310115", "530000", "530100", "429004", "420000"])
def test_place_filters_agree_with_covers(jobs: Jobs, place: str) -> None:
    where = [
        ("310000", "310115"), ("310000", None), ("530100", "530103"), ("530300", None),
        ("429004", None), ("420100", "420111"), ("440100", None),
    ]  # fmt: skip
    for n, (city, district) in enumerate(where):
        publish(jobs, title=str(n), city=city, district=district)
    expected = {
        str(n)
        for n, (city, district) in enumerate(where)
        if covers(place, city) or (district and covers(place, district))
    }
    page = jobs.search(JobWish(trade="电工", place=place, only=True), now=NOW, limit=10)
    assert page.relaxed == ()
    assert set(titles(page.jobs)) == expected


def test_what_people_type_is_never_sql(jobs: Jobs) -> None:
    publish(jobs)
    for words in ("%", "_", "\\", "'", "a" * 3000):
        assert jobs.search(JobWish(text=words, trade=words), now=NOW).total == 0


@pytest.mark.parametrize("change", ["salary_min = 9000", "headcount = 0", "status = 'gone'"])
def test_the_database_itself_refuses_nonsense(jobs: Jobs, database: Database, change: str) -> None:
    publish(jobs)
    with database.write() as session, pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE postings SET {change}"))  # noqa: S608
