"""Every sentence of the web pages that does not stand in a template or in the chat's script."""

SERVICE = "职达"
TAGLINE = "公共就业服务智能助手"

NOT_FOUND_TITLE = "没有找到这份文件"
NOT_FOUND_TEXT = (
    "它可能已被更新的版本替换，或链接不完整。您可以从政策文件目录里查找，或回到对话里问我。"
)

QUOTE_MISSING = "没有在本文中找到所引用的这段话，文件可能在引用之后更新过，请以下面的全文为准。"

IN_FORCE = "现行有效"
LAPSED = "已经失效，仅供查阅，请勿据此办理"
FORCE_UNKNOWN = "是否现行尚未核实，办理前请拨打 12333 确认"
PASSING = "这份文件针对「{occasion}」，没有写明何时结束，办理前请拨打 12333 确认"
GUESSED = "（推定）"
DIGEST_NOTE = "这是由本服务编写的摘要，不是文件原文，请以发文机关公布的原文为准。"
