"""Priority groups 重点群体: who raises a posting that welcomes them, by what rule. Pure.

The rule: whoever has said that they belong to a group finds postings that say they prefer that
group a little higher (``weights.GROUP``), and reads why. Nobody else's list changes, no posting
is hidden from anybody, and what was not declared is never guessed. Groups are those of
就业促进法 第五章 and 就业服务与就业管理规定: they may be preferred, and nobody else may.
"""

import re
from collections.abc import Iterator

GROUPS = {
    "高校毕业生": (
        r"高校毕业生|应届(?:毕业)?生|刚毕业|大学刚",
        r"应届(?:毕业)?生(?:优先|均?可|亦可|欢迎)|(?:欢迎|接受|面向).{0,6}(?:应届"
        r"|毕业生)",
    ),
    "农民工": (r"农民工|进城务工", r"农民工(?:优先|可|均可)|(?:欢迎|接收).{0,4}农民工"),
    "大龄人员": (
        r"大龄(?:困难|失业|就业)*人员|(?:4050|四零五零)(?:人员|对象)|我是(?:个)?(?:大龄(?![\u4e00-\u9fff]{0,2}[女男青])|4050|四零五零)",
        r"(?:大龄|4050)(?:困难|失业|就业)?(?:人员)?(?:优先|可|均可)",
    ),
    "残疾人": (
        r"我(?:是|属于|也是)(?:个|一名|一个)?残疾人|残疾证|我有残疾",
        r"残疾人(?:优先|可|均可|岗位)|(?:招聘?|安置|欢迎)残疾人",
    ),
    "登记失业人员": (
        r"登记失业|失业登记过|登记过失业|领失业金|(?:办|做)(?:过|了)失业登记",
        r"登记失业人员(?:优先|可)|失业人员优先",
    ),
    "就业困难人员": (
        r"就业困难|零就业家庭|低保户?|脱贫户?",
        r"就业困难(?:人员|群体)?(?:优先|可)|(?:零就业家庭|低保|脱贫).{0,6}优先",
    ),
    "退役军人": (
        r"退伍(?:军人|兵)?|退役(?:军人)?|当过兵",
        r"退[伍役](?:军人|士兵)?(?:优先|可)|(?:军人|退伍).{0,4}优先",
    ),
}
"""Each group: how people declare it, and how an ad says that it prefers it."""

_DECLARED = {name: re.compile(said) for name, (said, _) in GROUPS.items()}
_ANY = re.compile("|".join(f"(?P<g{n}>{wanted})" for n, (_, wanted) in enumerate(GROUPS.values())))


def groups_in(ad: str) -> list[str]:
    """Return the groups that an ad says it prefers."""
    said = {int((match.lastgroup or "g0")[1:]) for match in _ANY.finditer(ad)}
    return [name for number, name in enumerate(GROUPS) if number in said]


_NOT_MINE = re.compile(
    "(?:[不没]是|不算|不属于|没有?|还没|还不|怎么|如何|要不要"
    "|他|她|爸|妈|爹|娘|老[公婆伴]|爱人|[儿孙]子|女儿|朋友|亲戚|邻居|同[事学]|孩子|别人|[哥姐弟妹])"
    "[^，,。；;！!？? ]{0,6}$"
)
"""What stands before a group that is not, or not yet, the speaker's own."""

_MINE = re.compile("(?:我|俺|咱|本人)(?:现在)?(?:也|就|还)?(?:是|属于|算)(?:个|一?名|一个|刚)?$")


def declared_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the groups that somebody says they belong to, with where it says so."""
    for name, said in _DECLARED.items():
        for match in said.finditer(text):
            before = text[: match.start()]
            if _MINE.search(before) or not _NOT_MINE.search(before):
                yield name, *match.span()
