"""Which of the things named in a sentence are refused in it: 不做销售, 除了保洁, 客服不要."""

import re
from collections.abc import Iterator, Sequence

# 要不要, 招不招 and the like ask, and refuse nothing.
_NO = (
    r"(?:(?<![要想做干找当去能是招收缺会])不(?:愿意?|考虑|喜欢|能|会|接受)?|干不了|做不了|拒绝|"
    r"排除|讨厌|别|莫要?|勿|唔|冇兴趣|除了|除开|除去)"
)
_BETWEEN = (
    r"(?:再|又|去|来|想|要|干|做|当|找|给我|帮我|跟我|推荐|推送|推|介绍|发|看|搞|那种|这种|什么|"
    r"任何|的|了|到|是|一类|有关|搬|跑)*"
)
_JOINT = re.compile(
    r"(?:类|的|工作|岗位)*(?:和|跟|与|及|以及|或者|或是|或|还有|、|/)(?:做|干|当|是|的)*"
)
_BEFORE = re.compile(_NO + _BETWEEN + r"$")
_AFTER = re.compile(
    r"(?:和|跟|与|类|这类|这种|之类|的|工作|岗位|活|就|我|都|也)*"
    r"(?:(?:不要|不考虑|不做|不干|不行|不想|不去|除外|免谈|别推|别发|算了|不感兴趣|没兴趣)"
    r"(?:了|的|吧|啊|哈|呢|哦)*(?:$|\W))"
)


def refused(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell for each span ``[start, end)`` of ``text``, from left to right, whether it is refused.

    A refusal stands right before a name (不做销售) or right after it (销售不要), and holds for all
    names that are joined to it (销售和客服都不要).
    """
    told: list[bool] = []
    for joined in _joined(text, spans):
        said_no = _BEFORE.search(text[: joined[0][0]]) or _AFTER.match(text[joined[-1][1] :])
        told += [said_no is not None] * len(joined)
    return told


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the spans in runs of those that a word like 和 joins."""
    run: list[tuple[int, int]] = []
    for span in spans:
        if run and not _JOINT.fullmatch(text[run[-1][1] : span[0]]):
            yield run
            run = []
        run.append(span)
    if run:
        yield run
