"""A running service of the last release is upgraded: nothing is lost, and everything goes on."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, table

from actions.appointments.booking.tickets import read_token
from actions.appointments.service import Appointments, HallDesk, Housekeeping
from actions.cases.service import Cases
from actions.dialogue.services import Services
from actions.features import FEATURES
from actions.jobs.life import PUBLISHED, WITHDRAWN
from actions.jobs.service import Jobs
from bot.console import accounts
from bot.console.login import passwords
from bot.console.login.session import begin
from bot.console.policies.changes import list_changes
from bot.console.policies.policy_views import change_line
from bot.messaging import answers, leases, outbox, transcripts
from bot.messaging.handover import Handover
from bot.messaging.notices import NoticeTeller
from bot.messaging.payloads import read_payload
from knowledge.answering.answerer import PolicyAnswerer
from knowledge.documents.feedback import list_feedback
from knowledge.documents.repository import get_document, list_documents
from knowledge.documents.sample_questions import staff_sample_questions
from knowledge.index.builder import rebuild_index
from store.database import Database
from store.migrate import is_current, upgrade
from store.settings import Settings
from tests.support import last_release
from tests.support.last_release import KEY, NOW, ROWS, row_of
from tests.support.messaging import vault

HALL = "测试大厅"
WEB = "web:asks-all-kinds-of-things"
TELEGRAM = "telegram:1001"
WITH_A_PERSON = "web:is-answered-by-a-person"
PULLED = {"web", "bridge"}
KINDS = {
    *("policy_answer", "policy_feedback", "job_list", "job", "slot_list", "booking", "crowd"),
    "staff_case",
}
"""Every kind of ``data`` that the last release knew."""


@pytest.fixture
def upgraded(bare_database: Database) -> Database:
    """The last release's database as today's code finds it after ``zhida migrate``."""
    last_release.install(bare_database)
    upgrade(bare_database)
    assert is_current(bare_database)
    return bare_database


def code_of(owner: str, status: str) -> str:
    return str(row_of("bookings", owner=owner, status=status)["code"])


def slot_at(day: int, hour: int, minute: int = 0) -> int:
    start = NOW.replace(day=day, hour=hour, minute=minute).astimezone(UTC)
    return int(row_of("slots", start=start.strftime("%Y-%m-%d %H:%M:%S"))["id"])


def test_every_row_is_still_there(upgraded: Database) -> None:
    with upgraded.read() as session:
        for name, rows in ROWS.items():
            found = session.scalar(select(func.count()).select_from(table(name)))
            assert found == len(rows), name


def test_transcripts_are_read(upgraded: Database) -> None:
    lines = transcripts.transcript(upgraded, WEB)
    assert [line.status for line in lines if line.author == "user"][-1] == "pending"
    kinds = {line.data["kind"] for line in lines if line.data}
    assert kinds == KINDS
    assert lines[0].text == "现场招聘会每场不超过多少人"
    assert lines[0].nlu == {"intent": "policy", "confidence": 0.97, "entities": []}
    by_a_person = transcripts.transcript(upgraded, WITH_A_PERSON)[-1]
    assert (by_a_person.author, by_a_person.staff_name) == ("staff", "小王")
    assert len(transcripts.list_conversations(upgraded)) == len(ROWS["conversations"])


def test_what_was_sent_is_what_is_sent_today() -> None:
    """A page that was open during the upgrade goes on: its cards and buttons are known."""
    domain = set(FEATURES.values)
    for row in ROWS["outbox"]:
        reply = row["body"]
        if reply["data"] is not None:
            FEATURES.cards[reply["data"]["kind"]].model.load().model_validate(reply["data"])
        for button in reply["buttons"]:
            payload = read_payload(button["payload"], frozenset(FEATURES.intents), FEATURES.values)
            assert (
                set(json.loads(payload[payload.index("{") :] if "{" in payload else "{}")) <= domain
            )


def test_who_wrote_before_is_answered_after(upgraded: Database) -> None:
    waiting = leases.waiting_conversations(upgraded, now=NOW)
    assert waiting == [WEB, TELEGRAM]
    message = leases.claim(upgraded, WEB, "host:8000", now=NOW)
    assert message is not None
    assert (message.text, message.attempts) == ("我的预约改到后天", 0)
    reply = {"text": "好的", "buttons": [], "image": None, "data": None}
    done = answers.finish(
        upgraded, message, "host:8000", replies=[reply], nlu=None, now=NOW, pulled=PULLED
    )
    assert done is not None
    assert transcripts.replies_after(upgraded, vault(upgraded), WEB, 0)[-1].text == "好的"


def test_what_was_not_sent_is_sent(upgraded: Database) -> None:
    (due,) = outbox.due(upgraded, "telegram", now=NOW)
    claimed = outbox.claim(upgraded, due, now=NOW)
    assert claimed is not None
    delivery = outbox.delivery_of(upgraded, vault(upgraded), claimed)
    assert delivery is not None
    card = delivery.rows[0].reply["data"]
    assert card is not None
    assert (delivery.peer, card["kind"]) == ("1001", "booking")


def test_a_person_goes_on_speaking(upgraded: Database) -> None:
    handover = Handover(upgraded, PULLED, vault(upgraded))
    assert transcripts.mode_of(upgraded, WITH_A_PERSON) == "staff"
    handover.give_back(WITH_A_PERSON, staff="小王", now=NOW)
    assert transcripts.mode_of(upgraded, WITH_A_PERSON) == "bot"


def test_bookings_go_on(upgraded: Database) -> None:
    windows = Appointments(upgraded)
    for row in ROWS["bookings"]:
        found = windows.booking(row["code"])
        assert found is not None
        assert (found.status, found.owner) == (row["status"], row["owner"])
    changed = windows.change(TELEGRAM, code_of(TELEGRAM, "confirmed"), slot_at(12, 15), now=NOW)
    assert (changed.status, changed.start) == ("confirmed", NOW.replace(day=12, hour=15))
    held = windows.confirm(
        "web:holds-a-seat-just-now", code_of("web:holds-a-seat-just-now", "held"), now=NOW
    )
    assert held.status == "confirmed"
    offered = "web:is-offered-the-freed-seat"
    assert windows.confirm(offered, code_of(offered, "held"), now=NOW).status == "confirmed"


def test_the_waiting_list_goes_on(upgraded: Database) -> None:
    windows = Appointments(upgraded)
    owner = "web:has-the-only-seat-at-ten"
    windows.cancel(owner, code_of(owner, "confirmed"), now=NOW)
    (offered,) = windows.bookings_of("web:waits-for-a-seat-at-ten", now=NOW)
    assert (offered.status, offered.start) == ("held", NOW.replace(day=12, hour=10))


def test_the_day_goes_on(upgraded: Database) -> None:
    desk = HallDesk(upgraded)
    board = desk.board(HALL, NOW.date(), now=NOW)
    came = code_of("web:waits-in-the-hall-now", "checked_in")
    (walk_in,) = ROWS["walk_ins"]
    assert {visit.code for visit in board.queue} == {came, walk_in["code"]}
    assert Appointments(upgraded).crowd(HALL, now=NOW).counted == 2
    desk.call(came, now=NOW, window="2号窗口")
    desk.finish(came, now=NOW + timedelta(minutes=9))
    (closure,) = desk.closures(HALL, since=NOW)
    assert (closure.reason, closure.window) == ("停电检修", None)
    desk.reopen(closure.id, now=NOW)
    housekeeping = Housekeeping(upgraded)
    assert housekeeping.sweep(now=NOW + timedelta(hours=8)) > 0
    assert housekeeping.open_days(now=NOW) > 0


async def test_what_was_to_be_told_is_told(upgraded: Database) -> None:
    settings = Settings(_env_file=None, secret_key=KEY)
    appointments = next(feature for feature in FEATURES if feature.name == "appointments")
    assert appointments.notices is not None
    source = appointments.notices(Services(upgraded, settings, FEATURES))
    now = [notice.kind for notice in source.due(now=NOW, limit=100)]
    assert now == ["freed", "closed"]
    assert all(source.reply(notice, now=NOW)["text"] for notice in source.due(now=NOW, limit=9))
    told: list[str] = []
    evening = NOW.replace(hour=18)
    await NoticeTeller(upgraded, source, told=told.append, pulled=PULLED).tell(evening)
    assert sorted(told) == [TELEGRAM, WEB]
    assert source.due(now=evening, limit=100) == ()


def test_the_address_of_a_ticket_still_opens() -> None:
    pictures = [row["body"]["image"] for row in ROWS["outbox"] if row["body"]["image"]]
    tickets = [url for url in pictures if "/bookings/" in url]
    assert tickets
    for url in tickets:
        given = url.rpartition("/")[2].removesuffix(".png")
        assert read_token(given, KEY) in {row["code"] for row in ROWS["bookings"]}


def test_documents_are_quoted(upgraded: Database, tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        var_dir=tmp_path,
        database_url=upgraded.url.render_as_string(hide_password=False),
    )
    rebuild_index(upgraded, settings)
    answerer = PolicyAnswerer(upgraded, settings)
    for question in ("现场招聘会每场不超过多少人", "摆摊招人一次能来多少人"):
        answer = answerer.answer(question, now=NOW)
        assert answer.citations[0].quote == "现场招聘会照常举办，每场不超过500人。", question
    older = row_of("policy_documents", doc_no="沪人社就〔2025〕8号")
    found = get_document(upgraded, older["id"])
    assert found is not None
    assert found.superseded_on == date(2025, 9, 1)
    assert len(found.units) == sum(u["document_id"] == older["id"] for u in ROWS["policy_units"])
    statuses = [document.status for document in list_documents(upgraded, drafts=True)]
    assert sorted(statuses) == ["draft", "published", "published"]


def test_what_staff_and_people_left_is_read(upgraded: Database) -> None:
    """Stored names that the code no longer uses for itself are still put into words."""
    (question,) = staff_sample_questions(upgraded)
    assert (question.text, question.added_by) == ("摆摊招人一次能来多少人", "小王")
    (judged,) = list_feedback(upgraded)
    assert (judged.helpful, judged.conversation) == (False, WEB)
    newer = row_of("policy_documents", doc_no="沪人社就〔2025〕80号")
    lines = [change_line(change, NOW) for change in list_changes(upgraded, newer["id"])]
    for line, words in zip(lines, ("删除问法", "添加问法", "上传"), strict=True):
        assert words in line


def test_cases_go_on(upgraded: Database) -> None:
    cases = Cases(upgraded)
    found = cases.open_cases()
    assert {case.reason for case in found} == {"handoff", "complaint"}
    assert cases.close(found[0].ticket, staff="小王", now=NOW).status == "closed"
    again = cases.open(
        conversation=WEB, reason="handoff", summary="再问一次", request_key="new", now=NOW
    )
    assert again.status == "open"


def test_staff_sign_in(upgraded: Database) -> None:
    account = accounts.find(upgraded, "小王")
    assert account is not None
    assert passwords.fits(account.password_hash, "correct horse battery")
    assert begin(upgraded, account, now=datetime.now(UTC)) is not None
    assert account.role == "admin"  # as everybody could do everything


def test_postings_are_found(upgraded: Database) -> None:
    jobs = Jobs(upgraded)
    for row in ROWS["postings"]:
        found = jobs.get(row["code"], now=NOW)
        assert (found is not None) == (row["status"] == PUBLISHED), row["title"]
    assert WITHDRAWN in {row["status"] for row in ROWS["postings"]}
