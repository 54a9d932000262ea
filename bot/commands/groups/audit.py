"""``zhida audit``: who did what, when and why."""

from typing import Annotated

import typer

from bot.commands.options import AsJson, settings

app = typer.Typer(help="操作记录：谁、何时、为何做了什么。", no_args_is_help=True)


@app.command()
def verify() -> None:
    """核对操作记录是否完整、未被改动；不完整时说明从哪一条起。"""
    from bot.commands.audit import run_audit_verify

    run_audit_verify(settings())


@app.command()
def show(
    since: Annotated[str, typer.Option(help="从这一天起（YYYY-MM-DD）。")] = "",
    actor: Annotated[str, typer.Option(help="只看一个操作者，例如 staff:3。")] = "",
    action: Annotated[str, typer.Option(help="只看一类操作，例如 staff. 或 staff.add。")] = "",
    as_json: AsJson = False,
) -> None:
    """列出操作记录，旧的在前。"""
    from bot.commands.audit import run_audit_show

    run_audit_show(settings(), since=since, actor=actor, action=action, as_json=as_json)
