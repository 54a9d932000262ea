"""The page 员工: every account, its role, and what an admin does with it."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from nicegui import events, ui
from starlette.requests import Request

from bot.console import accounts
from bot.console.acting import ActingStaff, Refusals
from bot.console.deeds import account
from bot.console.dialogs import asking
from bot.console.frame import current, frame
from bot.console.parts import heading, part_heading
from bot.console.permissions import POSTS, Deed, Role
from bot.console.services import services, sessions
from bot.console.staff import sentences
from bot.console.tables import Staff
from store.database import Database

REFUSALS: Refusals = {accounts.AccountError: lambda error, _now: str(error)}
Act = Callable[[], Awaitable[None]]
TITLES = {role.value: post.title for role, post in POSTS.items()}


@ui.page("/staff")
async def staff_page(request: Request) -> None:
    """All accounts, and the form for a new one."""
    staff = current(request)
    with frame(staff, "/staff"):
        await StaffPage(staff).refresh()


class StaffPage:
    """The moving parts of the page; drawn again after each change."""

    def __init__(self, staff: Staff) -> None:
        self._acting = ActingStaff(staff)
        heading("员工账号")
        self.list = ui.element("ul").classes("accounts")
        part_heading("新建账号")
        with ui.column().classes("account-part"):
            self.name = ui.input("账号名").props("outlined stack-label maxlength=50 bg-color=white")
            self.password = _password("初始密码，至少 10 位")
            self.role = ui.select(TITLES, value=Role.READER.value, label="岗位")
            self.role.props("outlined bg-color=white")
            ui.button("新建", on_click=self._add)

    async def refresh(self) -> None:
        """Read the accounts and draw them."""
        database = services().database
        found = await database.run(accounts.all_staff, database)
        self.list.clear()
        with self.list:
            for staff in found:
                with ui.element("li"), ui.row().classes("tags"):
                    self._draw(staff)

    def _draw(self, staff: Staff) -> None:
        name = staff.name
        ui.label(name).classes("ticket")
        ui.label("动态码已开" if staff.totp_secret else "动态码未开").classes("soft")
        if staff.disabled:
            ui.label("已停用").classes("soft")
            return
        if staff.id == self._acting.id:
            ui.label(TITLES[staff.role]).classes("soft")
            ui.label(sentences.OWN).classes("soft")
            return

        async def choose(event: events.ValueChangeEventArguments[str]) -> None:
            await self._change_role(staff, Role(event.value))

        chosen = ui.select(TITLES, value=staff.role, on_change=choose)
        chosen.props(f'outlined dense aria-label="岗位：{name}"')
        self._button("重设密码", staff, lambda: self._ask_password(staff))
        self._button(
            "结束登录", staff, self._doing(staff, Deed.END_SESSIONS, accounts.end_sessions)
        )
        if staff.totp_secret:
            self._button("关闭动态码", staff, self._doing(staff, Deed.RESET_TOTP, _reset_totp))
        self._button("停用", staff, lambda: self._ask_disable(staff))

    @staticmethod
    def _button(title: str, staff: Staff, act: Callable[[], object]) -> None:
        ui.button(title, on_click=act).props(f'outline dense aria-label="{title}：{staff.name}"')

    def _doing(self, staff: Staff, deed: Deed, change: Callable[..., None]) -> Act:
        async def act() -> None:
            database = services().database
            await self._do(
                deed, account(staff.id), lambda now: change(database, staff.name, now=now)
            )

        return act

    def _ask_disable(self, staff: Staff) -> None:
        """Ask first: whoever works with the account is put out at once."""
        with asking(sentences.CONFIRM_DISABLE.format(name=staff.name)) as dialog:
            disable = self._doing(staff, Deed.DISABLE_STAFF, accounts.remove_staff)
            _choices(dialog, "确定停用", disable)
        dialog.open()

    def _ask_password(self, staff: Staff) -> None:
        """Ask for a password to give to somebody who has forgotten theirs."""
        with asking(sentences.NEW_FOR.format(name=staff.name)) as dialog:
            box = _password("新密码，至少 10 位")

            def change(database: Database, name: str, *, now: datetime) -> None:
                accounts.set_password(database, name, box.value or "", now=now)

            _choices(dialog, "确定重设", self._doing(staff, Deed.SET_PASSWORD, change))
        dialog.open()

    async def _change_role(self, staff: Staff, role: Role) -> None:
        database = services().database
        await self._do(
            Deed.CHANGE_ROLE,
            account(staff.id),
            lambda _now: accounts.set_role(database, staff.name, role),
            {"role": role.value},
        )

    async def _add(self) -> None:
        database, name, password = services().database, self.name.value, self.password.value
        role, by = Role(self.role.value), account(self._acting.id)
        done = await self._do(
            Deed.ADD_STAFF,
            "staff:",
            lambda now: accounts.add_staff(database, name, password, now=now, role=role, by=by),
            {"role": role.value},
        )
        if done:
            self.name.value = self.password.value = ""

    async def _do(
        self,
        deed: Deed,
        subject: str,
        work: Callable[[datetime], object],
        details: dict[str, str] | None = None,
    ) -> bool:
        if subject == account(self._acting.id):
            return False  # or the last admin could leave nobody to undo it
        done = await self._acting.do_and_tell(
            deed, subject, work, DONE[deed], REFUSALS, details=details
        )
        sessions().forget()
        await self.refresh()
        return done


DONE = {
    Deed.ADD_STAFF: sentences.ADDED,
    Deed.CHANGE_ROLE: sentences.ROLE_CHANGED,
    Deed.DISABLE_STAFF: sentences.DISABLED,
    Deed.END_SESSIONS: sentences.SESSIONS_ENDED,
    Deed.RESET_TOTP: sentences.TOTP_RESET,
    Deed.SET_PASSWORD: sentences.RESET_DONE,
}


def _reset_totp(database: Database, name: str, *, now: datetime) -> None:
    del now
    accounts.reset_totp(database, name)


def _password(label: str) -> ui.input:
    box = ui.input(label, password=True)
    return box.props("outlined stack-label autocomplete=new-password maxlength=200 bg-color=white")


def _choices(dialog: ui.dialog, label: str, act: Act) -> None:
    async def go() -> None:
        dialog.close()
        await act()

    with ui.row().classes("dialog-choices"):
        ui.button("返回", on_click=dialog.close).props("flat")
        ui.button(label, on_click=go)
