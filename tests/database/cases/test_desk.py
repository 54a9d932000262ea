"""What staff do with a case: notes, labels, complaints, closing with an answer, opening again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from actions.cases.desk import CaseDesk
from actions.cases.presence import ANYWHERE, HERE, LOOKING, Presence
from actions.cases.service import Case, Cases, ClosedFilter, OpenAgain, UnknownCase
from store.clock import SHANGHAI
from store.database import Database

NOW = datetime(2026, 3, 11, 10, 0, tzinfo=SHANGHAI)
NIGHT = datetime(2026, 3, 13, 23, 0, tzinfo=SHANGHAI)  # a Friday


def opened(
    database: Database, reason: str = "handoff", key: str = "m1", now: datetime = NOW
) -> Case:
    return Cases(database).open(
        conversation="web:a", reason=reason, summary="想问社保", request_key=key, now=now
    )


def test_notes_and_labels_hide_numbers(database: Database) -> None:
    case, desk = opened(database), CaseDesk(database)
    desk.note(case.ticket, " 回电13951784263 ", staff="王", now=NOW)
    desk.note(case.ticket, "已转科室", staff="李", now=NOW)
    assert [(note.staff, note.text) for note in desk.notes(case.ticket)] == [
        ("王", "回电139****4263"),
        ("李", "已转科室"),
    ]
    assert desk.label(case.ticket, ["急", " 急 ", "", "待补材料"]).labels == ("急", "待补材料")
    assert Cases(database).get(case.ticket).labels == ("急", "待补材料")  # type: ignore[union-attr]


def test_a_complaint_has_a_deadline_and_a_category(database: Database) -> None:
    complaint = opened(database, "complaint")
    assert complaint.answer_by == datetime(2026, 3, 18, 17, 0, tzinfo=SHANGHAI)
    assert opened(database, "handoff", "m2").answer_by is None
    assert CaseDesk(database).sort(complaint.ticket, "wages").category == "wages"
    with pytest.raises(ValueError, match="unknown category"):
        CaseDesk(database).sort(complaint.ticket, "weather")


def test_closing_keeps_the_answer_and_opening_again_the_promise(database: Database) -> None:
    cases, case = Cases(database), opened(database)
    cases.close(case.ticket, staff="王", now=NOW, answer="带身份证来")
    (closed,) = cases.closed_cases()

    def found(**wanted: Any) -> tuple[Case, ...]:
        return cases.closed_cases(wanted=ClosedFilter(**wanted))

    assert (closed.answer, closed.closed_by) == ("带身份证来", "王")
    day = {"since": NOW, "until": NOW + timedelta(days=1)}
    assert found(words="身份证", channel="web", **day) == (closed,)
    for other in ({"words": "护照"}, {"until": NOW}, {"channel": "we"}, {"satisfied": False}):
        assert found(**other) == ()
    again = cases.reopen(case.ticket, now=NOW + timedelta(hours=1))
    assert (again.status, again.reply_by, again.closed_at) == ("open", case.reply_by, None)
    assert cases.open_cases() == (again,)


def test_a_case_of_the_same_reason_opened_since_goes_on(database: Database) -> None:
    cases, case = Cases(database), opened(database)
    cases.close(case.ticket, staff="王", now=NOW)
    opened(database, key="m2")
    with pytest.raises(OpenAgain):
        cases.reopen(case.ticket, now=NOW)


def test_only_its_own_person_says_whether_it_is_solved(database: Database) -> None:
    cases, case = Cases(database), opened(database)
    with pytest.raises(UnknownCase):
        cases.rate(case.ticket, conversation="web:a", satisfied=True)
    cases.close(case.ticket, staff="王", now=NOW)
    with pytest.raises(UnknownCase):
        cases.rate(case.ticket, conversation="web:b", satisfied=False)
    assert cases.rate(case.ticket, conversation="web:a", satisfied=True).satisfied is True


def test_what_is_promised_at_night_is_true(database: Database) -> None:
    assert opened(database, "distress", now=NIGHT).reply_by == datetime(
        2026, 3, 16, 9, 15, tzinfo=SHANGHAI
    )
    Presence(database).beat("王", ANYWHERE, NIGHT)
    Cases(database).close(Cases(database).open_cases()[0].ticket, staff="王", now=NIGHT)
    again = opened(database, "distress", key="m2", now=NIGHT + timedelta(minutes=1))
    assert again.reply_by == NIGHT + timedelta(minutes=16)
    assert not Cases(database).attended(NIGHT + HERE)


def test_who_looks_at_the_same(database: Database) -> None:
    presence = Presence(database)
    assert presence.beat("王", "x", NOW) == ()
    assert presence.beat("李", "x", NOW) == ("王",)
    assert presence.beat("李", "y", NOW) == ()
    assert presence.looking(NOW) == {"x": ("李", "王"), "y": ("李",)}
    assert presence.beat("李", "x", NOW + LOOKING) == ()
