"""Turning one-time codes on, and signing in with them, at a desk and on a telephone."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from bot.console.accounts import find
from bot.console.login import passwords
from bot.console.tables import Staff
from store.database import Database
from tests.browser.pictures import Picture
from tests.browser.staff import MOUNT, NAME, sign_in

WIDTHS = {"desk": (1280, 860), "telephone": (390, 844)}
UNNAMED = """() => [...document.querySelectorAll('input, button, img, select')]
    .filter(each => each.offsetParent && !each.labels?.length && !each.ariaLabel && !each.alt
        && !each.textContent.trim() && !each.closest('[aria-label]'))
    .map(each => each.outerHTML)"""


def secret_on(page: Page) -> str:
    shown = page.locator(".totp-secret")
    expect(shown).to_have_text(re.compile("^[A-Z2-7]{32}$"))
    return shown.inner_text()


def fits(page: Page) -> bool:
    """Tell whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.usefixtures("signed_in")
def test_codes_are_turned_on_and_asked_for(
    page: Page, console: str, staffed_database: Database, width: str, picture: Picture
) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))
    page.goto(f"{console}{MOUNT}/account")
    page.get_by_role("button", name="开启动态码").click()
    totp = pyotp.TOTP(secret_on(page))
    picture(page, f"account-totp-{width}")
    assert page.evaluate(UNNAMED) == []
    assert fits(page)
    page.get_by_label("6 位动态码").fill("000000")
    page.get_by_role("button", name="确认开启").click()
    expect(page.get_by_text("验证码不对")).to_be_visible()
    page.get_by_label("6 位动态码").fill(totp.now())
    page.get_by_role("button", name="确认开启").click()
    codes = page.locator(".recovery-codes li")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()
    with staffed_database.read() as session:
        kept = session.scalars(select(Staff.totp_secret)).one()
    assert kept
    assert totp.secret not in kept
    page.goto(f"{console}{MOUNT}/account")
    expect(page.locator(".totp-secret")).to_have_count(0)
    page.get_by_role("button", name="退出").click()
    sign_in(page, console)
    expect(page.get_by_role("heading", name="输入验证码")).to_be_visible()
    assert fits(page)
    page.get_by_role("textbox", name="验证码").fill("000000")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("验证码不对")
    page.get_by_role("textbox", name="验证码").fill(recovery)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text(NAME)).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.usefixtures("signed_in")
def test_an_admin_keeps_accounts_and_it_is_on_record(
    page: Page, console: str, staffed_database: Database, width: str, picture: Picture
) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))
    page.goto(f"{console}{MOUNT}/staff")
    page.get_by_label("账号名").fill("李明")
    page.get_by_label("初始密码").fill("a good password")
    page.get_by_role("button", name="新建").click()
    expect(page.get_by_role("combobox", name="岗位：李明")).to_be_visible()
    picture(page, f"staff-{width}")
    assert page.evaluate(UNNAMED) == []
    assert fits(page)

    page.get_by_role("button", name="重设密码：李明").click()
    page.get_by_role("dialog").get_by_label("新密码").fill("another password")
    picture(page, f"staff-password-{width}")
    page.get_by_role("button", name="确定重设").click()
    expect(page.get_by_text("密码已重设")).to_be_visible()
    staff = find(staffed_database, "李明")
    assert staff is not None
    assert passwords.fits(staff.password_hash, "another password")

    page.get_by_role("button", name="停用：李明").click()
    page.get_by_role("dialog").get_by_role("button", name="返回").click()
    expect(page.get_by_text("已停用", exact=True)).to_have_count(0)
    page.get_by_role("button", name="停用：李明").click()
    page.get_by_role("button", name="确定停用").click()
    expect(page.get_by_text("已停用", exact=True)).to_be_visible()

    page.get_by_role("link", name="操作记录").click()
    for done in ("新建账号", "账号已建立", "重设密码", "停用账号"):
        expect(page.get_by_role("cell", name=done, exact=True).first).to_be_visible()
    assert fits(page)
    picture(page, f"audit-{width}")
    page.get_by_role("combobox", name="操作", exact=True).click()
    page.get_by_role("option", name="登录退出").click()
    expect(page.get_by_role("cell", name="停用账号")).to_have_count(0)
    expect(page.get_by_role("cell", name="登录", exact=True).first).to_be_visible()
