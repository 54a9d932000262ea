"""What policies bring to the console: the library, a document, what people say of answers."""

from pathlib import Path

from bot.console.feature import ConsoleFeature, Group, HeaderLink, Page
from bot.console.permissions import Permission

POLICIES = ConsoleFeature(
    "policies",
    pages={
        "/policies": Page("bot.console.policies.library_page", Permission.POLICIES_READ),
        "/policy": Page("bot.console.policies.document_page", Permission.POLICIES_READ),
        "/try": Page("bot.console.policies.try_page", Permission.POLICIES_READ),
        "/feedback": Page("bot.console.policies.feedback_page", Permission.POLICIES_READ),
    },
    links=(
        HeaderLink("/policies", "政策文件", Group.POLICIES),
        HeaderLink("/try", "试问", Group.POLICIES),
        HeaderLink("/feedback", "答案反馈", Group.POLICIES),
    ),
    style=Path(__file__).parent / "style.css",
)
