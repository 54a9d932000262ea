"""A posting that is reported while it is looked at: a case that names it, and a finding."""

import pytest

from actions.cases.service import Cases
from actions.dialogue.services import Services
from actions.jobs.applications.reports import PostingReports
from tests.chat.conftest import Person
from tests.chat.jobs.test_facts import looked_at


@pytest.mark.parametrize(
    ("intent", "danger"), [("complain", None), ("distress", "fraud"), ("inform", "fraud")]
)
def test_the_case_names_the_posting(
    person: Person, services: Services, intent: str, danger: str | None
) -> None:
    posting = looked_at(person)
    person.says(intent, "这个岗位是骗子，我要举报", danger=danger)
    (case,) = services.of(Cases).for_conversation("web:test")
    assert posting["id"] in case.summary
    assert case.category == "posting"
    (report,) = services.of(PostingReports).of(posting["id"])
    assert (report.ticket, report.category) == (case.ticket, "fraud")


def test_a_second_posting_is_named_in_the_case_that_is_open(
    person: Person, services: Services
) -> None:
    first = looked_at(person)
    person.says("complain", "我要举报这家")
    person.later(minutes=2)
    listed = person.says("search_jobs", "昆明电工")
    second = listed["data"]["jobs"][0]["id"]
    person.taps("job_details", posting_id=second)
    told = person.says("complain", "这个也是假的，举报")["text"]
    (case,) = services.of(Cases).for_conversation("web:test")
    assert first["id"] in case.summary
    assert second in case.summary
    assert "也记进了" in told
    assert services.of(PostingReports).open_counts([first["id"], second]) == {
        first["id"]: 1,
        second: 1,
    }


def test_a_complaint_of_the_counter_is_none_of_the_posting(
    person: Person, services: Services
) -> None:
    posting = looked_at(person)
    person.says("complain", "我要投诉窗口工作人员态度差")
    (case,) = services.of(Cases).for_conversation("web:test")
    assert posting["id"] not in case.summary
    assert services.of(PostingReports).of(posting["id"]) == ()
