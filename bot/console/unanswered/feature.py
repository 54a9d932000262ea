"""What unanswered questions bring to the console: the page of their groups."""

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

UNANSWERED = ConsoleFeature(
    "unanswered",
    pages={"/unanswered": Page("bot.console.unanswered.page", Permission.CONVERSATIONS_READ)},
    links=(HeaderLink("/unanswered", "没答上来", Group.POLICIES),),
)
