"""Every sentence of the assistant's answers. ``{}`` fields are filled by the actions."""

# Buttons ---------------------------------------------------------------------------------
B_POLICY = "问政策"
B_JOBS = "找工作"
B_BOOK = "约窗口"
B_STAFF = "转人工"
B_HELPFUL = "有帮助"
B_UNHELPFUL = "没帮助"
B_SOURCE = "看原文"
B_NEWER = "看新的文件"
B_RELATED = "相关问题"
B_MORE = "下一页"
B_WIDER = "重新说要求"
B_SAME_KIND = "看同类岗位"

# Small talk ------------------------------------------------------------------------------
GREET = "您好，我是职达，公共就业服务助手。可以帮您查政策、找工作、约窗口，也可以转人工。"
GOODBYE = "好的，再见。有需要随时找我。"
THANK = "不客气。还有什么要办的，直接说就行。"
AFFIRM = "好的。您接下来想办哪一件？"
DENY = "好的，这件事先放下。需要时再告诉我。"
DENY_NOTHING = "好的。想办别的事，直接说或点下面的按钮。"
HELP = (
    "我可以做这些：\n"
    "· 问政策：补贴、失业金、社保、劳动权益、机构许可，答案都附原文出处\n"
    "· 找工作：说工种、地方、工资，例如「上海电工，六千以上」\n"
    "· 约窗口：说业务和时间，例如「明天上午办失业登记」\n"
    "· 转人工：留一张工单，由工作人员回复"
)
OUT_OF_SCOPE = "这件事我帮不上。我能查就业政策、找岗位、约办事窗口，您想办哪一件？"
NOT_UNDERSTOOD = "我没看明白。可以用一句话说您要办的事，或者点下面的按钮。"
PLACE_OF_WHAT = "您想知道{place}的什么？可以直接说要问的政策，或者点下面的按钮。"
INFORM_UNCLEAR = "收到。这是想用来找工作、约窗口，还是问政策？"

# Below the threshold ---------------------------------------------------------------------
UNSURE = "我不太确定您的意思，是想办下面哪一件？"
UNSURE_AGAIN = "还是没弄懂您的意思，抱歉。可以换个说法，或者转给工作人员，由人来帮您。"
READINGS = {
    "greet": "打个招呼",
    "goodbye": "结束对话",
    "thank": "道谢",
    "affirm": "是的，可以",
    "deny": "不用了",
    "ask_help": "看看能办什么",
    "ask_policy": "问政策规定",
    "search_jobs": "找工作",
    "recommend_jobs": "推荐岗位",
    "job_details": "看岗位详情",
    "apply_job": "报名岗位",
    "subscribe_jobs": "订阅新岗位",
    "unsubscribe": "取消订阅",
    "find_training": "找培训",
    "ask_wage": "问工资行情",
    "book_window": "约办事窗口",
    "change_booking": "改预约时间",
    "cancel_booking": "取消预约",
    "my_bookings": "查我的预约",
    "hall_status": "看大厅人多不多",
    "post_job": "发布招聘",
    "share_workers": "用工余缺调剂",
    "complain": "投诉",
    "talk_to_staff": "转人工",
    "distress": "我遇到难处",
    "privacy_request": "查看或删除我的信息",
    "inform": "补充信息",
    "out_of_scope": "别的事",
}

