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

# ---- policy documents -----------------------------------------------------------------

DOCUMENT_STATUSES: Final = {"draft": "草稿", "published": "已发布", "removed": "已移除"}
GUESSED: Final = "推定，请对照正文核对"
CORRECTED: Final = "人工填写"
TOO_LONG: Final = "「{label}」太长了，请控制在 {limit} 字以内。"
NO_REGION: Final = "没有找到「{label}」写的地方，请写全称，例如 上海市浦东新区；全国性文件写 全国。"
NO_DAY: Final = "「{label}」不是日期，请写成 2026-03-02 这样。"
NO_TITLE: Final = "标题不能空着。"

LISTED_STATUSES: Final = {
    "": "草稿和已发布",
    "draft": "只看草稿",
    "removed": "已移除",
}
DOCUMENTS_FOUND: Final = "共 {count} 份"
NOTHING_FITS: Final = "没有符合条件的文件。"
NO_DOCUMENTS: Final = "还没有文件，请从上面上传。"
NO_DOCUMENT: Final = "没有找到这份文件。"
UPLOAD: Final = (
    "把文件拖到这里，或点右边的加号。支持 docx、pdf、html、md、txt，每份不超过 {limit} MB"
)
RECEIVED: Final = "已收到 {name}"
UPLOAD_REFUSED: Final = "文件没有上传：每份不超过 {limit} MB，请拆分后再试。"
OUTCOMES: Final = {
    "added": "已存为草稿，请核对后发布",
    "replaced": "库里已有旧版，新版已存为草稿，请核对后发布",
    "skipped": "没有导入",
    "failed": "没有导入",
}
GOING_LIVE: Final = "正在更新检索，完成前仍按原来的内容回答。"
LIVE: Final = "{when} 起已按最新内容回答。"
NOT_LIVE: Final = "检索没有更新成功，仍按原来的内容回答，请联系管理员查看日志。"
SAVED: Final = "已保存。"
NOTHING_CHANGED: Final = "没有改动。"
PUBLISHED: Final = "已发布。"
EXPIRED: Final = "已设定失效日期。"
REMOVED: Final = "已移除。"
SUPERSEDED: Final = "已记录取代关系。"
ASK_ADDED: Final = "已添加问法。"
ASK_REMOVED: Final = "已删除问法。"
ASKS_REFUSED: Final = {
    "empty": "请写下一种问法。",
    "too_long": "问法太长了，请写成一句话，200 字以内。",
    "unknown_document": "没有找到这份文件，请刷新后再试。",
    "unknown_section": "没有找到这一节，文件可能刚更新过，请刷新后再试。",
}
SHIPPED_ASKS: Final = "系统自带 {count} 种问法"
EMPTY_ASK: Final = "请写下一种问法。"
NO_SECTION: Final = "请选择文件和其中的一节。"
CONFIRM_PUBLISH: Final = "发布后，大家的提问会用到这份文件，它也会出现在政策文件目录里。"
WILL_REPLACE: Final = "这是一份{state}文件的新版本。发布后内容换成这一版，网址不变："
STILL_GUESSED: Final = "这些是推定的，请先核对：{labels}。"
CONFIRM_REMOVE: Final = "移除后不再用它回答，公开页面显示「已不再提供」。确定移除吗？"
UNIT_KINDS: Final = {
    "head": "标题部分",
    "preamble": "开头",
    "heading": "小标题",
    "item": "条目",
    "closing": "结尾",
    "aside": "不是原文",
}
NOT_SEARCHED: Final = "（不参与回答）"
ACTIONS: Final = {
    "upload": "上传",
    "correct": "更正信息",
    "publish": "发布",
    "expire": "设定失效日期",
    "remove": "移除",
    "supersede": "记录取代关系",
    "add_ask": "添加问法",
    "remove_ask": "删除问法",
}
NO_CHANGES: Final = "还没有人改动过。"

# ---- feedback -------------------------------------------------------------------------

NO_FEEDBACK: Final = "还没有人评价过答案。"
FEEDBACK_COUNTS: Final = "近 30 天：{helpful} 次有帮助，{unhelpful} 次没帮助。"
ANSWER_STATUSES: Final = {
    "answered": "已回答",
    "not_covered": "没有答案",
    "outdated": "只有失效文件",
    "which_region": "问了地区",
}

# ---- the day board of a hall ----------------------------------------------------------

