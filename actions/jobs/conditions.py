"""Conditions of work: what people call them, and how a posting states them or their contrary.

One table for both sides, so that a wish and a posting mean the same by a word. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

GIG_NEED = "零工"
"""What asks for work by the day or hour, a kind of postings of its own."""

NOT = "!"
"""Before a condition's name in a posting's facts: it states the contrary."""


@dataclass(frozen=True)
class Condition:
    """A condition: ``said`` by people, ``stated`` by ads, its ``contrary`` stated; patterns.

    ``refused``: people's words that say at once that they do not want it (不加班). ``headed``: how
    an ad states it in what it calls itself; in its text the word alone says little.
    """

    name: str
    said: str
    stated: str
    contrary: str = ""
    refused: str = ""
    headed: str = ""


_NO = r"(?:不用|不需要?|无需|无须|没有|从?不|无|零|拒绝|免|非)"
_FEW = r"(?:很少|基本不|几乎不|极少|少)"

CONDITIONS = (
    Condition(
        "夜班",
        r"夜班|晚班|大夜|上夜|熬夜|通宵|二十四小时|24 ?小时|夜里|晚上(?=的?(?:不|勿|别|也))",
        r"夜班|晚班|大夜|通宵|24 ?小时(?:轮|倒|值)",
        rf"{_NO}(?:上|倒)?(?:夜班|晚班|大夜)|长?白班(?!.{{0,6}}夜班)|正常班",
    ),
    Condition(
        "倒班",
        r"[两三二四]班倒|倒班|轮班|翻班|轮岗倒",
        r"[两三二四]班[两三二四]?[倒运]|倒班|轮班|翻班",
        rf"{_NO}(?:倒班|轮班)|长白班|常白班|正常班",
    ),
    Condition(
        "白班",
        r"长白班|常白班|白班|正常班|朝九晚[五六]|早九晚[五六]|白天(?=的|上班|做|干)|[要找只]白天",
        r"长白班|常白班|白班|正常班|朝九晚[五六]|早九晚[五六]",
        r"夜班|晚班|倒班|轮班|[两三]班倒",
    ),
    Condition(
        "包吃住",
        r"[包管]吃[包管]?住|吃住全包|[包管]食宿|提供食宿|管饭管住|包食宿",
        r"[包管]吃[包管]?住|[包管]食宿|(?:提供|免费)(?:食宿|吃住)|吃住全包",
        r"不[包管].{0,2}(?:吃|食|住|宿)|(?:食宿|住宿)自理|无住宿",
    ),
    Condition(
        "包吃",
        r"[包管](?:吃|饭|餐|[一二两三]餐)|免费[工午]作?餐|工作餐",
        r"[包管](?:吃|饭|[一二两三]餐|工作餐)|免费.{0,2}餐|提供.{0,4}[午晚早三]餐|提供工作餐"
        r"|工作餐|[包管]食宿|(?:提供|免费)(?:食宿|吃住)",
        r"不[包管]吃|食宿自理|不[包管]食宿|餐费自理",
    ),
    Condition(
        "包住",
        r"[包管]住|提供(?:住宿|宿舍)|有宿舍|住宿",
        r"[包管]吃?住|[包管]吃[包管]住|(?:提供|免费|有|员工|配备?)(?:食宿|吃住|住宿|宿舍|公寓)"
        r"|[包管]食宿|住宿(?:免费|条件)",
        r"不[包管提].{0,3}(?:住|宿)|食宿自理|住宿自理|无住宿",
    ),
    Condition(
        "双休",
        r"双休|周末休息?|做五休二|上五休二|五天(?:工作)?制|五天八小时|每周五天|周末不上班",
        r"(?<!单)双休(?!日?加班)|周末(?:休息|双休)|做五休二|上五休二|五天(?:八小时)?(?:工作)?制"
        r"|5天(?:8小时)?(?:工作)?制|每周五天|五天8小时|5天8小时",
        r"单休|大小周|单双休|月休[二三四五2345]天|[做上]六休一|六天(?:工作)?制|6天(?:工作)?制",
    ),
    Condition("单休", r"单休|[做上]六休一|月休四天", r"单休|[做上]六休一|月休[四4]天|六天工作制"),
    Condition("大小周", r"大小周|单双休", r"大小周|单双休"),
    Condition(
        "五险一金",
        r"[五六七]险[一二两]金|公积金|五险1金",
        r"[五六七567]险[一二两12]金|公积金",
        r"(?:不|无)(?:缴|交)?公积金",
    ),
    Condition(
        "五险",
        r"[五六七]险(?![一二两]金)|[缴交有上买]社保|社保",
        r"[五六七567]险|社保|社会保险",
        r"(?:不|无)(?:缴|交|买)?(?:社保|五险)",
    ),
    Condition(
        "加班",
        r"加班(?!费|工资)|996|九九六",
        r"(?<!不)(?<!无)(?<!少)加班|996",
        rf"(?:{_NO}|{_FEW})(?:强制)?加班|加班(?:很|较)?少|不(?:鼓励|提倡|强制)加班|双休不加",
        r"不加班|不用加班|无加班|准时下班|到点下班|少加班|加班少|加班不多",
    ),
    Condition(
        "出差",
        r"出差|长期外地|驻外",
        r"出差|驻外|常驻外地",
        rf"(?:{_NO}|{_FEW})出差|出差(?:很|较)?少",
        r"不出差|不用出差|无出差|少出差|不(?:想|能)出差",
    ),
    Condition(
        "应酬",
        r"应酬|陪酒|喝酒",
        r"应酬|酒量|陪酒",
        rf"{_NO}(?:应酬|喝酒)",
        r"不应酬|不喝酒|不陪酒",
    ),
    Condition(
        "底薪",
        r"有底薪|无责底薪|带底薪|底薪",
        r"底薪|基本工资|固定工资",
        r"无底薪",
        r"没有?底薪的不",
    ),
    Condition("提成", r"有?提成|拿提成", r"提成|佣金"),
    Condition("年终奖", r"年终奖|十三薪|13薪|双薪", r"年终奖|十三薪|1[3-8]薪|年底双薪|年终双薪"),
    Condition("带薪年假", r"带薪年?假|年假", r"带薪.{0,4}假|年假"),
    Condition(
        "弹性工作",
        r"弹性(?:工作|上班|上下班)?|时间自由|自由时间",
        r"弹性(?:工作|上下?班|时间)|时间自由|不打卡",
    ),
    Condition(
        "远程办公",
        r"远程(?:办公|工作)?|居家(?:办公)?|在家(?:办公|工作|做|干|写|接单)|线上(?:办公|做|干|兼职|工作|接单)"
        r"|网上(?:做|干|接单)|不坐班|不用坐班",
        r"远程(?:办公|工作)|居家(?:办公|客服|兼职)?|在家(?:办公|工作|即可|兼职)|线上(?:办公|兼职|工作)"
        r"|不(?:用)?坐班|不用到岗|无需到岗",
    ),
    Condition(
        "有人带",
        r"有人带|师傅带|带新人|有培训|岗前培训|带薪培训|能学(?:东西|技术)|可以学",
        r"有?(?:师傅|老员工|专人|导师|人)[一手]?.{0,3}带|带薪培训|岗前培训|系统(?:的|化)?培训|完善的?培训|以老带新",
    ),
    Condition("班车", r"班车|通勤车|接送", r"班车|通勤车|接送上下班"),
    Condition("餐补", r"餐补|饭补|餐费补", r"餐补|饭补|餐费补|伙食补|餐饮补"),
    Condition("房补", r"房补|住房补", r"房补|住房补"),
    Condition("晋升", r"晋升|升职|发展空间|有前途", r"晋升|发展空间"),
    Condition("周结", r"周结", r"周结"),
    Condition(
        "外包",
        r"外包|派遣|劳务(?:公司|派遣)?|驻场|中介",
        r"外包|派遣|人力资源有限|人力资源服务|驻场|外派|第三方合同",
        r"非外包|非派遣|不是外包|非中介|直招|直签",
        r"(?:公司|企业|厂家?|单位)?(?:直招|直签|直聘)",
    ),
    Condition(
        "销售",
        r"销售(?!员|代表|经理|总监|主管|助理|顾问|数据|分析|运营)|推销|卖东西|拉客户|跑业务|业绩考核",
        r"线下团队|线下产品|佣金|[有无]责\d|[有无]责底薪|开发客户|客户开发|邀约|陌拜|地推|电销|外呼|推销|面销|销售业绩|销售相关工作|签单"
        r"|(?:完成|达成).{0,6}(?:销售|业绩)|(?:销售|业绩|成交|提成)(?:.|\n)*?(?:销售|业绩|成交|提成)"
        r"(?:.|\n)*?(?:销售|业绩|成交|提成)",
        headed=r"销售|电销|地推|保险(?!箱|柜)",
    ),
    Condition("地推", r"地推|扫楼|扫街|发传单|陌拜", r"地推|扫楼|扫街|发传单|陌拜"),
    Condition(
        "出镜",
        r"出镜|露脸(?!直播)",
        r"(?<!不)(?<!无需)(?<!不用)(?:出镜|露脸)",
        r"(?:不|无需|不用|不需要?)(?:出镜|露脸)",
    ),
    Condition(
        "直播",
        r"露脸直播|直播(?!运营|策划|编导|助理|间)",
        r"(?<!不)(?<!无需)(?<!不用)(?:出镜|露脸)",
        headed=r"主播|出镜|露脸|直播",
    ),
    Condition(
        "保险",
        r"保险(?!箱|柜|丝)",
        r"保险(?:代理|销售|产品|业务|营销|经纪|客户)|寿险|财险",
        headed=r"保险(?!箱|柜|丝)|寿险|财险",
    ),
    Condition("电话销售", r"电销|电话销售|打电话推销", r"电销|电话销售|外呼|电话邀约"),
    Condition("英语", r"英语|英文|六级|四级", r"英语|英文|CET|雅思|托业"),
    Condition("驾照", r"驾照|驾驶证|会开车|[ABC][12]照?", r"驾照|驾驶证|[ABC][12]\s?(?:证|照|本)"),
)
"""Conditions that are read out of what people and postings write."""

UNWISHED = frozenset(
    (
        "单休",
        "大小周",
        "加班",
        "出差",
        "应酬",
        "外包",
        "销售",
        "地推",
        "直播",
        "出镜",
        "保险",
        "电话销售",
    )
)
"""What nobody wishes for: where it is named and not refused, it is told of the past."""

EMPLOYMENT = {
    "全职": r"全职|正式(?:工|员工)|长期工?|坐班",
    "兼职": r"兼职|副业|业余(?:时间)?|下班后|周末(?:能做|做|干|可以做|兼)",
    "实习": r"实习",
    "校招": r"校招|校园招聘",
    "临时": r"临时工?|短期工?|短工|暑假工|寒假工|暑期工|假期工",
    GIG_NEED: (
        r"零工|散工|短工(?!期)|日结|日清|现结|天结|一天一结|按天[结算]|[干做打]一天|小时工|钟点工"
        r"|(?<=[今明后]天)(?:就)?(?:能|可以)(?:去)?[干做上](?:班)?的?活"
    ),
}
"""Kinds of employment: of each at most one is a posting's."""

