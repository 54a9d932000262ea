"""A backup of the whole running assistant, brought back in another folder: the talk goes on."""

import threading
from pathlib import Path

from actions.appointments.service import Appointments
from bot.supervision import sandbox
from bot.supervision.sandbox import environment_for
from store.database import Database
from tests.dialogue.person import Person
from tests.support.assistant import hands_on, running
from tests.support.conversations import bearer


def test_the_conversation_goes_on_in_another_place(tmp_path: Path) -> None:
    file, keys = tmp_path / "all.zip", tmp_path / "keys.env"
    with running(environment_for(tmp_path / "var")) as assistant:
        person = Person(assistant)
        person.says("去浦东约创业担保贷款")
        code = person.taps_a_time()[0]["data"]["code"]
        (confirmed,) = person.taps("确认预约")
        assert confirmed["data"]["status"] == "confirmed"
        # Another day: nobody can be at two windows at one moment.
        person.says("约下周三的失业登记")
        over = threading.Event()
        talking = threading.Thread(target=talk, args=(Person(assistant), over))
        talking.start()
        try:
            said = assistant.zhida("backup", "--out", str(file), "--with-keys", str(keys))
        finally:
            over.set()
            talking.join()
        assert str(file) in said

    environment = environment_for(tmp_path / "new")
    environment |= dict(line.split("=", 1) for line in keys.read_text("utf-8").splitlines())
    (tmp_path / "new").mkdir()
    (tmp_path / "var" / "models").rename(tmp_path / "new" / "models")
    for command in (["restore", str(file)], ["migrate"]):
        done = sandbox.zhida(*command, environment=environment)
        assert done.returncode == 0, done.stderr
        assert "注意" not in done.stdout
    with sandbox.started(environment) as started, hands_on(started) as assistant:
        person.assistant = assistant
        (held,) = person.taps_a_time()
        assert held["data"]["status"] == "held"
        listed = person.says("我的预约")
        assert any(code in reply["text"] for reply in listed)
        ticket = confirmed["image"].partition("/bookings/")[2]
        assert assistant.http.get(f"/bookings/{ticket}").status_code == 200
        history = assistant.http.get("/api/messages", headers=bearer(person.conversation)).json()[
            "messages"
        ]
        mine = [line["text"] for line in history if line["author"] == "user"]
        assert mine[0] == "去浦东约创业担保贷款"
        assert mine[-1] == "我的预约"
        database = Database(assistant.database_url)
        found = Appointments(database).booking(code)
        database.close()
        assert found is not None
        assert found.status == "confirmed"


def talk(person: Person, over: threading.Event) -> None:
    """Write until it is over."""
    while not over.is_set():
        person.says("大厅人多不多")
