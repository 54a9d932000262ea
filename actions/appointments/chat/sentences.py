"""Every sentence about halls, bookings and visits. ``{}`` fields are filled by the actions."""

# Buttons ---------------------------------------------------------------------------------
B_MY_BOOKINGS = "我的预约"
B_COME = "还是去大厅"
B_OTHER_BUSINESS = "换个业务"
B_OTHER_TIME = "换个时间"
B_MORE_TIMES = "更多时间"
B_ELSEWHERE = "去{hall}看看"
B_WAIT = "排候补"
B_CONFIRM = "确认预约"
B_NOT_NOW = "不约了"
B_NOT_WANTED = "不要了"
B_CHANGE = "改约"
B_CANCEL = "取消预约"
B_CANCEL_WAIT = "取消候补"
B_YES_CANCEL = "确定取消"
B_KEEP = "先不取消"
B_CHANGE_KEEP = "不改了"
B_KEEP_OLD = "保留原来的"
B_MOVE_OLD = "改原来的时间"
B_FOR_OTHER = "这个是替别人约的"
B_CALENDAR = "加入日历"
B_ARRIVED = "我到了"
B_BOOK_MINE = "约我自己的"
B_CROWD_BOOK = "约{when}"
B_WEEK = "看本周人流"
B_ONLINE_FIRST = "先看能不能网上办"

# What and when ---------------------------------------------------------------------------
BOOK_ASK_BUSINESS = "您要办什么业务？说名字，或者点一个。"
BOOK_UNKNOWN_BUSINESS = "没有认出是哪项业务。大厅能约的有这些，点一个，或者换个说法。"
BOOK_NOT_OURS = (
    "「{what}」不在这里能约的业务里，可以拨 12333 问在哪里办。能约的有这些，点一个，或者换个说法。"
)
BOOK_ASK_TIME = "您想什么时候来？例如「明天下午」「周五上午」。"
BOOK_ASK_HALL = "在哪个大厅办「{business}」方便？点一个，或者说地方。"
BOOK_UNKNOWN_HALL = "那里没有能约「{business}」的大厅。能约的有这些，点一个，或者转人工。"
WHY_BUSINESS = "不同业务的窗口、要带的材料和时间都不一样，知道了才能约对；只用在这次预约上。"
WHY_HALL = "各大厅的空闲时间不一样，去哪里由您定，我不替您选。"
WHY_TIME = "按您方便的时间找人少的时段，少排队。哪天都行也可以直接说「都行」。"
BOOK_ANY_TIME = "哪天都行"
BOOK_NOT_THERE = "{place}没有能在这里约的大厅。"
BOOK_GROUP = (
    "一个预约只办一个人的业务：要办的人各用自己的微信或手机约一次，时间可以约在一起。\n"
    "单位要给多人集中办理，请转人工，由企业窗口另行安排。"
)
BOOK_PRIORITY = "好的，给老年人、残疾人和不方便用手机的人留有专门的号，您可以优先选。"

# Not coming at all -----------------------------------------------------------------------
INSTEAD = "「{business}」不来大厅也能办："
INSTEAD_WAY = "· {way}"
INSTEAD_OR_COME = "想到现场办也可以，点「还是去大厅」，我给您找人少的时间。"
INSTEAD_ALSO = "这项业务不来大厅也能办：{ways}。想来的话："
INSTEAD_TAKEN = "好的，按上面的办法办就行，不用来大厅。办的时候遇到问题，随时问我。"
INSTEAD_NONE = "「{business}」还不能网上办，需要来大厅。"

# Times -----------------------------------------------------------------------------------
TIMES = "{hall}办「{business}」，{day}这几个时间较空，点一个先给您留着："
TIMES_CHANGE = "可以改到{hall}{day}这几个时间，点一个就改好，原来的才会让出："
CHANGE_OLD = "原来的预约：{booking}。"
TIMES_LINE = "· {when}，{reason}"
TIMES_NONE = "「{business}」在您说的时间没有空的了。换个时间看看？"
TIMES_NO_MORE = "后面没有更多的时间了。可以换个时间再看。"
TIMES_WAIT = "也可以排候补：有人退出时，按先后给您留号并通知您。"
NO_WINDOW = "「{business}」现在没有能约的窗口。可以转人工问一下。"

