"""Every sentence about postings. ``{}`` fields are filled by the actions."""

B_WIDER = "重新说要求"
B_SAME_KIND = "看同类岗位"
JOBS_ASK = "您想找什么工作，在哪个地方？例如「上海电工，六千以上」，说一样也行。"
WHY_WISH = "知道做什么、在哪里，才能找到合适的岗位；只用来找这一次，说一样也行。"
JOBS_FOUND = "按「{wish}」找到 {total} 个岗位"
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
JOB_PAY = "工资：{pay}"
JOB_PLACE = "地点：{place}；招 {headcount} 人"
JOB_BENEFITS = "待遇：{benefits}"
JOB_UNTIL = "有效期到 {until}（不含当天）；联系方式：{contact}"
JOB_APPLY_LATER = "在线报名还没开通。想去应聘，可以转人工帮您联系。"
WISH_ANY = "不限"
WISH_NOT = "不要{what}"
RELAXED = {"salary_min": "工资", "place": "地点", "trade": "工种"}

# Coming later ----------------------------------------------------------------------------
APPLY_LATER = (
    "在线报名很快会有，现在还不能替您投递。您可以先看岗位详情，想应聘就转人工，由人帮您联系。"
)
SUBSCRIBE_LATER = "新岗位提醒很快会有。现在您随时说「工种加地方」，我马上帮您查最新的。"
UNSUBSCRIBE_LATER = "您现在没有任何订阅，不会收到推送。这个功能开通后，一句话就能退订。"
TRAINING_LATER = "培训报名很快会有。现在可以先问培训补贴怎么领，具体班次请转人工或拨 12333。"
WAGE_LATER = "工资行情统计很快会有。现在可以看在招岗位写明的工资，说工种和地方就行。"
POSTING_LATER = "在线发布招聘很快会有。现在要招人，请转人工登记，或拨 12333；招聘规定可以先问我。"
SHARING_LATER = (
    "用工余缺调剂登记很快会有。现在请转人工，由工作人员帮两边企业对接；相关规定可以先问我。"
)
