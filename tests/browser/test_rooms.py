"""What work pays, courses, shared staff: in the chat and the console, wide and narrow."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from actions.sharing.service import BORROW, LEND, NewShare, Sharing
from actions.training.records import NewCourse
from actions.training.service import Training
from actions.wages.service import Wages
from bot.console.sharing import sentences as sharing_say
from bot.console.training import sentences as training_say
from bot.console.wages import sentences as wages_say
from store.clock import utc_now
from store.database import Database
from tests.browser.axe import grave
from tests.browser.chatting import send
from tests.browser.pictures import Picture
from tests.browser.scripted import Script, reply

WIDTHS = {"desk": (1280, 900), "telephone": (390, 844)}
WAGE = {
    "kind": "wage",
    "trade": "电工",
    "city": "武汉市",
    "period": "2026-03-04",
    "source": "postings",
    "n": 23,
    "q1": 5500,
    "median": 6500,
    "q3": 8000,
}
COURSE = {
    "id": "KC-1",
    "title": "电工（初级）取证班",
    "provider": "示例匠心职业培训学校",
    "city": "武汉市",
    "starts_on": "2026-12-20",
    "seats_left": 12,
    "fee": 0,
    "subsidised": True,
}


def narrowed(page: Page, width: str) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("width", WIDTHS)
def test_pay_is_a_chart_with_its_figures_in_words(
    page: Page, url: str, script: Script, picture: Picture, width: str
) -> None:
    narrowed(page, width)
    text = "武汉市电工：\n一半在 5500–8000 元/月之间，中间数 6500 元/月。\n供参考。"
    script.answer = lambda _text: [reply(text, data=WAGE)]
    page.goto(url)
    send(page, "武汉电工工资多少")
    card = page.get_by_role("region", name="武汉市 电工的工资")
    chart = card.get_by_role("img")
    expect(chart).to_have_attribute(
        "aria-label",
        "武汉市 电工每月工资：一半在 5,500 元到 8,000 元之间，中间数 6,500 元",
    )
    expect(card).to_contain_text("2026-03-04 在招岗位写明的工资 · 23 条")
    expect(card.locator("dd")).to_have_text(["5,500 元", "6,500 元", "8,000 元"])
    # What the card shows is not said twice.
    expect(page.locator(".from-bot .prose")).not_to_contain_text("中间数 6500")
    assert fits(page)
    assert grave(page) == []
    picture(page, f"wage-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_courses_are_cards_with_their_buttons(
    page: Page, url: str, script: Script, picture: Picture, width: str
) -> None:
    narrowed(page, width)
    data = {"kind": "training_list", "total": 1, "courses": [COURSE]}
    press = '/find_training{"course": "KC-1"}'
    script.answer = lambda _text: [reply("找到 1 个班：", ("详情1", press), data=data)]
    page.goto(url)
    send(page, "武汉电工培训")
    card = page.get_by_role("list", name="培训列表").get_by_role("listitem").first
    expect(card).to_contain_text("免费")
    expect(card).to_contain_text("余 12 位")
    expect(card.get_by_role("button", name="详情1")).to_be_visible()
    assert fits(page)
    assert grave(page) == []
    picture(page, f"training-{width}")


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("width", WIDTHS)
def test_the_console_has_a_page_for_each(
    page: Page, console: str, staffed_database: Database, picture: Picture, width: str
) -> None:
    narrowed(page, width)
    now, training, sharing = utc_now(), Training(staffed_database), Sharing(staffed_database)
    course = NewCourse(
        "叉车班", "叉车司机", "甲学校", "420100", starts_on=date(2098, 1, 1), seats=3
    )
    training.put(course, "测试", "1")
    (kept,) = [one for one in training.all() if one.provider == "甲学校"]
    training.sign_up(kept.id, "web:a", "同意", now)
    for who, side in (("web:a", LEND), ("web:b", BORROW)):
        sharing.keep(NewShare(side, "焊工", 20, "320500", "两个月", f"{who}厂"), who, "1", now)

    page.goto(f"{console}/console/training")
    page.get_by_role("button", name=training_say.B_PASSED_ON).click()
    expect(page.get_by_text(training_say.NO_SIGN_UPS)).to_be_visible()
    expect(page.get_by_text("已报 1 / 3")).to_be_visible()
    assert fits(page)
    assert grave(page, ".sheet") == []
    picture(page, f"console-training-{width}")

    page.goto(f"{console}/console/sharing")
    expect(page.get_by_text("对得上：").first).to_be_visible()
    assert grave(page, ".sheet") == []
    picture(page, f"console-sharing-{width}")
    page.get_by_role("button", name=sharing_say.B_MATCHED).first.click()
    expect(page.get_by_text(sharing_say.NO_FITTING)).to_be_visible()
    assert fits(page)

    page.goto(f"{console}/console/wages")
    figures = {wages_say.Q1: "5000", wages_say.MEDIAN: "6000", wages_say.Q3: "7500"}
    told = {wages_say.PLACE: "武汉", wages_say.TRADE: "电工", wages_say.YEAR: "2025", **figures}
    for label, value in {**told, wages_say.ON: "2026-01-09"}.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name=wages_say.B_PUT).click()
    expect(page.get_by_text(wages_say.BAD)).to_be_visible()  # no paper, no figures
    page.get_by_label(wages_say.SOURCE).fill("武人社〔2026〕1号")
    page.get_by_role("button", name=wages_say.B_PUT).click()
    expect(page.get_by_text("5000–7500 元/月，中间数 6000")).to_be_visible()
    (guide,) = Wages(staffed_database).all()
    assert (guide.trade, guide.year) == ("电工", 2025)
    assert fits(page)
    assert grave(page, ".sheet") == []
    picture(page, f"console-wages-{width}")
