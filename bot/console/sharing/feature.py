"""What shared staff bring to the console: the entries that wait to be matched."""

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

SHARING = ConsoleFeature(
    "sharing",
    pages={"/sharing": Page("bot.console.sharing.page", Permission.POSTINGS_EDIT)},
    links=(HeaderLink("/sharing", "用工余缺", Group.JOBS),),
)
