"""What jobs bring to the console: postings with their life, and applications."""

from pathlib import Path

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

JOBS = ConsoleFeature(
    "jobs",
    pages={
        "/postings": Page("bot.console.jobs.postings_page", Permission.POSTINGS_READ),
        "/applications": Page("bot.console.jobs.applications_page", Permission.APPLICATIONS_HANDLE),
    },
    links=(
        HeaderLink("/postings", "岗位", Group.JOBS),
        HeaderLink("/applications", "报名", Group.JOBS),
    ),
    style=Path(__file__).parent / "style.css",
)
