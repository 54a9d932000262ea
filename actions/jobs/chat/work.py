"""What work a sentence is about: names of work, skills that postings ask for, what is refused."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from actions.dialogue.tasks import Words
from actions.jobs.matching.vocabulary import SKILL, WORK
from language.clauses import clauses
from language.refusals import refused
from language.trades import is_address

_LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+#./]{1,14}(?![A-Za-z0-9])|[BC]端", re.I)
_NO = re.compile(
    r"(?:别|莫|不|勿|拒绝?|除[了开去]?|排除|讨厌|(?:不想|不愿|不要|别再?|莫再?)(?:给我)?)"
    r"(?:要|做|干|搞|碰|推荐?|介绍|发|找|想|接受|考虑|去|让我|当|带|给我|再|看|的)*$"
)
_NOT_AFTER = re.compile(
    r"[^，,。；;！!？?]{0,8}?(?:的|那种|这种|之类|类|我|就|都)*(?:不要|不考虑|不做|不干|不行"
    r"|不想|不去|除外|免[谈了]|别[来推发找]|莫来|算了|不感兴趣|不碰|不接受|不看|勿[扰推]|pass|绕道|走开)"
    r"(?=$|[\s，,。；;！!？?、的了吧啊哈呢哦]|给我|来)"
)
_TURNS = re.compile(r"(?:想|要|打算|准备|希望)?(?:转|改)(?:行|做|到|成|岗)?[^，,。；;]{0,4}$")
_JOINED = re.compile(r"\s*(?:和|跟|与|及|或者?|还有|、|/|／|,|，)\s*")


@dataclass(frozen=True)
class Span:
    """Words at ``[start, end)`` of a text; ``refused``: they are named as not wanted."""

    text: str
    start: int
    end: int
    refused: bool = False


def work_in(
    words: Words, taken: Sequence[tuple[int, int]] = (), beside: Sequence[tuple[int, int]] = ()
) -> list[Span]:
    """Return the names of work, from left to right, the longest of those that overlap.

    Names are Rasa's, and what postings call their work. What stands right before a name and is
    no other word of the sentence belongs to it (基因编辑, 律所做助理): none of ``taken``, in
    which no name begins, and ``beside``.
    """
    named = [Span(one.value, one.start, one.end) for one in words.of("trade")]
    named += _known(words, WORK)
    named = [one for one in named if one.text not in _EMPLOYMENT]
    named = [one for one in named if not is_address(words.text, one.start, one.end)]
    apart = _work_alone(
        _apart([one for one in named if not any(a < one.end and one.start < b for a, b in taken)]),
        words.text,
    )
    told = _with_refusals(without_relatives(words.text, beside), apart)
    spans = [*taken, *beside, *((one.start, one.end) for one in told)]
    return [_whole(words.text, one, spans) for one in told]


_NOT_SO = re.compile(r"(?:不|没有?|无|别|莫)(?:想|要|用|需要|上|做|能|愿意?|接受)*$")


_ITS = re.compile("[班工]?的")


def without_relatives(text: str, conditions: Sequence[tuple[int, int]]) -> str:
    """Blank what tells how the work must not be: 不上夜班的 refuses no 客服 behind it."""
    for start, end in conditions:
        no = _NOT_SO.search(text, 0, start)
        behind = _ITS.match(text, end)
        if no is not None and behind is not None:
            over = behind.end()
            text = f"{text[: no.start()]}{'，' * (over - no.start())}{text[over:]}"
    return text


_MANNER = frozenset(("坐办公室",))
"""What says of other work how it is to be: 出纳这种坐办公室的."""

OWN_LIFE = re.compile(
    r"(?:在家|家里|自己|边|要|得|还|白天|平时|需要|方便)(?:要|得|一个人)?"
    r"(?:[带看](?:小?孩子?|娃|宝宝|小囡)|湊仔|照[顾料](?:老人|孩子|小孩))"
    r"(?!的?(?:活|工作|岗|事|阿姨))"
)
"""Whose own child it is that somebody minds at home (在家带娃) asks for no nursery."""


def _work_alone(named: Sequence[Span], text: str) -> list[Span]:
    """Leave out what only tells how the work is to be, or how somebody lives."""
    work = [one for one in named if not _is_own_life(one, text)]
    plain = [one for one in work if one.text not in _MANNER]
    return plain or work


def _is_own_life(one: Span, text: str) -> bool:
    return any(life.end() == one.end for life in OWN_LIFE.finditer(text))


_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]|[A-Za-z0-9+#/]){1,6}$")
_WRAPPING = re.compile(
    r".*(?:或者|还是|以及|轻松|稳定|正规|靠谱|近|远|想要?|找|做|当|干|进|转|去|从事|应聘|学|跟|和|或|与|是|在|到|有|要|的|了|过|为|就|再|个|份|些|点|门|名|位|种|"
    r"推荐|介绍|年|月|岗位|职位|工作|相关|[改换变]成|专业|毕业|应届|一下|帮我|给我|我|你|年多|经验|学历|本科|大专|硕士|类目|方向|行业|领域"
    r"|推销|只|都|也|能|会|可以|不|别|莫|优先|附近|那边|这边|左右|以上|以下|急|招聘|招(?!商|标|投|生)|继续|还|看看|什么|哪里"
    r"|[他她它您咱俺侬]|(?<!小)说|讲|那|这|中|没有|得|给|把|让|叫|被|吗|呢|啊|吧|嘛|啥|哩|嘞|还是|老[公婆伴]|爱人)"
)
_EMPLOYMENT = frozenset(("兼职", "实习生", "实习", "全职"))
"""Names of the lookup that say how somebody is employed, and not at what."""

_GENERIC = frozenset(
    (
        "助理",
        "专员",
        "编辑",
        "运营",
        "产品",
        "销售",
        "店长",
        "经理",
        "主管",
        "总监",
        "策划",
        "设计",
        "推广",
        "顾问",
        "工程师",
    )
)
_MADE_OF = re.compile(
    r"(?P<left>[\u4e00-\u9fffA-Za-z]{2,4}?)(?:里|内)?(?:做|当|的|类目的|行业的?|方向的?|类的?)$"
)


def _whole(text: str, one: Span, taken: Sequence[tuple[int, int]]) -> Span:
    """Return a name with what belongs to it on its left."""
    if one.refused:
        return one
    free = max((end for _, end in taken if end <= one.start), default=0)
    before = text[max(free, one.start - 8) : one.start]
    left = _BEFORE.search(before)
    plain = _WRAPPING.sub("", left[0]) if left else ""
    if len(plain) >= 2 or (plain and one.text in _GENERIC):
        return Span(plain + one.text, one.start - len(plain), one.end, one.refused)
    made = _MADE_OF.search(before) if one.text in _GENERIC else None
    if made is not None:
        stem = _WRAPPING.sub("", made["left"])
        if len(stem) >= 2:
            return Span(stem + one.text, one.start, one.end, one.refused)
    return one


def skills_in(words: Words, taken: Iterable[tuple[int, int]]) -> list[Span]:
    """Return what postings ask for or are about and a sentence names beside its work."""
    spans = list(taken)
    found = [*_known(words, SKILL), *_known(words, WORK)]
    letters = [Span(match[0], *match.span()) for match in _LETTERS.finditer(words.text)]
    found += [one for one in letters if one.text.lower() not in _NO_SKILLS]
    free = [one for one in found if not any(a < one.end and one.start < b for a, b in spans)]
    told = [one for one in _apart(free) if one.text not in _MANNER]
    return _with_refusals(words.text, [one for one in told if not _is_own_life(one, words.text)])


_NO_SKILLS = frozenset(("pass", "ok", "no", "yes", "hi", "hr", "boss", "offer"))

_NO_NEAR = re.compile(
    r"(?:不(?:想|要|做|干|接受|愿意?|能|喜欢|搞|考虑|碰|带|用)|别|莫|勿|拒绝|讨厌|除了?|(?<!有)没有?(?!经验|学历|基础|文化|技术)|无(?!所谓)|怕|受不了|少)[^，,。；;！!？?]{0,8}$"
    r"|(?<![要差])不$"
)


def is_refused(text: str, start: int, end: int) -> bool:
    """Whether what is named at ``[start, end)`` is refused: 保险公司的不要, 不做带提成的."""
    before = text[max(0, start - 12) : start]
    return bool(_NOT_AFTER.match(text, end) or _NO_NEAR.search(before))


def _known(words: Words, kind: str) -> Iterator[Span]:
    index = words.names.get(kind)
    if index is not None:
        text = words.text.lower()
        for one in index.everywhere(text if len(text) == len(words.text) else words.text):
            yield Span(words.text[one.start : one.end], one.start, one.end)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Return the longest of spans that overlap, from left to right."""
    kept: list[Span] = []
    for one in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda span: span.start)


