"""What must be right before anything is started."""

import shutil
import socket

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.console.permissions import Role
from bot.model_sum import is_sound
from bot.training import fingerprint, model_path, rasa_python
from store.database import Database
from store.migrate import is_current
from store.settings import Settings

FULL_BYTES = 1_000_000
"""With less than this a disk counts as full: the next few messages would fill it."""


class NotReady(Exception):
    """Something is missing; the text says what and how to mend it, in one line."""


def check(settings: Settings) -> None:
    """Raise NotReady on the first thing that would keep the assistant from starting."""
    if not rasa_python().is_file():
        raise NotReady(f"找不到 Rasa 的环境（{rasa_python()}），请先运行 make setup。")
    check_roles(settings)
    check_model(settings)
    check_space(settings)
    check_database(settings)
    check_ports(settings)


def check_roles(settings: Settings) -> None:
    """Raise NotReady where one-time codes are asked of a role that nobody can have."""
    unknown = sorted(settings.totp_roles - set(Role))
    if unknown:
        raise NotReady(
            f"ZHIDA_REQUIRE_TOTP 里的岗位 {'、'.join(unknown)} 不存在，可以写 {'、'.join(Role)}。"
        )


def check_model(settings: Settings) -> None:
    """Raise NotReady where the model is missing, damaged or not what was trained here."""
    model = model_path(settings)
    if not model.is_file():
        raise NotReady("没有与当前训练数据相符的对话模型，请先运行 zhida train。")
    if not is_sound(model, fingerprint()):
        raise NotReady(f"对话模型损坏或来历不明（{model}），请运行 zhida train，它会重新训练。")


def free_bytes(settings: Settings) -> int:
    """Return how much can still be written where our data lies."""
    return shutil.disk_usage(settings.var_dir).free


def check_space(settings: Settings) -> None:
    """Raise NotReady where nothing more can be written."""
    if free_bytes(settings) < FULL_BYTES:
        raise NotReady(f"磁盘已满，请清理 {settings.var_dir} 所在的磁盘后再启动。")


def check_database(settings: Settings) -> None:
    """Raise NotReady where the database cannot be used or lacks tables."""
    try:
        database = Database(settings.database)
        try:
            current = is_current(database)
        finally:
            database.close()
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        shown = database_shown(settings)
        raise NotReady(f"数据库打不开（{shown}）：{reason}") from error
    if not current:
        raise NotReady("数据库的表不是最新的，请先运行 zhida migrate。")


def database_shown(settings: Settings) -> str:
    """Return the database's address without its password."""
    return make_url(settings.database).render_as_string(hide_password=True)


def check_ports(settings: Settings) -> None:
    """Raise NotReady where somebody else listens on one of our ports."""
    wanted = (
        ("ZHIDA_PORT", settings.host, settings.port),
        ("ZHIDA_RASA_PORT", "127.0.0.1", settings.rasa_port),
        ("ZHIDA_ACTIONS_PORT", "127.0.0.1", settings.actions_port),
    )
    for name, host, port in wanted:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            # As the servers do: a connection still closing does not count as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise NotReady(
                    f"端口 {port} 已被占用或不可用，请停掉占用它的程序，或用 {name} 换一个端口。"
                ) from error
