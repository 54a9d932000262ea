"""Every sentence of the day board of a hall."""

from typing import Final

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
SHARE: Final = "大厅里的人占容量的多少"
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
