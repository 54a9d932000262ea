"""Places to save and to bring back to, and people who go on while that is done."""

import itertools
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import MetaData, insert, text

from actions.appointments.errors import WindowError, WindowsBusy
from bot.messaging.messages import Incoming
from store.backup import rows
from store.backup.archive import Manifest
from store.backup.backup import Place, back_up
from store.database import Database
from store.migrate import upgrade
from tests.database.appointments.support import NOW, Office
from tests.support import last_release
from tests.support.messaging import answer, take_in


def in_use(place: Place, template: Path | None = None) -> Place:
    """Let somebody have written there before."""
    if template is not None:
        shutil.copy(template, str(place.database.url.database))
    else:
        upgrade(place.database)
    add_somebody(place.database)
    return place


@contextmanager
def tracker_of(place: Place) -> Iterator[Database]:
    """Open the database that Rasa writes to, with its table."""
    database = Database(f"sqlite:///{place.tracker}") if place.tracker else place.database
    metadata = MetaData()
    rows.tracker_table(metadata)
    with database.engine.begin() as connection:
        metadata.create_all(connection)
    yield database
    if database is not place.database:
        database.close()


def remember(tracker: Database, conversation: str, message: str) -> None:
    """Store a turn as Rasa does at its end."""
    event = {
        "sender_id": conversation,
        "type_name": "user",
        "timestamp": 1764422400.123456,
        "data": f'{{"message_id": "{message}", "text": "约好了😀"}}',
    }
    with tracker.engine.execution_options(zhida_write=True).begin() as connection:
        connection.execute(insert(rows.tracker_table(MetaData())).values(event))


def filled(place: Place) -> Place:
    """Put the last release's rows there, some of Rasa's, and a file that staff handed in."""
    last_release.install(place.database)
    upgrade(place.database)
    with tracker_of(place) as tracker:
        for number in range(3):
            remember(tracker, "web:a", str(number))
    file = place.uploads / "0123456789abcdef" / "通知.txt"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xef\xbb\xbf\r\n" * 1000)
    return place


def made(place: Place, path: Path) -> Manifest:
    return back_up(place, path, now=NOW)


def written_by(person: str, message: str) -> Incoming:
    return Incoming(
        channel="web",
        key=f"{person}/{message}",
        peer=person,
        text=f"帮我约明天上午，第{message}次说",
        received_at=NOW,
        payload=None,
        message_id=message,
    )


class Load:
    """People who write and book as fast as they can, until it is over."""

    def __init__(self, place: Place, tracker: Database) -> None:
        self._place, self._tracker = place, tracker
        self._office = Office(place.database)
        self._slots = [self._office.slot(hour, capacity=4) for hour in (9, 10, 11, 14)]
        self.over = threading.Event()
        self.errors: list[BaseException] = []
        self.turns = 0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        threads = [
            threading.Thread(target=self._go, args=(work, number))
            for work in (self._book, self._write)
            for number in range(3)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()
        assert self.errors == []

    def _go(self, work: Callable[[str, int], None], number: int) -> None:
        try:
            for step in itertools.count():
                if self.over.is_set():
                    return
                work(f"load-{number}", step)
        except BaseException as error:
            self.errors.append(error)
            raise

    def _book(self, owner: str, step: int) -> None:
        owner = f"web:{owner}-{step % 7}"
        try:
            booking = self._office.hold(owner, self._slots[step % 4], key=f"{owner}/{step}")
            self._office.confirm(booking)
            if step % 3:
                self._office.cancel(booking)
        except (WindowError, WindowsBusy):
            pass

    def _write(self, person: str, step: int) -> None:
        # As the assistant does: it is in the inbox, Rasa has saved the turn, it is done.
        take_in(self._place.database, written_by(person, str(step)))
        remember(self._tracker, f"web:{person}", str(step))
        answer(self._place.database, f"web:{person}", "约好了", now=NOW)
        self.turns += 1

    def wait_for_turns(self, more: int) -> None:
        enough = self.turns + more
        while self.turns < enough and not self.errors:
            threading.Event().wait(0.01)


def add_somebody(database: Database) -> None:
    """Store a conversation, whatever the schema."""
    now = datetime.now(UTC).isoformat(sep=" ")
    statement = text(
        "INSERT INTO conversations (id, channel, mode, created_at, active_at)"
        " VALUES ('web:old', 'web', 'bot', :now, :now)"
    )
    with database.engine.execution_options(zhida_write=True).begin() as connection:
        connection.execute(statement, {"now": now})
