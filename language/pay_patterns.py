"""The words around an amount of pay, as patterns; ``language.pay`` says what they mean."""

import re

from language.amounts import AMOUNT

_SPANS = {
    "hour": r"个?(?:小时|钟头?)",
    "day": r"个?(?:班|工(?![作人厂地种资程序])|[天日晚])",
    "week": r"(?:个?(?:星期|礼拜)|周)",
    "month": r"个?月",
    "year": r"年",
}
_UNIT_NOUNS = {
    "hour": r"时薪|小时(?:工资|工)|钟点工",
    "day": r"日薪|日结|天结|日均|日工资",
    "week": r"周薪|周结",
    "month": r"月薪|月(?:收|均|综合)?入|月均|月综合|月工资",
    "year": r"年薪|年收入|年入|年包|全年",
}
_BARE = {
    "month": r"|(?<![\d一二三四五六七八九十个上下本半])月",
    "year": r"|(?<![\d一二三四五六七八九十个今去明多半几过])年",
}
_PER = {
    "hour": r"|/(?:个?小时|时|h\b)",
    "day": r"|/[天日]",
    "week": r"|/周",
    "month": r"|/月",
    "year": r"|/年",
}


def _units(per: dict[str, str]) -> str:
    """Return the alternatives for pay by the hour, day …, each a group of that name."""
    return "|".join(
        rf"(?P<{unit}>{_UNIT_NOUNS[unit]}|[每一]{span}{per.get(unit, '')})"
        for unit, span in _SPANS.items()
    )


_PAY = (
    r"(?P<pay>(?:综合|平均|实发|税前|税后|到手|实际)?(?:工资|薪资|薪水|薪酬|薪金|工钱|待遇|收入|薪)"
    r"|到手|税前|税后|综合|挣到?|赚到?|转正后?|开[价到]?|发|给[到开]?|能?拿到?|月钱|价)"
)
_BASE = r"(?P<base>(?:无责)?(?:底薪|保底|基本工资|基本薪资|固定工资))"
_NOT = (
    r"(?P<no>[不唔](?:好|要|能|得|可|可以|想要?|考虑|接受|想?看|是|愿意)?|(?:别|甭|少(?=[给跟和]))再?"
    r"(?:[给跟和](?:我|咱|俺)?们?)?(?:推荐?|介绍|发|找|说|提|讲|谈|聊)?|勿|拒绝|没[有得]?|莫得|冇)"
)
_BELOW = r"(?P<below>[低少小]于(?:等于)?|[低少]过|少了|不[到足满够]|没到|没满|未满|达不到|<=?|≤|≦)"
_ABOVE = (
    r"(?P<above>[高多大]于(?:等于)?|高过|超过?了?|过|破|(?:^|(?<=[入拿挣赚能有到都是要给过薪资酬求找想得个天月年干,、;。!?\s]))上|至少|最[少低]|最起码|起码|少说|"
    r"不[止只]|底线|>=?|≥|≧)"
)
_MOST = r"(?P<most>最[高多]|至多|顶(?:多|天|破天|格)|撑(?:死|破天)|上限|封顶|预算)"
_WANT = r"(?P<want>最好|想要?|要|希望|期望|期待|理想|找|求|目标)"
_PAST = (
    r"(?P<past>现在|目前|以前|之前|原来|从前|当前|去年|试用期?|实习期?|上家|上一?份|前一?份|老东家|"
    r"[才只就](?=给|有|拿|开|挣|赚)|嫌)"
)
_FILLER = (
    r"(?P<filler>[是为在有能会可得了了:的(个我你他们也都大概约小近快将]|大约|差不多|左右|接近|"
    r"[有能是可要会](?:不|没)[有能是可要会得]|可不可以|有冇|也就|多少|至于|过了|那[种些]|这[种些]|下来|到头|怎么[也着]|"
    r"达到|接受|降到|要求|愿意|从|自|到|上班|工作|干活?|做|呢|吧|¥|[$]|rmb|人民币|介于|公司|老板|厂里|一般|基本)"
)
_COMMA = r"(?P<comma>[,、;])|(?P<space>\s+)"

LEFT = re.compile(
    rf"(?:{_units(_BARE)}|{_PAY}|{_BASE}|{_NOT}|{_BELOW}|{_ABOVE}|{_MOST}|{_WANT}|{_PAST}"
    rf"|{_FILLER}|{_COMMA})$"
)
"""One word on the left of an amount, the longest that ends there."""

_MORE = (
    r"(?P<more>\+|[及或]?以上|起步|起|往上|打底|[朝向]上|不止|不封顶|"
    r"(?:的?底薪|保底|底)|[高强](?=[点些就的]|一[点些]|$))"
)
_SOME = r"(?P<some>[多几](?!少)|出头|开外)"
"""About so much, and no less; who refuses that much refuses the sum, and sets no bound."""

_LESS = r"(?P<less>[及或]?以[下内]|之内|内|封顶|往下|都?不[到够]|都?没有?(?=[的,谁我不就]))"
_MONEY = r"(?P<money>元|圆|块(?:钱|儿)?|人民币|rmb|[¥$]|蚊|大洋|钱)"
_ROUND = r"(?P<round>左右|上下|把|来|\s+|之间|中间|吧|(?:税前|税后|到手|保底)|\([^()]{0,8}\)|就?)"

