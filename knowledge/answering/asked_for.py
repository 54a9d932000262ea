"""What kind of thing a question asks for, and whether a text states such a thing."""

import re
from dataclasses import dataclass

_COUNT = r"[\d〇零一二两三四五六七八九十百千半]+\s*"


@dataclass(frozen=True)
class _Kind:
    name: str
    asked: re.Pattern[str]
    stated: re.Pattern[str]


def _kind(name: str, asked: str, stated: str) -> _Kind:
    return _Kind(name, re.compile(asked), re.compile(stated))


_KINDS = (
    # a sum of money, or what it is reckoned by
    _kind(
        "money",
        "多少钱|几块|多少元|多少块|几钱|几多钱|[给发补赔罚领拿扣交缴]多少|[给发补赔罚领拿扣交缴]几多"
        "|多少(?:补贴|补助|工资|赔偿|经济补偿|罚款|津贴)|几[百千万]|标准(?:是|多|系)|按什么标准",
        rf"{_COUNT}(?:万|千|百)?元|[%％]|百分之|倍|工资标准|月工资|全额|免费|免收|本人工资",
    ),
    # a length of time
    _kind(
        "time",
        "多久|多长时间|几耐|多少(?:天|日|个月|年|个?小时|周|个?工作日)"
        "|几(?:天|日内|个月|年|个?小时|周|个?星期|个?礼拜|个?工作日|个钟)|最长|期限|时限|有效期",
        rf"{_COUNT}(?:个)?(?:工作日|日|天|月|年|小时|周|星期)",
    ),
    # a day or an hour
    _kind(
        "day",
        "什么时候|啥时候|啥时|几时|何时|哪天|几号|几月|几点|截止|从哪.{0,3}[天日]|哪年",
        rf"{_COUNT}[年月日时点]|之日|起施行|以前|之前|上午|下午|当月|次月",
    ),
    # a place or an office
    _kind(
        "place",
        "去哪|到哪|哪里|哪儿|哪个?(?:部门|单位|机构|窗口|地方|局)|什么(?:部门|地方|单位)|在哪|找谁|边度|地址",
        "机构|部门|局|中心|窗口|街道|所在地|地址|平台|网站|大厅|委员会|法院|工会|站|向.{2,12}(?:申请|申报|投诉)",
    ),
    # papers
    _kind(
        "papers",
        "材料|资料|带什么|带啥|要什么证|什么手续|哪些手续|哪些证|要准备",
        "材料|证明|身份证|申请表|原件|复印件|合同|凭证|证件|证书|提交|提供|出具",
    ),
    # an age
    _kind("age", "几岁|多大(?:年|岁)|年龄|多少岁", rf"{_COUNT}周?岁|年龄"),
    # a telephone
    _kind("phone", "电话|热线|打什么号", r"\d{5,}"),
    # a share
    _kind("share", "几成|百分之|比例|几个点|费率", r"[%％]|百分之|比例|费率|成"),
    # whom it is for
    _kind(
        "whom",
        "谁能|谁可以|哪些人|什么人|哪种人|哪类人|边个|什么条件|啥条件|哪些条件|够条件|条件是|资格",
        "人员|对象|条件|符合|下列|劳动者|职工|毕业生|单位|具备|满足",
    ),
    # the most or the least there may be
    _kind(
        "most",
        "上限|最高|最多|顶多|封顶|最长|最大|至多",
        "不超过|不得超过|不得高于|最高|上限|最多|最长|封顶|以内|至多|超过|内",
    ),
    _kind(
        "least",
        "下限|最低|最少|至少|起码",
        "不低于|不得低于|不少于|不得少于|最低|下限|最少|至少|以上|起",
    ),
    # how it is reckoned
    _kind(
        "formula", "公式|怎么算|如何计算|咋算|怎样计算", "除以|乘以|折算|计算|计发|×|÷|按|倍|一个月"
    ),
    # how many people or times
    _kind("count", "多少人|几个人|多少次|几次|几多人", rf"{_COUNT}(?:余|多)?(?:万|名|人|次|个|家)"),
)


def fit(question: str, text: str) -> float:
    """Return 1 where ``text`` states what the normalised ``question`` asks for, -1 where not.

    0 where it asks for nothing of these kinds; the mean where for several.
    """
    asked = [kind for kind in _KINDS if kind.asked.search(question)]
    if not asked:
        return 0.0
    return sum(1.0 if kind.stated.search(text) else -1.0 for kind in asked) / len(asked)


# A question that yes or no answers, one for an amount, one for a way of doing.
_YES_OR_NO = re.compile(
    "吗|能不能|可不可以|是不是|要不要|行不行|算不算|得不得|会不会|有没有|能否|是否|用不用|该不该"
    "|合法|可以不|对不对|能.{1,12}不$|不能"
)
_AMOUNT = re.compile("多少|几")
_WAY = re.compile("怎么|如何|流程|手续")

ASKS = (
    *(f"{side}_{kind.name}" for kind in _KINDS for side in ("asks", "lacks")),
    "asks_any",
    "yes_or_no",
    "amount",
    "way",
)
"""What ``asks`` tells, in this order."""


def asks(question: str, text: str) -> tuple[float, ...]:
    """Return what a normalised ``question`` asks for and which of it ``text`` does not state.

    Order: ASKS, each 0 or 1. Amounts are asked for most often where nothing says them.
    """
    found: list[bool] = []
    for kind in _KINDS:
        asked = kind.asked.search(question) is not None
        found += [asked, asked and kind.stated.search(text) is None]
    of_question = (pattern.search(question) for pattern in (_YES_OR_NO, _AMOUNT, _WAY))
    found += [any(found), *(match is not None for match in of_question)]
    return tuple(map(float, found))
