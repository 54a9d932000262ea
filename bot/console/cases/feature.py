"""What cases bring to the console: the overview, and a conversation with its cases."""

from pathlib import Path

from bot.console.feature import ConsoleFeature, HeaderLink, Page
from bot.console.permissions import Permission

CASES = ConsoleFeature(
    "cases",
    pages={
        "/": Page("bot.console.cases.pages", Permission.CONVERSATIONS_READ),
        "/conversation": Page("bot.console.cases.pages", Permission.CONVERSATIONS_READ),
    },
    links=(HeaderLink("/", "工单与对话"),),
    style=Path(__file__).parent / "style.css",
)
