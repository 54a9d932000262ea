"""What vetting brings to the console: ads that wait for a decision, and minimum wages."""

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

VETTING = ConsoleFeature(
    "vetting",
    pages={"/vetting": Page("bot.console.vetting.page", Permission.VETTING_DECIDE)},
    links=(HeaderLink("/vetting", "招聘审核", Group.JOBS),),
)
