"""The small words that times are made of: numbers, weeks, parts of a day."""

import re

from language.numerals import ONES, chinese_number

PARTS = {
    "凌晨": (0, 5),
    "半夜": (0, 5),
    "清晨": (5, 8),
    "清早": (5, 9),
    "一早": (6, 10),
    "大早": (6, 10),
    "一大早": (6, 10),
    "大清早": (5, 9),
    "早上": (6, 10),
    "早晨": (6, 10),
    "早间": (6, 10),
    "早起": (6, 10),
    "早浪": (6, 10),
    "朝早": (6, 10),
    "朝头早": (6, 10),
    "朝": (6, 10),
    "早": (6, 10),
    "晨": (6, 10),
    "上午": (7, 12),
    "午前": (7, 12),
    "上半天": (7, 12),
    "上半日": (7, 12),
    "前晌": (7, 12),
    "头晌": (7, 12),
    "头午": (7, 12),
    "前半晌": (7, 12),
    "上半晌": (7, 12),
    "上昼": (7, 12),
    "上晡": (7, 12),
    "晏昼": (13, 18),
    "下晡": (13, 18),
    "下昼": (13, 18),
    "上下午": (7, 18),
    "白天": (6, 19),
    "中午": (12, 14),
    "午间": (12, 14),
    "正午": (12, 14),
    "晌午": (12, 14),
    "中午头": (12, 14),
    "中昼": (12, 14),
    "午": (12, 14),
    "午后": (13, 15),
    "下午": (13, 18),
    "下半天": (13, 18),
    "下半日": (13, 18),
    "后晌": (13, 18),
    "过晌": (13, 18),
    "下晌": (13, 18),
    "后半晌": (13, 18),
    "下半晌": (13, 18),
    "傍晚": (17, 19),
    "黄昏": (17, 19),
    "傍黑": (17, 19),
    "擦黑": (17, 19),
    "挨晚": (17, 19),
    "晚上": (18, 24),
    "晚间": (18, 24),
    "夜晚": (18, 24),
    "晚黑": (18, 24),
    "夜到": (18, 24),
    "黑了": (18, 24),
    "黑头": (18, 24),
    "黑间": (18, 24),
    "黑家": (18, 24),
    "黑": (18, 24),
    "夜里": (20, 24),
    "夜间": (20, 24),
    "深夜": (23, 24),
    "晚": (18, 24),
    "夜": (20, 24),
}
"""Hours of the parts of a day, as jionlp has them where it knows the word."""

WORK = {
    **{"天亮": 6, "上班": 9, "上工": 9, "开工": 9, "开门": 9, "午饭": 12, "吃饭": 12, "午休": 12},
    **{"下班": 17, "放工": 17, "收工": 17, "关门": 17, "天黑": 18, "日落": 18, "太阳落山": 18},
}
"""Hours that the day's events stand for, said with 前 or 后."""

AFTER_WORK = {"午饭": 13, "吃饭": 13, "午休": 14}
"""Where the event takes a while, the hour it is over."""

SHORT_PARTS = ("早", "晚", "午", "夜", "晨", "朝", "黑", "黑了", "黑头", "黑间", "黑家")
"""Parts that need a day before them, or an hour behind: alone they are pieces of other words."""

WEEK = r"(?:周|星期|礼拜|拜)"
WEEK_OF = r"(?:再?下{1,3}一?个?|(?<![早晚马网线身以])上{1,2}一?个?|这一?个?|本|当)"
WEEKDAY_CHARACTERS = "一二三四五六日天"

N = rf"(?:\d{{1,2}}|[二三四五]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?|[{ONES}])"
"""A number below sixty, in either script."""

JOINT = r"(?:到|至|直到|—+|–|-|~)"
OR = r"(?:,?要么|、|,|;|以及|和|或者?|或是|还是|跟|与|及|/)"

MONTH_OF = {"下下": 2, "下": 1, "上": -1}

DAY = 24
"""Hours of a day."""


def number(words: str) -> int:
    """Return the value of a number that ``N`` matches; 0 when it is none."""
    return chinese_number(words.replace("廿", "二十").replace("卅", "三十"))


def weekday_number(words: str) -> int:
    """Return 1 for Monday to 7 for Sunday, of 一, 日, 天 or a figure."""
    return 7 if words in "日天" else number(words)


LIMIT = re.compile(
    r"(?:的?(?P<about>左右|前后|上下|来钟)"
    r"|(?P<before>以前|之前|前(?![台面天往来去半])|为止|截止)"
    r"|(?P<after>以后|之后|过后|完(?:以后|之后)?|后(?![天面勤来续门台晌半]))"
    r"|(?P<since>开始|起(?![床来码诉])))"
)
"""What makes a time a limit of what is meant."""

_NOT = "(?:不|别)(?:能|要|得|可以?|会)?"
_THEN = "(?:也|都|就|只)?(?:是|在|到|得|要|能)*$"

UNTIL = re.compile(rf"(?:最[晚迟]|{_NOT}[晚迟][于过]|截止到?|截至|赶在){_THEN}")
"""Words before a time that make it the last one meant."""

SINCE = re.compile(rf"(?:最早|{_NOT}早[于过]){_THEN}")
"""Words before a time that make it the first one meant."""

OVER = re.compile(r"(?<![刚才])过完$|(?<![刚才错试检审考核通])过了$")
"""Words before a time after which it is meant: 过完年, 过了周五; 面试过了 is passed."""

SOON = re.compile(
    r"越[早快]越好|尽快|尽早|最[早快]的?|赶快|赶紧|早点(?![铺店摊师工车厅心])|快点|这几天|最近几天|近几天|近期"
)
