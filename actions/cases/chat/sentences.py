"""Every sentence about handing over to a person. ``{}`` fields are filled by the actions."""

STAFF = "已经转给工作人员，工单号 {ticket}。最晚 {reply_by} 前在这里回复您，不用一直等着。"
STAFF_AGAIN = "您的工单 {ticket} 已经在处理，最晚 {reply_by} 前回复。有补充的话直接说，我一并转达。"
COMPLAIN = (
    "让您遇到这样的事，很抱歉。我已经把您的话记成投诉工单 {ticket}，"
    "工作人员最晚 {reply_by} 前回复您。还有细节请接着说，例如时间、地点、经过。"
)
DISTRESS = (
    "听到您这么难，我很挂心。您不用一个人扛着。\n"
    "心里难受，可以拨 12356 心理援助热线；工作、欠薪、社保的事，可以拨 12333。"
    "如果有人身危险，请马上拨 110 或 120。\n"
    "我已经请工作人员联系您，工单号 {ticket}，最晚 {reply_by} 前在这里回复。"
)
CASE_OPEN = "工单 {ticket} 还在处理，最晚 {reply_by} 前在开单的那个对话里回复。"
CASE_CLOSED = "工单 {ticket} 已经办结。还有没解决的，可以再转人工。"
CASE_UNKNOWN = (
    "在这个对话里没有查到这个工单，请核对。在别处开的工单，把工单链接发给我，就能告诉您办到哪一步。"
)
CASE_WAITS = "工作人员的答复，最晚 {reply_by}"
CASE_NO_WORDS = "（按钮：转人工）"
HELD_CASE = "工单 {ticket} 里您说的话"
