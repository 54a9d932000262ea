"""Commands about what is stored: schema, accounts, transcripts."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.commands.output import fail, say
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


def run_staff_add(settings: Settings, name: str, password: str) -> None:
    """Create a staff account."""
    from bot.console.accounts import AccountError, add_staff

    with opened(settings) as database:
        try:
            add_staff(database, name, password, now=utc_now())
        except AccountError as error:
            fail(str(error))
    say(f"账号 {name} 已建立，可登录 {settings.web_url}/console")


def run_staff_password(settings: Settings, name: str, password: str) -> None:
    """Give a staff account another password; whoever is signed in to it is out."""
    from bot.console.accounts import AccountError, set_password

    with opened(settings) as database:
        try:
            set_password(database, name, password, now=utc_now())
        except AccountError as error:
            fail(str(error))
    say(f"账号 {name} 的密码已更换，原来的登录都已失效。")


def run_staff_remove(settings: Settings, name: str) -> None:
    """Close a staff account; whoever is signed in to it is out."""
    from bot.console.accounts import AccountError, remove_staff

    with opened(settings) as database:
        try:
            remove_staff(database, name, now=utc_now())
        except AccountError as error:
            fail(str(error))
    say(f"账号 {name} 已停用，原来的登录都已失效。")


def run_export_transcripts(settings: Settings, out: Path) -> None:
    """Write every line of every conversation as JSON Lines."""
    with opened(settings) as database:
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
