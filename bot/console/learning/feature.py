"""What learning brings to the console: what staff corrected, and the models taught with it."""

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

LEARNING = ConsoleFeature(
    "learning",
    pages={"/models": Page("bot.console.learning.page", Permission.TRANSCRIPTS_REVIEW)},
    links=(HeaderLink("/models", "模型", Group.QUALITY),),
)
