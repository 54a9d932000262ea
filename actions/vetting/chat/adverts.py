"""Is this an ad? What is typed or pasted, told from a question about ads and from a wish."""

import re
from collections.abc import Iterable

from actions.dialogue.tasks import Found, Words
from language.clauses import clauses

WHOLE = 30
"""Characters from which on a message may be a whole ad."""

FEATURES_NEEDED = 3

LEAST = 10
"""Characters of what is asked about; fewer are no ad."""

_HIRING = re.compile(
    r"(?:诚|急|直|热|高薪)?招聘?(?!人难|不到|生)|聘请?|应聘|(?:岗位|职位|工种)[:：]|岗位职责|任职要求|招工|缺人手|店名|要[女男]的|要[一两二三四五六七八九十几\d]+个(?:男|女|人|工)"
)
_FEATURES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d{3,}|\d+(?:\.\d+)?[kK千万]|面议|底薪|计件|时薪|日结|提成|[一二三四五六七八九]千",
        r"\d+\s*(?:名|人|个|位)|[一两二三四五六七八九十几若干]+(?:名|个|人|位)",
        r"包吃|包住|五险|社保|双休|月休|单休|餐补|住宿|福利|倒班|班次|白班|夜班|[早晚]\d?点|两班|三班",
        r"要求|条件|经验|学历|优先|熟练|持.{0,6}证|限|不限|以上|岁|男|女|负责",
        r"地址|地点|工作地|位于|[省市区县镇路街]|附近|门店|店",
        r"押金|保证金|(?:会员|服装|培训|报名|中介|体检)费|先交|交钱",
        r"联系|电话|微信|V信|加我|面试|报名|简历|投递|到店|手机号",
        r"有限公司|公司|厂|店|酒店|餐厅|工地|超市|中心|医院|学校|物业",
    )
)
_ASKING = re.compile(
    r"[?？]|行不行|可不可以|可以吗|能不能|能吗|合法|违法|违规|是不是|算不算|真的假的|靠谱|怎么办|该不该|"
    r"骗子|骗人|被骗|上当|怎么写|有没有规定|什么规定|投诉|举报|维权|能办|排队|补贴|约[个下号]|从.{0,6}借|借(?:人|几|两|三)|共享用工|我(?:想|要)(?:找|应聘|去)|帮我找|找个?工作|总可以|吗$|呢$|吧$"
)
_TRUST = re.compile("靠谱|真的假的|是真的吗|骗子|骗人|骗局|正规[吗么不]|能信|可信|会不会是骗")
"""Who asks so wants what is offered to them looked at."""

_PIECE = re.compile(r"[\u4e00-\u9fff\d]")


def is_ad(text: str) -> bool:
    """Tell whether a message is an ad by itself: it hires, says how, and asks nothing."""
    return len(text) >= WHOLE and is_short_ad(text)


def is_short_ad(text: str) -> bool:
    """Tell whether a message hires and says something of the job, however short."""
    if _ASKING.search(text) or _HIRING.search(text) is None:
        return False
    return sum(bool(feature.search(text)) for feature in _FEATURES) >= FEATURES_NEEDED


def is_piece(text: str) -> bool:
    """Tell whether a message may be more of an ad: it says something of a job, asks nothing."""
    if _ASKING.search(text) or not _PIECE.search(text):
        return False
    return any(feature.search(text) for feature in _FEATURES)


def ads(words: Words) -> Iterable[Found]:
    """Read the ad out of a message: all of it, or nothing."""
    if is_short_ad(words.text):
        yield Found("posting_ad", words.text, 0, len(words.text), loud=True)
        return
    text = asked_about(words.text)
    says = len(text) >= LEAST and sum(bool(each.search(text)) for each in _FEATURES) > 1
    if says and _ASKING.search(words.text):
        at = max(words.text.find(text), 0)
        plain = at > 0 and sum(bool(each.search(text)) for each in _FEATURES) >= FEATURES_NEEDED
        yield Found("posting_ad", text, at, at + len(text), weak=not plain, loud=plain)


def behind_colon(text: str) -> bool:
    """Tell whether an ad stands behind a colon: 「这条能不能发：招……」, whatever is asked of it."""
    ad = asked_about(text)
    asks = _ASKING.search(text.removesuffix(ad)) and text.endswith(ad) and ad != text
    hires = _HIRING.search(ad) or re.search(r"\d+\s*[名个人]", ad) or ad.startswith("招")
    known = sum(bool(feature.search(ad)) for feature in _FEATURES)
    return bool(asks and hires) and known >= FEATURES_NEEDED


def is_doubted(text: str) -> bool:
    """Tell whether somebody asks if what is offered to them can be trusted, and tells the offer."""
    offer = asked_about(text)
    known = sum(bool(feature.search(offer)) for feature in _FEATURES)
    return bool(_TRUST.search(text)) and len(offer) >= LEAST and known >= FEATURES_NEEDED


def asked_about(text: str) -> str:
    """Return what somebody asks about: what follows a colon, else what does not ask."""
    _, colon, behind = text.partition("：" if "：" in text else ":")
    if colon and len(behind) >= WHOLE // 2:
        return behind.strip()
    parts = [text[start:end] for start, end in clauses(text)]
    return "，".join(part for part in parts if not _ASKING.search(part))
