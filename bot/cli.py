"""``zhida``: the command line (DESIGN section 3)."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Measurement
from actions.features import FEATURES
from bot.commands.groups import audit, export, keys, laws, policies, simulate, staff
from bot.commands.measurements import group
from bot.commands.options import AsJson, settings
from store.modes import keep_private

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="职达：公共就业服务的中文智能助手。",
)
REPORT = Deferred("bot.evaluation.report:report")
EVALUATIONS = {
    "nlu": Measurement("nlu", "意图识别。", Deferred("bot.evaluation.intents:run"), REPORT),
    "danger": Measurement("danger", "危险的识别。", Deferred("bot.evaluation.danger:run"), REPORT),
    "dialogue": Measurement(
        "dialogue",
        "整段会话，与运行中的助手。",
        Deferred("bot.talks.evaluation:run"),
        Deferred("bot.talks.evaluation:show"),
    ),
    **FEATURES.evaluations,
}
BENCHES = {
    "turn": Measurement(
        "turn",
        "一轮对话要多久，与只会回声的 Rasa 并排比较。",
        Deferred("bench.turn:run"),
        Deferred("bench.turn:table"),
    ),
    "protection": Measurement(
        "protection",
        "保护措施要多久：有人猜密码时的一轮，和其中只为保护的各步。",
        Deferred("bench.protection:run"),
        Deferred("bench.protection:table"),
    ),
    **FEATURES.benches,
}
GROUPS = {
    "policies": policies.app,
    "laws": laws.app,
    "eval": group(EVALUATIONS, "在标注文件上测量准确度。"),
    "bench": group(BENCHES, "与对照一起测速度。"),
    "simulate": simulate.app,
    "staff": staff.app,
    "keys": keys.app,
    "export": export.app,
    "audit": audit.app,
}
for name, commands in GROUPS.items():
    app.add_typer(commands, name=name)


class Duplicates(StrEnum):
    """What to do with a document whose text has changed."""

    NEW_VERSION = "new-version"
    SKIP = "skip"
    FAIL = "fail"


@app.command()
def up() -> None:
    """启动并看护全部进程；Ctrl-C 停止。"""
    from bot.commands.running import run_up

    run_up(settings())


@app.command()
def chat(
    conversation: Annotated[str, typer.Option(help="会话编号；不填则新开一个。")] = "",
    url: Annotated[str, typer.Option(help="助手的地址；不填则用设置里的。")] = "",
) -> None:
    """在终端里与运行中的助手聊天。"""
    from bot.commands.chat import run_chat

    run_chat(url or settings().web_url, conversation)


@app.command()
def replay(
    transcript: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="zhida export transcripts 的文件。")
    ],
    url: Annotated[str, typer.Option(help="助手的地址；不填则用设置里的。")] = "",
    as_json: AsJson = False,
) -> None:
    """把存下的会话对现在的助手重说一遍，列出有变化的轮次。"""
    from bot.commands.replay import run_replay

    run_replay(transcript, url or settings().web_url, as_json=as_json)


@app.command()
def doctor() -> None:
    """检查环境、模型、数据库、渠道，说出哪里不对、怎么改。"""
    from bot.commands.doctor import run_doctor

    run_doctor(settings())


@app.command()
def train() -> None:
    """训练对话模型；数据没变就跳过。"""
    from bot.commands.running import run_train

    run_train(settings())


@app.command()
def migrate(
    demo: Annotated[bool, typer.Option("--demo", help="另外放入标明「示例」的演示数据。")] = False,
    no_backup: Annotated[
        bool, typer.Option("--no-backup", help="升级已有数据之前不备份。")
    ] = False,
) -> None:
    """建立或升级数据库，放入自带的政策摘要；升级之前先备份。"""
    from bot.commands.data import run_migrate

    run_migrate(settings(), demo=demo, backup=not no_backup)


@app.command()
def backup(
    out: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="写到这个文件；不填则在数据目录的 backups 里。"),
    ] = None,
    with_keys: Annotated[
        Path | None, typer.Option(dir_okay=False, help="另把密钥写到这个文件（备份里没有）。")
    ] = None,
) -> None:
    """把全部数据备份成一个文件，不必停止助手。"""
    from bot.commands.backup import run_backup

    run_backup(settings(), out, with_keys)


@app.command("backup-key")
def backup_key(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="新密钥写到这个文件。")],
) -> None:
    """生成一把备份用的密钥，并说出怎样让备份加密。"""
    from bot.commands.backup import run_backup_key

    run_backup_key(file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="备份文件。")],
    replace: Annotated[bool, typer.Option("--replace", help="换掉现有的数据。")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问。")] = False,
    key: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="密钥文件，打开加密的备份。"),
    ] = None,
) -> None:
    """从备份恢复，先停止助手；要么全部恢复，要么什么都不变。"""
    from bot.commands.backup import run_restore

    run_restore(settings(), file, replace=replace, yes=yes, key=key)


@app.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只数到期的，不删除。")] = False,
    as_json: AsJson = False,
) -> None:
    """按规则忘掉到期的个人数据；助手每夜自己也做。"""
    from bot.commands.retention import run_retention

    run_retention(settings(), dry_run=dry_run, as_json=as_json)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(exists=True, help="政策文件或文件夹。")],
    draft: Annotated[bool, typer.Option("--draft", help="先存为草稿，核对后再发布。")] = False,
    duplicates: Annotated[
        Duplicates, typer.Option(help="库里已有而内容变了的：换新版、保留原样、报错。")
    ] = Duplicates.NEW_VERSION,
) -> None:
    """收录政策文件；没变的跳过，变了的换成新版。"""
    from bot.commands.policies import run_ingest

    run_ingest(settings(), paths, draft=draft, duplicates=duplicates.value)


def main() -> None:
    """Run the command line; what it writes is for nobody else to read."""
    keep_private()
    app()


if __name__ == "__main__":
    main()
