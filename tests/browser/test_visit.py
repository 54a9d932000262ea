"""A visit from the wish to its end in two windows: the person's chat and the hall's day board.

The real assistant in a real browser. The board is opened once and never reloaded.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import select, update

from actions.appointments.booking.notices import REMINDER_HOURS, WAITING
from actions.appointments.booking.tables import NoticeRow
from actions.appointments.halls.tables import SlotRow
from actions.appointments.service import Appointments, Booking
from bot.console.accounts import add_staff
from store.clock import to_shanghai, utc_now
from store.database import Database
from tests.browser.chatting import TURN_MS, press, say
from tests.support.assistant import Assistant
from tests.support.conversations import bearer

Picture = Callable[[Page, str], None]
PASSWORD = "correct horse battery"
NEAR = timedelta(minutes=10)
NOON = 12


class Chat:
    """The person's window."""

    def __init__(self, page: Page, assistant: Assistant) -> None:
        self.page = page
        self._http = assistant.http
        page.goto(assistant.url)

    @property
    def last(self) -> Locator:
        """The last thing the assistant said."""
        return self.page.locator(".message.from-bot").last

    def times(self) -> list[str]:
        """Return what stands on the buttons of the times offered last."""
        return self.last.locator(".slot .choice").all_inner_texts()

    def data(self) -> dict[str, Any]:
        """Return the data of the last reply, as any client of the interface gets it."""
        conversation = self.page.evaluate("localStorage.getItem('zhida.conversation')")
        past = self._http.get("/api/messages", headers=bearer(conversation)).json()
        return dict(past["messages"][-1]["data"])


class Board:
    """The staff's window."""

    def __init__(self, page: Page, url: str, name: str) -> None:
        self.page = page
        page.goto(f"{url}/console")
        page.get_by_label("账号").fill(name)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.get_by_role("link", name="大厅", exact=True).click()
        expect(page.get_by_label("扫码签到")).to_be_visible()
        page.evaluate("window.openedOnce = true")

    @property
    def reloaded(self) -> bool:
        """Whether the page is another one than was opened."""
        return not self.page.evaluate("window.openedOnce === true")

    def choose(self, hall: str, moment: datetime) -> None:
        """Look at the day of a moment in a hall."""
        day = to_shanghai(moment).date()
        if self.page.get_by_label("大厅", exact=True).input_value() != hall:
            self.page.get_by_label("大厅", exact=True).click()
            self.page.get_by_role("option", name=hall).click()
        self.page.locator("input[type=date]").first.fill(day.isoformat())
        name = f"{day.year}年{day.month}月{day.day}日"
        expect(self.page.get_by_text(name)).to_be_visible()

    def row(self, code: str) -> Locator:
        """The row of a booking."""
        return self.page.locator(f'[data-code="{code}"]')

    def act(self, code: str, what: str) -> None:
        """Press a button of a booking's row."""
        self.row(code).get_by_role("button", name=what).click()


class Hall:
    """The running assistant's database: what is booked, and time that passes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def booking(self, code: str) -> Booking:
        """Return a booking as it stands."""
        found = Appointments(self._database).booking(code)
        assert found is not None
        return found

    def let_reminder_be_due(self, booking: Booking) -> None:
        """Bring the reminder two hours before the visit to now; the upkeep loop sends it."""
        meant = (NoticeRow.booking_id == booking.id, NoticeRow.kind == REMINDER_HOURS)
        waiting = update(NoticeRow).where(*meant, NoticeRow.status == WAITING)
        self._write(waiting.values(due_at=utc_now()))

    def let_visit_be_near(self, booking: Booking) -> None:
        """Let a visit's time come: no test can wait for days."""
        start = utc_now() + NEAR
        meant = update(SlotRow).where(SlotRow.id == booking.slot_id)
        self._write(meant.values(start=start, end=start + NEAR))

    def _write(self, statement: Any) -> None:
        with self._database.write() as session:
            assert session.connection().execute(statement).rowcount > 0
            session.commit()

    def reminders(self, booking: Booking) -> list[str]:
        """Return what became of each reminder two hours before, the oldest first."""
        meant = (NoticeRow.booking_id == booking.id, NoticeRow.kind == REMINDER_HOURS)
        with self._database.read() as session:
            found = select(NoticeRow.status).where(*meant).order_by(NoticeRow.id)
            return list(session.scalars(found))


@pytest.fixture
def hall(assistant: Assistant) -> Iterator[Hall]:
    database = Database(assistant.database_url)
    yield Hall(database)
    database.close()


@pytest.fixture
def chat(page: Page, assistant: Assistant) -> Chat:
    return Chat(page, assistant)


@pytest.fixture
def board(context: BrowserContext, assistant: Assistant) -> Board:
    name = f"staff-{utc_now().timestamp():.0f}"
    database = Database(assistant.database_url)
    add_staff(database, name, PASSWORD, now=utc_now())
    database.close()
    return Board(context.new_page(), assistant.url, name)


