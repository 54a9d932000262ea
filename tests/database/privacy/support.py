"""A person of whom every feature keeps something, and what a database still holds of them."""

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import MetaData, insert, inspect, select

from actions.appointments.service import Appointments
from actions.cases.service import Cases
from actions.dialogue.services import Services
from actions.features import FEATURES
from actions.jobs.resumes.service import Resumes
from actions.sharing.service import CLOSED, LEND, NewShare, Sharing
from actions.training.records import NewCourse
from actions.training.service import Training
from bot.messaging.messages import Incoming
from bot.messaging.personal.tracker import EVENTS, Tracker
from knowledge.documents.tables import PolicyFeedback
from store.database import Database
from store.settings import Settings
from tests.database.appointments.support import BUSINESS, NOW, one_slot
from tests.support.messaging import answer, take_in

MARK = "莲花白马"
"""A word that stands nowhere but in what the person said."""

WORDS = ("words_inbox", "words_outbox")
PEER = "somebody-with-a-long-name"
PERSON = f"web:{PEER}"


def services_over(database: Database, folder: Path) -> Services:
    """Return services whose settings lead to ``database``, Rasa's events made beside it."""
    url = database.url.render_as_string(hide_password=False)
    services = Services(
        database, Settings(_env_file=None, var_dir=folder, database_url=url), FEATURES
    )
    with services.of(Tracker).beside() as beside:
        EVENTS.metadata.create_all(beside.engine)
    return services


def writes(database: Database, text: str, *, key: str, peer: str = PEER) -> None:
    """Have a message stored that nobody has answered."""
    take_in(database, Incoming(channel="web", key=key, peer=peer, text=text, received_at=NOW))


def talks(services: Services, peer: str = PEER) -> None:
    """Say something, be answered, complain, judge an answer; Rasa remembers it."""
    person, database = f"web:{peer}", services.database
    writes(database, f"我叫{MARK}", key=f"1-{peer}", peer=peer)
    answer(database, person, f"您好，{MARK}", now=NOW)
    services.of(Cases).open(
        conversation=person, reason="complaint", summary=MARK, request_key="1", now=NOW
    )
    with database.write() as session:
        session.add(
            PolicyFeedback(
                at=NOW,
                question=MARK,
                status="answered",
                doc_id="d",
                section="s",
                quote="q",
                confidence=1.0,
                helpful=True,
                conversation=person,
            )
        )
        session.commit()
    new = NewShare(LEND, "普工", 3, "310000", MARK, MARK)
    share = services.of(Sharing).keep(new, person, "1", NOW)
    services.of(Sharing).end(share.code, CLOSED, NOW)
    services.of(Training).put(NewCourse("调律班", "", "学校", "310000"), "测试", "1")
    (course,) = services.of(Training).all()
    services.of(Training).sign_up(course.id, person, MARK, NOW)
    services.of(Resumes).keep(person, {"trade": {"words": MARK}}, MARK, NOW)
    with services.of(Tracker).beside() as beside, beside.write() as session:
        event = {"event": "user", "text": MARK}
        values = {"sender_id": person, "type_name": "user", "timestamp": NOW.timestamp()}
        session.execute(insert(EVENTS).values(**values, data=json.dumps(event)))
        session.commit()


def books(services: Services, peer: str = PEER) -> str:
    """Book a visit of tomorrow; return its code."""
    slot = one_slot(services.database, NOW, capacity=2)
    booked = services.of(Appointments)
    held = booked.hold(
        slot_id=slot, owner=f"web:{peer}", business=BUSINESS, request_key="2", now=NOW
    )
    return booked.confirm(f"web:{peer}", held.code, now=NOW).code


def traces(services: Services, *words: str) -> set[str]:
    """Return the tables of ours and of Rasa's in which one of ``words`` stands anywhere."""
    found = _traces(services.database, words)
    with services.of(Tracker).beside() as beside:
        return found | _traces(beside, words)


def _traces(database: Database, words: tuple[str, ...]) -> set[str]:
    metadata = MetaData()
    metadata.reflect(database.engine)
    assert set(inspect(database.engine).get_table_names()) == set(metadata.tables)
    # FTS5 shows nothing of an index without texts; what it keeps of it stands in other tables.
    looked = {name: each for name, each in metadata.tables.items() if name not in WORDS}
    with database.read() as session:
        rows = [
            (name, json.dumps([str(value) for value in row], ensure_ascii=False))
            for name, table in looked.items()
            for row in session.execute(select(table))
        ]
    return {name for name, row in rows if any(word in row for word in words)}


LATER = NOW + timedelta(minutes=1)
"""When what was answered at NOW is fetched, and may be deleted."""
