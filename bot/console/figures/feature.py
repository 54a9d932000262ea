"""What figures bring to the console: how much was asked, and how it was answered."""

from pathlib import Path

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

FIGURES = ConsoleFeature(
    "figures",
    pages={"/figures": Page("bot.console.figures.page", Permission.CONVERSATIONS_READ)},
    links=(HeaderLink("/figures", "数据", Group.QUALITY),),
    style=Path(__file__).parent / "style.css",
)
