"""What a backup holds comes back as it was: taken under load, on either database, from either."""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, func, select, text

from actions.appointments.booking.tables import BookingRow
from actions.appointments.halls.tables import SlotRow
from bot.messaging import leases, outbox, transcripts
from bot.messaging.tables import InboxMessage
from store.backup import rows
from store.backup.backup import Place
from store.backup.errors import BackupRefused
from store.backup.restore import restore
from store.database import Database
from store.migrate import is_current, revision, upgrade
from tests.conftest import make_postgres_database
from tests.database.appointments.support import NOW, Office, seats_held
from tests.database.backup_support import (
    Load,
    add_somebody,
    filled,
    in_use,
    made,
    remember,
    tracker_of,
    written_by,
)
from tests.support import last_release
from tests.support.messaging import take_in

_number = itertools.count()
NewPlace = Callable[..., Place]


@pytest.fixture
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewPlace]:
    """Make an empty place on the database of that name."""
    opened = []

    def make(kind: str) -> Place:
        folder = tmp_path / f"place-{next(_number)}"
        folder.mkdir()
        url = f"sqlite:///{folder / 'zhida.db'}"
        if kind == "postgresql":
            server = request.getfixturevalue("postgres_server")
            url = make_postgres_database(server, f"place_{next(_number)}", template="template1")
        return opened_at(url, folder)

    def opened_at(url: str, folder: Path) -> Place:
        database = Database(url)
        opened.append(database)
        tracker = folder / "rasa.db" if database.is_sqlite else None
        return Place(database, tracker, folder / "uploads", "k" * 43)

    yield make
    for database in opened:
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    return str(request.param)


@pytest.fixture(scope="module")
def saved(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the last release's day, made once."""
    folder = tmp_path_factory.mktemp("saved")
    database = Database(f"sqlite:///{folder / 'zhida.db'}")
    place = Place(database, folder / "rasa.db", folder / "uploads", "k" * 43)
    made(filled(place), folder / "saved.zip")
    database.close()
    return folder / "saved.zip"


def refused(place: Place, path: Path, **more: Any) -> str:
    with pytest.raises(BackupRefused) as error:
        restore(place, path, **more)
    return error.value.code


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sqlite", "sqlite"),
        ("postgresql", "postgresql"),
        ("sqlite", "postgresql"),
        ("postgresql", "sqlite"),
    ],
)
def test_what_comes_back_is_what_was_saved(
    new_place: NewPlace, tmp_path: Path, first: str, second: str
) -> None:
    source, target = filled(new_place(first)), new_place(second)
    saved = made(source, tmp_path / "1.zip")
    done = restore(target, tmp_path / "1.zip")
    again = made(target, tmp_path / "2.zip")
    assert sorted(again.parts, key=str) == sorted(saved.parts, key=str)
    assert set(saved.tables) >= {*last_release.ROWS, rows.TRACKER}
    assert all(saved.tables[name].rows == len(of) for name, of in last_release.ROWS.items())
    assert (done.uploads, done.same_key) == (1, True)
    file = target.uploads / "0123456789abcdef" / "通知.txt"
    assert hashlib.sha256(file.read_bytes()).hexdigest() in {part.sha256 for part in saved.parts}
    assert is_current(target.database)


def test_new_rows_are_numbered_after_the_old(new_place: NewPlace, saved: Path, kind: str) -> None:
    place = new_place(kind)
    restore(place, saved)
    accepted = take_in(place.database, written_by("new", "m1"))
    assert accepted.inbox_id > max(row["id"] for row in last_release.ROWS["inbox"])
    with tracker_of(place) as tracker:
        remember(tracker, "web:a", "3")


def test_a_json_null_is_not_nothing(new_place: NewPlace, tmp_path: Path, kind: str) -> None:
    place, target = filled(new_place(kind)), new_place(kind)
    pair = select(text("id")).select_from(text("inbox")).order_by(text("id")).limit(2)
    with place.database.write() as session:
        one, two = session.scalars(pair)
        session.execute(text("UPDATE inbox SET nlu = NULL WHERE id = :id"), {"id": one})
        session.execute(text("UPDATE inbox SET nlu = 'null' WHERE id = :id"), {"id": two})
        session.commit()
    made(place, tmp_path / "1.zip")
    restore(target, tmp_path / "1.zip")
    absent = select(text("nlu IS NULL")).select_from(text("inbox")).order_by(text("id")).limit(2)
    with target.database.read() as session:
        assert [bool(value) for value in session.scalars(absent)] == [True, False]