EMPLOYERS = {
    "国企": r"国企|央企|国有(?:企业)?|国营",
    "事业单位": r"事业单位|体制内|事业编|编制|公立",
    "外企": r"外企|外资|外商",
    "合资": r"合资",
    "上市公司": r"上市(?:公司|企业)?",
    "民营": r"民企|民营|私企|私营",
    "500强": r"(?:世界|中国)?500强|五百强",
    "大公司": r"大公司|大企业|大厂|大集团|大平台|知名(?:企业|公司)|规模大",
    "小公司": r"小公司|小企业|初创|创业公司|皮包公司",
}
"""What employers are, as people say it."""

_MOST_FACTS = 400


@cache
def _patterns() -> tuple[tuple[str, list[re.Pattern[str] | None]], ...]:
    return tuple(
        (
            one.name,
            [re.compile(f, re.I) if f else None for f in (one.stated, one.contrary, one.headed)],
        )
        for one in CONDITIONS
    )


_INSURED = re.compile(
    r"(?:社会|养老|医疗|失业|工伤|生育|商业|意外|补充|人身|雇主责任|综合)(?:医疗|意外)?保险"
)
"""What an employer pays for, and sells nobody."""


def facts_of(text: str, head: str = "") -> list[str]:
    """Return the conditions that an ad states; ``!`` before the name of a contrary.

    ``head`` is what it calls itself, its employer and its tags. Where both are stated, what is
    stated with a "not" wins: 不加班 holds 加班.
    """
    facts: list[str] = ["五险"] if _INSURED.search(text) else []
    both = f"{_INSURED.sub('', text)}{_APART}{head}"
    for name, (stated, contrary, headed) in _patterns():
        if contrary is not None and contrary.search(both):
            facts.append(NOT + name)
        elif (stated is not None and stated.search(both)) or (
            headed is not None and headed.search(head)
        ):
            facts.append(name)
    return facts


