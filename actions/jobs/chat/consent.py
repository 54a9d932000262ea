"""Who somebody is for an employer: the number and the name that they give for an application."""

import re
from collections.abc import Iterator

from actions.dialogue.tasks import Found, Words
from store.vault.placeholders import LABELS

PHONE = re.compile(rf"〔(?:{LABELS['phone']}|{LABELS['landline']})#[a-z]+〕")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
NAME = re.compile(
    rf"(?:我(?:的名字)?(?:叫|是)|名字(?:叫|是)?|叫我)(?P<full>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    rf"(?=$|[\s，,。、；;！!〔]|电话|手机|号码)"
    rf"|(?:我|免贵)?姓(?P<short>[{_SURNAMES}])(?![\u4e00-\u9fff]{{0,2}}名)"
)


def phones(words: Words) -> Iterator[Found]:
    """Yield the numbers to be called at, as the placeholders that stand for them."""
    for match in PHONE.finditer(words.text):
        yield Found("apply_phone", match[0], *match.span())


def names(words: Words) -> Iterator[Found]:
    """Yield how somebody calls themselves, a surname at least."""
    for match in NAME.finditer(words.text):
        yield Found("apply_name", match["full"] or match["short"], *match.span())
