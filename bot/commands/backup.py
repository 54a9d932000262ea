"""Commands that save everything in one file and bring it back."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import typer
from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from bot.commands.output import fail, say
from bot.supervision.preflight import NotReady, check_ports
from store.backup import rows
from store.backup.archive import Manifest
from store.backup.backup import Place, Progress, back_up, keep_newest
from store.backup.envelope import SUFFIX, make_key
from store.backup.errors import BackupRefused
from store.backup.restore import Restored, restore
from store.clock import to_shanghai, utc_now
from store.database import Database
from store.migrate import newest, revision
from store.settings import Settings

BEFORE_UPGRADE = "before-upgrade-"
KEPT_BEFORE_UPGRADES = 3

SENTENCES = {
    "busy": "{about} 一直有人在写，请稍后再试。",
    "damaged": "备份不完整或被改动过（{about}），没有动现有的数据，请换一份备份。",
    "exists": "{about} 已经存在，请换一个文件名。",
    "in_use": "{about} 正被使用，请先停止助手（zhida up 处按 Ctrl-C）。",
    "needs_key": "{about} 是加密的，请用 --key 指明密钥文件。",
    "newer_format": "这份备份是较新的版本（{about}）写的，请先升级程序。",
    "newer_schema": "这份备份的数据库（{about}）比本程序新，请先升级程序。",
    "no_backup": "{about} 不是职达的备份文件。",
    "no_key_file": "{about} 不是密钥文件（zhida backup-key 写出的那种）。",
    "no_recipient": "ZHIDA_BACKUP_RECIPIENTS 里有不能用的公钥，没有备份。",
    "not_empty": "这里已有数据。要换成备份里的，请加 --replace。",
    "nothing_there": "数据库里还没有数据，没有可备份的。",
    "unknown_table": "备份里有本程序不认识的表（{about}），没有恢复。",
    "wrong_key": "{about} 打不开：不是这把密钥的，或文件开头损坏了；没有动现有的数据。",
}
"""What a person reads of each code of ``BackupRefused``."""

SURE = "现有的数据将被备份里的换掉，确定吗？"


def run_backup(settings: Settings, out: Path | None, keys: Path | None) -> None:
    """Save everything to ``out``, and the keys to a file of their own where one is named."""
    path = out or _named(settings, f"zhida-{_stamp()}")
    with _explained(), closing(Database(settings.database)) as database:
        if keys is not None and keys.exists():
            raise BackupRefused("exists", str(keys))
        _save(settings, database, path)
        if keys is not None:
            _write_keys(settings, keys)
            say(f"密钥已写到 {keys}，请与备份分开保管。")


def _save(settings: Settings, database: Database, path: Path) -> Manifest:
    place, recipients = place_of(settings, database), _recipients(settings)
    with _progress("备份") as progress:
        manifest = back_up(place, path, now=utc_now(), recipients=recipients, progress=progress)
    count = sum(part.rows or 0 for part in manifest.parts)
    tables, files = len(manifest.tables), len(manifest.uploads)
    say(f"已备份到 {path}：{tables} 张表 {count} 行，上传的文件 {files} 个。")
    if recipients:
        say("这份备份是加密的，恢复时要用 --key 指明密钥文件。")
    return manifest


def _named(settings: Settings, name: str) -> Path:
    suffix = SUFFIX if _recipients(settings) else ""
    return settings.var_dir / "backups" / f"{name}.zip{suffix}"


def _recipients(settings: Settings) -> list[str]:
    return [one for one in settings.backup_recipients.split(",") if one]


def run_backup_key(path: Path) -> None:
    """Write a new key to ``path``, and say what is to be set so that backups are for it."""
    with _explained():
        public = make_key(path)
    say(f"密钥已写到 {path}。丢了它，加密的备份谁也打不开：请另存一份，不要留在本机。")
    say("在 .env 里加上这一行，以后的备份就都加密：")
    say(f"ZHIDA_BACKUP_RECIPIENTS={public}")


def place_of(settings: Settings, database: Database) -> Place:
    """Return where everything is that a backup holds."""
    return Place(
        database,
        settings.tracker_file,
        settings.var_dir / "uploads",
        settings.known_signing_key(),
        settings.known_encryption_keys(),
    )


def _write_keys(settings: Settings, path: Path) -> None:
    """Write every secret as a line of ``.env``, for the owner only."""
    found = {
        "secret_key": settings.signing_key(),
        "data_keys": ",".join(settings.encryption_keys()),
    }
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            found[name] = value.get_secret_value()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(f"ZHIDA_{name.upper()}={value}\n" for name, value in found.items())


def back_up_before_upgrade(settings: Settings, database: Database) -> None:
    """Save what is there if migrations will change it; the newest three are kept."""
    schema = revision(database)
    if schema in (None, newest()):
        return
    with database.engine.connect() as connection:
        if rows.is_empty(connection):
            return
    path = _named(settings, f"{BEFORE_UPGRADE}{schema}-{_stamp()}")
    with _explained():
        _save(settings, database, path)
    keep_newest(path.parent, f"{BEFORE_UPGRADE}*.zip*", count=KEPT_BEFORE_UPGRADES)
    say("要回到升级之前：装回原来的版本，再用 zhida restore 恢复这份备份（加 --replace）。")


def run_restore(
    settings: Settings, path: Path, *, replace: bool, yes: bool, key: Path | None = None
) -> None:
    """Bring everything back from ``path``; with ``replace``, over what is there.

    ``key`` is the file of what opens an encrypted backup.
    """
    try:
        check_ports(settings)
    except NotReady as error:
        fail(f"请先停止助手：{error}")
    if replace and not yes:
        typer.confirm(SURE, abort=True)
    kept = settings.var_dir / "backups" / f"replaced-{_stamp()}" if replace else None
    with _explained(), closing(Database(settings.database)) as database:
        with _progress("恢复") as progress:
            place = place_of(settings, database)
            done = restore(place, path, key_file=key, kept=kept, progress=progress)
        _tell(done, place)


def _tell(done: Restored, place: Place) -> None:
    say(f"已恢复：{len(done.rows)} 张表 {sum(done.rows.values())} 行，文件 {done.uploads} 个。")
    if done.kept is not None:
        say(f"原来的数据库在 {done.kept}，确认无误后可以删掉。")
    if not done.same_key:
        found = "没有签名密钥" if place.key is None else "签名密钥与备份时的不同"
        say(
            f"注意：现在{found}。以前发出的预约凭证链接会打不开，工作人员要重新登录；"
            "把备份时的密钥（zhida backup --with-keys 写出的文件）加进 .env 就恢复了。"
        )
    if not done.same_data_keys:
        say(
            "注意：备份里有号码是用这里没有的数据密钥加密的，只能看到掩码。"
            "把备份时的 ZHIDA_DATA_KEYS（zhida backup --with-keys 写出的文件）加进 .env 就恢复了。"
        )
    say("检索索引和对话模型不在备份里：启动前请运行 zhida migrate 和 zhida train。")


def _stamp() -> str:
    return to_shanghai(utc_now()).strftime("%Y%m%d-%H%M%S-%f")


@contextmanager
def _explained() -> Iterator[None]:
    """Leave with one line where it cannot be done."""
    try:
        yield
    except BackupRefused as error:
        fail(SENTENCES[error.code].format(about=error.about))
    except SQLAlchemyError as error:
        fail(f"数据库出错：{getattr(error, 'orig', error)}")
    except OSError as error:
        fail(f"读写文件出错：{error.strerror}（{error.filename}）")


@contextmanager
def _progress(work: str) -> Iterator[Progress]:
    """Yield a progress callback: a bar on a terminal, elsewhere a line for each table."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _line_for_each(work)
        return
    columns = (TextColumn(work), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda stage, done, total: bar.update(
            task, completed=done, total=total, description=stage
        )


def _line_for_each(work: str) -> Callable[[str, int, int], None]:
    told = ""

    def show(stage: str, done: int, total: int) -> None:
        nonlocal told
        if stage not in ("", told):
            told = stage
            say(f"{work} {stage}（{done}/{total} 行）")

    return show
