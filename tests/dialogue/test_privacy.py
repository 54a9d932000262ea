"""A person sees, takes along and deletes what is kept of them, with every process running."""

import json
import time
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from actions.dialogue.services import Services
from store.database import Database
from tests.database.privacy.support import services_over, traces
from tests.dialogue.person import Person


@pytest.fixture
def services(person: Person) -> Iterator[Services]:
    """Services over the running assistant's own data, to look at."""
    database = Database(person.assistant.database_url)
    yield services_over(database, person.assistant.var_dir)
    database.close()


def test_nothing_is_left_of_a_person_but_the_receipt(person: Person, services: Services) -> None:
    mark = f"莲花{uuid4().hex[:8]}"
    person.says(f"我要投诉，窗口的{mark}不理人")
    person.says("帮我预约浦东的失业登记")
    person.taps_a_time()
    person.taps("确认预约")
    code = person.replies[0]["data"]["code"]
    assert {"inbox", "outbox", "cases", "bookings", "events", "conversations"} <= traces(
        services, person.conversation, mark
    )

    (shown,) = person.says("你们存了我什么")
    assert shown["data"]["kind"] == "profile"
    assert code in shown["text"]
    assert mark in json.dumps(shown["data"], ensure_ascii=False)

    (offered,) = person.taps("导出一份")
    address = next(line for line in offered["text"].splitlines() if line.startswith("http"))
    assert person.conversation not in address
    path = httpx.URL(address).path
    web = person.assistant.http
    assert web.get(path).status_code == web.get(path).status_code == 200
    file = web.post(f"{path}/file")
    assert mark in file.text
    kept = file.json()["kept"]
    assert {"inbox", "outbox", "cases", "bookings", "events"} <= kept.keys()
    assert web.post(f"{path}/file").status_code == web.get(path).status_code == 404

    person.says("把我的个人信息都删掉")
    person.taps("先取消这个预约")
    if "确定取消" in person.titles():
        person.taps("确定取消")
    person.says("把我的个人信息都删掉")
    (done,) = person.taps("确认删除")
    receipt = done["data"]["receipt"]
    assert done["data"]["kind"] == "privacy_receipt"

    deadline = time.monotonic() + 90
    while (left := traces(services, person.conversation, mark)) and time.monotonic() < deadline:
        time.sleep(1)
    assert left == set()
    # The log of what was done keeps that somebody was forgotten, by the receipt: it names nobody.
    assert traces(services, receipt) == {"audit_log", "privacy_requests"}

    other = Person(person.assistant)
    assert "已全部删除" in other.says(f"回执 {receipt}")[0]["text"]
    person.says("你好")
    assert person.says("我的预约")[0]["text"].startswith("您")
    assert mark not in json.dumps(person.says("查看我的资料"), ensure_ascii=False)
