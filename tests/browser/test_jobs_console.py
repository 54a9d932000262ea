"""Staff hand a contact over once, and take a reported posting down, in a browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from actions.jobs.applications.reports import FRAUD, PostingReports
from actions.jobs.applications.service import Applications
from actions.jobs.applications.states import HANDED
from actions.jobs.service import Jobs
from bot.console.jobs import sentences as say
from store.clock import to_shanghai, utc_now
from store.database import Database
from store.settings import Settings
from store.vault.vault import Vault
from tests.browser.axe import grave
from tests.browser.pictures import Picture
from tests.support.numbers import hidden
from tests.support.postings import make

pytestmark = pytest.mark.usefixtures("signed_in")

PERSON, PHONE = "web:person", "13812345678"


def fill(dialog_label: str, page: Page, words: str, button: str) -> None:
    page.get_by_label(dialog_label).fill(words)
    page.get_by_role("button", name=button, exact=True).click()


def pictures(page: Page, picture: Picture, name: str) -> None:
    """Keep a page's pictures, wide and on a telephone, where nothing is scrolled sideways."""
    wide = page.viewport_size
    assert wide is not None
    picture(page, name)
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, f"{name}-390")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size(wide)


def test_postings_and_applications(
    page: Page,
    console: str,
    staffed_database: Database,
    settings: Settings,
    picture: Picture,
) -> None:
    now = utc_now()
    today = to_shanghai(now).date()
    jobs = Jobs(staffed_database, vault=Vault.over(staffed_database, settings))
    days = {"published_on": today, "expires_on": today + timedelta(days=30)}
    code = jobs.publish(make(title="<b>电工</b>", **days), now=now)
    PostingReports(staffed_database).file(code, PERSON, "GD-1", FRAUD, now)
    applications = Applications.over(staffed_database, settings)
    phone = hidden(staffed_database, settings, PERSON, PHONE)
    sent = applications.send(
        PERSON, code, phone=phone, name="王", consent="本人同意", now=now
    ).application

    page.goto(f"{console}/console/applications")
    shown = page.locator("article.card")
    expect(shown).to_contain_text("138****5678")
    assert grave(page) == []
    pictures(page, picture, "console-applications")
    shown.get_by_role("button", name=say.B_HAND).click()
    page.get_by_role("button", name=say.B_SEE).click()
    expect(page.get_by_text(say.NO_REASON)).to_be_visible()
    fill(say.HAND_HOW, page, "电话，人事陈经理", say.B_SEE)
    expect(page.get_by_text(PHONE)).to_be_visible()
    assert grave(page, "[role=dialog]") == []
    page.get_by_role("button", name=say.B_GO, exact=True).click()
    expect(shown.get_by_role("button", name=say.B_HAND)).to_have_count(0)
    assert applications.of(PERSON, now)[0].state == HANDED
    shown.get_by_role("button", name=say.B_HISTORY).click()
    expect(shown).to_contain_text("电话，人事陈经理")

    page.goto(f"{console}/console/postings")
    posting = page.locator("article.card").filter(has_text=code)
    expect(posting).to_contain_text("<b>电工</b>")  # as it was written, never as markup
    expect(posting).to_contain_text(say.REPORTED.format(count=1))
    expect(posting).to_contain_text(say.APPLIED.format(count=1))
    assert grave(page) == []
    pictures(page, picture, "console-postings")
    posting.get_by_role("button", name=say.MOVES["withdrawn"]).click()
    fill(say.REASON, page, "核实为骗子", say.B_GO)
    expect(posting).to_contain_text(say.POSTING_STATES["withdrawn"])
    assert jobs.get(code, now=now) is None
    posting.get_by_role("button", name=say.B_SETTLE).click()
    expect(posting).not_to_contain_text(say.REPORTED.format(count=1))
    posting.get_by_role("button", name=say.B_REPUBLISH).click()
    fill(say.REASON, page, "单位补了证明", say.B_GO)
    expect(posting).not_to_contain_text(say.POSTING_STATES["withdrawn"])
    assert sent.code
