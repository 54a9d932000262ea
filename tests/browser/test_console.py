"""The console in a browser, on the real services and a real database."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from actions.cases.service import Cases
from bot.messaging.messages import Incoming
from bot.messaging.transcripts import mode_of, transcript
from store.clock import utc_now
from store.database import Database
from tests.browser.pictures import Picture
from tests.browser.staff import NAME, sign_in
from tests.support.messaging import take_in


@dataclass(frozen=True)
class Office:
    """A console with a visitor's conversation in it."""

    url: str
    database: Database

    def hears(self, key: str, text: str) -> None:
        """Let the visitor say something."""
        take_in(self.database, Incoming("web", key, "visitor", text, utc_now()))

    def said_by_staff(self) -> list[str]:
        """Return what staff have said to the visitor."""
        lines = transcript(self.database, "web:visitor")
        return [line.text for line in lines if line.author == "staff"]


@pytest.fixture
def office(staffed_database: Database, console: str) -> Office:
    return Office(console, staffed_database)


def test_a_wrong_password_says_only_that(page: Page, office: Office) -> None:
    page.goto(f"{office.url}/console")
    page.get_by_label("账号").fill(NAME)
    page.get_by_label("密码").fill("not the password")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")


def test_nothing_is_asked_of_other_hosts(page: Page, office: Office) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, office.url)
    expect(page.get_by_role("heading", name="待办")).to_be_visible()
    ours = (office.url, office.url.replace("http", "ws", 1), "data:", "blob:")
    assert [address for address in asked if not address.startswith(ours)] == []


def test_from_the_open_case_to_its_end(page: Page, office: Office, picture: Picture) -> None:
    office.hears("1", "转人工 <b>急</b>")
    case = Cases(office.database).open(
        conversation="web:visitor",
        reason="handoff",
        summary="来访者要求 <b>转人工</b>",
        request_key="1",
        now=utc_now(),
    )
    sign_in(page, office.url)
    expect(page.get_by_role("heading", name="待办")).to_be_visible()
    picture(page, "inbox")
    page.get_by_role("link", name="来访者要求 <b>转人工</b>").click()
    transcript_area = page.get_by_role("log")
    expect(transcript_area).to_contain_text("转人工 <b>急</b>")

    page.get_by_role("button", name="接管").click()
    expect(page.get_by_role("button", name="交还智能助手")).to_be_visible()
    assert mode_of(office.database, "web:visitor") == "staff"

    answer = page.get_by_label("回复来访者")
    answer.fill("您好，请带身份证")
    office.hears("2", "还要带什么")
    expect(transcript_area).to_contain_text("还要带什么")
    expect(answer).to_have_value("您好，请带身份证")
    page.get_by_role("button", name="发送").click()
    expect(transcript_area).to_contain_text("您好，请带身份证")
    expect(answer).to_have_value("")
    assert office.said_by_staff()[-1] == "您好，请带身份证"
    picture(page, "console-conversation")

    page.get_by_role("button", name="办结", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="返回").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="办结", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="确定办结").click()
    expect(page.get_by_role("button", name="办结", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="接管")).to_be_visible()
    assert mode_of(office.database, "web:visitor") == "bot"
    closed = Cases(office.database).get(case.ticket)
    assert closed is not None
    assert closed.status == "closed"


@pytest.mark.usefixtures("signed_in")
def test_new_cases_come_in_by_themselves(page: Page, office: Office) -> None:
    page.goto(f"{office.url}/console")
    expect(page.get_by_text("没有人在等")).to_be_visible()
    office.hears("1", "有人吗")
    Cases(office.database).open(
        conversation="web:visitor",
        reason="handoff",
        summary="有人吗",
        request_key="1",
        now=utc_now(),
    )
    page.get_by_role("link", name="有人吗").click()
    expect(page.get_by_role("log")).to_contain_text("有人吗")


@pytest.mark.usefixtures("signed_in")
def test_an_unknown_conversation(page: Page, office: Office) -> None:
    page.goto(f"{office.url}/console/conversation?id=nobody")
    expect(page.get_by_text("没有找到这个对话")).to_be_visible()
