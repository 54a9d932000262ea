"""What of a sentence is a wish for a course: the subject, the place, free or at the weekend."""

import re
from collections.abc import Iterator, Mapping

from actions.dialogue.tasks import Found, Known, Words
from actions.training.rules import EVENING, FREE, ONLINE, SUBSIDISED, WEEKEND
from language.places import NATIONAL, NATIONAL_NAME, find_places, wanted

LONGEST = 12
BETWEEN = "、"
_ANYTHING = re.compile(
    r"(?:有|开)?(?:啥|什么|哪些|那些|看看|所有|全部)(?:的)?(?:免费|技能|职业|线上|周末|晚上)?的?(?:培训|课|班)"
)
"""Who asks so wants to see whatever there is."""

LEARNS = re.compile(r"学|培训|课|班|证|教|考|手艺|技术|技能|练")
_WORKS = re.compile(r"找.{0,10}(?:工作|活|岗)|招聘|岗位|应聘|求职|工资|薪|挣|赚|预约|约|投诉")
_CONDITIONS = (
    (FREE, r"免费|不(?:要|用|花|收)钱|不收费|免学费|白学|公益"),
    (SUBSIDISED, r"有?(?:补贴|补助)的?|能?(?:领|拿|享受)(?:补贴|补助)|政府(?:出钱|补贴)"),
    (WEEKEND, r"周末|双休日|礼拜[六天日]|星期[六天日]|周[六日]"),
    (EVENING, r"晚上?(?:的|上课)?|夜(?:校|班|里)|晚班|下了?班(?:以?后|还)?"),
    (ONLINE, r"线上|网上|网课|在线|远程|在家学|直播课"),
)
_FORMS = tuple((name, re.compile(form)) for name, form in _CONDITIONS)
_NOT_A_SUBJECT = re.compile(
    r"(?:我们?|俺|你们?|您|咱们?|他们?|她|家里?|儿子|女儿|孩子|老[公婆伴头]|媳妇|侄子|外甥|员工|公司|厂里|单位"
    r"|想要?|要|能不能|可不可以|可以|能|有没有|有|没有?|哪里|哪儿|哪个|哪些|哪|什么|啥|怎么样?|如何|几|多少"
    r"|去|到|在|给|帮|找|查|看看|看|推荐|介绍|报名?|参加|读|上|学习?(?:做|开|修|门|个|点)?|教(?:人)?|考(?:取|个)?|拿|练"
    r"|职业|技能|技术|手艺|本事|培训|课程|课表|课|班|证书|证|资格|等级|机构|学校|地方|补习|提升|辅导|短期|长期"
    r"|最近|近期|现在|今年|下一?[期个月批]|本月|这个?月|附近|当地|本地|开班|开课|时候|时间|多久|需要|合适|适合"
    r"|一[个门些点下]|个|门|些|点儿|的|了|过|着|吗|呢|啊|呀|吧|嘛|哦|噢|嘞|请问|你好|您好|谢谢|麻烦|问一?下|了解"
    r"|那种|那个|这个|那|这|和|跟|也|都|就|还|再|换成|换|改成|不|是|好|呗|伐|撒|噻|咯|用|做|东西|别的|其他|知识"
    r"|[\W\d]+)+"
)


def subjects(words: Words) -> Iterator[Found]:
    """Yield the trade that is to be learnt, else what is left of a sentence that is about it."""
    text = words.text
    if _WORKS.search(text):
        return
    named = words.of("trade")
    for one in named:
        yield Found("trade", one.value, one.start, one.end, {"training_subject": one.value})
    if not named:
        left = "" if _ANYTHING.search(text) else _left(text)
        if left is not None:
            sets = {"training_subject": left or None}
            yield Found("trade", left, 0, len(text), sets, weak=True)


def places(words: Words) -> Iterator[Found]:
    """Yield the places that are named, as GB/T 2260 codes; 全国 is one."""
    if _WORKS.search(words.text):
        return
    for one in wanted(find_places(words.text, likeliest=True)):
        yield Found("place", one.code, one.start, one.end, {"training_place": one.code})
    at = words.text.find(NATIONAL_NAME)
    if at >= 0:
        end = at + len(NATIONAL_NAME)
        yield Found("place", NATIONAL, at, end, {"training_place": NATIONAL})


def wants(words: Words) -> Iterator[Found]:
    """Yield what a course is to be like."""
    if _WORKS.search(words.text):
        return
    for name, form in _FORMS:
        match = form.search(words.text)
        if match is not None:
            yield Found("training_wants", name, *match.span())


def merged(known: Known, found: Found, corrects: bool) -> Mapping[str, str]:
    """Return the conditions with one more: 「周末的」 after 「免费的」 is both."""
    before = "" if corrects else str(known.get("training_wants") or "")
    wanted = [*(each for each in before.split(BETWEEN) if each), *str(found.value).split(BETWEEN)]
    return {"training_wants": BETWEEN.join(dict.fromkeys(wanted))}


def _left(text: str) -> str | None:
    """Return the one name that is left of a sentence, None where it names nothing, or more."""
    if not LEARNS.search(text):
        return None
    spans = [(one.start, one.end) for one in find_places(text, likeliest=True)]
    spans += [match.span() for _, form in _FORMS if (match := form.search(text))]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    left = [part for part in _NOT_A_SUBJECT.sub(" ", text).split() if len(part) > 1]
    return left[0] if len(left) == 1 and len(left[0]) <= LONGEST else None
