"""What policies bring to the console: the library, a document, what people say of answers."""

from pathlib import Path

from bot.console.feature import ConsoleFeature, HeaderLink

POLICIES = ConsoleFeature(
    "policies",
    pages={
        "/policies": "bot.console.policies.library_page",
        "/policy": "bot.console.policies.document_page",
        "/feedback": "bot.console.policies.feedback_page",
    },
    links=(HeaderLink("/policies", "政策文件"), HeaderLink("/feedback", "答案反馈")),
    style=Path(__file__).parent / "style.css",
)
