"""Applying commands: a new context, what is remembered, and what is to be done. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from actions.dialogue.commands import (
    ASK,
    CANCEL,
    CHAT,
    CHOOSE,
    CLARIFY,
    CONFIRM,
    DECLINE,
    HAND_OFF,
    PAGE,
    REPEAT,
    RESUME,
    START,
    VALUES,
    Command,
)
from actions.dialogue.context import Context, Item, Shown
from actions.dialogue.registry import Features
from actions.dialogue.replies import pressed, read_payload
from actions.dialogue.turn import FALLBACK

CANCELLED, AGAIN, EXPLAIN, WHICH = "_cancelled", "_again", "_explain", "_which"
GO_ON, TELL, UNSURE, NO_PAGE = "_go_on", "_tell", "_unsure", "_no_page"
"""What the dialogue does itself; no intent has such a name."""


@dataclass(frozen=True)
class Deed:
    """Something to be answered: an intent's answer, or one of the dialogue's own.

    ``values`` are what the message says for it. ``by_press``: a payload stands for it, so that
    the words that were typed add nothing. ``only_sure``: passed over unless a feature is sure.
    """

    intent: str
    values: Mapping[str, Any] = field(default_factory=dict)
    by_press: bool = False
    only_sure: bool = False


@dataclass(frozen=True)
class Plan:
    """What commands come to: ``slots`` change what is remembered before the deeds are done.

    ``points`` are the questions of one message, as they may be chosen from: 「第二个再说一遍」.
    """

    context: Context
    slots: dict[str, Any]
    deeds: tuple[Deed, ...]
    later: tuple[str, str] | None = None
    points: Shown | None = None


def apply(
    commands: Sequence[Command], context: Context, known: Mapping[str, Any], features: Features
) -> Plan:
    """Return the plan of a message's commands over what is ``known``."""
    now = [command for command in commands if not command.later]
    applier = _Applier(features, context, known)
    for command in now:
        applier.take(command)
    return replace(applier.plan(_later(commands, features)), points=_points(now))


def _points(commands: Sequence[Command]) -> Shown | None:
    """Return the questions that were asked in one message; None of fewer than two."""
    asked = [each for each in commands if each.command == START and each.press]
    items = tuple(Item(_question_of(str(each.press)), str(each.press)) for each in asked)
    return Shown("points", items) if len(items) > 1 else None


def _question_of(press: str) -> str:
    """Return what an entry is called that asks a question."""
    return str(read_payload(press)[1].get("question", ""))


