"""What wage guidance brings to the console: the published figures on file."""

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

WAGES = ConsoleFeature(
    "wages",
    pages={"/wages": Page("bot.console.wages.page", Permission.POSTINGS_EDIT)},
    links=(HeaderLink("/wages", "工资价位", Group.JOBS),),
)
