"""Codes of the 职业分类大典: ``6-31-01-03`` an occupation, ``6-31-01`` its small group.

The table writes a group with noughts (``6-31-01-00``), as it does the one occupation of a group
that has no other; without them both are the same.
"""

SMALL_GROUP = 3
"""Parts of a small group's code 小类."""


def plain_code(code: str) -> str:
    """Return ``code`` without the noughts at its end."""
    parts = code.split("-")
    while len(parts) > 1 and set(parts[-1]) == {"0"}:
        parts.pop()
    return "-".join(parts)


def group_of(code: str) -> str:
    """Return the small group of ``code``; of a larger group that itself."""
    return "-".join(plain_code(code).split("-")[:SMALL_GROUP])


def is_within(code: str, group: str) -> bool:
    """Tell whether ``code`` is ``group`` or lies in it."""
    return f"{plain_code(code)}-".startswith(f"{plain_code(group)}-")
