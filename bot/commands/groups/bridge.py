"""``zhida bridge``: accounts of the bridge's second door."""

from typing import Annotated

import typer

from bot.commands.options import settings

app = typer.Typer(help="桥接账号。", no_args_is_help=True)


@app.command()
def key(account: Annotated[str, typer.Argument(help="账号名：字母、数字、_ 和 -")]) -> None:
    """显示一个账号的签名密钥。"""
    from bot.channels.bridge_v2.signature import ACCOUNT, secrets_of
    from bot.commands.output import fail, say

    found = secrets_of(settings(), account)
    if not found:
        fail("没有设 ZHIDA_BRIDGE_SECRET。")
    if not ACCOUNT.fullmatch(account):
        fail("账号名只能用字母、数字、_ 和 -，最多 40 个字符。")
    say(found[0])
