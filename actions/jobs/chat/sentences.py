"""Every sentence about postings. ``{}`` fields are filled by the actions."""

B_WIDER = "重新说要求"
B_SAME_KIND = "看同类岗位"
JOBS_ASK = "您想找什么工作，在哪个地方？例如「上海电工，六千以上」，说一样也行。"
WHY_WISH = "知道做什么、在哪里，才能找到合适的岗位；只用来找这一次，说一样也行。"
JOBS_FOUND = "按「{wish}」找到 {total} 个岗位"
JOBS_FOUND_KEPT = "找到 {total} 个岗位"
JOBS_PAGE = "，这是第 {first}–{last} 个："
JOBS_LINE = "{n}. {title}｜{employer}｜{place}｜{pay}"
JOBS_WHY = "   {reasons}"
JOBS_UNKNOWN = "   未写明：{unknown}"
JOBS_RELAXED = "没有完全符合「{wish}」的岗位，放宽{relaxed}后有 {total} 个相近的"
JOBS_NONE = "按「{wish}」暂时没有在招的岗位。可以换个地方、工种或工资再找。"
JOBS_NO_MORE = "后面没有更多了。可以换个要求再找，或者从头看。"
JOBS_HINT = "想缩小范围，直接说，例如「八千以上」「换成昆明」。"
JOB_GONE = "这个岗位已经下架了。我可以再帮您找类似的。"
JOB_WHICH = "您想看哪一个？"
JOB_NONE_SHOWN = "您还没有看过岗位列表。想找什么工作，在哪里？"
JOB_HEAD = "{title}｜{employer}"
JOB_GIG = "零工：{when}"
JOB_PAY = "工资：{pay}"
JOB_PLACE = "地点：{place}；招 {headcount} 人"
JOB_BENEFITS = "待遇：{benefits}"
JOB_UNTIL = "有效期到 {until}（不含当天）。"
JOB_APPLY = "想去的话说「报名」，单位的联系方式在报名后给您。"
B_APPLY = "报名这个岗位"
B_SUBSCRIBE = "有新的告诉我"
B_DETAILS = "看这个岗位"
FACT = "「{title}」{what}：{told}"
FACT_LACKS = "没有写{what}方面的要求或安排，面试前先问清楚；写了的是："
FACT_UNKNOWN = "岗位里没有写，我不替单位说。面试前先问清楚，或者转人工，由工作人员帮您问单位。"
UNREAD = (
    "记下了。这一条岗位里大多没有写，我筛不出来；看中哪个，说「第几个」我给您看全文，"
    "报名前先向单位问清楚。"
)
FACTS_OF_ALL = "刚才这几个岗位的{what}："
FACT_OF_ONE = "{n}. {title}：{told}"
B_NUMBERED = "{n}. {title}"
TRUST = (
    "「{title}」发布前审核过：没有看到收费、押金、扣证件这类内容。单位的底细请面试时自己再核一遍，"
    "觉得不对，说「举报这个岗位」，工作人员去查。"
)
TRUST_OURS = "这里的岗位都要审核过才发布；别处看到的招聘，把那段话发给我，我帮您看有没有问题。"
TRUST_SIGNS = (
    "遇到这几样就别去：先收押金、培训费、体检费；要扣身份证；让垫钱刷单；"
    "说不清单位全名和地址；什么都不要求，钱却特别多。"
)
FACT_PLACE = "在{place}，具体地址岗位里没有写，面试前和单位确认"
FACT_EMPLOYER = "单位是{employer}，招 {headcount} 人"
FACTS = {
    "job_board": "吃住",
    "job_insurance": "社保和合同",
    "job_hours": "上班时间",
    "job_needs": "学历、经验这些要求",
    "job_employer": "单位的情况",
    "job_place": "地址",
    "job_pay": "工资",
    "job_fee": "收费（招工不能收押金、服装费这类钱）",
}
WISH_ANY = "不限"
WISH_ONLY = "只在{place}"
WISH_NOT = "不要{what}"
JOBS_INSIDE = "（就在当地的 {inside} 个，其余在附近或同城）"
JOBS_OTHER_WAYS = "\n只改一样的话：{ways}。"
LOOSENED = {
    "place": "不限地方有 {count} 个",
    "salary_min": "不限工资有 {count} 个",
    "trade": "不限工种有 {count} 个",
    "needs": "不要求工作条件有 {count} 个",
    "not_needs": "不排除您说不要的有 {count} 个",
}
RELAXED = {"salary_min": "工资", "place": "地点", "trade": "工种"}
