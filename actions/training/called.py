"""How people ask after the course that they look at, and after those they have signed up for."""

_SIGN_UP = (
    r"(?:想|要|我要|帮我|给我|可以|能|怎么|咋|现在)?报(?:个|上|一下|下)?名|我(?:想|要)?(?:去)?(?:上|学|参加)这个"
    r"|(?:就|我)(?:报|要)(?:这个|它)|给我留(?:个)?(?:位|名额)"
)
COURSE_TOPICS = {
    "course_sign_up": _SIGN_UP,
    "course_place": r"哪里|哪儿|在哪|什么地方|地址|地点|怎么(?:去|走|坐)|远不远|离.{1,6}(?:远|近)",
    "course_days": (
        r"几点|什么时候|啥时候|几号|哪天|多久|多长时间|几天|几个月|(?:上课|开班|开课|结束)时间|"
        r"周末|晚上|白天|礼拜|星期"
    ),
    "course_fee": r"多少钱|学费|收费|免费|要钱|交钱|贵不贵|费用|要不要钱",
    "course_subsidy": r"补贴|补助|报销",
    "course_seats": r"名额|(?:还)?有(?:没有)?(?:位|名额)|报满|满了|几个人|多少人|还能报",
    "course_provider": r"哪家|哪个(?:学校|机构|单位)|谁办|正规|靠谱|资质",
    "course_needs": (
        r"(?:要|有)?什么(?:条件|要求)|学历|基础|年龄|几岁|能学(?:会)?吗|证|包(?:就业|分配|吃|住)"
    ),
}
"""What a course is asked for, the first that fits; each is a topic of its view."""

MINE = (
    r"我(?:都)?(?:报|参加)(?:(?:过|了)名?|的)+的?(?:培训|班|课)|(?:培训|课程?|班)报(?:名)?(?:成功|上)了?[吗没]"
    r"|(?:取消|退掉?|不去).{0,6}(?:培训|课程?|(?<![加上值早晚夜白])班)(?:的)?(?:报名)?|(?:培训|课程?|班)(?:的)?报名.{0,4}(?:取消|退|不要)"
)
"""Who speaks of a sign-up of theirs."""

ON_CARD = frozenset(COURSE_TOPICS) - {"course_sign_up"}
"""What a course in full answers by itself."""
