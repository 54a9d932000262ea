"""The values in a sentence: set, corrected, not wanted, or of no matter any more."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.dialogue.commands import CORRECT, DROP, EXCLUDE, SET, Command
from actions.dialogue.context import Asked
from actions.dialogue.reading.cues import (
    ASKS,
    CORRECTS,
    DROPS,
    NOT,
    SAVE,
    SLIPS,
    UNWANTED,
    residue,
)
from actions.dialogue.tasks import Field, Found, Task, Words
from language.clauses import clauses

BETWEEN = "、"
"""Between the values of a slot that holds several."""


@dataclass(frozen=True)
class Reading:
    """What a sentence says of one task: ``bare`` where it says nothing else."""

    task: Task
    found: tuple[Found, ...]
    drops: tuple[Command, ...]
    text: str

    @property
    def strong(self) -> tuple[Found, ...]:
        """The values that say something of the sentence's purpose."""
        return tuple(each for each in self.found if not each.weak)

    @property
    def says_something(self) -> bool:
        """Whether the sentence is about this task at all."""
        return bool(self.strong or self.drops)

    @property
    def loud(self) -> bool:
        """Whether it goes on with its task whatever else is said."""
        return any(each.loud for each in self.found)

    @property
    def covered(self) -> int:
        """How many characters its values take."""
        spans = [(each.start, each.end) for each in self.strong]
        spans += [(drop.start, drop.end) for drop in self.drops]
        return sum(end - start for start, end in _apart(spans))

    @property
    def bare(self) -> bool:
        """Whether the sentence is nothing but values of this task."""
        spans = [(each.start, each.end) for each in self.strong]
        spans += [(drop.start, drop.end) for drop in self.drops]
        return self.says_something and not residue(self.text, _apart(spans))


def bare_clauses(reading: Reading) -> Reading | None:
    """Return the clauses that are nothing but values: 「周四老伴住院，周五吧，还是上午」."""
    found = []
    for start, end in clauses(reading.text):
        inside = [each for each in reading.strong if start <= each.start and each.end <= end]
        spans = [(each.start - start, each.end - start) for each in inside]
        if inside and not residue(reading.text[start:end], _apart(spans)):
            found += inside
    return Reading(reading.task, tuple(found), (), reading.text) if found else None


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans that cover the same and do not overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def read_task(task: Task, words: Words, asked: Asked | None = None) -> Reading:
    """Read every field of a task; a free one is what answers its question."""
    drops = tuple(_drops(task, words.text))
    found = [each for field in task.fields if field.read for each in field.read(words)]
    # 「人数改成8个」 answers another question than the one that waits.
    mends = CORRECTS.search(words.text) and any(not each.weak for each in found)
    waits = asked is not None and asked.task == task.name and not mends
    waits = waits and not only_asks(words.text)
    if asked is not None and waits and task.field(asked.field).free:
        found.append(Found(asked.field, words.text, 0, len(words.text), weak=True))
    if drops:
        found = [each for each in found if not each.weak]
    return Reading(task, tuple(found), drops, words.text)


def only_asks(text: str) -> bool:
    """Whether a text asks and gives no number: it answers no question of ours in its own words."""
    return bool(ASKS.search(text)) and not GIVES.search(text)


GIVES = re.compile(r"\d|[一二三四五六七八九十百千]")


def _drops(task: Task, text: str) -> Iterator[Command]:
    for field in task.fields:
        match = re.search(DROPS.format(called=field.called), text) if field.called else None
        if match is not None:
            yield dropping(task, field, match.span())


def dropping(task: Task, field: Field, span: tuple[int, int]) -> Command:
    """Return the command by which a field does not matter any more."""
    sets = dict.fromkeys((*field.held_in, *filter(None, (field.excluded,))))
    return Command(DROP, task.name, field.name, start=span[0], end=span[1], sets=sets)


