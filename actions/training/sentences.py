"""Every sentence about courses. ``{}`` fields are filled by the chat and the import."""

TITLE, SUBJECT, PLACE, WANTS = "找培训", "想学什么", "在哪里学", "对培训的要求"
WHY = "知道想学什么、在哪里，才能找到合适的班。"
ANYTHING = "各类"
FOUND = "按「{wish}」找到 {total} 个班"
RELAXED = "没有完全符合「{wish}」的班，放宽{relaxed}后有 {total} 个"
RELAXED_NAMES = {"subject": "想学的", "place": "地方", "wants": "要求"}
SHOWN = "，这是第 {first}–{last} 个："
LINE = "{n}. {title}｜{provider}｜{city}｜{begins}｜{fee}"
MORE_LINE = "   {more}"
HINT = "想看哪个说「第几个」，也可以说「要免费的」「周末上课的」「换成昆明」。"
NONE = "按「{wish}」现在没有要开的班。可以换个说法，或者先问培训补贴怎么领。"
NOTHING_ON_FILE = "现在没有登记要开的班。可以先问培训补贴怎么领，或者转人工，由工作人员帮您打听。"
NO_MORE = "后面没有了。可以换个地方或想学的再找。"
BEGINS, ANY_TIME = "{day}开班", "随到随学"
FREE, FEE, FEE_UNKNOWN = "免费", "{fee} 元", "学费问机构"
SEATS_LEFT, FULL = "余 {left} 位", "已报满"
SUBSIDISED = "符合条件可领培训补贴"
ONLINE = "线上"
DETAIL_PLACE, PLACE_UNKNOWN = "上课地点：{where}", "上课地点：{where}，详细地址机构没有写"
DETAIL_DAYS, DETAIL_TIMES = "时间：{days}", "上课时段：{times}"
DETAIL_FEE = "学费：{fee}"
UNTIL = "{first}开班，{last}结束"
DEMO = "这是演示用的示例课程，不是真的开班。"
GONE = "这个班已经开课或撤下了，可以看看别的。"
WHICH = "您说的是哪个班？先看看有哪些。"
TOLD = "「{title}」{told}。"
UNKNOWN = "「{title}」的机构没有写明这一点。可以转人工，由工作人员帮您问。"
ASK_CONSENT = (
    "报名「{title}」：我会把这次报名交给工作人员，由工作人员转给「{provider}」，有消息在这里告诉您。"
    "只用于这个班，随时可以取消。同意报名吗？"
)
CONSENT = "同意把报名「{title}」交给工作人员并转给「{provider}」，只用于这个班。"
SIGNED_UP = (
    "已报名「{title}」，位子给您留了{left}。"
    "工作人员转给机构后会联系您；想取消，说「取消培训报名」。"
)
LEFT_NOW = "，还剩 {left} 位"
SIGNED_UP_BEFORE = "您已经报了「{title}」，不用再报。"
NO_SEAT = "「{title}」刚刚报满了，没有报上。可以看看别的班。"
NOT_SIGNED_UP = "好的，没有报名。"
MINE, NONE_MINE = "您报名的班：", "您还没有报过培训班。"
MINE_LINE = "{n}. {title}｜{provider}｜{begins}｜{state}"
STATES = {
    "asked": "等工作人员转给机构",
    "passed_on": "已转给机构",
    "declined": "没有报上",
    "left": "已取消",
}
ASK_LEAVE = "要取消「{title}」的报名吗？位子会让给别人。"
LEFT_COURSE = "已取消「{title}」的报名。"
NOT_LEFT = "您没有报这个班，不用取消。"
STAYS = "好的，报名还在。"
HELD = "培训报名「{title}」"

B_DETAILS, B_SIGN_UP, B_AGREE, B_LEAVE = "详情{n}：{title}", "我要报名", "同意报名", "取消报名"
B_LEAVE_SURE, B_STAY, B_NOT_NOW = "确认取消报名", "保留", "先不报"
B_SUBSIDY, SUBSIDY_QUESTION = "问培训补贴", "职业技能培训补贴怎么申领"
B_ALL, B_MINE = "看全部的班", "我报的班"

ROW_NO_PLACE = "上课地点「{text}」没看懂"
ROW_NO_NAME = "没有课程名称或机构"
ROW_BAD = "日期、学费或人数不合理"
ROW_DATE = "日期「{text}」没看懂，没有用"
ROW_FEE = "学费「{text}」没看懂，没有用"
ROW_SEATS = "人数「{text}」没看懂，没有用"
ROW_OVER = "已经开课，不会再列出"
