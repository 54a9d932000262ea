"""Answering somebody: what policy says goes into the reply, and what was agreed stays known."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from actions.cases.service import OPEN, Cases
from bot.messaging.transcripts import transcript
from tests.browser.axe import grave
from tests.browser.pictures import Picture
from tests.browser.staff import Filled, Staffed
from tests.support.office import person

LI = person("li")
AGREED = "周五上午再来，带身份证，到 3 号窗口"


@pytest.fixture
def talk(context: BrowserContext, staffed: Staffed, filled: Filled) -> Page:
    """A conversation of an office with everything in it."""
    staffed.admit(context)
    page = context.new_page()
    page.goto(f"{filled[0]}/console/conversation?id={LI}")
    return page


def test_a_citation_goes_into_the_reply(talk: Page, picture: Picture) -> None:
    talk.get_by_label("回复来访者").fill("您好，规定是：")
    talk.get_by_role("button", name="查政策、引原文").click()
    dialog = talk.get_by_role("dialog")
    dialog.get_by_label("来访者问的事").fill("现场招聘会还能办吗")
    dialog.get_by_role("button", name="查找").click()
    cite = dialog.get_by_role("button", name="引用到回复里").first
    expect(cite).to_be_visible()
    assert grave(talk, "[role=dialog]") == []
    picture(talk, "citation-for-the-reply")
    quoted = dialog.locator(".citation").first.inner_text().partition("》")[0]
    cite.click()
    expect(dialog).to_be_hidden()
    written = talk.get_by_label("回复来访者").input_value()
    assert written.startswith("您好，规定是：\n")
    assert quoted in written


def test_what_was_agreed_is_known_after_handing_back(talk: Page, filled: Filled) -> None:
    database = filled[1]
    talk.get_by_role("button", name="接管").click()
    talk.get_by_role("button", name="交还智能助手").click()
    dialog = talk.get_by_role("dialog")
    dialog.get_by_label("说好了什么").fill(AGREED)
    dialog.get_by_role("button", name="确定交还").click()
    expect(talk.get_by_role("log")).to_contain_text(AGREED)
    assert AGREED in transcript(database, LI)[-1].text
    (case,) = (each for each in Cases(database).for_conversation(LI) if each.status == OPEN)
    assert case.answer == AGREED  # what the bot tells of the case from then on
    expect(talk.get_by_text("由我答复")).to_be_visible()  # it is still open
