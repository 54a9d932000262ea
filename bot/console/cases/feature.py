"""What cases bring to the console: the overview, and a conversation with its cases."""

from pathlib import Path

from bot.console.feature import ConsoleFeature, HeaderLink

CASES = ConsoleFeature(
    "cases",
    pages={"/": "bot.console.cases.pages", "/conversation": "bot.console.cases.pages"},
    links=(HeaderLink("/", "工单与对话"),),
    style=Path(__file__).parent / "style.css",
)
