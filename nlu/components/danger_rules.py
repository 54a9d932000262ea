"""What is made of a message in which danger may be spoken of.

Words of a person who wants to die are heard whatever the statistics say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

DISTRESS = "distress"
SELF_HARM = "self_harm"
NONE = "none"
"""The label of sentences without danger."""

_WAYS = "自杀(?!式|性)|自尽|轻生|寻短见|跳楼(?!价)|跳河|跳江|割腕|上吊(?!车)|服毒|去死(?!记)"
_WANTED = re.compile(
    rf"(?:我|想|只能|准备|打算|不如)(?:要|去)?(?:{_WAYS})"
    r"|(?:不想|不愿|没法|没脸|不想再)活(?!动|儿|计|跃|泼|络|期)|活不下去|活着没(?:意思|意义|劲)"
    r"|想死(?!你|记)|寻死|一死了之|死了算|(?:了结|结束)(?:自己|这条命|生命|我的生命|性命)"
)
"""Explicit words of wanting it oneself. Others' deaths, and curses, are left to the classifier."""


def is_self_harm(text: str) -> bool:
    """Tell whether ``text`` (normalised) speaks of the writer's own death in plain words."""
    return _WANTED.search(text) is not None


def heard(
    text: str, labels: Sequence[str], probabilities: Sequence[float], threshold: float
) -> str | None:
    """Return which danger ``text`` (normalised) speaks of, None where there is none.

    ``threshold`` is of the probability that there is any; which kind, the likeliest says.
    """
    if is_self_harm(text):
        return SELF_HARM
    likely = dict(zip(labels, probabilities, strict=True))
    calm = likely.pop(NONE)
    return None if 1 - calm <= threshold else max(likely, key=likely.__getitem__)


def threshold(danger: np.ndarray, false_alarms: float) -> float:
    """Return above which probability of danger no more than ``false_alarms`` of sentences lie.

    ``danger`` has it for sentences that only sound like danger, each when it was held out.
    """
    return float(np.quantile(danger, 1 - false_alarms, method="higher"))


def distressed(ranking: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the intents' ranking with ``distress`` first and certain, whatever was read."""
    others = [{**entry, "confidence": 0.0} for entry in ranking if entry["name"] != DISTRESS]
    return [{"name": DISTRESS, "confidence": 1.0}, *others]
