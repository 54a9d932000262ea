"""Every sentence about shared staff. ``{}`` fields are filled by the chat."""

TITLE = "用工余缺调剂"
SLOT_SIDE, SLOT_TRADE, SLOT_COUNT = "借出还是借入", "调剂的工种", "调剂的人数"
SLOT_PLACE, SLOT_PERIOD, SLOT_CONTACT = "用工地点", "用工时间", "单位和联系方式"
SIDES = {"lend": "有富余，借出", "borrow": "缺人，借入"}

ASK_SIDE = (
    "可以登记用工余缺，由工作人员帮两边企业对接；有哪些规定，点「共享用工规定」看原文。"
    "您是人手有富余想借出去，还是缺人想借进来？"
    "一句话说全也行，例如「淡季有 30 个普工想借出去两个月」。"
)
ASK_TRADE = "是什么工种的人？例如「普工」「缝纫工」。"
ASK_COUNT = "大概多少人？"
ASK_PLACE = "登记用工余缺（共享用工），还要知道在哪个城市用工？"
ASK_PERIOD = "什么时候、多长时间？例如「下个月起两个月」。"
ASK_CONTACT = "登记用工余缺还差联系办法：留下单位名称和联系人、电话，只给工作人员对接用，不公开。"
WHY = "知道工种、人数、地方和时间，才能找到对得上的单位；联系方式只有工作人员看得到。"
CHECK = (
    "请核对：{line}。\n联系：{contact}。\n"
    "登记后工作人员来对接，在谈妥前不把您的单位告诉对方。要登记吗？"
)
LINE = "{side} {trade} {headcount} 人，{place}，{period}"
KEPT = "已登记，登记号 {code}：{line}。"
FITTING = "现在有 {n} 条对得上的（单位和联系方式由工作人员对接后告知）："
FITTING_LINE = "· {line}"
NONE_FITTING = "现在还没有对得上的，有了工作人员会联系您。"
ENDED = "已撤下登记 {code}。"
NOT_ENDED = "这条登记已经结束了。"
ASK_END = "要撤下登记 {code} 吗？撤下后不再对接。"
STAYS = "好的，登记还在。"
GIVEN_UP = "好的，没有登记。"
MINE = "您还在对接的登记：{lines}"
HELD = "用工余缺登记 {code}"
CASE = "用工余缺登记 {code}：{line}；联系：{contact}"

B_LEND, B_BORROW, B_RULE = "有富余，想借出", "缺人，想借入", "共享用工规定"
RULE_QUESTION = "共享用工有什么规定"
B_KEEP, B_CHANGE, B_NO, B_END, B_END_SURE, B_STAY = (
    *("登记", "改一下", "先不登记", "撤下登记", "确认撤下", "保留"),
)
CHANGE = "要改哪一样直接说，例如「改成 20 人」「换成苏州」。"