# One booking -----------------------------------------------------------------------------
BOOKING_LINE = "{when}，{hall}{window}，{business}，预约号 {code}"
WAIT_LINE = "候补：{when}，{hall}，{business}，候补号 {code}"
WHEN_TO = "{start}–{end}"
HELD = (
    "先给您留着：{when}，{hall}{window}，办「{business}」。\n地址：{address}\n预约号：{code}\n"
    "{bring}请在 {minutes} 分钟内确认，{until} 后号会让给别人。"
)
BRING = "请带上：{things}。\n"
CONFIRMED = "约好了：{when}，{hall}{window}，办「{business}」。\n"
CHANGED = "改好了：从 {old} 改到 {when}，{hall}{window}，办「{business}」，预约号不变。\n"
CHANGED_ALREADY = "已经是这个时间了：{when}，{hall}{window}，办「{business}」。\n"
CHANGED_HELD = "换成了 {when}，原来的 {old} 已让出。\n"
VISIT = (
    "地址：{address}\n预约号：{code}，到了出示就行。\n{bring}"
    "请在 {opens} 到 {clock} 之间到，到了告诉我「我到了」。"
)
TO_CALENDAR = "打开这个地址就能存到日历，改约后再打开一次会自动更新：{url}"
REMIND_CONFIRM = "您选的 {when} 还没有确认，{until} 前有效。"
CONFIRM_WHICH = "您有 {n} 个还没有确认的预约，要确认哪一个？"
ALREADY = "您已经约了：{booking}。一项业务同时只留一个预约，可以改约或取消。"

BELONGING = "{when} {hall}办「{business}」，{status}"
OVERLAPS = (
    "您在这个时候已经有预约了：{booking}。\n"
    "一个人同一时间只能办一件，去另一个大厅要留出 {minutes} 分钟路上的时间。"
    "可以保留原来的、改原来的时间，或者换个时间约这个；替别人约的请告诉我。"
)
CHANGED_SINCE = "这个预约后来变动过，先看看现在的样子，再选新的时间。"
LINK_TAKEN_UP = "找到了，这个预约可以在这里接着办：\n{booking}，{status}"
LINK_ENDED = (
    "这个预约链接已经失效：过了办理日，或者换过新链接。在约的那个对话里说「我的预约」，能拿到新的。"
)

# Waiting ---------------------------------------------------------------------------------
WAITING = (
    "已经排上候补：{when}，{hall}，办「{business}」，候补号 {code}。\n"
    "有人退出时，按先后给您留号并通知您，到时点确认就行。"
)
WAITING_ALREADY = "您已经在排候补：{booking}。有了号我会通知您。"
WAIT_PAST = "离这个时间太近，候补来不及了。换个时间看看？"

# Looking up, cancelling, changing --------------------------------------------------------
MY_BOOKINGS = "您的预约："
MY_BOOKINGS_NONE = "您现在没有预约。需要的话，我帮您约。"
MY_STATUS = {
    "held": "还没有确认",
    "confirmed": "已约好",
    "checked_in": "已签到",
    "served": "已办结",
    "cancelled": "已取消",
    "no_show": "没有来",
    "waitlisted": "候补中",
}
MY_HELD_UNTIL = "，请在 {until} 前确认"
MY_CLOSED = "，大厅临时停办，请改约"
CANCEL_ASK = "要取消这个预约吗？\n{booking}"
CANCEL_WHICH = "您有 {n} 个预约，要取消哪一个？"
CANCEL_DONE = "已经取消：{booking}。时间已让给别人，需要时可以重新约。"
CANCEL_WAIT_DONE = "已经不再排候补：{booking}。需要时可以重新排。"
CHANGE_WHICH = "您有 {n} 个预约，要改哪一个？"
CHANGE_BUSINESS = (
    "改约可以换时间和大厅，不能换业务。要办「{business}」请另约一个；"
    "原来的不办了，可以取消：\n{booking}"
)
CHANGE_KEPT = "原来的预约没有动：{booking}。"
CODE_UNKNOWN = "在这个对话里没有查到这个预约号，请核对。在别处约的，把预约链接发给我就能接着办。"

# In the hall -----------------------------------------------------------------------------
ARRIVED = "签到好了，{business}，预约号 {code}。请到{hall}{window}等候叫号，约的是 {when}。"
SERVED = "这个预约已经办完了：{booking}。"
ARRIVED_WHICH = "您今天有 {n} 个预约，是来办哪一个？"
ARRIVED_NONE = "没有查到您今天的预约。可以在大厅现场取号，或者现在约一个人少的时间。"
ARRIVED_EARLY = "还没到签到的时候：您约的是 {when}，{opens} 起可以签到。到时再告诉我「我到了」。"
ARRIVED_LATE = (
    "{when} 的预约已经过了签到时间。可以到大厅服务台说明情况、现场取号，或者重新约一个时间。"
)

