"""The inbox in a browser: two clerks and one case, a complaint to its end, a draft that stays."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from actions.cases.service import Case, Cases
from bot.console.accounts import end_sessions
from bot.console.login.session import COOKIE, begin
from bot.console.tables import Staff
from bot.messaging.messages import Incoming
from bot.messaging.transcripts import standing_of, transcript
from store.clock import utc_now
from store.database import Database
from tests.browser.axe import grave
from tests.browser.pictures import Picture
from tests.browser.staff import HOST, MOUNT, NAME, sign_in
from tests.support.messaging import take_in

PERSON = "web:visitor"
COLLEAGUE = "李强"
# No holiday or night between is so long: overdue at whatever hour the tests run.
LONG_PAST = timedelta(days=30)


def opened(database: Database, reason: str, *, ago: timedelta = timedelta()) -> Case:
    take_in(database, Incoming("web", reason, "visitor", f"我要{reason}", utc_now()))
    return Cases(database).open(
        conversation=PERSON,
        reason=reason,
        summary="排队太久",
        request_key=reason,
        now=utc_now() - ago,
    )


def other(chromium: Browser, database: Database, role: str) -> BrowserContext:
    """Return the browser of somebody else of staff, on a telephone."""
    now = utc_now()
    staff = Staff(name=COLLEAGUE, password_hash="none", role=role, created_at=now)
    with database.write() as session:
        session.add(staff)
        session.commit()
    token = begin(database, staff, now=now) or ""
    context = chromium.new_context(viewport={"width": 390, "height": 800}, locale="zh-CN")
    context.add_cookies([{"name": COOKIE, "value": token, "domain": HOST, "path": MOUNT}])
    return context


@pytest.fixture
def colleague(chromium: Browser, staffed_database: Database) -> Iterator[Page]:
    """A page of a colleague."""
    context = other(chromium, staffed_database, "agent")
    yield context.new_page()
    context.close()


@pytest.fixture
def reader(chromium: Browser, staffed_database: Database) -> Iterator[Page]:
    """A page of somebody who may only read."""
    context = other(chromium, staffed_database, "reader")
    yield context.new_page()
    context.close()


@pytest.mark.usefixtures("signed_in")
def test_of_two_clerks_one_answers(
    page: Page, colleague: Page, console: str, staffed_database: Database, picture: Picture
) -> None:
    opened(staffed_database, "distress", ago=LONG_PAST)
    for each in (page, colleague):
        each.goto(f"{console}/console")
        expect(each.get_by_text("已超时").first).to_be_visible()
    expect(page).to_have_title("(1) 职达 · 工作台")
    expect(page.locator(".bell")).to_have_text("1 人遇到难处")
    page.get_by_role("button", name="领取", exact=True).click()
    expect(page.get_by_text("由我答复")).to_be_visible()
    expect(colleague.get_by_text(f"由 {NAME} 答复")).to_be_visible()
    picture(colleague, "inbox-phone")
    assert grave(page) == []
    assert grave(colleague) == []

    for each in (page, colleague):
        each.goto(f"{console}/console/conversation?id={PERSON}")
    expect(colleague.get_by_text(f"{NAME} 正在看")).to_be_visible()
    colleague.get_by_label("回复来访者").fill("我来答")
    colleague.get_by_label("回复来访者").press("Control+Enter")
    expect(colleague.get_by_text(f"{NAME} 正在答复这位来访者").first).to_be_visible()
    assert [line.author for line in transcript(staffed_database, PERSON)] == ["user"]
    colleague.get_by_role("button", name="从同事手中接过").click()
    colleague.get_by_role("dialog").get_by_role("button", name="从同事手中接过").click()
    expect(colleague.get_by_text("由我答复")).to_be_visible()
    colleague.get_by_role("button", name="发送").click()
    expect(colleague.get_by_role("log")).to_contain_text("我来答")
    standing = standing_of(staffed_database, PERSON)
    assert standing is not None
    assert standing.owner == COLLEAGUE
    expect(page.get_by_role("button", name="从同事手中接过")).to_be_visible()


@pytest.mark.usefixtures("signed_in")
def test_a_complaint_from_its_words_to_its_end(
    page: Page, console: str, staffed_database: Database, picture: Picture
) -> None:
    case = opened(staffed_database, "complaint")
    page.goto(f"{console}/console/conversation?id={PERSON}")
    page.get_by_label("给同事的备注").fill("大厅主任已回话")
    page.get_by_role("button", name="记下").click()
    expect(page.locator(".notes")).to_contain_text("大厅主任已回话")
    page.get_by_role("button", name="办结").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="确定办结").click()
    expect(page.get_by_text("投诉要先选好类别").first).to_be_visible()
    assert "\n".join(grave(page, "[role=dialog]")) == ""
    dialog.get_by_role("button", name="返回").click()
    page.get_by_label("投诉的是什么").click()
    page.get_by_role("option", name="排队等候").click()
    expect(page.locator(".chip", has_text="排队等候")).to_be_visible()
    page.get_by_role("button", name="办结").click()
    dialog.get_by_label("给投诉人的正式答复").fill("已加开窗口，向您致歉。")
    picture(page, "complaint-close")
    dialog.get_by_role("button", name="确定办结").click()
    expect(page.get_by_role("log")).to_contain_text("您的事解决了吗")
    assert "已加开窗口" in transcript(staffed_database, PERSON)[-1].text
    assert Cases(staffed_database).get(case.ticket).category == "waiting"  # type: ignore[union-attr]
    page.get_by_role("button", name="重新打开").click()
    expect(page.get_by_role("button", name="办结")).to_be_visible()
    picture(page, "conversation")
    assert grave(page) == []


@pytest.mark.usefixtures("signed_in")
def test_a_case_closed_by_a_slip_is_as_it_was(
    page: Page, console: str, staffed_database: Database, picture: Picture
) -> None:
    case = opened(staffed_database, "handoff")
    page.goto(f"{console}/console/conversation?id={PERSON}")
    page.get_by_role("button", name="接管").click()
    expect(page.locator(".chip.is-staff")).to_have_text("人工")
    page.get_by_role("button", name="办结").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("给来访者的答复").fill("已办好")
    dialog.get_by_role("button", name="确定办结").click()
    expect(page.get_by_text(f"刚办结 {case.ticket}")).to_be_visible()
    picture(page, "just-closed")
    assert grave(page) == []
    page.get_by_role("button", name="撤销办结").click()
    expect(page.locator(".chip.is-staff")).to_have_text("人工")
    expect(page.get_by_text("由我答复")).to_be_visible()
    expect(page.get_by_role("button", name="撤销办结")).to_be_hidden()
    again = Cases(staffed_database).get(case.ticket)
    assert again is not None
    assert (again.status, again.reply_by, again.answer) == ("open", case.reply_by, "已办好")
    assert "还在办理" in transcript(staffed_database, PERSON)[-1].text


@pytest.mark.usefixtures("signed_in")
def test_a_session_that_ends_in_mid_reply_loses_no_word(
    context: BrowserContext,
    console: str,
    staffed_database: Database,
) -> None:
    opened(staffed_database, "handoff")
    page = context.new_page()
    address = f"{console}/console/conversation?id={PERSON}"
    page.goto(address)
    page.get_by_role("button", name="常用回复").click()
    page.get_by_role("menuitem", name="问候").click()
    box = page.get_by_label("回复来访者")
    expect(box).to_have_value(f"您好，我是{NAME}，您的事我来跟进，请稍等。")
    box.press_sequentially("还有")
    end_sessions(staffed_database, NAME, now=utc_now())  # somewhere else, by an admin
    expect(page.get_by_role("heading", name="工作台登录")).to_be_visible()
    sign_in(page, console)
    expect(page.get_by_role("heading", name="待办")).to_be_visible()
    page.goto(address)
    expect(box).to_have_value(f"您好，我是{NAME}，您的事我来跟进，请稍等。还有")


def test_a_reader_reads_and_does_nothing(
    reader: Page, console: str, staffed_database: Database
) -> None:
    opened(staffed_database, "handoff", ago=LONG_PAST)
    reader.goto(f"{console}/console")
    expect(reader.get_by_text("已超时")).to_be_visible()
    expect(reader.locator(".bell")).to_be_hidden()  # nobody waits for a reader
    expect(reader.get_by_role("link", name="管理")).to_have_count(0)
    reader.goto(f"{console}/console/conversation?id={PERSON}")
    expect(reader.get_by_role("log")).to_contain_text("我要handoff")
    for what in ("领取", "接管", "办结", "发送"):
        expect(reader.get_by_role("button", name=what)).to_have_count(0)
    answer = reader.goto(f"{console}/console/staff")
    assert answer is not None
    assert answer.status == 403
    expect(reader.get_by_role("heading", name="打不开这一页")).to_be_visible()
    assert grave(reader) == []
    reader.get_by_role("link", name="回到工作台").click()
    expect(reader.get_by_role("heading", name="待办")).to_be_visible()


HEARD = """
window.told = [];
window.Notification = class {
  static permission = "default";
  static async requestPermission() { this.permission = "granted"; }
  constructor(title, options) { told.push(options.body); }
};
"""


@pytest.mark.usefixtures("signed_in")
def test_a_new_case_is_told_of_once_and_of_all_tabs_by_one(
    context: BrowserContext,
    console: str,
    staffed_database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.console.frame.ALARM_SECONDS", 0.5)
    context.add_init_script(HEARD)
    page, second = context.new_page(), context.new_page()
    for each in (page, second):
        each.goto(f"{console}/console")
        expect(each.get_by_text("没有人在等")).to_be_visible()
    expect(page.locator(".remind")).to_be_hidden()  # asked when there is something to tell of
    opened(staffed_database, "handoff", ago=LONG_PAST)
    page.get_by_role("button", name="开启桌面提醒").click()
    expect(page.locator(".remind")).to_be_hidden()
    second.evaluate("Notification.permission = 'granted'")
    opened(staffed_database, "distress")
    expect(page.locator(".bell")).to_have_text("1 人遇到难处，1 件已超时")
    expect(second.locator(".bell")).to_have_text("1 人遇到难处，1 件已超时")
    told = [each.evaluate("told") for each in (page, second)]
    assert sorted(told, key=len) == [[], ["1 人遇到难处，1 件已超时"]]