_WAGE = r"(?P<wage>的?(?:工资|薪[资水酬]|收入|待遇|薪))"
RIGHT = re.compile(rf"{_MORE}|{_SOME}|{_LESS}|{_MONEY}|{_WAGE}|的?(?:{_units(_PER)})|{_ROUND}")
"""One word on the right of an amount."""

UNITS_ANYWHERE = re.compile(_units(_PER))
"""Words that say by what span of time pay is reckoned."""

_REMARK = r"(?:\s*\([^()]{0,8}\))?"
_COIN = r"(?:\s*(?P<mid>元|块钱?|¥))?"
CANDIDATE = re.compile(
    rf"(?:(?P<between>介于|在)\s*)?(?P<low>{AMOUNT}){_COIN}{_REMARK}"
    rf"(?:\s*(?:[-–—~～]+|到|至|、|或者?|(?(between)(?:和|与|跟)|(?:和|与|跟)(?={AMOUNT}(?:元|块钱?)?[之中]间)))\s*"
    rf"¥?(?P<high>{AMOUNT}))?"
)

_CLAUSE_ENDS = rf"(?=\s*(?:[的了啊哈吧呢哦要想得除,。!?;、]|$|{AMOUNT}))"
REFUSED = re.compile(
    r"的?(?:活儿?|工作|岗位?|厂|那[种些]|话|钱)?(?:我|就|都|也|可|肯定|坚决|一律|一概|统统|真|是|[,\s])*"
    rf"(?:[不唔](?:会?(?:干|做|去|来|接|考虑|要)|行|接受|谈|看|想(?:干|做|去|要|考虑)?){_CLAUSE_ENDS}"
    r"|不用(?:推|看|说|谈|找|介绍|联系)|没兴趣|免谈|免了|谁[干去来]|拒绝|算了|勿扰|拉倒|拜拜|看不上|养不活"
    r"|[别甭]再?(?:[给跟和](?:我|咱|俺)们?)?(?:谈|想|找|来|推|发|介绍|联系|打扰|说|提|讲|聊|浪费|考虑|给)|不够(?:花|用|吃)?|太[低少]|[低少]了|嫌[少低])"
)
"""What says on the right of an amount that it will not do."""

ACCEPTED = re.compile(r"(?:也|都|就)(?:行|可以|成|中|干|做|接受|要得|没问题|愿意)")
"""What says on the right of an amount that it will do, whoever earned it before."""

PIECE_OF_WORD = re.compile(r"(?:[ac-z\d.第几]|(?<!rm)b|\d{3}\s)$")
"""What a number is glued to, so that it is a piece of a word, a version, a phone."""

OTHER_MONEY_BEFORE = re.compile(
    r"(?:(?:[工学编单票房桌牌座岗群卡账帐证柜箱机型尾]号|门牌|车牌|号码|订单|邮编|验证码|分机|排名|密码|邮政编码|(?:扣扣|qq)群?号?|"
    r"补贴|补助|津贴|餐补|饭补|房补|车补|押金|定金|保证金|罚款?|赔偿?|贷款|借款?|费用?|房租|租金|房贷|车贷|"
    r"月供|花呗|奖金?|全勤|第|电话|手机|微信|\d[.:：/年月-]|(?:[\d二三四五六七八九十]|十一)[年月]|金额|基数|缴纳?|交|"
    r"报销|失业金|社保|公积金|扣|骗|补|花)\s*(?:了|我|他|她|是|为|共|掉|的|走)*|欠[^,。;!?]{0,10}"
    r"|(?:失业金|养老金|退休金|低保金?|抚恤金|津贴|生活费)(?:一个?月|每个?月|能|可以|领|发|拿|给|有|是|到|多少)*)$"
)
"""What makes the amount behind it another kind of money, or none."""

OTHER_MONEY_BEHIND = re.compile(
    r"\s*(?:元|块钱?)?的?(?:补贴|补助|津贴|[餐饭房车]补|押金|定金|保证金|罚款|奖金|全勤|房租|[路车运学培中介费训]{1,3}费|红包)"
    r"|(?:(?:元|块钱?|毛)\s*[一每/]?|[一每/])(?:个(?![月小钟星礼班工])|件|单|票|套|双|斤|篇|份|场|节|次|趟|平|人|位|顿|期)"
)
"""What does so on its right: 200块餐补; and pay by the piece, which is none by time."""

NOT_MONEY = re.compile(
    r"\s*(?:[多几来余]|把(?=[个名人]))?(?:个(?!月)|名|位|人|岁|周岁|口|家(?!政)|号|点|分|秒|年(?!薪|收|入)|次|份|公里|千米|米|平|吨|"
    r"斤|公斤|克|台|辆|字|页|条|层|楼|室|届|级|薪|小时|日(?!结)|天(?=前|后|内|假|班|工作)|月(?:\d|份|底|初)|"
    r"粉丝|步|%|倍|期|路|度|强|后|户|亩|折|栋|座|班倒|休|cm|kg|km|g\b|m\b|m2|:|/\d|-\d|\.\d|\d)"
)
"""What is counted by a number that is no money."""
