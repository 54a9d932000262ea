"""Which field of a service guide a question asks for: plain rules over everyday words."""

import re
from dataclasses import dataclass

# The first pattern that is found decides: the telling words come before the common ones
# (「投诉电话」 before 「电话」, 「材料能寄吗」 is about the post, not about the materials).
_FIELDS = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (
            "fee",
            r"要钱|收费|花钱|多少钱|交钱|费用多少|手续费|工本费|免费|几块|要交费",
        ),
        (
            "complaint",
            r"投诉|举报|告状|态度(?:不好|差|恶劣)|刁难|卡着|卡我|推诿|踢皮球|不给办|哪告|告谁|拖着不",
        ),
        (
            "courier",
            r"快递|邮寄|邮政|邮过|邮回|邮到|寄(?:给|过|到|回|来|去|送|吗|不|材料)|(?:能|可以|可)[^，,]{0,3}寄|到付|顺丰",
        ),
        (
            "visits",
            r"[跑去来](?:现场)?(?:几|多少)[趟次回]|(?:跑|去|来)(?:上|个)?[一两]?趟|[几多少][趟回]|"
            r"来回跑|去(?:现场)?几次|现场几次|只跑一次|零跑动|亲自(?:去|来|到|跑)|本人(?:去|来|到|跑|必须|要到)|"
            r"必须(?:去|到)现场",
        ),
        (
            "phone",
            r"电话|热线|号码|打(?:给谁|哪里|哪个|哪|什么|多少|几)|找谁(?:问|咨询)|联系(?:谁|方式|人)|咨询(?:谁|哪)|"
            r"问谁|客服",
        ),
        (
            "online",
            r"网上|线上|上网|网络|网站|在线|手机|小程序|公众号|app|粤省事|预约|提前约|约号|约时间|先约|"
            r"不(?:用)?(?:去|到)现场|在家(?:里)?(?:就)?(?:能|可以)?(?:办|弄|搞|申请|申领)|电脑上|全程网办",
        ),
        (
            "time",
            r"多久|多长|几天|几个?工作日|几个?月|几周|几个?星期|几个?礼拜|多少[天日个]|多快|周期|答复期|时限|"
            r"要等|等多|什么时候(?:能|可以)?(?:好|下来|出|批|拿|到账|办好|办完)|啥时候|几时|"
            r"当天(?:能|可以)|快不快|时间(?:要|多)|多少时间",
        ),
        ("about", r"归(?:谁|哪|什么)|哪个部门|什么部门|干什么的|干嘛的|啥意思|什么意思"),
        (
            "place",
            r"哪(?:里|儿|个(?:窗口|地方|大厅|单位|局)|栋|座|层|楼|去|办|交|弄)|[去到往上在](?:了)?哪|"
            r"什么(?:地方|单位)|啥地方|地址|地点|窗口|大厅|位置|几楼|几号窗|咋走|怎么走",
        ),
        (
            "materials",
            r"材料|资料|证件|带(?:什么|啥|哪|些|身份证|户口|照片)|准备(?:什么|啥|哪|些|点)|[要交拿提供](?:哪些|什么|啥)"
            r"(?:东西|文件|证明|表|手续|单子|单据|证|书)|(?:哪些|什么|啥|几样)(?:东西|文件|证明|表格?|手续|单子|单据|证)|"
            r"身份证(?:要|用|得|需要)?不?(?:要|用)?带|都?(?:得|要|需要)?(?:备齐|备好|备|拿|提交|带上|交)(?:些|哪些|什么|啥)|"
            r"复印件|填什么|填啥|表格|手续|交什么|交啥|带齐|拿什么|拿啥|原件",
        ),
        (
            "conditions",
            r"条件|资格(?!认证|证|考|的|审)|要求|什么(?:样的)?人|哪些人|啥人|谁(?:能|可以)|符合|够不够|够格|什么级别|什么情况|"
            r"啥情况|哪些情况|哪种情况|满足|门槛|算不算|我(?:这样|这种|能不能|可不可以|能|可以)",
        ),
        (
            "who",
            r"(?:个人|单位|企业|公司|老板|学校|家属|自然人|法人)(?:也)?(?:能不能|可不可以|能否|可以|能)|"
            r"个人(?:办|申请|去)?还是(?:单位|公司)|(?:单位|公司)(?:办)?还是个人|面向谁|服务对象|谁来(?:办|申请)",
        ),
    )
)


# What stands around the item's name and tells nothing of it.
_TALK = re.compile(
    r"有(?:点)?问题|有不懂的?|的事情?|发一下|还有别的|办下来|拿到手|你们那(?:里|边)?|总共"
)


@dataclass(frozen=True)
class GuideQuestion:
    """What a question wants of a guide: a field's key, and what it is about without that."""

    field: str
    matter: str


def read_guide_question(question: str) -> GuideQuestion | None:
    """Return the field that a (normalised) question asks for; None when it names none."""
    for field, pattern in _FIELDS:
        if pattern.search(question):
            return GuideQuestion(field, _TALK.sub(" ", pattern.sub(" ", question)))
    return None
