"""Every sentence of the overview and of a conversation's page."""

from typing import Final

MODES: Final = {"bot": "智能助手", "staff": "人工"}
REASONS: Final = {"handoff": "转人工", "complaint": "投诉", "distress": "关怀跟进"}
AUTHORS: Final = {"user": "来访者", "bot": "职达", "notice": "系统提示", "staff": "工作人员"}
STATUSES: Final = {
    "pending": "等待处理",
    "failed": "未能处理",
    "repeat": "连按，不另答",
    "held": "等来访者下次来信",
    "recalled": "来访者已撤回",
}
DELIVERIES: Final = {"pending": "待送出", "dead": "未能送达"}

NEW_TALK: Final = "—— 新的对话从这里开始 ——"
CONFIRM_CLOSE: Final = "办结工单 {ticket}：不再提醒任何人答复，对话交还智能助手。"
INBOX: Final = "待办"
WHICH: Final = "看哪些"
QUEUES: Final = {"free": "待领取", "mine": "我的", "all": "全部", "closed": "已办结"}
EMPTY: Final = {
    "free": "没有人等着领取。来访者说「转人工」、投诉或遇到难处时，会在这里出现，最急的在最前面。",
    "mine": "您手上没有工单。在「待领取」里点〔领取〕，同事就知道这件事由您答复。",
    "all": "没有人在等。有人转人工时，这里和每一页的顶上都会提醒。",
    "closed": "还没有办结的工单。办结后在这里能查到答复和评价，也能重新打开。",
}
CLOSED_DAYS: Final = "只看 {since} 至 {until} 办结的"
ALL_CLOSED: Final = "看全部已办结的"
FIND_CASE: Final = "找工单：号码、内容、标签、同事"
TALKING: Final = "人工对话"
NO_CASE: Final = "没有待办的工单"
NOBODY: Final = "还没有人领取"
YOURS: Final = "由我答复"
OWNED: Final = "由 {owner} 答复"
LOOKING: Final = "{who} 正在看"
B_CLAIM: Final = "领取"
B_RELEASE: Final = "放回待领取"
B_TAKE_FROM: Final = "从同事手中接过"
CONFIRM_TAKE_FROM: Final = "{owner} 可能正在答复这位来访者。确定从 {owner} 手中接过吗？"
CLAIMED: Final = "已领取，由您答复。"
RELEASED: Final = "已放回待领取。"
TAKEN: Final = "{owner} 正在答复这位来访者。需要时请先〔从同事手中接过〕。"
OPEN_AGAIN: Final = "来访者后来又开了同类的工单，请在那张工单里继续。"
REPLIED: Final = "已回复"
OWES_REPLY: Final = "{by} 前要回复"
OWES_ANSWER: Final = "{by} 前要正式答复"
ALARM_DISTRESS: Final = "{n} 人遇到难处"
ALARMS: Final = "，"
ALARM_LATE: Final = "{n} 件已超时"
ALARM_SOON: Final = "{n} 件快到时限"
ALARM_FREE: Final = "{n} 件待领取"
FORGOTTEN: Final = "（来访者的信息已按要求或到期删除）"
ANSWERED: Final = "答复：{answer}"
CLOSED_BY: Final = "{at} 由 {by} 办结"
CLOSERS: Final = {"forgotten": "系统（已删除来访者信息）"}
SATISFIED: Final = {True: "来访者：解决了", False: "来访者：没解决"}
BESIDE: Final = "来访者的工单、预约和报名"
EARLIER: Final = "以前的工单"
BOOKINGS: Final = "预约"
APPLICATIONS: Final = "报名的岗位"
NO_BOOKINGS: Final = "没有预约。"
BOOKING_STATES: Final = {
    "held": "未确认",
    "confirmed": "已预约",
    "cancelled": "已取消",
    "checked_in": "已签到",
    "served": "已办结",
    "no_show": "未到",
    "waitlisted": "候补",
}
CATEGORY: Final = "投诉的是什么"
CATEGORIES: Final = {
    "service": "服务态度",
    "waiting": "排队等候",
    "answer": "答复有误",
    "wages": "欠薪",
    "agency": "中介违规",
    "posting": "虚假招聘",
    "discrimination": "就业歧视",
    "other": "其他",
}
SORTED: Final = "已分类。"
LABELS: Final = "标签"
LABELLED: Final = "标签已更新。"
NOTE: Final = "给同事的备注（来访者看不到）"
B_NOTE: Final = "记下"
NOTED: Final = "备注已记下。"
ANSWER: Final = "给来访者的答复（选填，以后能查到）"
ANSWER_OWED: Final = "给投诉人的正式答复"
ASK_RATING: Final = "告诉来访者已办结，并问事情解决了没有"
COMPLAINT_OPEN: Final = "投诉要先选好类别、写明答复，才能办结。"
B_REOPEN: Final = "重新打开"
REOPENED: Final = "工单 {ticket} 已重新打开。"
REOPENED_TOLD: Final = "工单 {ticket} 重新打开了，工作人员会继续处理。"
GIVE_BACK: Final = "交还智能助手"
SUMMARY: Final = "说好了什么（选填）"
SUMMARY_WHY: Final = "会告诉来访者；来访者再问工单时，智能助手也照此回答。"
B_GIVE_BACK: Final = "确定交还"
ANSWERING: Final = "回复"
WILL_TAKE_OVER: Final = "发送后由您接管这个对话"
B_CANNED: Final = "常用回复"
EDIT_CANNED: Final = "增删常用回复…"
B_POLICY: Final = "查政策、引原文"
CTRL_ENTER: Final = "Ctrl+Enter 发送"
POLICY_TITLE: Final = "查政策"
POLICY_QUESTION: Final = "来访者问的事"
B_SEARCH: Final = "查找"
LOOKING_UP: Final = "正在查找……"
NOTHING_IN_POLICY: Final = "文件里没有找到能直接引用的原文。换个问法试试，或到「政策文件」里查看。"
CITATION: Final = "「{quote}」——《{title}》{section}"
NOT_IN_FORCE: Final = "已失效，不能作为现行规定引用"
B_CITE: Final = "引用到回复里"
GAPS: Final = "还有〔请填：…〕没有填好。"
ALL_OF_IT: Final = "展开全文（{n} 字）"
CANNED_TITLE: Final = "常用回复"
CANNED_HELP: Final = (
    "在对话里点〔常用回复〕就能插入。{工单号}、{答复时限}、{预约时间}、{预约大厅}、{我的姓名} "
    "会自动填好；填不出的会提醒您补上。"
)
CANNED_NAME: Final = "名称"
CANNED_TEXT: Final = "内容"
B_ADD: Final = "添加"
B_REMOVE: Final = "删除"
SHIPPED: Final = "自带"
ADDED: Final = "已添加。"
REMOVED: Final = "已删除。"
TITLE_TAKEN: Final = "已有同名的常用回复，请换个名称。"
FILL_BOTH: Final = "请写好名称和内容。"
NO_CONVERSATION: Final = "没有找到这个对话，可能已按来访者的要求删除。"
OVERDUE: Final = "已超时"
TAKEN_OVER: Final = "已接管，智能助手不再自动回复。"
GIVEN_BACK: Final = "已交还给智能助手。"
SENT: Final = "已发送。"
CLOSED: Final = "工单 {ticket} 已办结。"
JUST_CLOSED: Final = "刚办结 {ticket}"
B_TAKE_BACK: Final = "撤销办结"
TAKEN_BACK: Final = "已撤销，{ticket} 仍由您办理。"
TAKEN_BACK_TOLD: Final = "刚才误点了办结，您的工单 {ticket} 还在办理，我们会继续跟进。"
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
