"""What a sentence about one's own data asks for. Plain functions, no I/O."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

SHOW, EXPORT, CORRECT, FORGET, ERASE, ABOUT = (
    *("show", "export", "correct", "forget", "erase", "about"),
)

_EXPORT = re.compile(r"导出|下载|拷贝|复制|副本|给我一份|发我一份|打包")
_CORRECT = re.compile(r"更正|更改|更新|修改|改[成为一]|要改|怎么改|写错|登记错|不对")
_ERASE = re.compile(
    r"删|注销|销[了号]|清空|清除|清掉|抹掉|销毁|撤[回掉]|忘[了掉]|忘记|"
    r"(?:别|不要|不想|不让|停止).{0,8}(?:存|留|记|保存|使用|用)"
)
_SHOW = re.compile(
    r"查看|看看|看一下|查查|哪些|什么信息|[存留记知收](?:了|着|道|录|集|有|过)|有我|收集了?什么|"
    r"保存了|在哪看|要看"
)
_HOW = re.compile(r"多久|什么时候删|会不会|会保存|安全|谁能|谁看过|卖|泄露|保护|流程|在哪$|录音")


@dataclass(frozen=True)
class Wish:
    """What is asked for, and of which slot where one is named."""

    what: str
    slot: str | None = None


def read_wish(text: str, titles: Mapping[str, str]) -> Wish:
    """Read a sentence; ``titles`` are the names people give to slots, by slot.

    ``ABOUT`` is a question about how data is kept, and whatever is not clear: nothing is
    deleted because it might have been meant.
    """
    named = next((slot for slot, title in titles.items() if title in text), None)
    if _HOW.search(text):
        return Wish(ABOUT)
    if _EXPORT.search(text):
        return Wish(EXPORT)
    if _CORRECT.search(text):
        return Wish(CORRECT, named)
    if _ERASE.search(text):
        return Wish(FORGET, named) if named else Wish(ERASE)
    return Wish(SHOW if _SHOW.search(text) else ABOUT)
