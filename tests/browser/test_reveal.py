"""A masked number in the console: seen whole by who says why, on that page only."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from bot.messaging import intake
from bot.messaging.messages import Incoming
from store.audit.tables import AuditEntry
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from store.vault.vault import Vault
from tests.browser.pictures import Picture

PHONE = "13951784263"


@pytest.mark.usefixtures("signed_in")
def test_a_number_is_seen_whole_after_a_reason(
    page: Page, console: str, staffed_database: Database, settings: Settings, picture: Picture
) -> None:
    message = Incoming("web", "1", "visitor", f"请回电{PHONE}", utc_now())
    intake.accept(staffed_database, message, Vault.over(staffed_database, settings))
    page.goto(f"{console}/console/conversation?id=web:visitor")
    expect(page.get_by_text("请回电139****4263")).to_be_visible()
    assert PHONE not in page.content()

    page.get_by_role("button", name="查看完整号码").click()
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.get_by_text("请选一项，并写明原因")).to_be_visible()
    page.get_by_text("联系来访者", exact=True).click()
    page.get_by_label("请说明具体原因").fill("约好今天回电")
    picture(page, "reveal")
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.get_by_text(PHONE)).to_be_visible()

    with staffed_database.read() as session:
        entry = session.scalars(select(AuditEntry).filter_by(action="personal.reveal")).one()
    assert entry.reason == "联系来访者：约好今天回电"
    page.reload()
    expect(page.get_by_text("请回电139****4263")).to_be_visible()
    assert PHONE not in page.content()
