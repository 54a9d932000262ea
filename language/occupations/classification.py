"""The 职业分类大典 2022 as a tree: occupations, what they are called, what lies near them."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from language.occupations.codes import group_of, plain_code
from language.text import fold

OCCUPATION = 4
"""The level of an occupation; 1, 2 and 3 are groups."""

_MARK = re.compile(r"[LS/]+$")  # 绿色职业 L, 数字职业 S: no part of the name


@dataclass(frozen=True)
class Occupation:
    """An occupation 职业 (level 4), or a group of them (1 大类, 2 中类, 3 小类)."""

    code: str
    level: int
    name: str
    aliases: tuple[str, ...]
    definition: str
    tasks: str

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases."""
        return (self.name, *self.aliases)


class Classification:
    """All occupations and groups by code, without the noughts at a group's end."""

    def __init__(self, occupations: Iterable[Occupation]) -> None:
        self.occupations: dict[str, Occupation] = {}
        for one in occupations:
            # Where a group has but one occupation, the occupation's line tells more.
            known = self.occupations.get(one.code)
            if known is None or known.level < one.level:
                self.occupations[one.code] = one

    @classmethod
    def read(cls, file: Path) -> "Classification":
        """Read the table that ``package`` fetches. Raises OSError, KeyError."""
        with file.open(encoding="utf-8-sig", newline="") as rows:
            return cls([_occupation(row) for row in csv.DictReader(rows)])

    @cached_property
    def codes(self) -> dict[str, str]:
        """The code of each occupation's own name, folded; of a name that several bear, none."""
        found: dict[str, set[str]] = {}
        for one in self.occupations.values():
            if one.level == OCCUPATION:
                found.setdefault(fold(one.name), set()).add(one.code)
        return {name: min(codes) for name, codes in found.items() if len(codes) == 1}

    def name_of(self, code: str) -> str | None:
        """Return what a code means."""
        known = self.occupations.get(plain_code(code))
        return None if known is None else known.name

    def near(self, code: str) -> tuple[Occupation, ...]:
        """Return the other occupations of a code's small group."""
        return tuple(
            one
            for one in self.occupations.values()
            if one.level == OCCUPATION
            and group_of(one.code) == group_of(code)
            and one.code != plain_code(code)
        )


def _occupation(row: dict[str, str]) -> Occupation:
    name = _MARK.sub("", row["name"].strip())
    said = (_MARK.sub("", alias.strip()) for alias in row["alias"].split(","))
    return Occupation(
        code=plain_code(row["code"]),
        level=int(row["level"]),
        name=name,
        aliases=tuple(dict.fromkeys(alias for alias in said if alias and alias != name)),
        definition=row["definition"],
        tasks=row["tasks"],
    )
