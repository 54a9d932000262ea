"""The page 我的账户: one's password, and one's one-time codes."""

from datetime import datetime

import segno
from nicegui import ui
from starlette.requests import Request

from bot.console.accounts import AccountError, set_password
from bot.console.acting import ActingStaff, Refusals
from bot.console.deeds import account
from bot.console.frame import current, frame
from bot.console.login import totp
from bot.console.login.sign_in import TryLater
from bot.console.parts import heading, part_heading
from bot.console.permissions import POSTS, Deed, Permission, Role, may
from bot.console.services import needs_totp, services, sessions, sign_in
from bot.console.staff import sentences
from bot.console.tables import Staff
from store.clock import utc_now

REFUSALS: Refusals = {AccountError: lambda error, _now: str(error)}


@ui.page("/account")
async def account_page(request: Request) -> None:
    """What somebody may change of the own account."""
    staff = current(request)
    with frame(staff, "/account"):
        AccountPage(staff)


class AccountPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self._acting = ActingStaff(staff)
        self._subject = account(staff.id)
        heading(f"{staff.name} · {POSTS[Role(staff.role)].title}")
        part_heading("动态码")
        self.codes = ui.column().classes("account-part")
        self._draw_codes()
        part_heading("更换密码")
        with ui.column().classes("account-part"):
            self.old = _password("现在的密码", "current-password")
            self.new = _password("新密码，至少 10 位", "new-password")
            ui.button("更换密码", on_click=self._change_password)

    def _draw_codes(self) -> None:
        with self.codes:
            if self.staff.totp_secret is not None:
                ui.label(sentences.TOTP_IS_ON)
                self.last = _code()
                ui.button("关闭动态码", on_click=self._turn_off).props("outline")
                return
            if needs_totp(self.staff):
                ui.label(sentences.TOTP_REQUIRED).classes("advice")
            elif may(self.staff.role, Permission.AUDIT_READ):
                ui.label(sentences.TOTP_ADVISED).classes("advice")
            ui.label(sentences.TOTP_IS_OFF)
            ui.button("开启动态码", on_click=self._show_secret)

    def _show_secret(self) -> None:
        secret = totp.new_secret()
        picture = segno.make(totp.address(secret, self.staff.name), micro=False)
        self.codes.clear()
        with self.codes:
            ui.label(sentences.SCAN)
            image = ui.image(picture.svg_data_uri(scale=4)).classes("totp-picture")
            image.props('alt="动态码的二维码" no-spinner no-transition')
            ui.label(secret).classes("totp-secret")
            box = _code()

            async def confirm() -> None:
                await self._turn_on(secret, box.value or "")

            ui.button("确认开启", on_click=confirm)

    async def _turn_on(self, secret: str, code: str) -> None:
        codes = sign_in().totp

        def work(now: datetime) -> list[str] | None:
            return codes.turn_on(self.staff.id, secret, code.strip(), now)

        done = await self._acting.do(Deed.TURN_TOTP_ON, self._subject, work, REFUSALS)
        if done.value is None:
            ui.notify(done.refused or sentences.CODE_WRONG, type="negative")
            return
        self.codes.clear()
        with self.codes:
            ui.label(sentences.KEEP_CODES)
            with ui.element("ul").classes("recovery-codes"):
                for one in done.value:
                    with ui.element("li"):
                        ui.label(one)

    async def _turn_off(self) -> None:
        if not await self._proves(self.last.value or "", sentences.CODE_WRONG):
            return

        def work(_now: datetime) -> None:
            sign_in().totp.turn_off(self.staff.id)

        if await self._acting.do_and_tell(
            Deed.TURN_TOTP_OFF, self._subject, work, sentences.TOTP_OFF, REFUSALS
        ):
            self.staff.totp_secret = None
            self.codes.clear()
            self._draw_codes()

    async def _proves(self, typed: str, wrong: str, *, password: bool = False) -> bool:
        """Tell whether it is the account's owner who sits here, and say why not."""
        try:
            proved = await sign_in().proves(self.staff, typed, password=password, now=utc_now())
        except TryLater:
            ui.notify(sentences.LATER, type="negative")
            return False
        if not proved:
            ui.notify(wrong, type="negative")
        return proved

    async def _change_password(self) -> None:
        new = self.new.value or ""
        if not await self._proves(self.old.value or "", sentences.WRONG_NOW, password=True):
            return

        def work(now: datetime) -> None:
            set_password(services().database, self.staff.name, new, now=now)

        await self._acting.do_and_tell(
            Deed.CHANGE_PASSWORD, self._subject, work, sentences.CHANGED, REFUSALS
        )
        sessions().forget()


def _password(label: str, kind: str) -> ui.input:
    box = ui.input(label, password=True)
    return box.props(f"outlined stack-label autocomplete={kind} maxlength=200 bg-color=white")


def _code() -> ui.input:
    box = ui.input("6 位动态码")
    return box.props("outlined stack-label autocomplete=one-time-code maxlength=30 bg-color=white")
