"""Staff follow a hall's day in a browser: the real services and a real database."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

import pytest
from fastapi import FastAPI
from playwright.sync_api import Locator, Page, expect

import bot.console
import bot.web
from actions.appointments.halls.tables import SlotRow
from actions.appointments.service import Appointments, Booking, HallDesk, Housekeeping
from actions.appointments.visits.call_order import Step
from actions.dialogue.services import Services
from bot.console.accounts import add_staff
from store.clock import to_shanghai, utc_now
from store.database import Database
from store.settings import Settings
from tests.browser.axe import grave
from tests.browser.scripted import serve
from tests.database.appointments.support import BUSINESS, HALL, SECOND, one_slot, slot_beside
from tests.support.messaging import handover

Picture = Callable[[Page, str], None]
PASSWORD = "correct horse battery"


class Office:
    """A hall that is open now, with people who book by chat, and its console."""

    def __init__(self, database: Database, url: str) -> None:
        self.database = database
        self.url = url
        self.windows = Appointments(database)
        # The console lives in the present, so the visits are near it.
        self.now = utc_now().replace(second=0, microsecond=0)
        self._people = 0

    def slot(self, minutes: int) -> int:
        """Open seats so many minutes from now."""
        local = to_shanghai(self.now)
        slot_id = one_slot(self.database, local, capacity=20, hour=self._people % 24, days=90)
        with self.database.write() as session:
            slot = session.get_one(SlotRow, slot_id)
            slot.start = self.now + timedelta(minutes=minutes)
            slot.end = slot.start + timedelta(minutes=10)
            session.commit()
        return slot_id

    def book(self, minutes: int, *, business: str = BUSINESS, priority: bool = False) -> Booking:
        """Book a visit by chat, yesterday."""
        self._people += 1
        owner, then = f"web:{self._people}", self.now - timedelta(days=1)
        held = self.windows.hold(
            owner=owner,
            slot_id=self.slot(minutes),
            business=business,
            request_key="1",
            now=then,
            priority=priority,
        )
        return self.windows.confirm(owner, held.code, now=then)

    def check_in_by_chat(self, booking: Booking) -> None:
        """Let a person say in the chat that they have come."""
        self.windows.check_in(booking.owner, booking.code, now=utc_now())


EARLIEST, LATEST = time(0, 20), time(22, 40)
"""Between these a day has an hour to come, and some minutes that have passed."""


@pytest.fixture
def office(sqlite_database: Database, settings: Settings) -> Iterator[Office]:
    if not EARLIEST <= to_shanghai(utc_now()).time() <= LATEST:
        pytest.skip("around midnight the board, which lives in the present, has no day around now")
    app = FastAPI()
    app.include_router(bot.web.router(sqlite_database, settings))
    bot.console.mount(app, Services(sqlite_database, settings), handover(sqlite_database))
    add_staff(sqlite_database, "王芳", PASSWORD, now=utc_now())
    with serve(app, sockets=True) as url:
        yield Office(sqlite_database, url)


def open_board(page: Page, office: Office) -> None:
    page.goto(f"{office.url}/console")
    page.get_by_label("账号").fill("王芳")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="大厅", exact=True).click()
    expect(page.get_by_text("大厅内")).to_be_visible()
    # NiceGUI shows a page a moment before it hears what is tapped there.
    page.wait_for_function("window.did_handshake")


def row(page: Page, code: str) -> Locator:
    return page.locator(f'[data-code="{code}"]')


def scan(page: Page, code: str) -> None:
    """Do as a scanner does: type the code into the field, and Enter."""
    page.get_by_label("预约码").fill(code)
    page.keyboard.press("Enter")


def test_a_visit_from_the_booking_to_its_end(page: Page, office: Office) -> None:
    first, second = office.book(-5), office.book(10)
    open_board(page, office)
    expect(row(page, first.code)).to_contain_text("已确认")

    scan(page, first.code.lower())
    expect(page.get_by_text(f"{first.code} 已签到")).to_contain_text("现在就可以叫号")
    expect(page.get_by_label("预约码")).to_have_value("")
    expect(row(page, first.code)).to_contain_text("下一位")
    row(page, second.code).get_by_role("button", name="签到").click()
    expect(page.get_by_text(f"{second.code} 已签到")).to_contain_text("前面还有 1 位")
    expect(page.get_by_text("大厅内 2 人")).to_be_visible()

    row(page, first.code).get_by_role("button", name="叫号").click()
    expect(row(page, first.code)).to_contain_text("办理中")
    expect(row(page, second.code)).to_contain_text("下一位")
    row(page, first.code).get_by_role("button", name="办结").click()
    expect(row(page, first.code)).to_have_count(0)
    page.get_by_role("button", name="已办结 1").click()
    expect(row(page, first.code)).to_contain_text("已办结")
    expect(page.get_by_text("大厅内 1 人")).to_be_visible()
    booking = office.windows.booking(first.code)
    assert booking is not None
    assert booking.status == "served"


def test_a_slip_is_taken_back(page: Page, office: Office, picture: Picture) -> None:
    first, second = office.book(-5), office.book(10)
    for booking in (first, second):
        office.check_in_by_chat(booking)
    open_board(page, office)
    row(page, first.code).get_by_role("button", name="叫号").click()
    just_done = page.get_by_role("status").filter(has_text="刚才")
    expect(just_done).to_have_text("刚才：" + f"{first.code} 已叫号，1号窗口撤销")
    expect(row(page, second.code)).to_contain_text("下一位")
    row(page, first.code).get_by_role("button", name="办结", exact=False).click()
    expect(just_done).to_contain_text(f"{first.code} 已办结")
    expect(page.get_by_text("大厅内 1 人")).to_be_visible()
    picture(page, "console-just-done")

    just_done.get_by_role("button", name="撤销").click()
    expect(page.get_by_text(f"{first.code} 的办结已撤销")).to_be_visible()
    expect(just_done).to_be_hidden()
    expect(page.get_by_text("可以马上在这里撤销")).to_be_visible()
    expect(row(page, first.code)).to_contain_text("办理中")
    expect(page.get_by_text("大厅内 2 人")).to_be_visible()
    picture(page, "console-undo")
    row(page, first.code).get_by_role("button", name="撤销叫号").click()
    expect(row(page, first.code)).to_contain_text("下一位")
    booking = office.windows.booking(first.code)
    assert booking is not None
    assert (booking.status, booking.called_at) == ("checked_in", None)


def test_what_another_clerk_has_gone_on_with_is_not_taken_back(
    page: Page, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = office.book(-5)
    office.check_in_by_chat(booking)
    open_board(page, office)
    row(page, booking.code).get_by_role("button", name="叫号").click()
    undo = HallDesk.undo

    def a_moment_later(desk: HallDesk, code: str, step: Step, *, by: str, now: datetime) -> None:
        HallDesk(office.database).finish(code, now=utc_now())
        undo(desk, code, step, by=by, now=now)

    monkeypatch.setattr(HallDesk, "undo", a_moment_later)
    row(page, booking.code).get_by_role("button", name="撤销叫号").click()
    expect(page.get_by_text(f"{booking.code} 刚才又有人操作过，没有撤销")).to_be_visible()
    expect(row(page, booking.code)).to_have_count(0)


def test_who_is_called_comes_to_a_window(page: Page, office: Office, picture: Picture) -> None:
    slot_beside(office.database, office.slot(30), capacity=1)
    desk = HallDesk(office.database)
    asked, chosen = (desk.walk_in(HALL, SECOND, now=utc_now()) for _ in range(2))
    open_board(page, office)
    row(page, asked).get_by_role("button", name="叫号").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"{asked} 叫到哪个窗口")
    assert grave(page, "[role=dialog]") == []
    picture(page, "console-which-window")
    dialog.get_by_role("button", name="2号窗口").click()
    expect(row(page, asked)).to_contain_text("现场 · 2号窗口")
    expect(row(page, asked)).to_contain_text("办理中")

    # Who says which window is theirs is not asked, and need not say so again.
    page.get_by_label("窗口", exact=True).click()
    page.get_by_role("option", name="1号窗口").click()
    expect(page).to_have_url(re.compile("window="))
    page.reload()
    row(page, chosen).get_by_role("button", name="叫号").click()
    expect(row(page, chosen)).to_contain_text("现场 · 1号窗口")


def test_the_board_follows_the_chat_while_staff_type(page: Page, office: Office) -> None:
    booking = office.book(5)
    open_board(page, office)
    expect(row(page, booking.code)).to_contain_text("已确认")
    page.get_by_label("预约码").fill("YY-HALF")
    office.check_in_by_chat(booking)
    expect(row(page, booking.code)).to_contain_text("已到")
    late = office.book(15)
    expect(row(page, late.code)).to_be_visible()
    expect(page.get_by_label("预约码")).to_have_value("YY-HALF")
    expect(page.get_by_label("预约码")).to_be_focused()


def test_a_code_that_does_not_check_in_says_why(page: Page, office: Office) -> None:
    early, gone = office.book(45), office.book(10)
    office.windows.cancel(gone.owner, gone.code, now=office.now)
    open_board(page, office)
    said = page.get_by_label("扫码签到").get_by_role("status")
    scan(page, "")
    expect(said).to_have_text("请先扫码，或输入预约码。")
    scan(page, "YY-<b>22</b>")
    expect(said).to_contain_text("没有找到预约码 YY-<b>22</b>")
    # The next scan replaces what was not accepted.
    page.keyboard.type(gone.code)
    page.keyboard.press("Enter")
    expect(said).to_contain_text(f"{gone.code} 已取消，不能签到")
    page.keyboard.type(early.code)
    page.keyboard.press("Enter")
    expect(said).to_contain_text("起才能签到")
    expect(page.get_by_text("大厅内 0 人")).to_be_visible()
    expect(row(page, early.code).get_by_role("button", name="签到")).to_be_disabled()


def test_people_without_a_booking_are_noted(page: Page, office: Office) -> None:
    office.check_in_by_chat(office.book(-2))
    open_board(page, office)
    panel = page.get_by_label("登记现场来人")
    panel.get_by_role("button", name="登记").click()
    expect(panel.get_by_role("status")).to_have_text("请先选要办的业务。")
    panel.get_by_label("办什么业务").click()
    page.get_by_role("option", name=SECOND).click()
    panel.get_by_role("checkbox", name="优先").click()
    panel.get_by_role("button", name="登记").click()
    expect(panel.get_by_role("status")).to_contain_text("已登记，号码 XC-")
    walk_in = page.locator(".visit", has_text="现场")
    expect(walk_in).to_contain_text(SECOND)
    # Priority people go first.
    expect(walk_in).to_contain_text("下一位")
    expect(walk_in).to_contain_text("优先")
    walk_in.get_by_role("button", name="叫号").click()
    expect(walk_in).to_contain_text("办理中")


def test_other_days_and_what_is_shown(page: Page, office: Office) -> None:
    today = office.book(10)
    tomorrow = office.book(24 * 60)
    open_board(page, office)
    expect(row(page, today.code)).to_be_visible()
    page.get_by_role("button", name="明天").click()
    expect(row(page, tomorrow.code)).to_be_visible()
    expect(row(page, today.code)).to_have_count(0)
    expect(page.get_by_text("大厅内")).to_be_hidden()  # said of now only
    page.reload()
    expect(row(page, tomorrow.code)).to_be_visible()
    page.get_by_role("button", name="今天").click()
    expect(row(page, today.code)).to_be_visible()
    page.get_by_role("button", name="办理中 0").click()
    expect(page.get_by_text("没有这样的预约")).to_be_visible()


def test_a_closure_is_announced_and_taken_back(
    page: Page, office: Office, picture: Picture
) -> None:
    booking = office.book(25)
    open_board(page, office)
    page.get_by_role("button", name="临时停办").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("到", exact=True).fill("2026-01-01T09:00")
    expect(dialog.get_by_role("status")).to_contain_text("请把日期和起止时间填全")
    dialog.get_by_role("button", name="登记停办并通知").click()
    assert HallDesk(office.database).closures(since=office.now) == ()

    # Early in the morning the usual stretch begins later than the visit.
    for label, minutes in (("从", 0), ("到", 50)):
        moment = to_shanghai(office.now) + timedelta(minutes=minutes)
        dialog.get_by_label(label, exact=True).fill(f"{moment:%Y-%m-%dT%H:%M}")
    expect(dialog.get_by_role("status")).to_contain_text("有 1 个预约受影响")
    dialog.get_by_role("button", name="停水停电").click()
    picture(page, "console-closure")
    dialog.get_by_role("button", name="登记停办并通知").click()
    expect(page.get_by_text("1 个预约会收到通知")).to_be_visible()
    expect(row(page, booking.code)).to_contain_text("停办")
    listed = page.get_by_label("停办", exact=True)
    expect(listed).to_contain_text("停水停电（王芳")
    (closure,) = HallDesk(office.database).closures(since=office.now)
    assert (closure.by, closure.reason, closure.window) == ("王芳", "停水停电", None)
    due = Housekeeping(office.database).due_notices(now=utc_now())
    assert [notice.booking.code for notice in due if notice.kind == "closed"] == [booking.code]

    listed.get_by_role("button", name="取消停办").click()
    sure = page.get_by_role("dialog").get_by_role("button", name="取消停办")
    expect(sure).to_be_visible()
    assert grave(page, "[role=dialog]") == []
    sure.click()
    expect(row(page, booking.code).locator(".is-closed")).to_have_count(0)
    expect(listed).to_be_hidden()
    assert HallDesk(office.database).closures(since=office.now) == ()


def crowded(office: Office) -> list[Booking]:
    """Fill the day around now."""
    found = [office.book(at, priority=at == 0) for at in range(-18, 75, 4)]
    for booking in found[:9]:
        office.check_in_by_chat(booking)
    return found


@pytest.mark.parametrize(("width", "name"), [(1280, "desktop"), (820, "tablet")])
def test_how_it_looks(page: Page, office: Office, picture: Picture, width: int, name: str) -> None:
    page.set_viewport_size({"width": width, "height": 1100})
    visits = crowded(office)
    open_board(page, office)
    for booking in visits[:3]:
        row(page, booking.code).get_by_role("button", name="叫号").click()
        expect(row(page, booking.code)).to_contain_text("办理中")
    row(page, visits[0].code).get_by_role("button", name="办结").click()
    expect(row(page, visits[0].code)).to_have_count(0)
    scan(page, visits[9].code)
    expect(page.get_by_text(f"{visits[9].code} 已签到")).to_be_visible()
    picture(page, f"console-board-{name}")
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    assert page.evaluate(fits), "nothing sticks out sideways"
