"""How people speak of their résumé: to have it kept, shown, changed, deleted. Pure."""

import re

_ASKS = r"(?:请|麻烦|能|可以|能不能|帮我|帮忙|帮|给我|替我|给|我想|我要|想|要|我|俺|先|你|您|把)*"
_MINE = r"(?:我|俺)?(?:的|留的|存的|记的|说的|刚才|刚刚|这些|这个|找工作|求职)*"
_IT = r"(?:简历|求职(?:意向|信息|资料|要求|登记)|意向)"
_WISH = r"(?:简历|意向|要求|条件|信息|情况|需求|资料)"
_END = r"(?:吧|呗|啊|呀|吗|好吗|好不好|行吗|可以吗|谢谢|一下|了)*[。.！!？?\s]*$"
_A = r"(?:一?[份个下]|一下|个人)?"

KEEP = re.compile(
    rf"^{_ASKS}(?:(?:记住|记下来?|记一下|记着|记好|保存(?:一?下)?|存(?:一?下|下来|起来|着)?|留(?:一?下|着)){_MINE}{_WISH}"
    rf"|(?:建|做|填|弄|登记|录|留|存|创建|写(?=一?[份个])){_A}{_MINE}{_IT}"
    rf"|{_MINE}(?:要求|条件|意向|简历|情况|这些)(?:都|也|给我|帮我)*(?:记|存|保存|留)(?:住|下来?|起来|一下|着)){_END}"
)
SHOW = re.compile(
    rf"^{_ASKS}(?:看看?|看一?下|查一?[下查看]?|查看|打开|显示|调出来?|念一?下)?(?:一下)?(?:我|俺)(?:的|留的|存的|记的|现在的)*"
    rf"{_IT}(?:呢|内容|是什么|有什么|有哪些|里(?:面)?(?:都)?(?:有|写|记)(?:了)?(?:什么|啥|哪些))?{_END}"
    rf"|(?:记|存|留)(?:了|下了?|着)(?:我|俺)?(?:的)?(?:什么|哪些|啥){_IT}"
)
DELETE = re.compile(
    rf"^{_ASKS}(?:删掉?除?|清空|清掉|清除|去掉|作废|注销|忘掉|不要(?:再)?(?:留|记)?|别(?:再)?(?:留|记)着?)(?:一?下|了)?{_MINE}(?:全部)?{_IT}"
    rf"{_END}|^{_ASKS}{_MINE}{_IT}(?:给我|帮我|都|全都?|全部)*"
    rf"(?:删|清空|清掉|去掉|不要了|作废|别(?:再)?[留记]|不用[留记]|忘)(?:掉|除|了|着)*{_END}"
)
FIND = re.compile(
    rf"^{_ASKS}(?:根据|按照?|照着?|依|看|就按)(?:我|俺)(?:的|留的|存的)*{_IT}(?:给我|帮我|来|去)*"
    rf"(?:推荐|找|匹配|介绍|看|配)(?:一下|几个|些|点|岗位|工作|合适的|活)*{_END}"
)
NAMED = re.compile(r"简历|求职|意向|找工作")
"""What names it; without one of these words 「把这些记下来」 is of a search only in its midst."""

FIELDS = {
    "trade": "工种|职业|岗位|工作",
    "place": "地点|地方|城市|区域",
    "salary_min": "期望工资|期望薪资|工资|薪资|薪水|待遇",
    "needs": "工作条件|条件",
    "education": "学历|文化程度|文凭",
    "experience": "工作经验|经验|工龄|年限",
    "group": "重点群体|群体|身份",
    "unwanted": "其他的?|不要的|排除的",
}
"""What people call the fields of a résumé."""

_DROP = r"(?:给我|帮我|就|也|都)*(?:删|去)(?:掉|除|了)+|(?:不用|不要|别)(?:再)?[记留写](?:了|着)?"
DROPS = {
    field: re.compile(rf"(?:{called})(?:那一?[项条]|这一?[项条])?(?:{_DROP}){_END}")
    for field, called in FIELDS.items()
}
"""What deletes one field, while the résumé is looked at."""

ELSEWHERE = re.compile("投|发给|递|撤|收回|怎么|如何|模板|范文|多少钱|预约|工单|投诉|订阅")
"""Words beside which a résumé is something that is sent, or another matter."""


def dropped(text: str) -> str | None:
    """Return the field that a text wants deleted; None without one."""
    return next((field for field, shape in DROPS.items() if shape.search(text)), None)
