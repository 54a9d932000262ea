"""What appointments bring to the console: the day board of a hall."""

from pathlib import Path

from bot.console.feature import ConsoleFeature, HeaderLink

APPOINTMENTS = ConsoleFeature(
    "appointments",
    pages={"/windows": "bot.console.appointments.board_page"},
    links=(HeaderLink("/windows", "大厅日程"),),
    style=Path(__file__).parent / "style.css",
)