# What went wrong -------------------------------------------------------------------------
REFUSED = {
    "slot_full": "抱歉，这个时间刚刚被约满。",
    "slot_past": "这个时间已经开始或过去了。",
    "slot_closed": "抱歉，大厅这个时间临时停办。",
    "slot_reserved": "这个号是留给老年人、残疾人等不便上网的人的，请选别的时间。",
    "unknown_slot": "这个时间已经不在日程里了。",
    "hold_lapsed": "留号的时间过了，这个号已经让给别人。",
    "unknown_booking": CODE_UNKNOWN,
    "booking_past": "这个预约的时间已经开始或过去，不能再改动了。需要帮忙请转人工。",
    "booking_ended": "这个预约已经取消了。需要的话，我帮您重新约。",
    "wait_past": WAIT_PAST,
}
TOO_MANY = "您已经有 {limit} 个预约没有办，一个人同时最多 {limit} 个。办完或取消一个，就能再约。"
TOO_FAR = (
    "您最近有 {times} 次约了没有来，{until} 前只能约 {days} 天以内的时间，好让别人也约得上。"
    "{days} 天以内的照常可以约。"
)

# What the desk knows ---------------------------------------------------------------------
DESK_BRING = "办「{business}」请带上：{things}。"
DESK_HOURS = "{hall}办公时间：{hours}，周末和法定节假日不办公。"
DESK_LUNCH = "{hall}中午休息，{start}–{end} 不办理。"
DESK_NO_LUNCH = "{hall}中午不休息，照常办理。"
DESK_WEEKEND = "{hall}只在工作日办公，周末和法定节假日不办公，调休上班的日子照常。"
DESK_ADDRESS = "{hall}在{address}，{hours} 办公。"
DESK_HOW_LONG = "「{business}」在窗口一般约 {minutes} 分钟；约好时间来，不用长排队。"
DESK_HALL = "· {hall}：{address}，{hours}"
DESK_BOOKED = "您约的是 {booking}。"
DESK_UNKNOWN = "{what}，我这里没有登记，不敢乱说。请拨 12333 问一下，或者转人工。"
DESK_FACILITIES = "停车和场内设施"
DESK_WHICH_BUSINESS = "您问的是哪项业务？点一个，或者说名字。"

# Crowd -----------------------------------------------------------------------------------
CROWD = "{hall}现在约 {people} 人（容量 {capacity}）。"
CROWD_PREDICTED = "{hall}现在预计约 {people} 人（容量 {capacity}）。"
CROWD_CLOSED = "{hall}现在休息，没有人排队（{hours}）。"
CROWD_QUIET = "可以错开来：{when} 更空，点一下就约。"
CROWD_NOT_CALMER = "现在就比较空，可以直接来。"
CROWD_MANY = "各大厅现在的情况，点一个看什么时候更空："
CROWD_NO_HALL = "现在没有大厅的数据。可以转人工问一下。"
CROWD_WEEK = "{hall}接下来几天的预计人数，颜色越浅越空。想来的话，说个时间我帮您约。"

# Notices ---------------------------------------------------------------------------------
NOTICE_DAY = (
    "提醒您：{when}，{hall}{window}，办「{business}」，预约号 {code}，到了出示二维码就行。\n"
    "地址：{address}\n{bring}"
)
NOTICE_DAY_END = "来不了的话，请提前改约或取消，把号让给别人。"
NOTICE_HOURS = (
    "再过不久就到您的预约了：{when}，{hall}{window}，办「{business}」，预约号 {code}。\n"
    "地址：{address}\n{bring}"
    "请在 {opens} 到 {clock} 之间到，出示二维码，或者告诉我「我到了」。"
)
NOTICE_FREED = (
    "等到号了：{when}，{hall}{window}，办「{business}」，预约号 {code}。\n"
    "给您留到 {until}，点「确认预约」就约好；不需要的话点「不要了」，让给下一位。"
)
NOTICE_CLOSED = "抱歉，您约的 {when}，{hall}因{reason}不能办理「{business}」。"
NOTICE_CLOSED_NO_REASON = "临时停办"
NOTICE_CLOSED_TIMES = "可以改到这几个时间，点一个就改好，预约号不变："
NOTICE_CLOSED_NO_TIMES = "近期没有空的时间，可以说一个您方便的时间，或者转人工。"
NOTICE_REOPENED = "{hall}又能办理「{business}」了，"
NOTICE_REOPENED_STANDS = "您约的 {when} 照常，预约号 {code}。"
NOTICE_REOPENED_HELD = "您选的 {when} 还给您留着，请在 {until} 前确认。"
NOTICE_REOPENED_AGAIN = "您之前因临时停办没办成的，可以重新约。"
NOTICE_REOPENED_TIMES = "这几个时间较空，点一个先给您留着："
NOTICE_NO_SHOW = (
    "{when} 的预约（{hall}，{business}）您没有来。没关系，需要的话可以重新约。\n"
    "来不了时请提前取消，把号让给别人。{memory} 天内有 {times} 次没来，"
    "一段时间里就只能约 {days} 天以内的时间。"
)
