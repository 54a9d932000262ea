"""The chat page loses no message and repeats none, whatever the network and the server do."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chatting import bubbles, conversation_of, send
from tests.browser.pictures import Picture
from tests.browser.scripted import Script, reply


def test_a_message_that_fails_is_sent_again_with_the_same_id(
    page: Page, url: str, script: Script
) -> None:
    page.goto(url)
    expect(page.locator("[data-log]")).to_have_attribute("aria-busy", "false")
    script.down = True
    send(page, "在吗")
    expect(page.get_by_text("未送达，正在重试")).to_be_visible()
    expect(page.get_by_text("正在重新连接")).to_be_visible()
    send(page, "还在吗")
    script.down = False
    page.get_by_role("button", name="立即重试").click()
    expect(page.locator(".from-bot")).to_have_count(2)
    expect(page.get_by_text("未送达")).to_have_count(0)
    assert [post["text"] for post in script.posts] == ["在吗", "还在吗"], "in order"
    expect(page.get_by_text("智能助手", exact=True)).to_be_visible()


def test_a_lost_response_answers_once(page: Page, url: str, script: Script) -> None:
    script.lose_answers = 1
    page.goto(url)
    send(page, "在吗")
    expect(page.get_by_text("未送达，正在重试")).to_be_visible()
    expect(page.get_by_text("未送达，正在重试")).to_have_count(0)
    expect(page.locator(".from-bot")).to_have_count(1)
    ids = {post["message_id"] for post in script.posts}
    assert len(script.posts) == 2
    assert len(ids) == 1


def test_what_is_sent_too_fast_is_sent_again_by_itself(
    page: Page, url: str, script: Script
) -> None:
    script.too_fast = 1
    page.goto(url)
    send(page, "在吗")
    expect(page.get_by_text("您发得有点快，稍后自动发送")).to_be_visible()
    expect(page.get_by_text("智能助手", exact=True)).to_be_visible()
    expect(page.locator(".from-bot .prose")).to_have_text("收到：在吗")
    expect(page.get_by_text("您发得有点快")).to_have_count(0)
    assert len({post["message_id"] for post in script.posts}) == 1


def test_an_unsent_message_survives_closing_the_page(
    page: Page, context: BrowserContext, url: str, script: Script
) -> None:
    page.goto(url)
    expect(page.locator("[data-log]")).to_have_attribute("aria-busy", "false")
    script.down = True
    send(page, "别丢了我")
    expect(page.get_by_text("未送达，正在重试")).to_be_visible()
    page.close()
    again = context.new_page()
    again.goto(url)
    expect(again.locator(".from-user .prose")).to_have_text("别丢了我")
    script.down = False
    expect(again.locator(".from-bot .prose")).to_have_text("收到：别丢了我")
    assert len({post["message_id"] for post in script.posts}) == 1


def test_without_network(page: Page, context: BrowserContext, url: str, script: Script) -> None:
    page.goto(url)
    expect(page.locator("[data-log]")).to_have_attribute("aria-busy", "false")
    context.set_offline(True)
    send(page, "断网了")
    expect(page.get_by_text("未送达，正在重试")).to_be_visible()
    context.set_offline(False)
    expect(page.locator(".from-bot .prose")).to_have_text("收到：断网了")
    assert len(script.posts) == 1


def test_a_refused_message_says_why_and_lets_the_next_one_through(
    page: Page, url: str, script: Script
) -> None:
    page.goto(url)
    script.error = (422, "消息太长了，请分成几条发送。")
    send(page, "很长")
    expect(page.get_by_text("消息太长了，请分成几条发送。")).to_be_visible()
    script.error = None
    send(page, "短")
    expect(page.locator(".from-bot .prose")).to_have_text("收到：短")


def test_a_reload_shows_the_same_conversation_once(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    send(page, "一")
    expect(page.locator(".from-bot")).to_have_count(1)
    send(page, "二")
    expect(page.locator(".from-bot")).to_have_count(2)
    before = bubbles(page)
    page.reload()
    expect(page.locator(".from-bot")).to_have_count(2)
    assert bubbles(page) == before
    assert len(script.posts) == 2


def test_late_and_staff_replies_arrive_by_themselves(
    page: Page, url: str, script: Script, picture: Picture
) -> None:
    script.notices = True
    page.goto(url)
    send(page, "转人工")
    expect(page.locator(".from-notice")).to_contain_text("稍等一下")
    expect(page.get_by_text("职达正在回复")).to_be_attached()
    script.say(conversation_of(page), reply("已为您转接"))
    expect(page.locator(".from-bot")).to_contain_text("已为您转接")
    expect(page.locator(".from-notice")).to_have_count(0)
    script.mode = "staff"
    script.say(conversation_of(page), reply("您好，我是小王") | {"staff_name": "小王"}, "staff")
    expect(page.locator(".from-staff")).to_contain_text("您好，我是小王")
    expect(page.get_by_text("人工客服在线")).to_be_visible()
    send(page, "你好")
    expect(page.get_by_text("已送达，等待人工客服回复")).to_be_visible()
    picture(page, "chat-staff")
    script.say(conversation_of(page), reply("请讲"), "staff")
    expect(page.locator(".from-staff")).to_have_count(2)
    expect(page.get_by_text("已送达，等待人工客服回复")).to_have_count(0)
    page.reload()
    expect(page.locator(".from-staff")).to_have_count(2)
    expect(page.locator(".from-notice")).to_have_count(0)


def test_a_reply_that_comes_twice_is_shown_once(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    send(page, "一")
    expect(page.locator(".from-bot")).to_have_count(1)
    conversation = conversation_of(page)
    line = script.lines[conversation][-1]
    script.lines[conversation].append(line)
    script.say(conversation, reply("其后的一条"))
    expect(page.get_by_text("其后的一条")).to_be_visible()
    expect(page.locator(".from-bot")).to_have_count(2)


def test_bad_memory_is_forgotten(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    page.evaluate("localStorage.setItem('zhida.conversation', '<b>')")
    page.evaluate("localStorage.setItem('zhida.unsent', '[{]')")
    page.reload()
    send(page, "你好")
    expect(page.locator(".from-bot .prose")).to_have_text("收到：你好")
    assert re.fullmatch(r"[0-9a-f-]{36}", script.posts[0]["conversation"])
