"""``zhida``: the command line (DESIGN section 3)."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Measurement
from actions.features import FEATURES
from bot.commands.groups import audit, bridge, export, keys, laws, policies, simulate, staff, wechat
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
    "console": Measurement(
        "console",
        "工作台在百万条消息里查找、翻看、统计要多久，与裸 SQL 并排比较。",
        Deferred("bench.console:run"),
        Deferred("bench.console:table"),
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
    "wechat": wechat.app,
    "bridge": bridge.app,
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
def train(
    with_corrections: Annotated[
        bool,
        typer.Option("--with-corrections", help="另加工作人员的更正，做成待发布的模型并比较前后。"),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """训练对话模型；数据没变就跳过。"""
    from bot.commands.running import run_train, run_train_with_corrections

    if with_corrections:
        run_train_with_corrections(settings(), as_json=as_json)
    else:
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


@app.command()
def vet(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="招聘信息：xlsx、csv、jsonl、txt。")
    ],
    everything: Annotated[bool, typer.Option("--all", help="通过的也列出来。")] = False,
    as_json: AsJson = False,
) -> None:
    """审核一个文件里的招聘信息：逐条说出问题、依据和改法。"""
    from bot.commands.vet import run_vet

    run_vet(settings(), file, everything=everything, as_json=as_json)


@app.command("import-postings")
def import_postings(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="岗位表。")],
    column: Annotated[
        list[str] | None,
        typer.Option(help="列名=含义，可写多个：标错的列这样改，改过的会记住；没有表头的写列号。"),
    ] = None,
    source: Annotated[
        str, typer.Option(help="来源的名称，再次导入时据此更新；不填为文件名。")
    ] = "",
    place: Annotated[str, typer.Option(help="没有写工作地点的，都算在这个地方。")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不存。")] = False,
    everything: Annotated[bool, typer.Option("--all", help="没有问题的行也列出。")] = False,
    as_json: AsJson = False,
) -> None:
    """导入岗位表（xlsx、xls、csv），逐行报告；再次导入同一来源的会更新。"""
    from bot.commands.postings import run_import_postings

    run_import_postings(
        *(settings(), file, column or [], source, place),
        dry=dry_run,
        everything=everything,
        as_json=as_json,
    )


@app.command("import-wages")
def import_wages(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="公布的工资价位表。")],
    year: Annotated[int, typer.Option(help="哪一年的价位。")],
    source: Annotated[str, typer.Option(help="公布它的文件。")],
    published_on: Annotated[str, typer.Option(help="公布日期，如 2026-03-01。")],
    place: Annotated[str, typer.Option(help="哪里的；表里有地区一列的不用填。")] = "",
    unit: Annotated[str, typer.Option(help="按「年」还是按「月」；列名写明的不用填。")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不存。")] = False,
    as_json: AsJson = False,
) -> None:
    """导入公布的工资价位（职业、25%、50%、75% 分位），逐行报告；同一年的会更新。"""
    from bot.commands.tables import run_import_wages

    run_import_wages(
        *(settings(), file, place, year, source, published_on, unit), dry=dry_run, as_json=as_json
    )


@app.command("import-training")
def import_training(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="培训班的表。")],
    source: Annotated[
        str, typer.Option(help="来源的名称，再次导入时据此更新；不填为文件名。")
    ] = "",
    place: Annotated[str, typer.Option(help="没有写上课地点的，都算在这个地方。")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不存。")] = False,
    as_json: AsJson = False,
) -> None:
    """导入培训班（xlsx、xls、csv），逐行报告；再次导入同一来源的会更新。"""
    from bot.commands.tables import run_import_training

    run_import_training(settings(), file, source, place, dry=dry_run, as_json=as_json)


def main() -> None:
    """Run the command line; what it writes is for nobody else to read."""
    keep_private()
    app()


if __name__ == "__main__":
    main()
