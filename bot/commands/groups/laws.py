"""``zhida laws``: the national statutes, listed, brought and taken away."""

from typing import Annotated

import typer

from bot.commands.options import settings

app = typer.Typer(help="列出、更新、添加、移除国家法律。", invoke_without_command=True)


@app.callback()
def list_all(context: typer.Context) -> None:
    """列出随数据包来的国家法律，和建议另外收录的法规。"""
    if context.invoked_subcommand is None:
        from bot.commands.laws import run_list

        run_list(settings())


@app.command()
def update() -> None:
    """把清单上的国家法律换成数据包里的版本；移除过的不恢复，自行收录的不动。"""
    from bot.commands.laws import run_update

    run_update(settings())


@app.command()
def add(
    names: Annotated[
        list[str],
        typer.Argument(help="数据包里的法律名（如 公司法），或存放法规的文件、文件夹。"),
    ],
) -> None:
    """添加数据包里的法律（移除过的也恢复），或收录文件夹里的法规。"""
    from bot.commands.laws import run_add

    run_add(settings(), names)


@app.command()
def remove(name: str) -> None:
    """移除一部法律，不再检索和展示，更新时也不恢复。"""
    from bot.commands.laws import run_remove

    run_remove(settings(), name)
