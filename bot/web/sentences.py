"""Every sentence of the web pages that does not stand in a template or in the chat's script."""

from typing import Final

SERVICE = "职达"
TAGLINE = "公共就业服务智能助手"

NOT_FOUND_TITLE = "没有找到这份文件"
NOT_FOUND_TEXT = (
    "它可能已被更新的版本替换，或链接不完整。您可以从政策文件目录里查找，或回到对话里问我。"
)
REMOVED_TITLE = "这份文件已不再提供"
REMOVED_TEXT = (
    "它已从政策文件目录中移除，不再用来回答问题。您可以从目录里查找现行的文件，或拨打 12333 咨询。"
)

NO_TICKET_TITLE = "没有找到这个预约"
NO_TICKET_TEXT = "链接可能不完整。请回到对话里说「我的预约」，重新打开凭证。"
NO_HALL_TITLE = "没有找到这个大厅"
NO_HALL_TEXT = "它可能已经撤并或改名。可以看看其他大厅的人流，或回到对话里问我。"

HALL_PEOPLE_COUNTED = "现在约 {people} 人，容量 {capacity} 人"
HALL_PEOPLE_EXPECTED = "按预约估计现在约 {people} 人，容量 {capacity} 人"
QUIET_TIME = "{time}（预计 {people} 人）"
WEEK_ALT = "{hall}接下来几个工作日每半小时预计人数的图。"
WEEK_CALM = "较空的时间：{times}。"

QUOTE_MISSING = "没有在本文中找到所引用的这段话，文件可能在引用之后更新过，请以下面的全文为准。"

GUESSED = "（推定）"
DIGEST_NOTE = "这是由本服务编写的摘要，不是文件原文，请以发文机关公布的原文为准。"

KINDS: Final = {"notice": "通知公告", "statute": "法律法规", "guide": "办事指南", "digest": "摘要"}

# Names of the facts that a list shows.
LISTED: Final = ("发文机关", "文号", "发文日期", "适用地区")

# The answer to "still in force?": one word for lists, a short answer, one plain sentence.
FORCE_SHORT: Final = {
    "in_force": "现行",
    "lapsed": "已失效",
    "superseded": "已被取代",
    "not_yet": "尚未施行",
    "unknown": "待核实",
    "passing": "阶段性",
}
FORCE_ANSWERS: Final = {
    "in_force": "现行有效",
    "lapsed": "已经失效",
    "superseded": "已被新文件取代",
    "not_yet": "还没有施行",
    "unknown": "尚未核实",
    "passing": "阶段性文件，是否仍有效要核实",
}
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
