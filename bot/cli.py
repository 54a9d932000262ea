"""``zhida``: the command line (DESIGN section 3)."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Measurement
from actions.features import FEATURES
from bot.commands.measurements import group
from bot.commands.output import fail
from bot.console.permissions import Role
from store.modes import keep_private
from store.settings import Settings, get_settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="职达：公共就业服务的中文智能助手。",
)


def settings() -> Settings:
    """Return the settings, or leave with the first thing wrong in them."""
    try:
        return get_settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ZHIDA_" + "_".join(str(part) for part in first["loc"]).upper()
        fail(f"设置 {name} 不正确：{first['msg']}")


EVALUATIONS = {
    "nlu": Measurement("nlu", "意图识别。", Deferred("bot.evaluation:run")),
    **FEATURES.evaluations,
}
BENCHES = {
    "turn": Measurement(
        "turn",
        "一轮对话要多久，与只会回声的 Rasa 并排比较。",
        Deferred("bench.turn:run"),
        Deferred("bench.turn:table"),
    ),
    **FEATURES.benches,
}
policies = typer.Typer(help="列出、查看、更正、发布、停用政策文件。", invoke_without_command=True)
simulate = typer.Typer(help="模拟。", no_args_is_help=True)
staff = typer.Typer(help="工作人员账号。", no_args_is_help=True)
keys = typer.Typer(help="个人号码的数据密钥。", no_args_is_help=True)
export = typer.Typer(help="导出数据。", no_args_is_help=True)
audit = typer.Typer(help="操作记录：谁、何时、为何做了什么。", no_args_is_help=True)
for name, commands in (
    ("policies", policies),
    ("eval", group(EVALUATIONS, settings, "在标注文件上测量准确度。")),
    ("bench", group(BENCHES, settings, "与对照一起测速度。")),
    ("simulate", simulate),
    ("staff", staff),
    ("keys", keys),
    ("export", export),
    ("audit", audit),
):
    app.add_typer(commands, name=name)


class Duplicates(StrEnum):
    """What to do with a document whose text has changed."""

    NEW_VERSION = "new-version"
    SKIP = "skip"
    FAIL = "fail"


PARTICULARS = (
    "名称=值，可写多个：title 标题、doc_no 文号、issuer 发文机关、addressees 主送对象、"
    "region 适用地区、issued_on 发文日期、effective_on 施行日期、expired_on 失效日期、"
    "occasion 针对的时期、kind 类别（notice、statute、guide、digest）。"
    "日期写成 2022-03-28，不填为无。"
)
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")]


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


@policies.callback()
def policies_list(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="也列出草稿和已移除的。")] = False,
    as_json: AsJson = False,
) -> None:
    """列出政策文件。"""
    if context.invoked_subcommand is None:
        from bot.commands.policies import run_list

        run_list(settings(), everything=everything, as_json=as_json)


@policies.command("show")
def policies_show(doc_id: str) -> None:
    """查看一份政策文件。"""
    from bot.commands.policies import run_show

    run_show(settings(), doc_id)


@policies.command("correct")
def policies_correct(
    doc_id: str,
    particulars: Annotated[list[str], typer.Argument(help=PARTICULARS)],
) -> None:
    """更正标题、文号、发文机关、日期、适用地区等。"""
    from bot.commands.policies import run_correct

    run_correct(settings(), doc_id, particulars)


@policies.command("publish")
def policies_publish(doc_id: str) -> None:
    """发布草稿，或重新发布已移除的文件。"""
    from bot.commands.policies import run_publish

    run_publish(settings(), doc_id)


@policies.command("expire")
def policies_expire(
    doc_id: str,
    on: Annotated[str, typer.Option(help="停用日期（YYYY-MM-DD），不填为今天。")] = "",
) -> None:
    """把一份政策文件标为不再有效。"""
    from bot.commands.policies import run_expire

    run_expire(settings(), doc_id, on)


@policies.command("remove")
def policies_remove(doc_id: str) -> None:
    """移除一份政策文件，不再检索和展示。"""
    from bot.commands.policies import run_remove

    run_remove(settings(), doc_id)


@policies.command("supersede")
def policies_supersede(doc_id: str, older: str) -> None:
    """记下一份文件取代了另一份（OLDER）。"""
    from bot.commands.policies import run_supersede

    run_supersede(settings(), doc_id, older)


@policies.command("asks")
def policies_asks(doc_id: str) -> None:
    """列出各节的问法。"""
    from bot.commands.policies import run_asks

    run_asks(settings(), doc_id)


@policies.command("ask")
def policies_ask(doc_id: str, section: str, text: str) -> None:
    """给一节（SECTION 是节的编号）添一种问法。"""
    from bot.commands.policies import run_ask

    run_ask(settings(), doc_id, section, text)


@simulate.command("windows")
def simulate_windows(
    scenario: Annotated[
        str,
        typer.Option(help="自带的情景（ordinary、after-holiday、small、two-queues）或 TOML 文件。"),
    ] = "ordinary",
    runs: Annotated[int, typer.Option(min=1, max=10_000, help="模拟多少天。")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="随机种子：同一个种子，同样的人。")] = 20,
    curve: Annotated[bool, typer.Option("--curve", help="另算等候与挪动之间的取舍。")] = False,
    picture: Annotated[
        Path | None, typer.Option(dir_okay=False, help="画成图，存为这个 .png 文件。")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """同一批人按五种方式来大厅：最多多少人、等多久、挪动多少。"""
    from bot.commands.simulate import run_simulate_windows

    run_simulate_windows(
        scenario, runs=runs, seed=seed, curve=curve, as_json=as_json, picture=picture
    )


@staff.command("add")
def staff_add(
    name: str,
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="至少 10 位。"),
    ],
    role: Annotated[
        Role, typer.Option(help="岗位；各能做什么见 docs/operations.md。")
    ] = Role.ADMIN,
) -> None:
    """新建一个工作人员账号。"""
    from bot.commands.data import run_staff_add

    run_staff_add(settings(), name, password, role)


@staff.command("list")
def staff_list() -> None:
    """列出账号和各自的岗位。"""
    from bot.commands.data import run_staff_list

    run_staff_list(settings())


@staff.command("role")
def staff_role(name: str, role: Role) -> None:
    """更换一个账号的岗位；打开着的页面立即生效。"""
    from bot.commands.data import run_staff_role

    run_staff_role(settings(), name, role)


@staff.command("reset-totp")
def staff_reset_totp(name: str) -> None:
    """关闭一个账号的动态码（手机丢了，恢复码也没有了）。"""
    from bot.commands.data import run_staff_reset_totp

    run_staff_reset_totp(settings(), name)


@staff.command("password")
def staff_password(
    name: str,
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="至少 10 位。"),
    ],
) -> None:
    """更换一个账号的密码；原来的登录立即失效。"""
    from bot.commands.data import run_staff_password

    run_staff_password(settings(), name, password)


@staff.command("remove")
def staff_remove(name: str) -> None:
    """停用一个账号；原来的登录立即失效。"""
    from bot.commands.data import run_staff_remove

    run_staff_remove(settings(), name)


@keys.command("rotate")
def keys_rotate() -> None:
    """换一个新的数据密钥，把存着的号码全部重新加密。"""
    from bot.commands.keys import run_rotate

    run_rotate(settings())


@export.command("transcripts")
def export_transcripts(
    out: Annotated[Path, typer.Option(help="写到这个文件（JSON Lines）；- 为标准输出。")] = Path(
        "-"
    ),
) -> None:
    """导出全部会话记录。"""
    from bot.commands.data import run_export_transcripts

    run_export_transcripts(settings(), out)


@audit.command("verify")
def audit_verify() -> None:
    """核对操作记录是否完整、未被改动；不完整时说明从哪一条起。"""
    from bot.commands.audit import run_audit_verify

    run_audit_verify(settings())


@audit.command("show")
def audit_show(
    since: Annotated[str, typer.Option(help="从这一天起（YYYY-MM-DD）。")] = "",
    actor: Annotated[str, typer.Option(help="只看一个操作者，例如 staff:3。")] = "",
    action: Annotated[str, typer.Option(help="只看一类操作，例如 staff. 或 staff.add。")] = "",
    as_json: AsJson = False,
) -> None:
    """列出操作记录，旧的在前。"""
    from bot.commands.audit import run_audit_show

    run_audit_show(settings(), since=since, actor=actor, action=action, as_json=as_json)


def main() -> None:
    """Run the command line; what it writes is for nobody else to read."""
    keep_private()
    app()


if __name__ == "__main__":
    main()
