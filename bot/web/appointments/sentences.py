"""Every sentence of the halls' page and of tickets that does not stand in a template."""

NO_TICKET_TITLE = "没有找到这个预约"
NO_TICKET_TEXT = "链接可能不完整。请回到对话里说「我的预约」，重新打开凭证。"
NO_HALL_TITLE = "没有找到这个大厅"
NO_HALL_TEXT = "它可能已经撤并或改名。可以看看其他大厅的人流，或回到对话里问我。"

HALL_PEOPLE_COUNTED = "现在约 {people} 人，容量 {capacity} 人"
HALL_PEOPLE_EXPECTED = "按预约估计现在约 {people} 人，容量 {capacity} 人"
QUIET_TIME = "{time}（预计 {people} 人）"
WEEK_ALT = "{hall}接下来几个工作日每半小时预计人数的图。"
WEEK_CALM = "较空的时间：{times}。"

NO_VISIT_TITLE = "这个预约链接打不开了"
NO_VISIT_TEXT = (
    "链接可能不完整，已经换过新的，或者办完超过一天。请回到约的那个对话里说「我的预约」，重新打开。"
)
VISIT_CLOSED = "大厅停办，请改约"
VISIT_SAID = {
    "moved": "改好了，按新的时间来就行，预约号不变。",
    "cancelled": "已经取消，时间已让给别人。需要时可以重新约。",
    "renewed": "已换新网址，以前的都打不开了。请收好现在这一个。",
    "since": "这个预约刚才在别处变动过，什么都没有改。请看看现在的样子再决定。",
    "slot_full": "抱歉，这个时间刚刚被约满，原来的预约没有动。",
    "slot_past": "这个时间已经过去了，原来的预约没有动。",
    "slot_closed": "大厅这个时间临时停办，原来的预约没有动。",
    "overlaps": "您在那个时候已经有另一个预约，原来的预约没有动。请换个时间。",
    "booking_past": "这个预约的时间已经开始或过去，不能再改动了。",
    "booking_ended": "这个预约已经取消了。",
    "windows_busy": "现在办理的人多，没能改成，原来的预约没有动。请再试一次。",
}
VISIT_REFUSED = "没有改成，原来的预约没有动。请换个时间，或回到对话里问我。"
