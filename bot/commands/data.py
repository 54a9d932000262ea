"""Commands about what is stored: schema, accounts, transcripts."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.commands.output import fail, say
from bot.console.permissions import POSTS, Deed, Role
from bot.supervision.preflight import NotReady, check_database
from store.clock import to_shanghai, utc_now
from store.database import Database
from store.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Yield the database, which must be at the newest schema."""
    try:
        check_database(settings)
    except NotReady as error:
        fail(str(error))
    database = Database(settings.database)
    try:
        yield database
    finally:
        database.close()


def run_migrate(settings: Settings, *, demo: bool, backup: bool) -> None:
    """Bring the schema up to date, after a ``backup``, and store what the project brings along."""
    from bot.commands.backup import back_up_before_upgrade
    from knowledge.ingest import ensure_digests
    from store.migrate import upgrade

    settings.var_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    try:
        if backup:
            back_up_before_upgrade(settings, database)
        upgrade(database)
        say("数据库的表已是最新。")
        ensure_digests(database, settings, now=utc_now())
        say("自带的政策摘要已就绪。")
        if demo:
            from actions.demo import seed_demo

            seed_demo(database, now=utc_now())
            say("演示数据（岗位、大厅、窗口）已就绪，均标明「示例」。")
    except SQLAlchemyError as error:
        fail(f"数据库出错：{getattr(error, 'orig', error)}")
    finally:
        database.close()


def run_staff_add(settings: Settings, name: str, password: str, role: Role) -> None:
    """Create a staff account."""
    from bot.console.accounts import AccountError, add_staff

    with opened(settings) as database:
        try:
            add_staff(database, name, password, now=utc_now(), role=role)
        except AccountError as error:
            fail(str(error))
    say(f"账号 {name} 已建立，可登录 {settings.web_url}/console")


def run_staff_list(settings: Settings) -> None:
    """Print the accounts with their roles."""
    from bot.console.accounts import all_staff

    with opened(settings) as database:
        for staff in all_staff(database):
            totp = "动态码已开" if staff.totp_secret else "动态码未开"
            say(f"{staff.name}  {staff.role}  {totp}" + ("  已停用" if staff.disabled else ""))


def run_staff_role(settings: Settings, name: str, role: Role) -> None:
    """Give a staff account another role."""
    from bot.console.accounts import set_role

    def change(database: Database, _now: datetime) -> None:
        set_role(database, name, role)

    _change_account(settings, name, Deed.CHANGE_ROLE, change, {"role": role.value})
    say(f"账号 {name} 现在是{POSTS[role].title}（{role}）。")


def run_staff_reset_totp(settings: Settings, name: str) -> None:
    """Ask an account for no more one-time codes."""
    from bot.console.accounts import reset_totp

    def change(database: Database, _now: datetime) -> None:
        reset_totp(database, name)

    _change_account(settings, name, Deed.RESET_TOTP, change)
    say(f"账号 {name} 的动态码已关闭，可重新开启。")


def run_staff_password(settings: Settings, name: str, password: str) -> None:
    """Give a staff account another password; whoever is signed in to it is out."""
    from bot.console.accounts import set_password

    def change(database: Database, now: datetime) -> None:
        set_password(database, name, password, now=now)

    _change_account(settings, name, Deed.SET_PASSWORD, change)
    say(f"账号 {name} 的密码已更换，原来的登录都已失效。")


def run_staff_remove(settings: Settings, name: str) -> None:
    """Close a staff account; whoever is signed in to it is out."""
    from bot.console.accounts import remove_staff

    def change(database: Database, now: datetime) -> None:
        remove_staff(database, name, now=now)

    _change_account(settings, name, Deed.DISABLE_STAFF, change)
    say(f"账号 {name} 已停用，原来的登录都已失效。")


def _change_account(
    settings: Settings,
    name: str,
    deed: Deed,
    change: Callable[[Database, datetime], None],
    details: dict[str, str] | None = None,
) -> None:
    from bot.console.accounts import AccountError, account_of
    from bot.console.deeds import COMMAND, do_recorded

    with opened(settings) as database:
        try:
            subject = account_of(database, name)
            work = partial(change, database)
            do_recorded(database, COMMAND, deed, subject, work, details=details)
        except AccountError as error:
            fail(str(error))


def run_export_transcripts(settings: Settings, out: Path) -> None:
    """Write every line of every conversation as JSON Lines."""
    from bot.console.deeds import COMMAND, record

    with opened(settings) as database:
        record(database, COMMAND, "transcripts.export", "transcripts")
        if str(out) == "-":
            for line in _transcript_lines(database):
                sys.stdout.write(line)
            return
        with out.open("w", encoding="utf-8") as file:
            count = sum(1 for line in _transcript_lines(database) if file.write(line))
    say(f"已写出 {count} 行到 {out}")


def _transcript_lines(database: Database) -> Iterator[str]:
    from bot.messaging.transcripts import list_conversations, transcript

    offset = 0
    while page := list_conversations(database, limit=200, offset=offset):
        offset += len(page)
        for card in page:
            for line in transcript(database, card.id, limit=sys.maxsize):
                row = {
                    "conversation": card.id,
                    "at": to_shanghai(line.at).isoformat(),
                    "author": line.author,
                    "staff_name": line.staff_name,
                    "text": line.text,
                    "buttons": line.buttons,
                    "data": line.data,
                    "nlu": line.nlu,
                }
                yield json.dumps(row, ensure_ascii=False) + "\n"
