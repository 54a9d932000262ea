"""Every sentence of the policy pages that does not stand in a template.

The words for a document's validity are the library's: ``knowledge.sentences.VALIDITY``.
"""

from typing import Final

NOT_FOUND_TITLE = "没有找到这份文件"
NOT_FOUND_TEXT = (
    "它可能已被更新的版本替换，或链接不完整。您可以从政策文件目录里查找，或回到对话里问我。"
)
REMOVED_TITLE = "这份文件已不再提供"
REMOVED_TEXT = (
    "它已从政策文件目录中移除，不再用来回答问题。您可以从目录里查找现行的文件，或拨打 12333 咨询。"
)

QUOTE_MISSING = "没有在本文中找到所引用的这段话，文件可能在引用之后更新过，请以下面的全文为准。"

GUESSED = "（推定）"
DIGEST_NOTE = "这是由本服务编写的摘要，不是文件原文，请以发文机关公布的原文为准。"

KINDS: Final = {"notice": "通知公告", "statute": "法律法规", "guide": "办事指南", "digest": "摘要"}

# Names of the facts that a list shows.
LISTED: Final = ("发文机关", "文号", "发文日期", "适用地区")

# Why a document is in force or not, in one plain sentence.
IN_FORCE = "没有查到它失效或被取代的记载。"
IN_FORCE_SINCE = "自{since}起施行，没有查到它失效或被取代的记载。"
IN_FORCE_UNTIL = "有效到{until}前，从那天起不再适用。"
LAPSED = "已不再适用，仅供查阅，请勿据此办理。"
LAPSED_SINCE = "自{since}起不再适用，仅供查阅，请勿据此办理。"
SUPERSEDED = "已被取代，仅供查阅，办理请看新的文件。"
SUPERSEDED_SINCE = "自{since}起被取代，仅供查阅，办理请看新的文件。"
NOT_YET = "还没有到施行的日子，现在不能据此办理。"
NOT_YET_UNTIL = "自{since}起才施行，现在还不能据此办理。"
PASSING = "它针对「{occasion}」，没有公布何时结束，办理前请拨打 12333 确认。"
FORCE_UNKNOWN = "没有查到它现在是否有效，办理前请拨打 12333 确认。"

# How two documents stand to each other: (relation, direction) as the library gives them.
LINKS: Final = {
    ("supersedes", "to"): "取代了",
    ("supersedes", "from"): "被取代，请看",
    ("implements", "to"): "落实的上级文件",
    ("implements", "from"): "各地的落实文件",
}