class _Applier:
    def __init__(self, features: Features, context: Context, known: Mapping[str, Any]) -> None:
        self._features = features
        self._context = context
        self._known = known
        self._slots: dict[str, Any] = {}
        self._said: dict[str, Any] = {}
        self._task: str | None = None
        self._deeds: list[Deed] = []

    def take(self, command: Command) -> None:
        """Take one command on."""
        kind = command.command
        if command.only_sure:
            intent = self._features.task(str(command.task)).intent
            self._do(Deed(intent, command.sets, only_sure=True))
        elif kind in VALUES or (kind == START and self._is_task(command) and not command.press):
            self._values(command)
        elif command.press is not None:
            self._press(command.press)
        elif kind == START:
            self._start(str(command.task), command.sets)
        elif kind == CANCEL:
            self._cancel(command.task)
        elif kind == ASK:
            self._ask(command)
        elif kind == RESUME:
            self._resume(command.task)
        else:
            self._do(_OWN.get(kind, _own)(command))

    def plan(self, later: tuple[str, str] | None) -> Plan:
        """Return everything that was taken on."""
        deeds = self._deeds
        if self._task is not None:
            task = self._features.task(self._task)
            deeds = [*deeds, Deed(task.intent, dict(self._said))]
        real = [deed for deed in deeds if deed.intent not in (CANCELLED, GO_ON)] or deeds[:1]
        return Plan(self._context, self._slots, tuple(real), later)

    def _is_task(self, command: Command) -> bool:
        return command.task in {task.name for task in self._features.tasks}

    def _values(self, command: Command) -> None:
        self._task = str(command.task)
        self._context = self._context.with_task(self._task)
        self._said.update(command.sets)
        self._remember(command.sets)

    def _press(self, payload: str) -> None:
        intent, values = read_payload(payload)
        task = self._features.task_of(intent)
        if task is not None and task.keeps:
            self._remember_pressed(task.name, values)
        self._do(Deed(intent, values, by_press=True))

    def _remember_pressed(self, name: str, values: Mapping[str, Any]) -> None:
        """Keep a button's values: beside what is known, or for a whole task in its stead."""
        task = self._features.task(name)
        own = {slot for slot in task.slots if slot in values}
        if task.whole and own:
            self._remember(dict.fromkeys(set(task.slots) - set(task.closes)))
        for each in task.fields:
            held = [slot for slot in each.held_in if slot in values]
            if any(self._now(slot) not in (None, values[slot]) for slot in held):
                self._remember({slot: None for slot in each.renews if slot not in values})
        self._remember({slot: values[slot] for slot in own})

    def _start(self, intent: str, sets: Mapping[str, Any]) -> None:
        if self._features.answers_task(intent):
            self._remember(sets)
        self._do(Deed(intent, {key: value for key, value in sets.items() if value is not None}))

    def _cancel(self, name: str | None) -> None:
        if name is not None and name in {task.name for task in self._features.tasks}:
            self._remember(dict.fromkeys(self._features.task(name).closes))
        self._context = self._context.without_task(name)
        self._do(Deed(CANCELLED, {"task": name}))

    def _ask(self, command: Command) -> None:
        """Answer a topic: what it is about is what is spoken of from now on."""
        topic = self._features.topic(str(command.topic))
        if topic.of is not None and command.value is not None:
            self._context = self._context.looking_at(str(command.value))
        if self._context.asked is None and topic.within:
            self._context = self._context.with_task(topic.within[0])
            self._remember({k: v for k, v in command.sets.items() if k in topic.about})
        self._do(Deed(TELL, {**command.sets, "topic": topic.name}))

    def _resume(self, name: str | None) -> None:
        if name is not None:
            self._context = self._context.with_task(name)
        self._do(Deed(GO_ON, {"task": name}))

    def _remember(self, sets: Mapping[str, Any]) -> None:
        known = self._features.slots
        self._slots.update({name: value for name, value in sets.items() if name in known})

    def _now(self, slot: str) -> Any:
        return self._slots[slot] if slot in self._slots else self._known.get(slot)

    def _do(self, deed: Deed) -> None:
        self._deeds.append(deed)


def _own(command: Command) -> Deed:
    return Deed(str(command.task))


_OWN = {
    CHOOSE: lambda command: Deed(WHICH, {"list": command.list}),
    PAGE: lambda command: Deed(NO_PAGE, {"list": command.list}),
    CONFIRM: lambda command: Deed("affirm"),
    DECLINE: lambda command: Deed("deny"),
    REPEAT: lambda command: Deed(AGAIN, {"topic": command.topic}),
    CLARIFY: lambda command: Deed(
        EXPLAIN, {"topic": command.topic, "tasks": command.value, "found": command.sets}
    ),
    HAND_OFF: lambda command: Deed("talk_to_staff"),
    CHAT: lambda command: Deed(UNSURE if command.task == FALLBACK else str(command.task)),
}


def _later(commands: Sequence[Command], features: Features) -> tuple[str, str] | None:
    """Return the wish that waits, as its title and the payload that would begin it."""
    waiting = [command for command in commands if command.later and command.task is not None]
    if not waiting:
        return None
    name = str(waiting[0].task)
    wish = [command for command in waiting if command.task == name]
    sets = {key: value for each in wish for key, value in each.sets.items()}
    task = next((task for task in features.tasks if task.name == name), None)
    intent = features.intents.get(name if task is None else task.intent)
    if intent is None:
        return None
    title = intent.title if task is None else task.title
    known = {key: value for key, value in sets.items() if value is not None}
    return title, pressed(intent.name, known)


def after(context: Context, deed: Deed, features: Features, danger: str | None) -> Context:
    """Return the context in which a deed's answer is given: its task is what is worked at."""
    intent = features.intents.get(deed.intent)
    if intent is None:
        return replace(context, danger=danger or context.danger)
    if intent.task is not None and not (intent.aside and context.asked is not None):
        context = context.with_task(intent.task)
    if not intent.aside:
        context = replace(context, asked=None, yes=None, no=None)
    return replace(context, danger=danger or context.danger)
