"""What the channels bring to the console: how each of them is."""

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

CHANNELS = ConsoleFeature(
    "channels",
    pages={"/channels": Page("bot.console.channels.page", Permission.CHANNELS_READ)},
    links=(HeaderLink("/channels", "渠道", Group.OFFICE),),
)
