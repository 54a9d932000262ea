"""The made-up postings: marked as such, repeatable, and enough to try a search on."""

from datetime import datetime, timedelta

from sqlalchemy import select

from actions.demo import seed_demo
from actions.jobs.demo.postings import demo_postings, seed_postings
from actions.jobs.records import JobWish
from actions.jobs.service import Jobs
from actions.jobs.tables import EmployerRow, PostingRow
from store.clock import SHANGHAI
from store.database import Database

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)
SEED = 20260101
MINIMUM_WAGE = 2740


def test_no_made_up_employer_pays_below_the_minimum_wage() -> None:
    """A public service must not show it, not even for trying out: Shanghai's, the highest."""
    for _, posting in demo_postings(SEED, today=NOW.date()):
        assert posting.salary_min is None or posting.salary_min >= MINIMUM_WAGE


def test_a_search_finds_enough(database: Database) -> None:
    seed_demo(database, now=NOW)
    jobs = Jobs(database)
    assert jobs.search(JobWish(place="310000"), now=NOW).total >= 15
    found = jobs.search(JobWish(trade="电工", place="310000", salary_min=6000), now=NOW, limit=10)
    assert found.relaxed == ()
    assert sum((job.salary_min or 0) >= 6000 for job in found.jobs) >= 4
    in_pudong = jobs.search(JobWish(trade="电工", place="310115"), now=NOW)
    assert in_pudong.relaxed == ()


def test_lapsed_postings_come_back_and_withdrawn_ones_do_not(database: Database) -> None:
    assert seed_postings(database, now=NOW, seed=SEED) == 120
    jobs = Jobs(database)
    with database.read() as session:
        code = session.scalars(select(PostingRow.code).order_by(PostingRow.id)).first()
        assert all(row.is_demo for row in session.scalars(select(EmployerRow)))
    assert code is not None
    jobs.withdraw(code, now=NOW)
    later = NOW + timedelta(days=200)
    assert jobs.search(JobWish(), now=later).total == 0
    assert seed_postings(database, now=later, seed=SEED) == 119
    assert jobs.search(JobWish(), now=later).total == 119
    assert jobs.get(code, now=later) is None
    assert seed_postings(database, now=later, seed=SEED) == 0
