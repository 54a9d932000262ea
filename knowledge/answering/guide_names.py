"""What people call the item of a guide, and what they say they want to do about it."""

import re

from knowledge.parsing.guide_fields import ALIASES
from language import places

_ALIASES = re.compile(rf"{ALIASES}：([^；\n]+)")
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_EVERYBODY = re.compile(r"^(?:企业职工|城镇职工|职工|全省|全市|个人)(?=.{4})(?:基本)?")
_FORMAL = re.compile(r"(?:的?(?:申请|申报|申办|办理|核发|提出|确认|事项))+$")
# How an item's name ends, and what people say they want to do.
_DOINGS = tuple(
    (re.compile(pattern), spoken)
    for pattern, spoken in (
        (r"^(?:领取|申报|申领|换发|恢复|暂停|更正)(.*)$", r"\g<0>"),
        (r"^遗失(.+)补发$", r"补办\1"),
        (r"^(.+?)(?:资格)?考试报名$", r"报\1考试"),
        (r"^(.+?)的?设立审批$", r"设立\1"),
        (r"^(.+)补发$", r"补办\1"),
        (r"^(.+?)待遇申领$", r"领\1待遇"),
        (r"^(.+?)申领$", r"领\1"),
        (r"^(.+?)(?:信息|历史)?(?:变更|更正|修改)$", r"改\1信息"),
        (r"^(.+?关系)(?:转移接续|转入)$", r"转\1"),
        (r"^(.+?)转出$", r"转出\1"),
        (r"^(.+?)查询(?:打印|、核验)$", r"查\1"),
        (r"^(.+?)(?:退费|退款)$", r"\1退钱"),
        (r"^(.+?)断缴补缴$", r"补交断了的\1"),
        (r"^.*(?:迁出|借出|归还|接收|备案|报名|认证|退休|补缴|缴费|转移|合并|互转)$", r"\g<0>"),
    )
)


def guide_names(title: str, text: str, region: str) -> tuple[str, ...]:
    """Return what people may call an item: its name, without the formal ends, and its aliases."""
    place = places.place_name(region)
    plain = _BRACKETS.sub("", title).removeprefix(place) if place else _BRACKETS.sub("", title)
    core = _FORMAL.sub("", plain)
    inner = [part for found in _BRACKETS.findall(title) for part in re.split("[、和/]", found)]
    found = _ALIASES.search(text)
    given = found[1].split("、") if found is not None else []
    # Single words such as 变更 name nothing; all of them together do.
    whole = [name for name in given if len(name) > 3] or ["".join(given)]
    inner = [name for name in inner if len(name) > 3]
    names = [core, _EVERYBODY.sub("", core), *inner, *whole, title]
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def spoken_doing(name: str) -> str:
    """Return what people say they want to do about an item: 「领养老金」 for 「养老金申领」."""
    for pattern, spoken in _DOINGS:
        found = pattern.match(name)
        if found is not None:
            return found.expand(spoken)
    return f"办{name}"
