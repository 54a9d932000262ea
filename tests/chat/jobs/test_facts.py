"""What is asked of the posting that is looked at: told from it, or that it does not say."""

import json
from typing import Any

import pytest

from actions.jobs.chat import sentences as say
from tests.chat.conftest import Person


def looked_at(person: Person) -> dict[str, Any]:
    listed = person.says("search_jobs", "上海电工")
    payload = listed["buttons"][0]["payload"]
    posting_id = json.loads(payload[payload.index("{") :])["posting_id"]
    return dict(person.taps("job_details", posting_id=posting_id)["data"])


@pytest.mark.parametrize(
    ("text", "holds"),
    [("在哪个区", "district"), ("是哪家公司", "employer"), ("一个月能拿多少", "salary_text")],
)
def test_what_the_posting_states_is_told(person: Person, text: str, holds: str) -> None:
    posting = looked_at(person)
    told = person.says("out_of_scope", text)["text"]
    assert str(posting[holds] or posting["city"]) in told
    assert posting["title"] in told


def test_its_own_words_are_told(person: Person) -> None:
    posting = looked_at(person)
    told = person.says("nlu_fallback", "几点上下班，休息几天")["text"]
    shift = next(
        part for part in posting["description"].split("。") if "班" in part or "休" in part
    )
    assert shift.strip() in told


def test_what_it_does_not_say_is_not_made_up(person: Person) -> None:
    looked_at(person)
    told = person.says("nlu_fallback", "要不要交押金")["text"]
    assert say.FACT_UNKNOWN in told


def test_who_asks_for_the_rule_is_not_told_the_posting(person: Person) -> None:
    looked_at(person)
    assert "「" not in person.says("policy", "招人收押金违法吗")["text"][:1]
    assert person.answered.context.task == "policy"


def test_a_list_is_looked_at_no_more_as_one_posting(person: Person) -> None:
    looked_at(person)
    person.says("search_jobs", "昆明保洁")
    assert person.context.focus is None
