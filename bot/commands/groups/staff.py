"""``zhida staff``: the accounts of the console."""

from typing import Annotated

import typer

from bot.commands.options import settings
from bot.console.permissions import Role

app = typer.Typer(help="工作人员账号。", no_args_is_help=True)


@app.command()
def add(
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


@app.command("list")
def list_all() -> None:
    """列出账号和各自的岗位。"""
    from bot.commands.data import run_staff_list

    run_staff_list(settings())


@app.command()
def role(name: str, role: Role) -> None:
    """更换一个账号的岗位；打开着的页面立即生效。"""
    from bot.commands.data import run_staff_role

    run_staff_role(settings(), name, role)


@app.command()
def reset_totp(name: str) -> None:
    """关闭一个账号的动态码（手机丢了，恢复码也没有了）。"""
    from bot.commands.data import run_staff_reset_totp

    run_staff_reset_totp(settings(), name)


@app.command()
def password(
    name: str,
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="至少 10 位。"),
    ],
) -> None:
    """更换一个账号的密码；原来的登录立即失效。"""
    from bot.commands.data import run_staff_password

    run_staff_password(settings(), name, password)


@app.command()
def remove(name: str) -> None:
    """停用一个账号；原来的登录立即失效。"""
    from bot.commands.data import run_staff_remove

    run_staff_remove(settings(), name)
