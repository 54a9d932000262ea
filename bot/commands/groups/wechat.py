"""``zhida wechat``: the 服务号's menu, codes and notices."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import settings

app = typer.Typer(help="微信服务号的菜单、二维码和通知模板。", no_args_is_help=True)


@app.command()
def menu() -> None:
    """更新底部菜单。"""
    from bot.commands.wechat import run_menu

    run_menu(settings())


@app.command()
def code(
    scene: Annotated[str, typer.Argument(help="扫后打开什么，例如 hall-3（3 号大厅）")],
    out: Annotated[Path | None, typer.Option(help="二维码图片存到哪里（png 或 svg）")] = None,
) -> None:
    """做一个永久二维码，贴在大厅里。"""
    from bot.commands.wechat import run_code

    run_code(settings(), scene, out)


@app.command()
def notices() -> None:
    """按标题找出预约提醒等用哪个模板。"""
    from bot.commands.wechat import run_notices

    run_notices(settings())
