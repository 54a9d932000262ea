"""Staff decide what was handed in by chat, and put a minimum wage on file, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from actions.vetting.service import Vetting
from actions.vetting.vetter import Ad
from bot.console.vetting import sentences as say
from store.clock import to_shanghai, utc_now
from store.database import Database
from tests.browser.pictures import Picture

pytestmark = pytest.mark.usefixtures("signed_in")

AD = "武汉招店员两名，负责接待，形象良好，月薪5000元，缴五险，<b>到店</b>面试。"


def test_a_draft_is_decided_and_a_wage_put_on_file(
    page: Page, console: str, staffed_database: Database, picture: Picture
) -> None:
    vetting, now = Vetting(staffed_database), utc_now()
    draft = vetting.keep("web:a", AD, vetting.vet(Ad(AD)), request_key="m1", now=now)
    page.goto(f"{console}/console/vetting")
    shown = page.locator("article.card")
    expect(shown).to_contain_text(draft.code)
    expect(shown).to_contain_text("<b>到店</b>")  # shown as typed, never as markup
    expect(shown).to_contain_text("容貌、身高歧视：「形象良好」（《就业促进法》第二十六条）")
    picture(page, "console-vetting")

    page.get_by_role("button", name=say.B_DECIDE).click()
    expect(page.get_by_text(say.NO_DECISION)).to_be_visible()
    page.get_by_label(say.DECISION).click()
    page.get_by_role("option", name=say.DECISIONS["pass"]).click()
    page.get_by_label(say.NOTE).fill("岗位不靠外貌")
    page.get_by_role("button", name=say.B_DECIDE).click()
    expect(page.get_by_text(say.NOTHING)).to_be_visible()
    (decided,) = vetting.decided()
    assert (decided.decided, decided.note) == ("pass", "岗位不靠外貌")

    page.get_by_label(say.PLACE).fill("武汉")
    page.get_by_label(say.MONTHLY).fill("2300")
    page.get_by_label(say.HOURLY).fill("23")
    page.get_by_label(say.STARTS).fill("2026-01-01")
    page.get_by_role("button", name=say.B_PUT).click()
    expect(page.get_by_text(say.BAD_WAGE)).to_be_visible()  # no paper, no wage
    page.get_by_label(say.SOURCE).fill("某政发〔2026〕1号")
    page.get_by_role("button", name=say.B_PUT).click()
    expect(page.get_by_text("每月 2300 元")).to_be_visible()
    (wage,) = vetting.wages(to_shanghai(utc_now()).date())
    assert (wage.place, wage.monthly, wage.hourly) == ("420100", 2300, 23)