def value_commands(
    reading: Reading, known: Mapping[str, Any], confidence: float, *, weak: bool = True
) -> list[Command]:
    """Return what a reading changes of what is ``known``, in the order it was said."""
    task, text = reading.task, reading.text
    now = dict(known)
    corrects = bool(CORRECTS.search(text))
    commands: list[Command] = list(reading.drops)
    for field in task.fields:
        found = [each for each in reading.found if each.field == field.name]
        found = found if weak else [each for each in found if not each.weak]
        wanted = [each for each in found if _polarity(text, each) == SET]
        for each in found:
            if _polarity(text, each) == EXCLUDE and field.excluded is not None:
                commands.append(_excluding(task, field, each, text, now, confidence))
                now.update(commands[-1].sets)
        if wanted:
            commands.append(_setting(task, field, wanted, now, corrects, confidence, text))
            now.update(commands[-1].sets)
    return commands


def _polarity(text: str, found: Found) -> str | None:
    """Say whether a value is wanted (SET), unwanted (EXCLUDE) or what was not meant (None)."""
    begin, end = next(((b, e) for b, e in clauses(text) if b <= found.start < e), (0, len(text)))
    before, behind = text[begin : found.start], text[found.end : end].strip()
    if not behind:
        # Who speaks puts a blank between a value and what is said of it: 「夜班 不要」.
        behind = BLANK.sub("", text[end:], count=1)
    if found.loud or found.wanted:
        return SET
    if NOT.search(before):
        return None
    if found.refused or LACKS.search(before):
        return EXCLUDE
    unwanted = UNWANTED.search(before)
    if unwanted is not None and len(before) - unwanted.end() <= FAR:
        return EXCLUDE
    return EXCLUDE if SAVE.match(behind) else SET


BLANK = re.compile("^[ \u3000]+|^[^ \u3000].*", re.S)
"""What parts two clauses, where it is a blank; where it is not, all that follows."""

LACKS = re.compile("(?<![要能是])(?:不|没|无|免)$")
"""「不加班」: what stands right before a value that is not wanted."""

FAR = 8
"""What is not wanted stands at most so many characters behind 「不要」."""


def _excluding(
    task: Task, field: Field, found: Found, text: str, known: Mapping[str, Any], confidence: float
) -> Command:
    slot = str(field.excluded)
    value = str(found.value) if field.excludes is None else field.excludes(found, text)
    old = [each for each in str(known.get(slot) or "").split(BETWEEN) if each]
    sets: dict[str, Any] = {slot: BETWEEN.join(dict.fromkeys((*old, value)))}
    wanted = str(known.get(field.name) or "").split(BETWEEN)
    if str(found.value) in wanted:
        left = [each for each in wanted if each != str(found.value)]
        sets[field.name] = BETWEEN.join(left) or None
    return Command(
        *(EXCLUDE, task.name, field.name, value),
        start=found.start,
        end=found.end,
        sets=sets,
        confidence=confidence,
    )


def _setting(
    task: Task,
    field: Field,
    found: Sequence[Found],
    known: Mapping[str, Any],
    corrects: bool,
    confidence: float,
    text: str,
) -> Command:
    last = found[-1]
    start, end = min(each.start for each in found), max(each.end for each in found)
    if field.several and len(found) > 1:
        value = BETWEEN.join(dict.fromkeys(str(each.value) for each in found))
        own = {
            name: value if held == each.value else held
            for each in found
            for name, held in each.values.items()
        }
        last = Found(field.name, value, start, end, own)
        found = (last,)
    sets = dict(last.values)
    if field.merged is not None:
        sets = {}
        for each in found:
            sets.update(field.merged({**known, **sets}, each, corrects))
    slipped = bool(SLIPS.search(text))
    changed = any(known.get(slot) not in (None, sets.get(slot)) for slot in field.held_in)
    if changed and not (corrects and slipped):
        # 「说错了，是招聘备案」 is the same wish: its time stands.
        sets = {**dict.fromkeys(field.renews), **sets}
    if field.excluded is not None:
        old = str(known.get(field.excluded) or "").split(BETWEEN)
        left = [each for each in old if each and each != str(last.value)]
        if len(left) < len([each for each in old if each]):
            sets[field.excluded] = BETWEEN.join(left) or None
    return Command(
        *(CORRECT if corrects and changed else SET, task.name, field.name, last.value),
        start=start,
        end=end,
        sets=sets,
        confidence=confidence,
    )
