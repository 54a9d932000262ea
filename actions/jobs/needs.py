"""What a wish for work needs, by kind: schooling, years, groups, and conditions of work. Pure."""

from collections.abc import Iterable

from actions.jobs.matching.groups import GROUPS
from actions.jobs.requirements import ANY_LEVEL, level_named, years_named

CONDITION, EDUCATION, EXPERIENCE, GROUP = "needs", "education", "experience", "group"
BETWEEN = "、"


def kind_of(need: str) -> str:
    """Return the kind of a need: what the person brings, or what the work is to be like."""
    if need in GROUPS:
        return GROUP
    if need != ANY_LEVEL and level_named(need) is not None:
        return EDUCATION
    return CONDITION if years_named(need) is None else EXPERIENCE


def by_kind(needs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return needs by their kinds, each once; kinds of which there are none are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for need in dict.fromkeys(needs):
        kind = kind_of(need)
        found[kind] = (*found.get(kind, ()), need)
    return found


def renewed(known: Iterable[str], said: Iterable[str]) -> tuple[str, ...]:
    """Return needs after more was said: what is of the same kind gives way, a group stays.

    Who asks for a day shift is still of the schooling that they named before.
    """
    new = tuple(said)
    kinds = {kind_of(need) for need in new} - {GROUP}
    return tuple(dict.fromkeys((*(need for need in known if kind_of(need) not in kinds), *new)))


def several(joined: str | None) -> tuple[str, ...]:
    """Return the parts of what is joined by 、."""
    return tuple(each for each in (joined or "").split(BETWEEN) if each)
