"""What the console has for staff themselves: one's own account, all accounts, what was done."""

from pathlib import Path

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

STAFF = ConsoleFeature(
    "staff",
    pages={
        "/staff": Page("bot.console.staff.staff_page", Permission.STAFF_MANAGE),
        "/audit": Page("bot.console.staff.audit_page", Permission.AUDIT_READ),
        "/account": Page("bot.console.staff.account_page", Permission.ACCOUNT_OWN),
    },
    links=(
        HeaderLink("/staff", "员工", Group.OFFICE),
        HeaderLink("/audit", "操作记录", Group.OFFICE),
    ),
    style=Path(__file__).parent / "style.css",
)
