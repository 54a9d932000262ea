"""Options that evaluations have in common, as typer reads them."""

from pathlib import Path
from typing import Annotated

import typer

Labelled = Annotated[
    Path, typer.Option("--file", exists=True, dir_okay=False, help="标注文件（JSON Lines）。")
]
