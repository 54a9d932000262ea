"""What is found first, what never, and what is said of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.jobs.life import NoSuchMove
from actions.jobs.matching.relevance import wish_in
from actions.jobs.records import GIG, JOB, GigTime, JobWish, NewPosting
from actions.jobs.service import Jobs
from actions.jobs.tables import PostingChangeRow, PostingRow
from store.clock import SHANGHAI
from store.database import Database
from tests.support.messaging import vault

NOW = datetime(2026, 3, 4, 10, tzinfo=SHANGHAI)
TODAY = NOW.date()
WUHAN, HONGSHAN, WUCHANG, JIANGXIA, CAIDIAN = "420100", "420111", "420106", "420115", "420114"


def publish(jobs: Jobs, title: str, **changes: Any) -> str:
    values: dict[str, Any] = {
        "employer": f"示例{title}公司",
        "title": title,
        "trade": "会计",
        "city": WUHAN,
        "district": HONGSHAN,
        "salary_min": 6000,
        "salary_max": 8000,
        "salary_text": "6000-8000",
        "headcount": 1,
        "benefits": (),
        "description": "记账、报税。",
        "contact": "",
        "published_on": TODAY,
        "expires_on": TODAY + timedelta(days=30),
    }
    return jobs.publish(NewPosting(**{**values, **changes}), now=NOW)


@pytest.fixture
def jobs(sqlite_database: Database) -> Jobs:
    return Jobs(sqlite_database)


def found(jobs: Jobs, **wish: Any) -> list[str]:
    return [job.title for job in jobs.search(JobWish(**wish), now=NOW, limit=20).jobs]


def test_a_place_plainly_named_is_preferred_and_only_binds(jobs: Jobs) -> None:
    for name, district in (("蔡甸会计", CAIDIAN), ("武昌会计", WUCHANG), ("洪山会计", HONGSHAN)):
        publish(jobs, name, district=district)
    near = ["洪山会计", "武昌会计", "蔡甸会计"]
    assert found(jobs, trade="会计", place=HONGSHAN) == near
    assert found(jobs, trade="会计", place=HONGSHAN, only=True) == near[:1]
    assert jobs.search(JobWish(trade="会计", place=HONGSHAN), now=NOW).inside == 1
    assert found(jobs, trade="会计", place=WUHAN, not_places=(WUCHANG,)) == [near[2], near[0]]


def test_a_part_of_a_city_is_its_streets(jobs: Jobs) -> None:
    publish(jobs, "江夏关东", district=JIANGXIA, street="关东")
    publish(jobs, "江夏纸坊", district=JIANGXIA, street="纸坊")
    publish(jobs, "洪山关山", street="关山")
    wish = {"trade": "会计", "place": HONGSHAN, "places": ("光谷",)}
    assert set(found(jobs, **wish)[:2]) == {"江夏关东", "洪山关山"}
    assert set(found(jobs, **wish, only=True)) == {"江夏关东", "洪山关山"}


def test_conditions_count_where_both_state_them(jobs: Jobs) -> None:
    publish(jobs, "没说", description="记账。")
    publish(jobs, "单休", description="记账，单休。")
    publish(jobs, "双休", description="记账，周末双休。")
    page = jobs.search(JobWish(trade="会计", needs=("双休",)), now=NOW)
    assert [job.title for job in page.jobs] == ["双休", "没说"]
    assert page.jobs[1].unknown == ("双休",)
    assert page.jobs[0].score > 0
    assert "写明双休" in page.jobs[0].reasons
    assert "单休" not in found(jobs, trade="会计", not_needs=("单休",))


def test_what_is_refused_is_in_no_offer_however_it_is_loosened(jobs: Jobs) -> None:
    publish(jobs, "会计", description="两班倒，有夜班。")
    page = jobs.search(JobWish(trade="会计", salary_min=90_000, not_needs=("夜班",)), now=NOW)
    assert (page.total, page.relaxed) == (0, ())
    assert page.loosening == {}
    page = jobs.search(JobWish(trade="会计", not_needs=("夜班",)), now=NOW)
    assert page.loosening == {"not_needs": 1}


def test_which_wish_to_loosen_and_how_many_that_gives(jobs: Jobs) -> None:
    publish(jobs, "会计", salary_max=7000)
    page = jobs.search(JobWish(trade="会计", place=HONGSHAN, only=True, salary_min=9000), now=NOW)
    assert page.relaxed == ("salary_min",)
    assert page.loosening == {"salary_min": 1}


def test_schooling_and_years_fit_or_do_not(jobs: Jobs) -> None:
    publish(jobs, "要硕士", education=6)
    publish(jobs, "要大专三年", education=4, experience_min=3, experience_max=5)
    publish(jobs, "没说")
    assert found(jobs, trade="会计", needs=("大专学历", "4年经验")) == [
        "要大专三年",
        "没说",
        "要硕士",
    ]
    page = jobs.search(JobWish(trade="会计", needs=("大专学历", "4年经验")), now=NOW)
    assert page.jobs[1].unknown == ("学历要求", "经验要求")


def test_one_employer_does_not_fill_a_page(jobs: Jobs) -> None:
    for number in range(12):
        publish(jobs, f"大户{number:02}", employer="大户", salary_min=9000, salary_max=9000)
    for number in range(8):
        publish(jobs, f"小户{number}", employer=f"小户{number}", salary_min=6000)
    page = jobs.search(JobWish(trade="会计", salary_min=6000), now=NOW, limit=10)
    assert sum(job.employer == "大户" for job in page.jobs) == 3
    assert sum(job.employer == "大户" for job in page.jobs[:3]) == 2
    rest = jobs.search(JobWish(trade="会计", salary_min=6000), now=NOW, limit=10, offset=10)
    assert len({job.id for job in (*page.jobs, *rest.jobs)}) == 20


def test_a_declared_group_raises_and_says_so_and_nothing_else_does(jobs: Jobs) -> None:
    publish(jobs, "普通", published_on=TODAY)
    publish(jobs, "残疾人优先", description="残疾人优先。", published_on=TODAY - timedelta(days=20))
    assert found(jobs, trade="会计") == ["普通", "残疾人优先"]
    page = jobs.search(JobWish(trade="会计", groups=("残疾人",)), now=NOW)
    assert [job.title for job in page.jobs] == ["残疾人优先", "普通"]
    assert any("残疾人" in reason for reason in page.jobs[0].reasons)


@pytest.mark.parametrize(
    "told",
    [
        "我是女的，",
        "我今年五十二了，",
        "我是回族，",
        "我老家河南的，",
        "我有乙肝，",
        "我离异带娃，",
    ],
)
def test_who_somebody_is_changes_nothing(jobs: Jobs, told: str) -> None:
    publish(jobs, "男女不限会计", description="限男性，35岁以下。")
    publish(jobs, "会计", description="记账。")
    plain = "想找会计，六千以上"
    one, other = (wish_in(jobs, text, NOW).as_job_wish() for text in (plain, told + plain))
    assert jobs.search(one, now=NOW) == jobs.search(other, now=NOW)


def test_withdrawn_is_unreachable_at_once_on_every_path(sqlite_database: Database) -> None:
    """Two processes: one has it in memory while the other withdraws it."""
    here, there = Jobs(sqlite_database), Jobs(sqlite_database)
    code = publish(here, "会计")
    wishes = (JobWish(trade="会计"), JobWish(place=HONGSHAN), JobWish(text="记账"), JobWish())
    assert all(here.search(wish, now=NOW).total == 1 for wish in wishes)
    there.withdraw(code, now=NOW, who="staff:1", reason="招满了")
    for wish in wishes:
        page = here.search(wish, now=NOW)
        assert (page.total, page.jobs) == (0, ())
    assert here.get(code, now=NOW) is None
    with pytest.raises(NoSuchMove):
        there.move(code, "published", who="staff:1", reason="", now=NOW)
    with sqlite_database.read() as session:
        changes = session.execute(
            select(PostingChangeRow.was, PostingChangeRow.became, PostingChangeRow.why)
        ).all()
    assert [tuple(change) for change in changes][-1] == ("published", "withdrawn", "招满了")


def test_what_is_changed_elsewhere_is_found_at_the_next_search(database: Database) -> None:
    here, there = Jobs(database), Jobs(database)
    assert here.search(JobWish(trade="会计"), now=NOW).total == 0
    code = publish(there, "会计")
    assert here.search(JobWish(trade="会计"), now=NOW).total == 1
    there.move(code, "paused", who="staff:1", reason="", now=NOW)
    assert here.search(JobWish(trade="会计"), now=NOW).total == 0
    there.move(code, "published", who="staff:1", reason="", now=NOW)
    assert here.search(JobWish(trade="会计"), now=NOW).total == 1


def test_numbers_of_persons_are_in_the_vault(sqlite_database: Database) -> None:
    jobs = Jobs(sqlite_database, vault=vault(sqlite_database))
    code = publish(jobs, "会计", contact="王女士 13800138000", description="电话13800138000")
    with sqlite_database.read() as session:
        row = session.scalars(select(PostingRow)).one()
    assert "13800138000" not in row.contact + row.description
    posting = jobs.get(code, now=NOW)
    assert posting is not None
    assert posting.contact == "王女士 138****8000"


def test_gigs_are_a_kind_of_their_own(jobs: Jobs) -> None:
    publish(jobs, "长期会计")
    time = GigTime(TODAY, TODAY + timedelta(days=1), 480, 1020, day_pay=200)
    publish(jobs, "搬货一天", trade="搬运工", kind=GIG, gig=time)
    page = jobs.search(JobWish(kind=GIG, on=TODAY), now=NOW)
    assert [job.title for job in page.jobs] == ["搬货一天"]
    assert "08:00–17:00，200 元/天" in page.jobs[0].reasons[0]
    assert found(jobs, kind=GIG, on=TODAY + timedelta(days=5)) == []
    assert found(jobs, kind=JOB) == ["长期会计"]
    assert wish_in(jobs, "想打零工", NOW).as_job_wish().kind == GIG