def _with_refusals(text: str, spans: Sequence[Span]) -> list[Span]:
    no = refused(text, [(one.start, one.end) for one in spans])
    told: list[Span] = []
    for at, (one, out) in enumerate(zip(spans, no, strict=True)):
        before = text[max(0, one.start - 10) : one.start]
        gone = out or bool(_NO.search(before)) or bool(_NOT_AFTER.match(text, one.end))
        if not gone and told and told[-1].refused and at:
            gone = (
                bool(_JOINED.fullmatch(text[told[-1].end : one.start]))
                and "，" not in (text[told[-1].end : one.start])
            )
        told.append(Span(one.text, one.start, one.end, gone))
    return told


def present(spans: Sequence[Span], text: str) -> list[Span]:
    """Leave out the work that somebody has done so far, or that others speak of."""
    parts = [(text[start:end], start, end) for start, end in clauses(text)]
    told = {
        one: next((part for part, start, end in parts if start <= one.start < end), text)
        for one in spans
    }
    if len(parts) > 1:
        past = [one for one in spans if _PAST.search(told[one])]
        spans = [one for one in spans if one not in past or _WISHES.search(told[one])]
    if len(spans) < 2:
        return list(spans)
    wanted = [one for one in spans if _TURNS.search(text[: one.start])]
    return wanted or list(spans)


_PAST = re.compile(
    "[做干跑当开送搭修端].{0,3}[了过].{0,4}[年月]|[做干跑开送]不[动了下]|以前|原来(?:是|在|做|干)|上一份"
    "|(?:他|她|爱人|老[公婆伴]|媳妇|对象|[男女]朋友|爸妈|父母|家里|亲戚|同学|邻居|人家|朋友|妈|爸).{0,4}(?:说|讲|觉得|嫌|劝)"
)
_WISHES = re.compile("想|找|看看|有没有|帮我|给我|换|接着|还[做干]|继续")
"""A clause that tells what was, or what others say, and one that wishes."""
