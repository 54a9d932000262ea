"""Every sentence of the overview and of a conversation's page."""

from typing import Final

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
STATUSES: Final = {
    "pending": "等待处理",
    "failed": "未能处理",
    "dead": "未能送达",
    "repeat": "连按，不另答",
}

NEW_TALK: Final = "—— 新的对话从这里开始 ——"
CONFIRM_CLOSE: Final = (
    "工单 {ticket} 办结后不再提醒任何人答复，对话交还智能助手。确定已经答复来访者了吗？"
)
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

SEE_NUMBERS: Final = "查看完整号码"
WHY_SEE: Final = "为什么要看完整号码？会记录在案。"
WHYS: Final = ("联系来访者", "核对身份", "办理业务", "处理投诉")
WHY_WORDS: Final = "请说明具体原因"
SEE: Final = "查看"
NOT_SEE: Final = "不看了"
NO_REASON: Final = "请选一项，并写明原因。"
NUMBERS_GONE: Final = "号码已被删除，看不到了。"
KEY_LOST: Final = "密钥已丢失，只能看到掩码"
