"""One person goes the whole way: the real assistant, in a real browser.

``assistant`` is a session fixture that has Rasa, the action server and the bot running.
"""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from actions.cases.chat.sentences import B_SOLVED
from bot.console.accounts import add_staff
from store.clock import utc_now
from store.database import Database
from tests.browser.chatting import press, say
from tests.browser.pictures import Picture

PASSWORD = "correct horse battery"
SCREENS = {"desktop": (1280, 860), "phone": (360, 740)}


@pytest.fixture(params=SCREENS)
def screen(page: Page, request: pytest.FixtureRequest) -> str:
    """The page on two sizes of screen; the value is the size's name."""
    width, height = SCREENS[request.param]
    page.set_viewport_size({"width": width, "height": height})
    return str(request.param)


def test_four_journeys(
    page: Page, context: BrowserContext, assistant: Any, picture: Picture, screen: str
) -> None:
    page.goto(assistant.url)
    picture(page, f"assistant-welcome-{screen}")

    say(page, "现场招聘会还能办吗")
    card = page.locator(".citation").first
    quoted = card.locator("blockquote").inner_text()
    assert quoted.strip()
    picture(page, f"assistant-policy-{screen}")
    with context.expect_page() as opened:
        card.get_by_role("link").click()
    reading = opened.value
    mark = reading.locator("mark").first
    expect(mark).to_be_in_viewport()
    marked = "".join(reading.locator("section:target mark").all_inner_texts())
    assert "".join(quoted.split()) == "".join(marked.split())
    picture(reading, f"assistant-reading-{screen}")
    reading.close()

    say(page, "我想在上海找电工的活，六千以上")
    expect(page.locator(".job").first).to_be_visible()
    picture(page, f"assistant-jobs-{screen}")

    say(page, "帮我约明天上午去浦东办失业登记")
    expect(page.locator(".message.from-bot").last).to_contain_text("不来大厅也能办")
    expect(page.locator(".slot .choice").first).to_be_visible()
    picture(page, f"assistant-slots-{screen}")
    press(page, page.locator(".slot .choice").first.inner_text())
    expect(page.locator(".booking .badge").last).to_have_text("已为您保留")
    press(page, "确认预约")
    expect(page.locator(".booking .badge").last).to_have_text("预约成功")
    expect(page.locator(".booking .code").last).not_to_be_empty()
    picture(page, f"assistant-booked-{screen}")

    say(page, "转人工")
    ticket = page.locator(".booking .code").last.inner_text()
    assert ticket

    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    assert page.evaluate(fits), "nothing sticks out sideways"
    said = page.locator(".message").count()
    page.reload()
    expect(page.locator(".message")).to_have_count(said)


def clerk(context: BrowserContext, assistant: Any) -> Page:
    """Return the inbox of a new member of staff who has signed in."""
    database = Database(assistant.database_url)
    name = f"staff-{utc_now().timestamp():.3f}"
    add_staff(database, name, PASSWORD, now=utc_now())
    database.close()
    console = context.new_page()
    console.goto(f"{assistant.url}/console")
    console.get_by_label("账号").fill(name)
    console.get_by_label("密码").fill(PASSWORD)
    console.get_by_role("button", name="登录").click()
    return console


def test_a_person_answers_from_the_console(
    page: Page, context: BrowserContext, assistant: Any, picture: Picture
) -> None:
    page.goto(assistant.url)
    say(page, "转人工")
    ticket = page.locator(".booking .code").last.inner_text()

    console = clerk(context, assistant)
    console.locator("article.case", has_text=ticket).get_by_role("link").click()
    expect(console.get_by_role("log")).to_contain_text("转人工")
    picture(console, "assistant-console")
    console.get_by_label("回复来访者").fill("您好，请问有什么可以帮您")
    console.get_by_role("button", name="发送").click()

    expect(page.locator(".from-staff").last).to_contain_text("请问有什么可以帮您")
    expect(page.get_by_text("人工客服在线")).to_be_visible()
    picture(page, "assistant-staff")
    console.get_by_role("button", name="办结").click()
    console.get_by_role("dialog").get_by_role("button", name="确定办结").click()
    expect(page.get_by_text("智能助手", exact=True)).to_be_visible()
    say(page, "谢谢")


def test_a_complaint_from_its_first_word_to_whether_it_is_solved(
    page: Page, context: BrowserContext, assistant: Any
) -> None:
    page.goto(assistant.url)
    say(page, "我要投诉，浦东大厅排了两个小时没人管")
    ticket = page.locator(".booking .code").last.inner_text()

    console = clerk(context, assistant)
    case = console.locator("article.case", has_text=ticket)
    expect(case).to_contain_text("投诉")
    case.get_by_role("link").click()
    console.get_by_label("投诉的是什么").click()
    console.get_by_role("option", name="排队等候").click()
    expect(console.locator(".chip", has_text="排队等候")).to_be_visible()
    console.get_by_role("button", name="办结").click()
    dialog = console.get_by_role("dialog")
    dialog.get_by_label("给投诉人的正式答复").fill("已加开窗口，向您致歉。")
    dialog.get_by_role("button", name="确定办结").click()

    expect(page.locator(".message").last).to_contain_text("您的事解决了吗")
    press(page, B_SOLVED)
    console.goto(f"{assistant.url}/console/")
    console.get_by_role("button", name="已办结").click()
    expect(console.locator("article.case", has_text=ticket)).to_contain_text("来访者：解决了")
