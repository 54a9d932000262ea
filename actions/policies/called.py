"""How people ask after the policy answer that they have just read."""

_LEADS = (
    "(?:那么?|这|该|个|条|部|份|法律?|规定|文件|政策|通知|要求|现在|如今|目前|今年|到底|请问|是不是|是否|还|仍|都"
    "|具体|的|里|上面|刚才|说|你们?|把|给|我|请|麻烦|帮|看看?|一下|再|谢谢|是|依据|根据|按|好|哦|嗯|等等|话|想"
    "|条文|法条|条款|内容|那些|这些|能否|可否|可不可以|能不能|行不行"
    "|要|能|可以|发|出自|来|哪部|[，,。！!？?\\s])*"
)
"""What may stand before such a question; a question that names its own matter is a new one."""

_BEHIND = ".{0,18}$"


def _asked(*ways: str) -> str:
    return f"(?:^|[，,。？?！!\\s]){_LEADS}(?:{'|'.join(ways)}){_BEHIND}"


POLICY_TOPICS = {
    "policy_valid": _asked(
        "有效",
        "算数",
        "算不算",
        "过期",
        "过时",
        "作废",
        "失效",
        "废止",
        "适用吗",
        "能用吗",
        "管用",
        "在?执行吗?",
        "新的?规定",
    ),
    "policy_where": _asked(
        "(?:第?[几哪]|什么)一?条", "哪一?[部个]?法", "什么法", "哪个?文件", "出自哪"
    ),
    "policy_source": _asked("原文", "原话", "全文", "出处", "念一?[念遍下]"),
    "policy_number": _asked(
        "文号",
        "几号文",
        "什么时候的",
        "(?:哪一?年|几几年|什么时候|何时|哪个部门|谁)(?:发|出|定|颁布|印发|公布|实施|施行|生效)",
    ),
    "policy_why": r"^那?(?:为什么|凭什么)(?:呢|啊|会这样|这样|这么规定|要这样)?[？?]*$",
}
ASKS = (
    r"一个月|每个?月|每年|一年|多少钱?|多久|多长时间|几个月|几年|几天|什么条件|条件|谁|哪些人|领|拿|申请"
    r"|交|补|发|钱|材料|手续|流程|期限|标准|最高|最低|怎么算|能|会|这样|出|结果|时候|什么|哪里|算"
)
"""What asks more of the same thing and does not name it again: 「那一个月多少」."""
