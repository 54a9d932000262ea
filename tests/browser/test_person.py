"""Bookings belong to the person: by their link on any device, and past a new talk."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pydantic import SecretStr

from actions.appointments.demo.seed import seed_appointments
from actions.appointments.records import VisitWish
from actions.appointments.service import Appointments, Booking
from actions.cases.service import Cases
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.browser.chatting import conversation_of, send
from tests.browser.pictures import Picture
from tests.browser.scripted import Script, make_app, reply, serve

pytestmark = pytest.mark.xdist_group("halls")
BUSINESS = "失业登记"
PHONE = {"width": 360, "height": 760}
_KEYS = count()


class City:
    """Pages in front of a city with halls, and a person's hands on its bookings."""

    def __init__(self, url: str, script: Script, database: Database, settings: Settings) -> None:
        self.url, self.script, self.database = url, script, database
        self.windows = Appointments.over(database, settings)

    def books(self, owner: str) -> Booking:
        """Book the second of the calm times, confirmed."""
        now = utc_now()
        wish = VisitWish(BUSINESS, start=now + timedelta(days=1), end=now + timedelta(days=9))
        slot = self.windows.offer(wish, now=now).slots[-1]
        held = self.windows.hold(
            owner=owner, slot_id=slot.id, business=BUSINESS, request_key=f"k{next(_KEYS)}", now=now
        )
        return self.windows.confirm(owner, held.code, now=now)

    def now(self, booking: Booking) -> Booking:
        """Return a booking as it stands."""
        found = self.windows.booking(booking.code)
        assert found is not None
        return found

    def link(self, booking: Booking) -> str:
        """Return the address of a booking's page."""
        return self.url + self.windows.link(self.now(booking))


@pytest.fixture(scope="module")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("city")
    shutil.copy(sqlite_template, folder / "zhida.db")
    database = Database(f"sqlite:///{folder / 'zhida.db'}")
    seed_appointments(database, now=utc_now(), seed=1)
    settings = Settings(var_dir=folder, secret_key=SecretStr("signs links"))
    script = Script()
    with serve(make_app(script, database, settings)) as address:
        yield City(address, script, database, settings)
        script.over = True
    database.close()


def fits(page: Page) -> bool:
    width = page.evaluate("document.documentElement.clientWidth")
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_link_moves_and_cancels_on_another_device(
    chromium: Browser, city: City, picture: Picture, width: int
) -> None:
    booking = city.books(f"web:mover-{width}")
    # A second profile: nothing of the first device is there, not even scripts.
    elsewhere = chromium.new_context(
        viewport={"width": width, "height": 760}, locale="zh-CN", java_script_enabled=False
    )
    page = elsewhere.new_page()
    answer = page.goto(city.link(booking))
    assert answer is not None
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["cache-control"] == "private, no-store"
    expect(page.get_by_role("heading", level=1)).to_contain_text("已约好")
    expect(page.get_by_text(booking.code, exact=True)).to_be_visible()
    expect(page.get_by_text(booking.address)).to_be_visible()
    picture(page, f"visit-link-{width}")

    page.get_by_role("link", name="改时间").click()
    picture(page, f"visit-link-move-{width}")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="确认改到这个时间").click()
    expect(page.get_by_role("status")).to_contain_text("改好了")
    moved = city.now(booking)
    assert (moved.status, moved.slot_id != booking.slot_id) == ("confirmed", True)

    page.get_by_role("link", name="取消预约").click()
    picture(page, f"visit-link-cancel-{width}")
    page.get_by_role("link", name="先不取消").click()
    assert city.now(booking).status == "confirmed"
    page.get_by_role("link", name="取消预约").click()
    page.get_by_role("button", name="确定取消").click()
    expect(page.get_by_role("status")).to_contain_text("已经取消")
    expect(page.get_by_role("link", name="取消预约")).to_have_count(0)
    assert city.now(booking).status == "cancelled"
    elsewhere.close()


def test_an_old_page_does_nothing_to_what_has_changed_since(page: Page, city: City) -> None:
    booking = city.books("web:two-devices")
    page.goto(city.link(booking) + "/cancel")
    slot = city.windows.offer(VisitWish(BUSINESS, booking.hall), now=utc_now()).slots[0]
    city.windows.change(booking.owner, booking.code, slot.id, now=utc_now())
    page.get_by_role("button", name="确定取消").click()
    expect(page.get_by_role("status")).to_contain_text("刚才在别处变动过")
    assert city.now(booking).status == "confirmed"


