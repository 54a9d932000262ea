"""How people ask after the policy answer that they have just read."""

POLICY_TOPICS = {
    "policy_source": r"[看给要发](?:我|一下)?原文|原文(?:在哪|链接|给我|发)|出处|全文|哪个文件"
    r"|哪里(?:写|规定)的",
    "policy_number": r"文号|几号文|(?:哪年|什么时候|啥时候|哪个部门|谁)(?:发|出|定|颁布|印发)的",
    "policy_valid": r"(?:还|仍|是否|是不是)然?(?:有效|算数|执行|适用|能用)|过期|作废|失效|有效吗"
    r"|新的规定",
    "policy_why": r"^那?(?:为什么|为啥|凭什么)(?:呢|啊|会这样|这样|这么规定|要这样)?[？?]*$",
}
ASKS = (
    r"一个月|每个?月|每年|一年|多少钱?|多久|多长时间|几个月|几年|几天|什么条件|条件|谁|哪些人|领|拿|申请"
    r"|交|补|发|钱|材料|手续|流程|期限|标准|最高|最低|怎么算|能|会"
)
"""What asks more of the same thing and does not name it again: 「那一个月多少」."""
