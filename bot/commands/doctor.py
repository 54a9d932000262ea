"""``zhida doctor``: what is wrong, and how to mend it."""

import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

import httpx

from bot.commands.output import fail, say
from bot.supervision.preflight import NotReady, check_database, check_ports, database_shown
from bot.training import model_path, rasa_python
from store.settings import Settings

RASA = "3.6.21"


class Wrong(Exception):
    """What a check found, and how to mend it."""


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
    path = model_path(settings)
    if not path.is_file():
        raise Wrong("没有与当前训练数据相符的模型，请运行 zhida train。")
    return path.name


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


def _telegram(settings: Settings) -> str:
    if settings.telegram_token is None:
        return "没有开通（设 ZHIDA_TELEGRAM_TOKEN）"
    token = settings.telegram_token.get_secret_value()
    try:
        response = httpx.get(f"{settings.telegram_api_base}/bot{token}/getMe", timeout=10)
        body = response.json()
    except (httpx.TransportError, ValueError) as error:
        raise Wrong(f"连不上 {settings.telegram_api_base}，请检查网络或代理。") from error
    if not body.get("ok"):
        raise Wrong("ZHIDA_TELEGRAM_TOKEN 不被接受，请向 @BotFather 核对。")
    return f"@{body['result'].get('username')}"


def _bridge(settings: Settings) -> str:
    if settings.bridge_secret is None:
        return "没有开通（设 ZHIDA_BRIDGE_SECRET）"
    if len(settings.bridge_secret.get_secret_value()) < 16:
        raise Wrong("ZHIDA_BRIDGE_SECRET 太短，请用至少 16 个字符。")
    return "已开通"


CHECKS: dict[str, Callable[[Settings], str]] = {
    "依赖": _libraries,
    "Rasa 环境": _rasa,
    "对话模型": _model,
    "数据库": _database,
    "政策": _knowledge,
    "进程": _running,
    "Telegram": _telegram,
    "桥接": _bridge,
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
