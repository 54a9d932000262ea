"""Every dialog of the console: usable by everybody, wide, on a telephone, and in large letters."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from bot.console.accounts import add_staff
from bot.messaging.messages import Incoming
from knowledge.documents.tables import PolicyDocument
from store.clock import utc_now
from store.database import Database
from tests.browser.axe import grave
from tests.browser.pictures import take
from tests.browser.staff import PASSWORD, Filled, Staffed
from tests.browser.test_console_pages import LARGE, fits
from tests.support.messaging import handover, take_in
from tests.support.office import person

COLLEAGUE = "李强"
SIZES = ((1280, 860), (820, 1100), (390, 800))


@dataclass(frozen=True)
class Way:
    """How to come to a dialog: a page, and the buttons to press one after the other."""

    address: str
    press: tuple[str, ...]


def talk(name: str, *press: str) -> Way:
    return Way(f"/conversation?id={person(name)}", press)


WAYS: dict[str, Way] = {
    "close-case": talk("li", "办结"),
    "look-up-policy": talk("li", "查政策、引原文"),
    "take-from": talk("zhang", "从同事手中接过"),
    "give-back": talk("zhao", "接管", "交还智能助手"),
    "reveal": talk("chen", "查看完整号码"),
    "correct": talk("wang", "听错了…"),
    "judge-answer": talk("wang", "答得不对…"),
    "save-view": Way("/transcripts", ("存为常用视图",)),
    "guide": Way("/unanswered", ("写一条问答",)),
    "ask-section": Way("/unanswered", ("加成某一节的问法",)),
    "sample-question": Way("/policy?id={published}", ("添加问法",)),
    "expire": Way("/policy?id={published}", ("设定失效日期",)),
    "supersede": Way("/policy?id={published}", ("取代另一份文件",)),
    "remove": Way("/policy?id={published}", ("移除",)),
    "publish": Way("/policy?id={draft}", ("发布",)),
    "closure": Way("/windows", ("临时停办",)),
    "withdraw": Way("/postings", ("撤下",)),
    "hand": Way("/applications", ("转交单位",)),
    "publish-model": Way("/models", ("发布…",)),
    "disable": Way("/staff", (f"停用：{COLLEAGUE}",)),
    "password": Way("/staff", (f"重设密码：{COLLEAGUE}",)),
}
"""The rest are looked at where they are used: a window to call to, taking a closure back, what a
posting's employer is handed, each in its own test."""


@pytest.fixture(scope="module")
def office(filled: Filled) -> Filled:
    """A colleague who answers somebody, a number that is hidden, and a draft."""
    database = filled[1]
    now = utc_now()
    add_staff(database, COLLEAGUE, PASSWORD, now=now)
    handover(database).claim(person("zhang"), staff=COLLEAGUE)
    take_in(database, Incoming("web", "number", "chen", "我的电话 13812345678", now))
    return filled


@pytest.fixture
def page(context: BrowserContext, staffed: Staffed) -> Page:
    staffed.admit(context)
    return context.new_page()


def opened(page: Page, office: Filled, way: Way) -> None:
    url, _ = office
    page.goto(f"{url}/console{way.address.format(**documents(page, office, way))}")
    expect(page.locator(".sheet")).to_be_visible()
    for name in way.press:
        page.get_by_role("button", name=name).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def documents(page: Page, office: Filled, way: Way) -> dict[str, str]:
    url, database = office
    if "{draft}" in way.address and not of_status(database, "draft"):
        page.goto(f"{url}/console/unanswered")
        page.get_by_role("button", name="写一条问答").first.click()
        page.get_by_role("dialog").get_by_label("答案").fill("按本市公布的标准发放。")
        page.get_by_role("button", name="存为草稿").click()
        expect(page.get_by_text("已存为草稿")).to_be_visible()
    return {status: of_status(database, status) for status in ("draft", "published")}


def of_status(database: Database, status: str) -> str:
    newest = select(PolicyDocument.id).where(PolicyDocument.status == status)
    with database.read() as session:
        return session.scalar(newest.limit(1)) or ""


@pytest.mark.parametrize("name", WAYS)
def test_a_dialog_is_usable_at_every_width(page: Page, office: Filled, name: str) -> None:
    opened(page, office, WAYS[name])
    dialog = page.get_by_role("dialog")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(250)
        assert fits(page), f"{width} px wide is scrolled sideways"
        take(page, f"dialog-{name}-{width}")
        card = dialog.locator(".asking").bounding_box()
        assert card is not None
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= width
    assert "\n".join(grave(page, "[role=dialog]")) == ""
    page.set_viewport_size({"width": 640, "height": 430})
    page.add_style_tag(content=LARGE)
    page.wait_for_timeout(250)
    take(page, f"dialog-{name}-200")
    assert fits(page)
    last = dialog.get_by_role("button").last  # can be reached, however little there is room
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
