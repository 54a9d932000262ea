"""Résumés on both databases: one a person, kept and deleted field by field, old ones forgotten."""

from datetime import timedelta

import pytest

from actions.dialogue.personal.holdings import Erasure
from actions.dialogue.personal.links import Links
from actions.dialogue.personal.retention import look, run
from actions.dialogue.services import Services
from actions.features import FEATURES
from actions.jobs.records import JobWish
from actions.jobs.resumes.fields import entries_of, wish_of
from actions.jobs.resumes.holding import ResumeHolding
from actions.jobs.resumes.retention import rules
from actions.jobs.resumes.service import Resumes
from actions.jobs.service import Jobs
from store.database import Database
from tests.database.jobs.test_applications import SETTINGS
from tests.support.numbers import NOW
from tests.support.postings import make

PERSON, OTHER = "web:person", "telegram:1"
TRADE = {"trade": {"trade": "电工"}}
PLACE = {"place": {"place": "310000"}}
DAY = timedelta(days=1)


@pytest.fixture
def services(database: Database) -> Services:
    return Services(database, SETTINGS, FEATURES)


def test_fields_are_kept_replaced_and_deleted(services: Services) -> None:
    resumes = services.of(Resumes)
    assert not resumes.of(PERSON)
    nothing = resumes.of(PERSON).ref
    resumes.keep(PERSON, {**PLACE, **TRADE}, "要记吗", NOW)
    resumes.keep(PERSON, {**PLACE, **TRADE}, "要记吗", NOW)  # the same message again
    resumes.keep(PERSON, {"trade": {"trade": "保洁"}}, "改成保洁", NOW + DAY)
    kept = resumes.of(PERSON)
    assert kept.values == {"trade": {"trade": "保洁"}, **PLACE}
    assert kept.entries["trade"].consent == "改成保洁"
    assert (kept.entries["place"].at, kept.entries["trade"].at) == (NOW, NOW + DAY)
    resumes.forget(PERSON, ("trade",))
    assert resumes.of(PERSON).values == PLACE
    assert resumes.of(PERSON).ref not in (kept.ref, nothing)
    resumes.forget(PERSON)
    assert resumes.of(PERSON).ref == nothing


def test_linked_channels_have_one_together(services: Services) -> None:
    resumes, links = services.of(Resumes), services.of(Links)
    resumes.keep(PERSON, TRADE, "", NOW)
    resumes.keep(OTHER, {"trade": {"trade": "保洁"}, **PLACE}, "", NOW + DAY)
    assert resumes.of(PERSON).values == TRADE
    links.link(links.offer(PERSON, NOW), OTHER, NOW)
    assert resumes.of(PERSON).values == {"trade": {"trade": "保洁"}, **PLACE}
    resumes.forget(PERSON)
    assert not resumes.of(OTHER)


def test_it_is_old_as_a_whole(services: Services) -> None:
    services.of(Resumes).keep(PERSON, TRADE, "", NOW)
    services.of(Resumes).keep(PERSON, PLACE, "", NOW + 300 * DAY)
    services.of(Resumes).keep(OTHER, PLACE, "", NOW)
    (rule,) = rules(services)
    assert look(rule, NOW + 365 * DAY).count == 0
    assert run(rule, NOW + 366 * DAY).count == 1
    assert len(services.of(Resumes).of(PERSON).entries) == 2
    assert run(rule, NOW + 700 * DAY).count == 1
    assert not services.of(Resumes).of(PERSON)


def test_what_is_kept_is_told_handed_out_and_forgotten(services: Services) -> None:
    services.of(Resumes).keep(PERSON, {**PLACE, **TRADE}, "我会记下", NOW)
    holding = services.of(ResumeHolding)
    assert [each.value for each in holding.show(PERSON, NOW)] == ["电工", "上海市"]
    (rows,) = holding.export(PERSON).values()
    assert {row["consent"] for row in rows} == {"我会记下"}
    with services.database.write() as session:
        holding.erase(session, Erasure(PERSON, NOW, NOW))
        session.commit()
    assert not services.of(Resumes).of(PERSON)


def test_a_kept_group_raises_what_prefers_it_and_hides_nothing(services: Services) -> None:
    jobs = services.of(Jobs)
    for employer in ("甲厂", "乙厂", "丙厂"):
        text = "退役军人优先。" if employer == "甲厂" else "检修电路。"
        jobs.publish(make(employer=employer, description=text, urgent=employer != "甲厂"), now=NOW)
    plain = JobWish(trade="电工")
    entries = entries_of(wish_of({**TRADE, "group": {"needs": "退役军人"}}))
    with_group = wish_of(entries).as_job_wish()
    before, after = jobs.search(plain, now=NOW), jobs.search(with_group, now=NOW)
    assert [job.employer for job in before.jobs][-1] == "甲厂"
    assert after.jobs[0].employer == "甲厂"
    assert any("您说了是" in reason for reason in after.jobs[0].reasons)
    assert {job.id for job in after.jobs} == {job.id for job in before.jobs}
    others = [[job.id for job in page.jobs if job.employer != "甲厂"] for page in (before, after)]
    assert others[0] == others[1]
