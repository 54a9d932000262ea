"""Words of a person in danger, which no statistics may overrule."""

from __future__ import annotations

import re

DISTRESS = re.compile(
    r"自杀(?!式|性)|自尽|轻生|寻短见|跳楼|跳河|跳江|割腕|上吊|服毒"
    r"|(?:不想|不愿|没法|没脸|不想再)活(?!动|儿|计|跃|泼|络|期)|活不下去|活着没(?:意思|意义|劲)"
    r"|想死(?!你|记)|去死(?!记)|寻死|一死了之|死了算|(?:了结|结束)(?:自己|这条命|生命|我的生命|性命)"
)
"""Explicit words of wanting to die. Better one offer of care too many than one too few."""


def is_distress(text: str) -> bool:
    """Tell whether ``text`` (normalised) speaks of the writer's own death in plain words."""
    return DISTRESS.search(text) is not None
