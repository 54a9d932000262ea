"""What cases bring to the console: the overview, and a conversation with its cases."""

from pathlib import Path

from actions.dialogue.deferred import Deferred
from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

CASES = ConsoleFeature(
    "cases",
    pages={
        "/": Page("bot.console.cases.pages", Permission.CONVERSATIONS_READ),
        "/conversation": Page("bot.console.cases.pages", Permission.CONVERSATIONS_READ),
        "/canned": Page("bot.console.cases.canned_page", Permission.CONVERSATIONS_REPLY),
    },
    links=(HeaderLink("/", "待办", Group.DESK), HeaderLink("/canned", "常用回复", Group.DESK)),
    style=Path(__file__).parent / "style.css",
    alarm=Deferred("bot.console.cases.alarm:alarm"),
)
