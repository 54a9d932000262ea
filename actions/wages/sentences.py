"""Every sentence about what work pays. ``{}`` fields are filled by the chat and the import."""

ASK = "想知道哪个工种、在哪里的工资？例如「昆明电工」，只说工种也行。"
WHY = "各地各工种的工资差得多，知道工种和地方才说得准。"
HEAD_PUBLISHED = "{where}{trade}，{year}年公布的工资价位（{source}，{on}）："
HEAD_POSTED = "{where}{trade}，按{day}在招的 {n} 条写明工资的招聘："
HEAD_WIDE = "{where}{trade}和相近工种，按{day}在招的 {n} 条写明工资的招聘："
FIGURES = {
    "month": "一半在 {q1}–{q3} 元/月之间，中间数 {median} 元/月。",
    "year": "一年按 12 个月算，一半在 {q1}–{q3} 元之间，中间数 {median} 元，不含另发的奖金。",
    "day": "一天按每月 21.75 个计薪天折算，一半在 {q1}–{q3} 元之间，中间数 {median} 元。",
    "hour": "一小时按每天 8 小时折算，一半在 {q1}–{q3} 元之间，中间数 {median} 元。",
}
OTHER_PLACE = "没有{asked}的价位，这是{place}的。"
COMPARED_WITH_NATION = "{where}的不到 {least} 条，只能和全国的比，各地工资本来就有高低。"
OF_POSTINGS = "招聘写的是区间的取中间，同一单位相同的只算一条；是单位开的价，不等于到手。"
DEMO = "其中 {demo} 条是演示岗位，不是真实招聘。"
TOO_FEW = "{where}{trade}只有 {n} 条在招岗位写明了工资，不到 {least} 条，算出来不准，就不报数了。"
NONE = "{where}{trade}现在没有写明工资的在招岗位，也没有登记公布的价位，不敢乱说。"
OTHER_WAYS = "可以换大一点的范围看："
NO_OTHER_WAY = "范围放大也不够。可以直接看在招岗位，或者转人工。"

COMPARED = "「{title}」写的是 {pay}。{where}{trade}的工资，{basis}：\n{figures}\n{verdict}"
BASIS_PUBLISHED = "按{year}年公布的价位"
BASIS_POSTED = "按{day}在招的 {n} 条"
VERDICTS = {
    "below": "{middle} 元，比中间数低 {by}%，低于当中一半的范围，算偏低。",
    "within": "{middle} 元，{beside}，在当中一半的范围里，算正常。",
    "above": "{middle} 元，比中间数高 {by}%，高于当中一半的范围，算偏高；要问清底薪和提成怎么算。",
}
YOURS, MIDDLE = "您说的 ", "取中间 "
BESIDE = {1: "比中间数高 {by}%", 0: "和中间数差不多", -1: "比中间数低 {by}%"}
NO_PAY = "「{title}」没有写明工资，没法比。面试前先问清楚。"
GONE = "这个岗位已经下架了，没法比。"

B_NATION = "看全国的"
B_CITY = "看{city}全市的"
B_WIDER, B_NATION_WIDER = "看相近工种", "看全国相近工种"
B_POSTED = "看在招岗位开多少"
B_JOBS = "找这样的岗位"
B_USUAL = "看行情"
B_MONTH, B_YEAR = "按月算", "一年多少"
NATION = "全国"

TITLE, TRADE, PLACE = "问工资", "问工资的工种", "问工资的地方"

ROW_NO_UNIT = "看不出是按年还是按月，请用 --unit 写明"
ROW_NO_PLACE = "看不出是哪里的，请用 --place 写明"
ROW_NO_FIGURES = "职业或三个数不全"
ROW_BAD = "数不合理或不按大小，没有收"
