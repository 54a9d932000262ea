"""What commands are given alike: the settings, and how to answer."""

from typing import Annotated

import typer
from pydantic import ValidationError

from bot.commands.output import fail
from store.settings import Settings, get_settings

AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象。")]


def settings() -> Settings:
    """Return the settings, or leave with the first thing wrong in them."""
    try:
        return get_settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ZHIDA_" + "_".join(str(part) for part in first["loc"]).upper()
        fail(f"设置 {name} 不正确：{first['msg']}")
