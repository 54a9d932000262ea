"""Every sentence of the console."""

from typing import Final

TITLE: Final = "职达 · 工作台"
LOGIN_FAILED: Final = "账号或密码不对。若已多次输错，请过一会儿再试，或联系管理员。"
CHANNELS: Final = {
    "web": "网页",
    "telegram": "Telegram",
    "wechat": "公众号",
    "wecom": "微信客服",
    "bridge": "对接",
    "terminal": "终端",
}
MODES: Final = {"bot": "智能助手", "staff": "人工"}
REASONS: Final = {"handoff": "转人工", "complaint": "投诉", "distress": "关怀跟进"}
AUTHORS: Final = {"user": "来访者", "bot": "职达", "notice": "系统提示", "staff": "工作人员"}
STATUSES: Final = {"pending": "等待处理", "failed": "未能处理", "dead": "未能送达"}

NO_CASES: Final = "没有待办的工单。"
NO_CONVERSATIONS: Final = "还没有人来咨询。"
NO_CONVERSATION: Final = "没有找到这个对话，可能已按来访者的要求删除。"
OVERDUE: Final = "已超时"
TAKEN_OVER: Final = "已接管，智能助手不再自动回复。"
GIVEN_BACK: Final = "已交还给智能助手。"
SENT: Final = "已发送。"
CLOSED: Final = "工单 {ticket} 已办结。"
EMPTY_REPLY: Final = "请先写下要回复的内容。"
LONG_REPLY: Final = "内容太长了，请控制在 {limit} 字以内。"
SIGNED_OUT: Final = "登录已失效，请重新登录。"
FAILED: Final = "操作没有成功，请刷新后再试。"
