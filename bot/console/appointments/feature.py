"""What appointments bring to the console: the day board of a hall."""

from pathlib import Path

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

APPOINTMENTS = ConsoleFeature(
    "appointments",
    pages={"/windows": Page("bot.console.appointments.board_page", Permission.APPOINTMENTS_READ)},
    links=(HeaderLink("/windows", "大厅日程", Group.HALLS),),
    style=Path(__file__).parent / "style.css",
)
