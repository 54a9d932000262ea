"""``zhida keys``: the keys that encrypt the numbers of persons."""

import typer

from bot.commands.options import settings

app = typer.Typer(help="个人号码的数据密钥。", no_args_is_help=True)


@app.command()
def rotate() -> None:
    """换一个新的数据密钥，把存着的号码全部重新加密。"""
    from bot.commands.keys import run_rotate

    run_rotate(settings())
