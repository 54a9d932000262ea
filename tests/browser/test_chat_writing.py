"""What a person writes and presses on the chat page, and what is sent of it."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chatting import conversation_of, send
from tests.browser.scripted import Script, reply


def test_a_question_and_its_answer(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    expect(page.get_by_role("heading", name="您好，我是职达")).to_be_visible()
    send(page, "你好")
    expect(page.locator(".from-bot .prose")).to_have_text("收到：你好")
    assert [post["text"] for post in script.posts] == ["你好"]
    expect(page.get_by_label("请输入您的问题")).to_be_focused()
    expect(page.get_by_label("请输入您的问题")).to_have_value("")


def test_shift_enter_is_a_new_line_and_blank_is_not_sent(
    page: Page, url: str, script: Script
) -> None:
    page.goto(url)
    box = page.get_by_label("请输入您的问题")
    box.fill("   ")
    box.press("Enter")
    box.fill("")
    box.press_sequentially("一")
    box.press("Shift+Enter")
    box.press_sequentially("二")
    box.press("Enter")
    expect(page.locator(".from-bot")).to_have_count(1)
    assert [post["text"] for post in script.posts] == ["一\n二"]


def test_enter_belongs_to_the_input_method_while_composing(
    page: Page, context: BrowserContext, url: str, script: Script
) -> None:
    page.goto(url)
    box = page.get_by_label("请输入您的问题")
    box.focus()
    keyboard = context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "nihao", "selectionStart": 5, "selectionEnd": 5}
    )
    expect(box).to_have_value("nihao")
    composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, cancelable: true})"
    assert box.evaluate(f"box => box.dispatchEvent({composing})"), "the key is left to the IME"
    safari = "new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, cancelable: true})"
    assert box.evaluate(f"box => box.dispatchEvent({safari})")
    keyboard.send("Input.insertText", {"text": "你好"})
    expect(box).to_have_value("你好")
    box.press("Enter")
    expect(page.locator(".from-bot")).to_have_count(1)
    assert [post["text"] for post in script.posts] == ["你好"]


def test_a_pressed_choice_is_said_by_the_person(page: Page, url: str, script: Script) -> None:
    payload = '/book_window{"slot_id":12}'
    script.answer = lambda text: (
        [reply("请选一个时段", ("明天 9:00", payload))] if text == "约" else [reply("约好了")]
    )
    page.goto(url)
    send(page, "约")
    choice = page.get_by_role("button", name="明天 9:00")
    choice.click()
    expect(page.locator(".from-user .prose").last).to_have_text("明天 9:00")
    expect(page.locator(".from-bot .prose").last).to_have_text("约好了")
    choice.click(force=True)  # pressed once is pressed
    send(page, "约")
    expect(page.locator(".from-bot")).to_have_count(3)
    assert [post.get("payload") for post in script.posts] == [None, payload, None]


def test_starters(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    page.get_by_role("button", name="问政策").click()
    expect(page.get_by_label("请输入您的问题")).to_be_focused()
    assert script.posts == []
    page.get_by_role("button", name="现场招聘会还能办吗").click()
    for name in ("找工作", "约窗口", "转人工"):
        page.get_by_role("button", name=name).click()
        expect(page.locator(".from-user .prose").last).to_have_text(name)
    expect(page.locator(".from-bot")).to_have_count(5)
    sent = [(post["text"], post.get("payload")) for post in script.posts]
    assert sent == [
        ("现场招聘会还能办吗", None),
        ("找工作", "/search_jobs"),
        ("约窗口", "/book_window"),
        ("转人工", "/talk_to_staff"),
    ]


def test_a_new_conversation(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    send(page, "旧的")
    expect(page.locator(".from-bot")).to_have_count(1)
    old = conversation_of(page)
    page.get_by_role("button", name="新对话").click()
    page.get_by_role("button", name="再想想").click()
    expect(page.locator(".message")).to_have_count(2)
    page.get_by_role("button", name="新对话").click()
    page.get_by_role("dialog").get_by_role("button", name="开始新对话").click()
    # The scripted server knows no new talk: what it says stands beside what was asked.
    expect(page.locator(".from-bot .prose")).to_have_text("收到：新对话")
    expect(page.locator(".message")).to_have_count(2)
    send(page, "新的")
    expect(page.locator(".from-bot .prose").last).to_have_text("收到：新的")
    assert {post["conversation"] for post in script.posts} == {old} == {conversation_of(page)}
    assert script.posts[1]["payload"] == '/greet{"reset": "yes"}'


def test_without_random_uuid(page: Page, url: str, script: Script) -> None:
    """On plain http, where a hall's intranet may serve it, browsers have no randomUUID."""
    page.add_init_script("delete Crypto.prototype.randomUUID")
    page.goto(url)
    assert page.evaluate("typeof crypto.randomUUID") == "undefined"
    send(page, "你好")
    expect(page.locator(".from-bot")).to_have_count(1)
    form = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    assert re.fullmatch(form, script.posts[0]["message_id"])
    assert re.fullmatch(form, script.posts[0]["conversation"])
