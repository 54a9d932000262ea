"""Every sentence of the page of shared staff."""

HEADING = "用工余缺"
HINT = "两边谈妥前不把单位告诉对方；看完整号码到对话里，要写明理由。"
NOTHING = (
    "没有等着对接的登记。企业在对话里说「借 20 个焊工两个月」或「有人可以借出」后，"
    "会在这里列出，并写明哪两家对得上。"
)
SINCE, CONTACT, FITTING = "{at} 登记", "联系：{contact}", "对得上：{code}　{line}"
NO_FITTING = "还没有对得上的。"
B_MATCHED, B_CLOSED, B_CONVERSATION = "对接上了", "结束", "看对话"
MATCHED, CLOSED, GONE = "已记下对接成功。", "已结束。", "这条已经有人处理过了。"