def test_a_new_link_ends_the_old_one(page: Page, city: City, picture: Picture) -> None:
    page.set_viewport_size(PHONE)
    booking = city.books("web:lost-a-phone")
    old = city.link(booking)
    page.goto(old)
    page.get_by_text("在另一台设备上打开").click()
    code = page.get_by_role("img", name="这一页网址的二维码")
    expect(code).to_have_js_property("complete", True)
    assert fits(page)
    picture(page, "visit-link-elsewhere-360")
    page.get_by_role("button", name="换一个新网址").click()
    expect(page.get_by_role("status")).to_contain_text("已换新网址")
    assert page.url.startswith(city.link(booking))
    answer = page.goto(old)
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="这个预约链接打不开了")).to_be_visible()


def test_a_booking_goes_on_in_the_chat(page: Page, city: City) -> None:
    booking = city.books("telegram:7")
    page.goto(city.link(booking))
    page.get_by_role("link", name="在对话中继续").click()
    expect(page.locator(".from-user .prose")).to_have_text("打开我的预约")
    expect(page.locator(".from-bot")).to_have_count(1)
    name, _, values = city.script.posts[-1]["payload"].partition("{")
    token = json.loads("{" + values)["visit"]
    assert name == "/my_bookings"
    assert city.windows.by_link(token, now=utc_now()) == booking
    assert "visit" not in page.url


def test_a_case_is_seen_by_its_link(page: Page, city: City, picture: Picture) -> None:
    page.set_viewport_size(PHONE)
    cases = Cases(city.database)
    page.goto(city.url)
    send(page, "你好")
    talk = f"web:{conversation_of(page)}"
    now = utc_now()
    case = cases.open(
        conversation=talk, reason="complaint", summary="窗口不让办", request_key="c", now=now
    )
    page.get_by_role("button", name="换人使用").click()
    with page.expect_popup() as opened:
        page.get_by_role("dialog").get_by_role("link").click()
    shown = opened.value
    shown.set_viewport_size(PHONE)
    expect(shown.get_by_role("heading", level=1)).to_contain_text("处理中")
    expect(shown.get_by_text(case.ticket)).to_be_visible()
    expect(shown.get_by_text("窗口不让办")).to_have_count(0)
    assert fits(shown)
    picture(shown, "case-link-360")
    cases.close(case.ticket, staff="li", now=utc_now())
    shown.reload()
    expect(shown.get_by_role("heading", level=1)).to_contain_text("已办结")


def test_a_new_talk_leaves_the_person_who_they_are(page: Page, city: City) -> None:
    page.goto(city.url)
    send(page, "旧的")
    expect(page.locator(".from-bot")).to_have_count(1)
    person = conversation_of(page)
    city.script.answer = lambda text: [
        reply("我们从头说起", data={"kind": "new_talk"} if text == "新对话" else None)
    ]
    page.get_by_role("button", name="新对话").click()
    page.get_by_role("dialog").get_by_role("button", name="开始新对话").click()
    expect(page.locator(".message .prose")).to_have_text(["我们从头说起"])
    assert city.script.posts[-1]["payload"] == '/greet{"reset": "yes"}'
    assert conversation_of(page) == person
    page.reload()
    expect(page.locator(".message .prose")).to_have_text(["我们从头说起"])
    city.script.answer = lambda text: [reply(f"收到：{text}")]


@pytest.mark.parametrize("width", [1280, 360])
def test_another_person_at_the_device(page: Page, city: City, picture: Picture, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 760})
    page.goto(city.url)
    send(page, "我的秘密")
    expect(page.locator(".from-bot")).to_have_count(1)
    before = conversation_of(page)
    booking = city.books(f"web:{before}")
    other_tab = page.context.new_page()
    other_tab.goto(city.url)
    expect(other_tab.locator(".from-bot")).to_have_count(1)
    page.bring_to_front()

    page.get_by_role("button", name="换人使用").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("这些还没有办完")
    expect(dialog).to_contain_text(booking.code)
    expect(dialog.get_by_role("link")).to_have_attribute("href", re.compile("/visits/YY-"))
    expect(dialog.get_by_role("img")).to_have_js_property("complete", True)
    picture(page, f"leave-{width}")
    assert fits(page)
    dialog.get_by_role("button", name="再想想").click()
    assert conversation_of(page) == before

    page.get_by_role("button", name="换人使用").click()
    dialog.get_by_role("button", name="换人使用").click()
    expect(page.locator(".message")).to_have_count(0)
    expect(other_tab.locator(".message")).to_have_count(0)
    assert conversation_of(page) != before
    page.reload()
    expect(page.get_by_text("我的秘密")).to_have_count(0)
    assert before not in page.evaluate("JSON.stringify({...localStorage})")
    assert city.now(booking).status == "confirmed"
