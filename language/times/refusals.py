"""Times that are named because they do not suit: 明天不行, 除了周一, 不是周五是周六."""

import re

_NOT_A_QUESTION = r"(?<![行可去来能方要想成是在有约])"
_BEFORE = re.compile(
    rf"(?:{_NOT_A_QUESTION}不(?:要|想要?|是|约|选|能|考虑)|除(?:了|开|去|掉)?|排除|避开|唔要|唔好|甭|莫"
    r"|别(?:给我|帮我)?)(?:约|选|安排|是|定|订|去|来)?(?:在|到|个|了)?$"
)
_AFTER = re.compile(
    r"(?P<words>[^,。;!?\n]{0,6}?)"
    rf"(?:{_NOT_A_QUESTION}不(?:行|可以|成|方便|合适|得空|得闲|去|来|约|要|想|能[来去]|在|考虑|太行|太方便|凑巧)"
    r"|(?<![有])没(?:空|时间|得空|号|有(?:空|时间|号)|法)|冇(?:空|时间|得)|(?<![得好想要])唔(?:得|好|想|要)|莫得空"
    r"|[去来约办到赶]不了|走不开|赶不[上到]|过不[去来]|抽不(?:出|开)|来不及|有事(?![想要问找咨情办])|有安排|请不[了到]假"
    r"|(?<![人谁])(?:值(?:夜|早|晚|白)?班|上[早中晚夜白]班)(?![的不没])|(?<![人谁])[要得都全](?:在|要|得)?(?:上班|加班|值班|上工|出工|开工|做工|干活|出差|上课|开会)(?![不没])|除外|以外|之外|太[早晚赶远](?!的话)|算了|满了|约满"
    r"|没(?:号)?了|别[约来去选]|别安排|不对|错了)(?![吗么嘛])"
    r"|[^,。;!?\n]{7,16}?(?:[去来约赶]不了|走不开|抽不(?:出|开)|来不及|请不了假)(?![吗么嘛])"
)
_CORRECTED = re.compile(
    r"^[吧的]?(?:或者?)?[,。!\s]*(?:哦|啊|呃|哎|等等|等下)?[,\s]*(?:不对|不不|说错了?|错了|算了|不是|打错)"
)
_GIVEN_UP = re.compile(r"(?:取消|退掉|退了|撤掉|不要)了?$")
_AT_FIRST = re.compile(r"(?:原定|原来|本来|原本|之前|原先)(?:[约定订说]|预约)?[的好了]?(?:是|在)?$")
_CLOSED = re.compile(r"不(?:上班|开门|办公|营业)|(?:放假|关门|休息)[吧了啊的,]")
_INSTEAD = re.compile(
    r"^[,。!\s]*(?:哦|噢|喔|啊|呃|哎|唉|额|诶)?[,\s]*不[,\s]*$|^[^?]{0,12}(?:约|订|定|换|改)(?:个|成|到|为|在|一个)?$"
)
"""Words between two times of which the second is meant: 上午哦不下午, 取消周三的约周五."""
CHANGED = re.compile(
    r"(?:改[到成为约在]|改(?=$)|换(?:[到成约]|(?=$))|挪[到]|推[到]|推迟到|延[到]|延期到|提前到|提到|调[到成])(?:了)?$"
)
"""Words between a time that is given up and the one that is wanted instead."""


def refuses_next(before: str) -> bool:
    """Whether the words refuse the time that stands behind them."""
    return _BEFORE.search(before) is not None


def gives_way(before: str, between: str) -> bool:
    """Whether a time is given up for the one that stands behind ``between``."""
    if _AT_FIRST.search(before) or _CLOSED.search(between):
        return True
    amended = _INSTEAD.match(between)
    return amended is not None and ("不" in between[-2:] or _GIVEN_UP.search(before) is not None)


def is_refused(before: str, after: str) -> bool:
    """Whether a time is refused by the words around it, up to the times on either side."""
    if refuses_next(before) and not after.startswith(("吗", "么")):
        return True
    return bool(_AFTER.match(after) or _CORRECTED.match(after))
