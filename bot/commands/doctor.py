"""``zhida doctor``: what is wrong, and how to mend it."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import httpx

from bot.commands.channels import CHANNELS, Wrong
from bot.commands.output import fail, say
from bot.supervision.preflight import (
    NotReady,
    check_database,
    check_model,
    check_ports,
    database_shown,
    free_bytes,
)
from bot.training import model_path, rasa_python
from store.clock import to_shanghai, utc_now
from store.modes import OTHERS, open_to_others
from store.settings import Settings

RASA = "3.6.21"
ENOUGH_BYTES = 500_000_000
YEARS = range(2026, 2100)
"""A clock outside of these is set wrongly."""

CLOCKS_APART = timedelta(seconds=30)


def _libraries(_settings: Settings) -> str:
    names = ("faiss-cpu", "sentence-transformers", "sqlalchemy", "python-telegram-bot", "rasa-sdk")
    try:
        return "，".join(f"{name} {version(name)}" for name in names)
    except PackageNotFoundError as error:
        raise Wrong(f"缺少 {error.name}，请运行 make setup。") from error


def _rasa(_settings: Settings) -> str:
    python = rasa_python()
    if not python.is_file():
        raise Wrong(f"没有 {python}，请运行 make setup。")
    command = [str(python), "-c", "from importlib.metadata import version as v; print(v('rasa'))"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode or done.stdout.strip() != RASA:
        raise Wrong(
            f"Rasa 应为 {RASA}，实为 {done.stdout.strip() or '未安装'}，请运行 make setup。"
        )
    return f"rasa {RASA}"


def _model(settings: Settings) -> str:
    try:
        check_model(settings)
    except NotReady as error:
        raise Wrong(str(error)) from error
    return model_path(settings).name


def _space(settings: Settings) -> str:
    try:
        free = free_bytes(settings)
    except FileNotFoundError as error:
        raise Wrong(f"没有文件夹 {settings.var_dir}，请运行 make setup。") from error
    shown = f"{settings.var_dir} 还有 {free / 1e9:.1f} GB"
    if free < ENOUGH_BYTES:
        raise Wrong(f"{shown}，快满了：请清理这个磁盘，或用 ZHIDA_VAR_DIR 换一个。")
    return shown


def _modes(settings: Settings) -> str:
    folder = settings.var_dir
    found = list(open_to_others(folder)) if folder.is_dir() else []
    if found:
        raise Wrong(
            f"{found[0]} 等 {len(found)} 处别的用户也能读写，请运行 chmod -R go= '{folder}'"
            "（zhida up 启动时也会收紧）。"
        )
    return "数据只有本用户能读写"


def _key(settings: Settings) -> str:
    return _key_file("ZHIDA_SECRET_KEY", settings.key_path, given=bool(settings.secret_key))


def _data_keys(settings: Settings) -> str:
    path = settings.data_keys_path
    found = _key_file("ZHIDA_DATA_KEYS", path, given=bool(settings.data_keys))
    lost = _lost_values(settings)
    if lost:
        raise Wrong(f"有 {lost} 个号码的数据密钥不在了，只能看到掩码，请找回备份时的密钥。")
    return found


def _lost_values(settings: Settings) -> int:
    """Count the numbers that no key opens; none where there is no vault to look into."""
    from sqlalchemy.exc import SQLAlchemyError

    from store.database import Database
    from store.vault.vault import Vault

    database = Database(settings.database)
    try:
        return Vault.over(database, settings).count_lost()
    except SQLAlchemyError:
        return 0  # said by the check of the database
    finally:
        database.close()


def _key_file(setting: str, path: Path, *, given: bool) -> str:
    if given:
        return f"用的是 {setting}"
    if not path.exists():
        return "还没有，第一次启动时生成"
    try:
        empty = not path.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise Wrong(f"{path} 读不了，请把它交给运行职达的用户：chown，chmod 600。") from error
    if empty:
        raise Wrong(f"{path} 是空的，请从备份找回；没有备份就删掉它，会重新生成。")
    if path.stat().st_mode & OTHERS:
        raise Wrong(f"{path} 别的用户也能读，请运行 chmod 600 '{path}'。")
    return "只有本用户能读"


def _clock(settings: Settings) -> str:
    now = utc_now()
    if now.year not in YEARS:
        raise Wrong(f"系统时间是 {now:%Y-%m-%d}，请校准时钟（例如 timedatectl set-ntp true）。")
    apart = _ahead_of_database(settings)
    if abs(apart) > CLOCKS_APART:
        raise Wrong(
            f"本机时钟与数据库的相差 {abs(apart).total_seconds():.0f} 秒，请在两边都校准时钟。"
        )
    return f"{to_shanghai(now):%Y-%m-%d %H:%M}"


def _ahead_of_database(settings: Settings) -> timedelta:
    """Return how far our clock is ahead of PostgreSQL's; nothing where that has no own one."""
    from sqlalchemy import func, select
    from sqlalchemy.exc import SQLAlchemyError

    from store.database import Database

    database = Database(settings.database)
    try:
        if database.is_sqlite:
            return timedelta()
        with database.read() as session:
            theirs: datetime = session.scalars(select(func.clock_timestamp())).one()
        return utc_now() - theirs
    except SQLAlchemyError:
        return timedelta()  # said by the check of the database
    finally:
        database.close()


def _database(settings: Settings) -> str:
    try:
        check_database(settings)
    except NotReady as error:
        raise Wrong(str(error)) from error
    return database_shown(settings)


def _knowledge(settings: Settings) -> str:
    from knowledge.documents.repository import list_documents
    from store.database import Database

    database = Database(settings.database)
    try:
        count = len(list_documents(database))
    finally:
        database.close()
    if count == 0:
        raise Wrong("没有政策文件，请运行 zhida migrate 或 zhida ingest。")
    return f"{count} 份政策文件"


def _running(settings: Settings) -> str:
    try:
        response = httpx.get(f"{settings.web_url}/readyz", timeout=3, trust_env=False)
    except httpx.TransportError:
        try:
            check_ports(settings)
        except NotReady as error:
            raise Wrong(str(error)) from error
        return "没有在运行（zhida up 启动）"
    if response.status_code != httpx.codes.OK:
        down = [name for name, ready in response.json().items() if not ready]
        raise Wrong(f"在运行，但 {'、'.join(down)} 没有就绪，请看 {settings.var_dir / 'log'}。")
    return f"正在运行：{settings.web_url}"


CHECKS: dict[str, Callable[[Settings], str]] = {
    "依赖": _libraries,
    "Rasa 环境": _rasa,
    "对话模型": _model,
    "磁盘": _space,
    "权限": _modes,
    "密钥": _key,
    "数据密钥": _data_keys,
    "时钟": _clock,
    "数据库": _database,
    "政策": _knowledge,
    "进程": _running,
    **CHANNELS,
}


def examine(settings: Settings) -> Iterator[tuple[str, bool, str]]:
    """Yield each check's name, whether all is well, and what it found."""
    broken = False
    for name, check in CHECKS.items():
        if name == "政策" and broken:
            continue  # it lies in the database that does not open
        try:
            yield name, True, check(settings)
        except Wrong as error:
            broken = broken or name == "数据库"
            yield name, False, str(error)


def run_doctor(settings: Settings) -> None:
    """Print every finding; exit 1 where something is wrong."""
    wrong = 0
    for name, well, found in examine(settings):
        say(f"{'正常' if well else '不对'}　{name}：{found}")
        wrong += not well
    if wrong:
        fail(f"有 {wrong} 处需要处理，见上。")