_APART = "\n" * 3
"""Between an ad's text and what it calls itself: no pattern reaches over a line."""


def packed(facts: Iterable[str]) -> str:
    """Return facts as they are stored: once each, joined by spaces, at most 400 characters."""
    kept = ""
    for fact in dict.fromkeys(facts):
        if len(kept) + len(fact) < _MOST_FACTS:
            kept = f"{kept} {fact}".lstrip()
    return kept


@dataclass(frozen=True)
class Said:
    """A condition that a text names at ``[start, end)``; ``refused`` by the very words."""

    name: str
    start: int
    end: int
    refused: bool = False


@cache
def _spoken() -> re.Pattern[str]:
    parts = [f"(?P<n{n}>{one.refused})" for n, one in enumerate(CONDITIONS) if one.refused]
    parts += [f"(?P<e{n}>{form})" for n, form in enumerate(EMPLOYMENT.values())]
    parts += [f"(?P<o{n}>{form})" for n, form in enumerate(EMPLOYERS.values())]
    parts += [f"(?P<c{n}>{one.said})" for n, one in enumerate(CONDITIONS)]
    return re.compile("|".join(parts), re.I)


def conditions_in(text: str) -> Iterator[Said]:
    """Yield the conditions of work that a person's words name, from left to right."""
    names = {
        "n": [one.name for one in CONDITIONS],
        "c": [one.name for one in CONDITIONS],
        "e": list(EMPLOYMENT),
        "o": list(EMPLOYERS),
    }
    for match in _spoken().finditer(text):
        group = match.lastgroup or ""
        name = names[group[0]][int(group[1:])]
        yield Said(name, *match.span(), refused=group[0] == "n")
        # 包吃住 is both.
        if (name == "包吃" and "住" in match[0]) or ("宿" in match[0] and name == "包吃"):
            yield Said("包住", *match.span())


def contraries(name: str) -> tuple[str, ...]:
    """Return the facts of a posting that break a wish for ``name``."""
    if name in EMPLOYMENT:
        fits = {"全职": ("校招",), "临时": ("兼职",), "兼职": ("临时",), "校招": ("实习",)}
        return tuple(k for k in EMPLOYMENT if k != name and k not in fits.get(name, ()))
    if name == "双休":
        return (NOT + name, "单休", "大小周")
    return (NOT + name, *_OPPOSITES.get(name, ()))


_OPPOSITES = {
    "白班": ("夜班", "倒班"),
    "大公司": ("小公司",),
    "小公司": ("大公司",),
    "国企": ("民营", "外企", "合资"),
    "民营": ("国企", "外企", "事业单位"),
    "外企": ("民营", "国企"),
}


def refusals(name: str) -> tuple[str, ...]:
    """Return the facts of a posting that break a wish against ``name``."""
    also = {"夜班": ("倒班",), "单休": ("大小周",)}
    return (name, *also.get(name, ()))


@cache
def condition_names() -> frozenset[str]:
    """Return the names of all conditions."""
    return frozenset(one.name for one in CONDITIONS)