NO_HALLS: Final = "还没有录入大厅。"
STAGES: Final = {
    "held": "已留位",
    "confirmed": "已确认",
    "waiting": "已到",
    "serving": "办理中",
    "served": "已办结",
    "no_show": "未到",
    "cancelled": "已取消",
}
SHOWN_STAGES: Final = {
    "todo": "待办理",
    "waiting": "已到",
    "serving": "办理中",
    "served": "已办结",
    "no_show": "未到",
    "cancelled": "已取消",
    "all": "全部",
}
ALL_WINDOWS: Final = "全部窗口"
WALK_IN: Final = "现场"
WALK_IN_AT: Final = "现场 · {window}"
IN_HALL: Final = "大厅内 {people} 人 / 容量 {capacity} 人"
BOOKED: Final = "预约 {booked}"
SEATS_LEFT: Final = "余号 {left}"
RESERVED_LEFT: Final = "优先余号 {left}"
NOBODY: Final = {
    "todo": "没有待办理的预约。",
    "waiting": "没有人在等候。",
    "all": "这一天还没有人预约或到场。",
}
NOBODY_THERE: Final = "没有这样的预约。"
HEAD: Final = "{start}–{end}"
HEAD_COUNT: Final = "{count} 人"
NOBODY_WAITS: Final = "现在没有人等候叫号。"

HELD_UNTIL: Final = "{when} 前等本人确认"
OPENS: Final = "{when} 起可签到"
OVERDUE_BY: Final = "已过 {minutes} 分钟"
CHECK_IN_OVER: Final = "签到时间已过"
ARRIVED: Final = "{when} 到 · 第 {place} 位"
CALLED_AT: Final = "{when} 叫号"
SERVED_AT: Final = "{when} 办结"
CANCELLED_AT: Final = "{when} 取消"
WHICH_WINDOW: Final = "{code} 叫到哪个窗口？"
WINDOW_SERVING: Final = "{window} · 办理中"
JUST_DONE: Final = {
    "call": "刚才：{code} 已叫号，{window}",
    "finish": "刚才：{code} 已办结，{window}",
}
NOTHING_JUST_DONE: Final = "叫错号、点错办结，可以马上在这里撤销。"
SOME_WINDOW: Final = "窗口未登记"
UNDO: Final = {"call": "撤销叫号", "finish": "撤销办结"}
UNDONE: Final = {
    "call": "{code} 的叫号已撤销，回到等候。",
    "finish": "{code} 的办结已撤销，回到办理中。",
}
IN_CLOSURE: Final = "停办"

CHECKED_IN: Final = "{code} 已签到：{when} {business}，{window}。{ahead}"
ALREADY_OVER: Final = "{code} 已经办结，不用再签到。"
WALKED_IN: Final = "已登记，号码 {code}，{business}。{ahead}"
AHEAD: Final = "前面还有 {count} 位。"
AT_ONCE: Final = "现在就可以叫号。"
NO_CODE: Final = "请先扫码，或输入预约码。"
NO_BUSINESS: Final = "请先选要办的业务。"
REFUSED: Final = {
    "unknown_booking": "没有找到预约码 {code}，请核对后再试；没有预约的，请登记为现场来人。",
    "booking_ended": "{code} 已取消，不能签到。仍要办理的，请登记为现场来人。",
    "too_early": "{code} 约在 {when}，{opens} 起才能签到，请来人到时再扫。",
    "too_late": "{code} 约在 {when}，签到时间已过。仍要办理的，请登记为现场来人。",
    "other_hall": "{code} 约的是{hall}（{address}），不在本大厅，请告诉来人。",
    "not_in_hall": "{code} 还没有签到，或者已经办结，请看最新状态。",
    "unknown_business": "本大厅不办这项业务，请重新选择。",
    "unknown_hall": "没有找到这个大厅，请刷新后再试。",
    "unknown_window": "本大厅没有这个窗口，或者它不办这项业务，请刷新后再试。",
    "called_elsewhere": "{code} 已经叫到{window}，请叫下一位。",
    "step_overtaken": "{code} 刚才又有人操作过，没有撤销，请看最新状态。",
    "undo_too_late": "{code} 不是今天记的，不能再撤销。",
    "booked_since": "{code} 办结后本人又约了别的号，不能撤销。仍要办理的，请登记为现场来人。",
    "bad_closure": "停办的起止时间不对：结束要晚于开始，也不能全在过去。",
    "windows_busy": "现在操作的人多，没有记上，请再试一次。",
}
LAPSED: Final = "{code} 当时没有确认，号已放回，不能签到。仍要办理的，请登记为现场来人。"

CLOSURE_REASONS: Final = ("系统维护", "设备故障", "停水停电", "恶劣天气", "人员临时调整")
CLOSURE_AFFECTS: Final = "这段时间有 {count} 个预约受影响，会马上通知本人，请他们改约。"
CLOSURE_AFFECTS_NONE: Final = "这段时间没有预约受影响。"
CLOSURE_WHEN: Final = "请把日期和起止时间填全，结束要晚于开始。"
CLOSURE_REASON: Final = "请写明停办原因，通知里会告诉来访者。"
CLOSURE_ANNOUNCED: Final = "已登记停办，{count} 个预约会收到通知。"
CLOSURE_ENDED: Final = "已取消停办，可以重新预约。"
CONFIRM_REOPEN: Final = "取消后，这段时间重新开放预约；已经收到通知的人不会再收到通知。"
WHOLE_HALL: Final = "整个大厅"
CLOSURE: Final = "{where} {when} 停办：{reason}（{by} {at} 登记）"
