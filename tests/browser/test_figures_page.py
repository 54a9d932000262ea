"""The page of figures: every one leads to what it counts; days of one's own; table and pictures."""

import re
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from actions.cases.service import Cases
from bot.console.figures.page import MOST_DAYS, period
from store.clock import to_shanghai, utc_now
from store.database import Database
from tests.browser.axe import grave
from tests.browser.pictures import Picture
from tests.browser.staff import Filled, Staffed

TODAY = date(2026, 3, 11)


@pytest.fixture
def figures(context: BrowserContext, staffed: Staffed, filled: Filled) -> Page:
    """The page of figures of an office with everything in it."""
    staffed.admit(context)
    page = context.new_page()
    page.goto(f"{filled[0]}/console/figures")
    expect(page.locator(".tile").first).to_be_visible()
    return page


def closed(database: Database) -> None:
    """Have a case closed today that its person found not solved."""
    cases, now = Cases(database), utc_now()
    case = cases.open(
        conversation="web:figures", reason="handoff", summary="办结的事", request_key="f", now=now
    )
    cases.close(case.ticket, staff="王芳", now=now)
    cases.rate(case.ticket, conversation="web:figures", satisfied=False)


def test_each_figure_leads_to_what_it_counts(
    figures: Page, filled: Filled, picture: Picture
) -> None:
    closed(filled[1])
    figures.get_by_text("逐项打开").first.click()
    link = figures.locator(".figure-links a").first
    count = int(link.inner_text().rpartition("：")[2].removesuffix(" 条"))
    link.click()
    asked = parse_qs(urlparse(figures.url).query)
    assert asked["since"] == asked["until"]
    expect(figures.locator(".turns > li")).to_have_count(min(count, 50))
    figures.go_back()
    figures.get_by_role("link", name="不用人工").click()
    expect(figures.get_by_label("哪一类")).to_have_value("要人工的（转人工、投诉、难处、人工答复）")
    figures.go_back()
    figures.get_by_role("link", name="说事情解决了").click()
    expect(figures.get_by_text("来访者：没解决").first).to_be_visible()
    expect(figures.locator(".case")).to_have_count(1)
    picture(figures, "closed-behind-a-figure")
    assert grave(figures) == []
    figures.get_by_role("button", name="看全部已办结的").click()
    expect(figures.get_by_text("办结的，")).to_be_hidden()


def test_days_of_ones_own_a_table_and_pictures(
    figures: Page, tmp_path: Path, picture: Picture
) -> None:
    today = to_shanghai(utc_now()).date()
    figures.get_by_label("时间").click()
    figures.get_by_role("option", name="自选日期").click()
    figures.get_by_label("从", exact=True).fill((today - timedelta(days=2)).isoformat())
    expect(figures.get_by_role("link", name="来访消息")).to_have_attribute(
        "href", re.compile(f"since={today - timedelta(days=2)}&until={today}")
    )
    with figures.expect_download() as table:
        figures.get_by_role("button", name="下载 CSV").click()
    assert table.value.suggested_filename == f"zhida-{today - timedelta(days=2)}-{today}.csv"
    table.value.save_as(tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text("utf-8-sig").startswith("日期,渠道,听成,结果,条数")
    with figures.expect_download() as drawn:
        figures.get_by_role("button", name="存为图片：每天的消息，按渠道").click()
    assert drawn.value.suggested_filename.endswith(".png")
    drawn.value.save_as(tmp_path / "t.png")
    assert (tmp_path / "t.png").read_bytes().startswith(b"\x89PNG")
    picture(figures, "figures-own-days")
    assert grave(figures) == []


@pytest.mark.parametrize(
    ("since", "until", "first", "days"),
    [
        ("2026-03-01", "2026-03-07", date(2026, 3, 1), 7),
        ("2026-03-07", "2026-03-01", date(2026, 3, 1), 7),
        ("", "nonsense", TODAY, 1),
        ("2026-03-10", "2027-01-01", date(2026, 3, 10), 2),
        ("2020-01-01", "2026-03-11", date(2020, 1, 1), MOST_DAYS),
    ],
)
def test_days_that_are_typed(since: str, until: str, first: date, days: int) -> None:
    assert period(since, until, TODAY) == (first, days)