def test_a_backup_under_load_is_of_one_moment(
    new_place: NewPlace, tmp_path: Path, kind: str
) -> None:
    place = new_place(kind)
    upgrade(place.database)
    office, paths = Office(place.database), [tmp_path / f"{n}.zip" for n in range(3)]
    early = office.slot(15, capacity=9)
    before = [office.confirmed(f"web:early-{number}", early) for number in range(5)]
    for number in range(3):
        take_in(place.database, written_by("waits", str(number)))
    with tracker_of(place) as tracker:
        load = Load(place, tracker)
        with load():
            for path in paths:
                load.wait_for_turns(7)
                made(place, path)
            load.wait_for_turns(7)
    done = [check_one_moment(new_place(kind), path, before) for path in paths]
    assert done == sorted(done)
    assert done[0] >= 7


def check_one_moment(place: Place, path: Path, before: list[Any]) -> int:
    """Restore a backup that was taken under load; return how many messages were done in it."""
    restore(place, path)
    office = Office(place.database)
    for booking in before:
        assert office.booking(booking).status == "confirmed"
    with place.database.read() as session:
        for slot in session.scalars(select(SlotRow)):
            assert slot.taken == seats_held(session.connection(), slot.id) <= slot.capacity
        messages = session.execute(
            select(InboxMessage.conversation_id, InboxMessage.message_id, InboxMessage.status)
        ).all()
        bookings = session.scalar(select(func.count()).select_from(BookingRow))
    assert bookings
    with tracker_of(place) as tracker, tracker.engine.connect() as connection:
        events = connection.execute(select(rows.tracker_table(MetaData()))).all()
    heard = {(event.sender_id, event.data.split('"')[3]) for event in events}
    stored = {(row.conversation_id, row.message_id) for row in messages}
    answered = {(row.conversation_id, row.message_id) for row in messages if row.status == "done"}
    # Neither is ahead of the other: what is done was heard, what was heard is stored.
    assert answered <= heard <= stored
    waiting = leases.waiting_conversations(place.database, now=NOW)
    assert "web:waits" in waiting
    lines = transcripts.transcript(place.database, "web:waits")
    assert [line.status for line in lines] == ["pending"] * 3
    assert outbox.due(place.database, "web", now=NOW) == []
    return len(answered)


