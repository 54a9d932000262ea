"""How people ask what the desk knows; the first that fits is meant."""

_WHAT, _CAN = "(?:什么|哪些|啥)", "(?:能|可以|能不能|可不可以|怎么)"
_KIN = "(?:别人|家人|家属|朋友|老公|老婆|孩子|父母|爸|妈)"
_BY_OTHERS = (
    rf"(?:代办|代为?办|委托|(?:代|替)(?:我|他|她|伊)?[办去]|{_KIN}.{{0,4}}[代替帮]我?[办去])"
)
_OPEN = "(?:上班|开门|办公|办理|能办|可以办|开不开|有人)"

DESK = "大厅|窗口|办事(?:处|中心)|服务中心"
"""How people call a hall without its name."""

BRINGS = "[带拿](?:些|上|点|齐)?(?:什么|哪些|啥)"
"""Who asks what to bring means a hall, also where none is named."""

ASKS_OF_HALL = "人.{0,3}[多少挤]|排队?|挤|[厅窗]|忙|空|队|等|开门|上班|下班|中心|现在|今天|明天"
"""What a question about how full a hall is says of it."""

SHUNS_CROWDS = "(?:[怕嫌烦厌]|不想|不要|最好).{0,3}(?:人多|排队|人少)"
"""「周五早点，我怕人多」 says why, and asks nothing of a hall."""

DESK_TOPICS = {
    "bring": rf"[带拿](?:些|上|点|齐)?{_WHAT}|带[几哪]几?[样个]"
    r"|(?:要不要|用不用|需不需要)(?:再)?带|要带.{1,6}[吗么不伐][？?]?$"
    rf"|(?:要|需要|准备|用){_WHAT}(?:材料|证件|资料|东西|手续)"
    rf"|(?:材料|证件|资料)(?:要|需要|有)?(?:{_WHAT}|清单|[呢？?]*$)",
    "lunch": rf"中午.{{0,6}}(?:休息|{_OPEN})|午休",
    "weekend": rf"(?:周末|[周期拜][六日天]|双休日|节假日).{{0,6}}{_OPEN}",
    "hours": r"几点(?:钟)?(?:开门|上班|下班|关门|开始)|什么时候(?:开门|上班|下班)"
    r"|(?:上班|办公|营业|开门|工作|下班)时间",
    "address": r"地址|(?:在|位于)(?:哪里|哪儿|哪个?(?:地方|位置)|什么(?:地方|位置|路)|[哪几]条路)"
    r"|怎么(?:走|去|坐车)|[哪几](?:路公交|号线)",
    "proxy": rf"(?:能|可以|行不行|可不可以|允许|[可能]否).{{0,8}}{_BY_OTHERS}"
    rf"|{_BY_OTHERS}.{{0,8}}(?:吗|么|伐|行不行|可不可以|能不能)",
    "online": rf"(?:网上|线上|手机上?|网络){_CAN}?(?:办|弄|申请)"
    rf"|{_CAN}(?:在)?(?:网上|线上|手机)",
    "courier": r"邮寄|(?<![送跑])快递(?!员|小哥|工)|寄(?:过来|过去|材料|给)",
    "fee": r"[收要交]不?[收要交]?[费钱](?:吗|么|不)|免费|手续费|办理费|费用",
    "how": r"(?:怎么|如何)(?:办理?|弄|申请)(?:呢|啊|的)?[？?]?$|(?:办理)?流程|(?:什么|哪些)手续",
    "how_long": r"(?:多久|多长时间|几天)(?:能)?(?:办)?(?:好|完|下来)?(?:$|[吗呢啊？?])"
    r"|(?:多久|几天)(?:能|可以)?(?:办好|办完|办下来|拿到)",
}

BOOKING, CROWD = "booking:", "crowd:"
"""Begin the names of a booking, a hall that is looked at (``Context.focus``)."""

CROWD_TOPIC = r"^(?:那么?)?.{1,8}(?:呢|怎么样|人多[吗不].{0,2}|多不多|挤不挤)[？?。]?$"
"""How another hall is asked after once one was told of: 「盘龙呢」."""

BOOKED_TOPIC = r"(?:哪天|哪一天|几点|什么时候|(?:周|星期|礼拜)几|几号|哪个(?:厅|大厅|窗口)).{0,6}$"
"""How people ask when it was that they booked."""
