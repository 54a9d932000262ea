"""A person's hands on the chat page."""

from playwright.sync_api import Page, expect

TURN_MS = 30_000
"""A cold model's first turn; a bound on waiting, not a measure."""


def send(page: Page, text: str) -> None:
    """Write something and send it."""
    page.get_by_label("请输入您的问题").fill(text)
    page.keyboard.press("Enter")


def say(page: Page, text: str) -> None:
    """Say something and wait until its answer, and no mere notice, is there."""
    replies = page.locator(".message.from-bot")
    before = replies.count()
    send(page, text)
    expect(replies.nth(before)).to_be_visible(timeout=TURN_MS)


def press(page: Page, title: str) -> None:
    """Press the last button of this name and wait as well."""
    replies = page.locator(".message.from-bot")
    before = replies.count()
    page.get_by_role("button", name=title, exact=True).last.click()
    expect(replies.nth(before)).to_be_visible(timeout=TURN_MS)


def conversation_of(page: Page) -> str:
    """Return the conversation that the page has in mind."""
    return str(page.evaluate("localStorage.getItem('zhida.conversation')"))


def bubbles(page: Page) -> list[str]:
    """Return what has been said on both sides, the oldest first."""
    return page.locator(".message .bubble").all_inner_texts()