def test_an_older_backup_is_upgraded_and_a_newer_one_refused(
    new_place: NewPlace, tmp_path: Path, kind: str
) -> None:
    old = new_place(kind)
    upgrade(old.database, to="0008")
    add_somebody(old.database)
    assert made(old, tmp_path / "old.zip").schema == "0008"
    place = new_place(kind)
    restore(place, tmp_path / "old.zip")
    assert is_current(place.database)
    assert len(transcripts.list_conversations(place.database)) == 1

    with old.database.engine.execution_options(zhida_write=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    made(old, tmp_path / "new.zip")
    assert refused(new_place(kind), tmp_path / "new.zip") == "newer_schema"
    # The way back after a failed upgrade: the older release over the newer one's database.
    restore(old, tmp_path / "old.zip", kept=tmp_path / "kept")
    assert is_current(old.database)


def test_what_is_there_stays_unless_it_is_to_go(
    new_place: NewPlace, saved: Path, tmp_path: Path, kind: str
) -> None:
    place = in_use(new_place(kind))
    assert refused(place, saved) == "not_empty"
    assert len(transcripts.list_conversations(place.database)) == 1
    kept = tmp_path / "kept"
    done = restore(place, saved, kept=kept)
    cards = transcripts.list_conversations(place.database)
    assert len(cards) == len(last_release.ROWS["conversations"])
    assert done.kept == (kept if kind == "sqlite" else None)
    if kind == "sqlite":
        before = Database(f"sqlite:///{kept / 'zhida.db'}")
        assert [card.id for card in transcripts.list_conversations(before)] == ["web:old"]
        before.close()


def test_a_damaged_backup_is_refused(new_place: NewPlace, saved: Path, tmp_path: Path) -> None:
    whole, path, place = saved.read_bytes(), tmp_path / "changed.zip", new_place("sqlite")
    step = len(whole) // 60
    for position in [*range(0, len(whole), step), len(whole) - 1]:
        changed = bytearray(whole)
        changed[position] ^= 1
        path.write_bytes(changed)
        assert refused(place, path) == "damaged", position
    for end in range(step, len(whole), step * 5):
        path.write_bytes(whole[:end])
        assert refused(place, path) == "damaged", end
    path.write_bytes(whole + b"\n")
    assert refused(place, path) == "damaged"
    for content in (b"", b"PK", b"SQLite format 3\0" * 100):
        path.write_bytes(content)
        assert refused(place, path) == "no_backup"
    assert not (place.database.url.database and Path(place.database.url.database).exists())


class Interrupted(BaseException):
    """The power went."""


def test_an_interrupted_restore_changes_nothing(
    new_place: NewPlace,
    saved: Path,
    tmp_path: Path,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = in_use(new_place(kind))
    fill = rows.fill

    def fill_some(connection: Any, table: Any, lines: Any) -> Iterator[int]:
        yield from fill(connection, table, lines)
        if table.name == "bookings":
            raise Interrupted

    monkeypatch.setattr(rows, "fill", fill_some)
    with pytest.raises(Interrupted):
        restore(place, saved, kept=tmp_path / "kept")
    assert [card.id for card in transcripts.list_conversations(place.database)] == ["web:old"]
    assert revision(place.database) is not None


def test_files_interrupted_in_their_exchange_are_one_state_or_none(
    new_place: NewPlace,
    saved: Path,
    sqlite_template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rename, seen = Path.rename, []
    for steps in range(5):
        place = in_use(new_place("sqlite"), sqlite_template)
        with tracker_of(place) as tracker:
            remember(tracker, "web:old", "0")
        left = itertools.count(steps, -1)

        def rename_some(path: Path, to: Path, left: Iterator[int] = left) -> Path:
            if next(left) <= 0:
                raise Interrupted
            return rename(path, to)

        with monkeypatch.context() as patched, suppress(Interrupted):
            patched.setattr(Path, "rename", rename_some)
            restore(place, saved, kept=tmp_path / f"kept-{steps}")
        seen.append(state(place))
    # Two files are moved away, two are moved in: our own goes first and comes last.
    assert seen == ["old", "none", "none", "none", "new"]
    place = new_place("sqlite")
    restore(place, saved)
    assert state(place) == "new"


def state(place: Place) -> str:
    """Say whose our database is; Rasa's must be of the same time wherever there is ours."""
    if not Path(str(place.database.url.database)).exists():
        return "none"
    cards = {card.id for card in transcripts.list_conversations(place.database)}
    with tracker_of(place) as tracker, tracker.engine.connect() as connection:
        turns = rows.count(connection, rows.tracker_table(MetaData()))
    place.database.close()
    assert (cards == {"web:old"}) == (turns == 1)
    return "old" if turns == 1 else "new"


def test_a_database_in_use_is_left_alone(new_place: NewPlace, saved: Path) -> None:
    place = new_place("sqlite")
    upgrade(place.database)
    elsewhere = Database(str(place.database.url))
    with elsewhere.read() as session:
        session.execute(text("SELECT * FROM inbox")).all()
        assert refused(place, saved) == "in_use"
    elsewhere.close()


def test_it_is_for_its_owner_and_overwrites_nothing(new_place: NewPlace, tmp_path: Path) -> None:
    place = filled(new_place("sqlite"))
    path = tmp_path / "backups" / "1.zip"
    made(place, path)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    with pytest.raises(BackupRefused, match="exists"):
        made(place, path)
    with pytest.raises(BackupRefused, match="nothing_there"):
        made(new_place("sqlite"), tmp_path / "nothing.zip")
    assert [each.name for each in path.parent.iterdir()] == ["1.zip"]
    empty = new_place("sqlite")
    another_key = Place(empty.database, empty.tracker, empty.uploads, "another key")
    assert not restore(another_key, path).same_key
