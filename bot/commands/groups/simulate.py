"""``zhida simulate``: what the halls would be like."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import AsJson

app = typer.Typer(help="模拟。", no_args_is_help=True)


@app.command()
def windows(
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
