"""``zhida audit``: who did what, when and why."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import AsJson, settings

app = typer.Typer(help="操作记录：谁、何时、为何做了什么。", no_args_is_help=True)


@app.command()
def verify(
    archive: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="已取出的存档，可写多个，旧的在前。"),
    ] = None,
) -> None:
    """核对操作记录是否完整、未被改动；不完整时说明从哪一条起。"""
    from bot.commands.audit import run_audit_verify

    run_audit_verify(settings(), archive or ())


@app.command()
def archive(
    out: Annotated[Path, typer.Argument(dir_okay=False, help="写到这个文件。")],
    before: Annotated[str, typer.Option(help="这一天之前的（YYYY-MM-DD）；不填为六年前。")] = "",
) -> None:
    """把旧的操作记录另存成封好的文件；表里的不删。"""
    from bot.commands.audit import run_audit_archive

    run_audit_archive(settings(), out, before)


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
