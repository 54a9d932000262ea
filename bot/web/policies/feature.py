"""What policies bring to the public pages: the list of documents, and reading one."""

from bot.web.feature import WebFeature
from bot.web.policies.pages import add_routes
from bot.web.render import Link

POLICIES = WebFeature(
    "policies",
    add_routes,
    (Link("/policies", "政策文件", elsewhere="政策文件目录", in_chat=True),),
)
