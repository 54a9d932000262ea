"""Saying on the chat page whether an answer helped."""

from playwright.sync_api import Page, expect

from tests.browser.chatting import send
from tests.browser.pictures import Picture
from tests.browser.scripted import Script, reply


def judged(text: str) -> list[dict[str, object]]:
    """Answer a question with the two small buttons, and a press of one with thanks."""
    if text in ("有帮助", "没帮助"):
        thanks = reply(f"谢谢，记下了：{text}", data={"kind": "policy_feedback"})
        return [thanks]
    answer = reply(
        "先看原文。",
        ("看原文", '/ask_policy{"question":"x"}'),
        ("有帮助", '/ask_policy{"helpful":"yes","question":"x"}'),
        ("没帮助", '/ask_policy{"helpful":"no","question":"x"}'),
    )
    return [answer]


def test_saying_whether_it_helped_is_no_turn_of_the_conversation(
    page: Page, url: str, script: Script, picture: Picture
) -> None:
    script.answer = judged
    page.goto(url)
    send(page, "补贴怎么领")
    row = page.get_by_role("group", name="这个回答有帮助吗")
    expect(row.get_by_role("button")).to_have_count(2)
    picture(page, "chat-helpful")
    row.get_by_role("button", name="没帮助").click()
    expect(row).to_have_text("谢谢，记下了：没帮助")
    assert script.posts[-1]["payload"] == '/ask_policy{"helpful":"no","question":"x"}'
    expect(page.locator(".from-user")).to_have_count(1)
    expect(page.locator(".from-bot")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("group", name="这个回答有帮助吗")).to_have_text("谢谢，记下了：没帮助")
    expect(page.locator(".from-user")).to_have_count(1)
    send(page, "有帮助")  # said, not pressed: there is nothing left to thank for
    expect(page.locator(".from-user")).to_have_count(2)
    expect(page.locator(".from-bot .prose").last).to_have_text("谢谢，记下了：有帮助")


def test_a_press_that_is_not_thanked_for_is_shown_as_said(
    page: Page, url: str, script: Script
) -> None:
    script.answer = lambda text: judged("问") if text == "问" else [reply("请稍后再试。")]
    page.goto(url)
    send(page, "问")
    page.get_by_role("button", name="有帮助").click()
    expect(page.locator(".from-bot .prose").last).to_have_text("请稍后再试。")
    expect(page.locator(".from-user .prose").last).to_have_text("有帮助")
    expect(page.locator(".from-user").last).to_be_visible()
