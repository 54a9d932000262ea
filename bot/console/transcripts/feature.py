"""What transcripts bring to the console: finding what was said, and saying whether it was right."""

from pathlib import Path

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

TRANSCRIPTS = ConsoleFeature(
    "transcripts",
    pages={
        "/transcripts": Page("bot.console.transcripts.page", Permission.CONVERSATIONS_READ),
    },
    links=(HeaderLink("/transcripts", "对话记录", Group.DESK),),
    style=Path(__file__).parent / "style.css",
)
