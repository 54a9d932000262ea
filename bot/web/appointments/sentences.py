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