def held(chat: Chat, board: Board, picture: Picture) -> str:
    """From the wish to a seat held, the online way declined; return the code."""
    say(chat.page, "我想下周三去浦东大厅办失业登记")
    expect(chat.last).to_contain_text("不来大厅也能办")
    reasons = chat.last.locator(".slot .crowd")
    expect(reasons).to_have_count(3)
    for reason in reasons.all():
        expect(reason).to_contain_text(re.compile(r"预计大厅 \d+ 人，容量 \d+"))
    picture(chat.page, "visit-2-times")
    offer = chat.data()
    board.choose(offer["hall"], datetime.fromisoformat(offer["slots"][0]["start"]))

    press(chat.page, chat.times()[0])
    expect(chat.last.locator(".badge")).to_have_text("已为您保留")
    code = chat.last.locator(".code").inner_text()
    expect(board.row(code)).to_contain_text("已留位")
    expect(board.row(code)).to_contain_text("前等本人确认")
    picture(chat.page, "visit-3-held")
    picture(board.page, "visit-3-held-board")
    return code


def confirmed(chat: Chat, board: Board, code: str, picture: Picture) -> None:
    """Ask about a policy in between, then confirm."""
    say(chat.page, "现场招聘会还能办吗")
    expect(chat.page.locator(".citation blockquote").last).not_to_be_empty()
    expect(board.row(code)).to_contain_text("已留位")
    picture(chat.page, "visit-4-policy")
    press(chat.page, "确认预约")
    expect(chat.last.locator(".badge")).to_have_text("预约成功")
    expect(chat.last.locator(".code")).to_have_text(code)
    expect(chat.last.get_by_role("img", name=f"预约码 {code} 的二维码")).to_be_visible()
    expect(board.row(code)).to_contain_text("已确认")
    chat.last.scroll_into_view_if_needed()
    picture(chat.page, "visit-5-confirmed")


def moved(chat: Chat, board: Board, before: Booking, picture: Picture) -> None:
    """Change to the other half of the same day, or what is offered where others filled it."""
    expect(board.row(before.code)).to_contain_text(f"{to_shanghai(before.start):%H:%M}")
    local = to_shanghai(before.start)
    half = "下午" if local.hour < NOON else "上午"
    say(chat.page, f"改到{local.month}月{local.day}日{half}")
    expect(chat.last).to_contain_text("原来的预约")
    picture(chat.page, "visit-6-change")
    offer = chat.data()
    chosen = chat.times()[0]
    press(chat.page, chosen)
    expect(chat.last).to_contain_text("改好了")
    board.choose(offer["hall"], datetime.fromisoformat(offer["slots"][0]["start"]))
    expect(board.row(before.code)).to_contain_text(chosen[-len("09:00") :])
    expect(board.row(before.code)).to_contain_text("已确认")
    picture(chat.page, "visit-7-changed")
    board.row(before.code).scroll_into_view_if_needed()
    picture(board.page, "visit-7-changed-board")


def reminded(chat: Chat, hall: Hall, booking: Booking, picture: Picture) -> None:
    """Receive the reminder of the new time unasked; that of the old one is never sent."""
    assert hall.reminders(booking) == ["void", "waiting"]
    hall.let_reminder_be_due(booking)
    expect(chat.last).to_contain_text("再过不久就到您的预约了", timeout=TURN_MS)
    expect(chat.last).to_contain_text(f"{to_shanghai(booking.start):%H:%M}")
    assert hall.reminders(booking) == ["void", "sent"]
    chat.last.scroll_into_view_if_needed()
    picture(chat.page, "visit-8-reminded")


def arrived(chat: Chat, board: Board, booking: Booking, picture: Picture) -> None:
    """Check in by word; the chat names the window, the board the place in the queue."""
    say(chat.page, "我到了")
    expect(chat.last).to_contain_text("签到好了")
    expect(chat.last).to_contain_text(booking.window)
    expect(board.row(booking.code)).to_contain_text("已到")
    picture(chat.page, "visit-9-arrived")
    picture(board.page, "visit-9-arrived-board")


def served(chat: Chat, board: Board, code: str, picture: Picture) -> None:
    """Be called and served; the chat knows both."""
    board.act(code, "叫号")
    expect(board.row(code)).to_contain_text("办理中")
    say(chat.page, "我的预约")
    expect(chat.last).to_contain_text("已签到")
    board.act(code, "办结")
    expect(board.row(code)).to_have_count(0)
    board.page.get_by_role("button", name="已办结").click()
    expect(board.row(code)).to_contain_text("已办结")
    picture(board.page, "visit-10-served-board")
    say(chat.page, "我的预约")
    expect(chat.last).to_contain_text("您现在没有预约")
    say(chat.page, code)
    expect(chat.last).to_contain_text("已办结")
    picture(chat.page, "visit-10-served")


def test_the_chat_goes_and_the_board_follows(
    chat: Chat, board: Board, hall: Hall, picture: Picture
) -> None:
    code = held(chat, board, picture)
    confirmed(chat, board, code, picture)
    moved(chat, board, hall.booking(code), picture)
    reminded(chat, hall, hall.booking(code), picture)

    hall.let_visit_be_near(hall.booking(code))
    booking = hall.booking(code)
    expect(board.row(code)).to_have_count(0)
    board.choose(booking.hall, booking.start)
    arrived(chat, board, booking, picture)
    served(chat, board, code, picture)
    assert not board.reloaded
