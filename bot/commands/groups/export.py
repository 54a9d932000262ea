"""``zhida export``: what is stored, as files."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import settings

app = typer.Typer(help="导出数据。", no_args_is_help=True)


@app.command()
def transcripts(
    out: Annotated[Path, typer.Option(help="写到这个文件（JSON Lines）；- 为标准输出。")] = Path(
        "-"
    ),
) -> None:
    """导出全部会话记录。"""
    from bot.commands.data import run_export_transcripts

    run_export_transcripts(settings(), out)


@app.command()
def vetting(
    out: Annotated[Path, typer.Option(help="写到这个文件（JSON Lines）；- 为标准输出。")] = Path(
        "-"
    ),
) -> None:
    """导出工作人员审核过的招聘草稿，作为 zhida eval vetting 的标注文件。"""
    from bot.commands.vet import run_export_vetting

    run_export_vetting(settings(), out)
