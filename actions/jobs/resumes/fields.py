"""What a résumé 求职意向 may hold: a few fields, each as a part of a wish for work. Pure.

Nothing of a person's sex, age, ethnicity, origin or health has a field here; a disability is kept
only as the priority group that its person has declared (``matching.groups``).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from actions.jobs.chat.job_query import JobQuery, remembered
from actions.jobs.conditions import EMPLOYERS, EMPLOYMENT, GIG_NEED, condition_names
from actions.jobs.needs import (
    BETWEEN,
    CONDITION,
    EDUCATION,
    EXPERIENCE,
    GROUP,
    by_kind,
    kind_of,
    several,
)
from actions.jobs.requirements import ANY_LEVEL
from language.places import place_in
from language.trades import find_trade

TRADE, PLACE, PAY, UNWANTED = "trade", "place", "salary_min", "unwanted"
TITLES = {
    TRADE: "工种",
    PLACE: "地点",
    PAY: "期望工资",
    CONDITION: "工作条件",
    EDUCATION: "学历",
    EXPERIENCE: "工作经验",
    GROUP: "重点群体",
    UNWANTED: "其他",
}
"""Every field, in the order in which they are shown, and what people read of it."""

BROUGHT = (EDUCATION, EXPERIENCE, GROUP)
"""What a person brings, whatever they look for."""

LONGEST = 60
"""Characters of a field: a name of work, never a story."""

_NEEDS = (CONDITION, EDUCATION, EXPERIENCE, GROUP)
HELD_IN: Mapping[str, tuple[str, ...]] = {
    TRADE: ("trade", "words", "about"),
    PLACE: ("place", "places", "only"),
    PAY: ("salary_min",),
    **dict.fromkeys(_NEEDS, ("needs",)),
    UNWANTED: ("not_trade", "not_place", "not_needs"),
}
"""The slots of a wish that hold each field."""

PRIVATE = re.compile(
    "[男女]|性别|岁|年[龄纪]|民族|[汉回藏壮满苗彝]族|籍|户口|老家|本地人|外地人|怀孕|孕[妇期]|生育|[结离未]婚|单身"
    "|病|乙肝|残疾|[聋哑盲]|身高|体重|健康|疤|癌"
)
"""Words that tell what is not kept even if it is said."""

Values = Mapping[str, Any]
Entries = Mapping[str, Values]


def entries_of(wish: JobQuery) -> dict[str, dict[str, Any]]:
    """Return the fields that a wish says, each as the slots of a wish; what is private is left out.

    The day of a gig is over before a résumé is of use, and is no part of it.
    """
    slots: dict[str, Any] = {name: _plain(name, value) for name, value in wish.as_slots().items()}
    found = {
        field: {name: slots[name] for name in HELD_IN[field] if slots[name] is not None}
        for field in (TRADE, PLACE, PAY, UNWANTED)
    }
    if not {"trade", "words"} & found[TRADE].keys():
        found[TRADE] = {}
    for kind, needs in by_kind(filter(_is_known, several(wish.needs))).items():
        found[kind] = {"needs": BETWEEN.join(needs)}
    return {field: found[field] for field in TITLES if found.get(field)}


def in_words(values: Values) -> str:
    """Return a field as it is said to people."""
    return remembered(values).in_words()


def wish_of(entries: Entries) -> JobQuery:
    """Return the wish that fields make together."""
    slots: dict[str, Any] = {}
    needs: list[str] = []
    for field, values in entries.items():
        if field in _NEEDS:
            needs += several(values.get("needs"))
        else:
            slots.update(values)
    return remembered({**slots, "needs": BETWEEN.join(dict.fromkeys(needs)) or None})


def changed(kept: Entries, said: Entries) -> dict[str, Values]:
    """Return which fields would be new or different; a group that is kept stays beside another."""
    new = {field: values for field, values in said.items() if kept.get(field) != values}
    if GROUP in new and GROUP in kept:
        groups = (*several(kept[GROUP]["needs"]), *several(new[GROUP]["needs"]))
        new[GROUP] = {"needs": BETWEEN.join(dict.fromkeys(groups))}
        if new[GROUP] == kept[GROUP]:
            del new[GROUP]
    return new


def left_open(wish: JobQuery, kept: Entries, given_up: Iterable[str] = ()) -> dict[str, Values]:
    """Return what is kept that a wish says nothing of: nothing else is filled in.

    ``given_up`` are slots that were just said not to matter. What is wanted now is no longer
    among what is not wanted.
    """
    out = set(given_up)
    said = entries_of(wish)
    free = {
        field: values
        for field, values in kept.items()
        if field not in said and not out >= set(HELD_IN[field])
    }
    if UNWANTED in free:
        wanted = {*several(wish.trade), *several(wish.needs), wish.place}
        no = {
            name: BETWEEN.join(each for each in several(joined) if each not in wanted)
            for name, joined in free[UNWANTED].items()
        }
        free[UNWANTED] = {name: joined for name, joined in no.items() if joined}
    return {field: values for field, values in free.items() if values}


def _plain(name: str, value: Any) -> Any:
    """Return the value of a slot without what is not kept; None where nothing is left."""
    if not isinstance(value, str) or name in ("place", "places", "only", "not_place"):
        return value
    between = BETWEEN if name not in ("words", "about") else " "
    parts = [part for part in value.split(between) if _is_plain(part)]
    return between.join(parts)[:LONGEST] or None


def _is_plain(part: str) -> bool:
    trade = find_trade(part)
    named = trade is not None and part in trade.names
    from_there = part.endswith("人") and place_in(part[:-1]) is not None
    return bool(part) and (named or not (from_there or PRIVATE.search(part) or "〔" in part))


def _is_known(need: str) -> bool:
    """Whether a need has a name of ours: mere words are not kept."""
    known = need in condition_names() or need in EMPLOYMENT or need in EMPLOYERS
    return known or need in (GIG_NEED, ANY_LEVEL) or kind_of(need) != CONDITION