# Policy ----------------------------------------------------------------------------------
POLICY_ASK = "请说一下您想问的政策，例如「现场招聘会还能办吗」。"
POLICY_QUOTE = "原文：「{quote}」"
POLICY_SOURCE = "——{source}"
POLICY_PERHAPS = "我不能肯定这就是您问的，可能相关的规定如下，请核对；不对的话可以转人工。"
DIGEST_QUOTE = "摘要原文：「{quote}」"
DIGEST_NOTE = "引文出自本项目所作的摘要，办事请以发布机关的文件为准。"
POLICY_NOT_COVERED = "我手上的文件没有写到这一点，不敢乱说。可以拨 12333 咨询，或者转人工。"
POLICY_NEAREST = "最接近的是这些文件，供参考："
POLICY_OUTDATED = (
    "我手上只有现在不适用的文件，不能当作现行规定。请拨 12333 确认最新规定，或者转人工。"
)
POLICY_OUTDATED_DOC = "《{title}》{state}。"
POLICY_AS_OF = "以下是{day}时的规定。"
POLICY_NOT_NOW = "以上规定现在已不适用，不能当作现行规定。"
POLICY_SOME_NOT_NOW = "其中有的现在已不适用，不能当作现行规定。"
POLICY_NO_OWN_RULE = "我手上没有{place}自己的规定，以下是全国的规定。"
POLICY_SIDE_BY_SIDE = "各地的规定分别如下："
POLICY_PLACE = "【{place}】"
POLICY_OCCASION = "这是{occasion}的安排，没有写明何时结束，现在是否还适用，请拨 12333 确认。"
POLICY_SOME_OCCASION = "其中有{occasion}的安排，没有写明何时结束，现在是否还适用，请拨 12333 确认。"
POLICY_HELPFUL = "谢谢您的反馈。"
POLICY_UNHELPFUL = "谢谢您告诉我们，工作人员会看。急用的话，可以拨 12333 或者转人工。"
POLICY_WHICH_REGION = "这件事各地规定不一样。您问的是哪个地方？点一下，或者直接说地名。"
POLICY_LINK = "{title}，全文在这里：{url}"
POLICY_NO_DOC = "这份文件现在不在库里了。您可以重新问一遍，我再查。"
POLICY_RELATED = "《{title}》还写了这些，想看哪一条？"
POLICY_RELATED_NONE = "这份文件里没有别的条目了。想问别的，直接说。"

# Jobs ------------------------------------------------------------------------------------
JOBS_ASK = "您想找什么工作，在哪个地方？例如「上海电工，六千以上」，说一样也行。"
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
PAY_FROM_TO = "{low}–{high} 元/月"
PAY_FROM = "{low} 元/月起"
PAY_TO = "最高 {high} 元/月"
PAY_UNKNOWN = "工资面议"
WISH_PAY = "{pay} 元以上"
WISH_ANY = "不限"
RELAXED = {"salary_min": "工资", "place": "地点", "trade": "工种"}

# A person --------------------------------------------------------------------------------
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
CASE_NO_WORDS = "（按钮：转人工）"

# Coming later ----------------------------------------------------------------------------
COMING = {
    "apply_job": (
        "在线报名很快会有，现在还不能替您投递。您可以先看岗位详情，想应聘就转人工，由人帮您联系。"
    ),
    "subscribe_jobs": "新岗位提醒很快会有。现在您随时说「工种加地方」，我马上帮您查最新的。",
    "unsubscribe": "您现在没有任何订阅，不会收到推送。这个功能开通后，一句话就能退订。",
    "find_training": "培训报名很快会有。现在可以先问培训补贴怎么领，具体班次请转人工或拨 12333。",
    "ask_wage": "工资行情统计很快会有。现在可以看在招岗位写明的工资，说工种和地方就行。",
    "post_job": (
        "在线发布招聘很快会有。现在要招人，请转人工登记，或拨 12333；招聘规定可以先问我。"
    ),
    "share_workers": (
        "用工余缺调剂登记很快会有。现在请转人工，由工作人员帮两边企业对接；相关规定可以先问我。"
    ),
    "privacy_request": (
        "自助查看和删除个人信息很快会有。现在请转人工提出，工作人员核实后为您办理。"
    ),
}
COMING_QUESTIONS = {
    "find_training": ("问培训补贴", "职业技能培训补贴怎么申领"),
    "post_job": ("招聘信息规定", "发布招聘信息有什么要求"),
    "share_workers": ("共享用工规定", "共享用工有什么规定"),
    "privacy_request": ("个人信息规定", "求职者的个人信息怎么保护"),
    "apply_job": ("求职防骗", "求职时用人单位能收押金吗"),
}
