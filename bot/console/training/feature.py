"""What training brings to the console: courses, and who signed up for them."""

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

TRAINING = ConsoleFeature(
    "training",
    pages={"/training": Page("bot.console.training.page", Permission.POSTINGS_EDIT)},
    links=(HeaderLink("/training", "培训", Group.JOBS),),
)
