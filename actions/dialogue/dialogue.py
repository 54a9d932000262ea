"""One turn through the dialogue: read, applied, answered, and what stands afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from actions.dialogue.answers import explain, go_on, unsure, yes_no
from actions.dialogue.answers.restart import restart
from actions.dialogue.applier import (
    AGAIN,
    CANCELLED,
    EXPLAIN,
    GO_ON,
    NO_PAGE,
    TELL,
    UNSURE,
    WHICH,
    Deed,
    Plan,
    after,
    apply,
)
from actions.dialogue.commands import CANCEL, CHOOSE, CONFIRM, DECLINE, Command
from actions.dialogue.context import MOST_SAID, SLOT, Asked, Context, Item, Shown, read_context
from actions.dialogue.feature import Answer, Look
from actions.dialogue.reading.choices import CHOICES
from actions.dialogue.reading.reader import read
from actions.dialogue.registry import Features
from actions.dialogue.replies import pressed
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Reply, Turn
from actions.dialogue.values import sound_turn


@dataclass(frozen=True)
class Answered:
    """What is said, what is remembered (the context, too), and what the message was read as."""

    replies: tuple[Reply, ...]
    slots: Mapping[str, Any]
    commands: tuple[Command, ...]
    context: Context
    outcome: Outcome


class Dialogue:
    """The answers of all features over one process's services."""

    def __init__(self, features: Features, services: Services) -> None:
        self._features = features
        self._services = services
        own: dict[str, Answer] = {
            name: partial(answer, features=features)
            for name, answer in (
                ("action_affirm", yes_no.affirm),
                ("action_deny", yes_no.deny),
                ("action_inform", explain.unclear),
                (CANCELLED, go_on.cancelled),
                (AGAIN, go_on.again),
                (GO_ON, go_on.go_on),
                (NO_PAGE, go_on.no_page),
                (EXPLAIN, explain.explain),
                (WHICH, explain.which),
                (TELL, explain.tell),
                (UNSURE, unsure.unsure),
            )
        }
        self._looks: tuple[Look, ...] = (partial(restart, features=features), *features.exact)
        beyond = features.intents.get(unsure.BEYOND)
        if beyond is not None:
            own[beyond.action] = partial(unsure.beyond, features=features)
        self._answers: Mapping[str, Answer] = {**features.actions, **own}

    @property
    def actions(self) -> tuple[str, ...]:
        """Names of the answers there are."""
        return tuple(self._answers)

    def answer(self, turn: Turn) -> Answered:
        """Return what is said and remembered, whole; what cannot be remembered is forgotten."""
        given = turn.slots
        turn = sound_turn(self._features.values, turn)
        context = read_context(given.get(SLOT), turn.now)
        turn = replace(turn, context=context)
        unsound = dict.fromkeys(given.keys() - turn.slots.keys())
        looked = self._looked(turn)
        if looked is not None:
            return self._stand(turn, context, looked, Deed(CHOOSE), (Command(CHOOSE),), unsound)
        names = self._features.names(self._services) if turn.text else {}
        commands = tuple(read(turn, context, self._features, names))
        plan = apply(commands, context, turn.slots, self._features)
        return self._done(turn, plan, commands, unsound)

    def _looked(self, turn: Turn) -> Outcome | None:
        looked = (look(turn, self._services) for look in self._looks)
        return next((outcome for outcome in looked if outcome is not None), None)

    def _done(
        self, turn: Turn, plan: Plan, commands: tuple[Command, ...], unsound: Mapping[str, Any]
    ) -> Answered:
        """Do the deeds one after the other; each sees what the one before has left."""
        slots: dict[str, Any] = {**unsound, **plan.slots}
        context = plan.context
        replies: tuple[Reply, ...] = ()
        done = None
        for deed in (*plan.deeds, Deed(UNSURE)):
            # Where nothing is sure that was only wanted if it is, the message is not understood.
            if deed.intent == UNSURE and done is not None:
                break
            outcome = self._do(deed, turn, slots, context)
            if outcome is None:
                continue
            done = self._stand(turn, context, outcome, deed, commands, slots)
            slots, context = dict(done.slots), done.context
            replies = (*replies, *done.replies)
        if done is None:
            raise ValueError("a message without an answer")
        waits = plan.later
        if waits is None and any(each.command in SETTLES for each in commands):
            waits = plan.context.later
        if waits is not None and not _begins(waits, plan):
            replies, context = go_on.offered_next(replies, context, waits)
        if context.later is not None and _begins(context.later, plan):
            context = replace(context, later=None)
        if plan.points is not None:
            context = context.with_lists((plan.points,))
        slots[SLOT] = context.as_json()
        return replace(done, replies=replies, context=context, slots=slots)

    def _do(
        self, deed: Deed, turn: Turn, slots: Mapping[str, Any], context: Context
    ) -> Outcome | None:
        """Return a deed's answer; None where it is only wanted if a feature is sure of it."""
        intent = self._features.intents.get(deed.intent)
        known = {key: value for key, value in {**turn.slots, **slots}.items() if value is not None}
        asked = context.asked.field if context.asked else None
        meant = replace(
            turn,
            intent=deed.intent if intent is not None else turn.intent,
            values=deed.values,
            slots=known,
            text="" if deed.by_press else turn.text,
            asked=asked,
            context=context,
        )
        meant = sound_turn(self._features.values, meant)
        if deed.only_sure:
            return self._features.sure(meant, self._services, deed.intent)
        name = deed.intent if intent is None else intent.action
        outcome = self._answers[name](meant, self._services)
        for feature in self._features:
            if feature.afterword is not None:
                outcome = feature.afterword(outcome, meant, self._services)
        return outcome

    def _stand(
        self,
        turn: Turn,
        before: Context,
        outcome: Outcome,
        deed: Deed,
        commands: Sequence[Command],
        slots: Mapping[str, Any],
    ) -> Answered:
        """Say what stands after an answer; a question that waited is put again."""
        forgets = SLOT in outcome.slots
        context = Context() if forgets else after(before, deed, self._features, turn.danger)
        if any(each.command in (CONFIRM, DECLINE) and each.press for each in commands):
            context = replace(context, yes=None, no=None)
        if deed.intent == CHOOSE:
            context = replace(context, asked=None, yes=None, no=None)
        replies = outcome.replies
        if outcome.asks is not None:
            asked = self._asked(deed, context, outcome.asks)
            context = replace(context.with_task(asked.task), asked=asked)
        elif context.asked is not None and before.asked == context.asked:
            again = self._question(turn, context.asked, {**slots, **outcome.slots})
            # Not under two answers in a row: it waits all the same.
            if again is not None and not _was_put_again(again, before):
                replies = (*replies, again)
        context = _remembering(context, outcome, replies, deed, commands, turn)
        context = context.with_lists(self._lists(deed, context, outcome))
        told = {**slots, **outcome.slots, SLOT: context.as_json()}
        return Answered(replies, told, tuple(commands), context, outcome)

    def _lists(self, deed: Deed, context: Context, outcome: Outcome) -> tuple[Shown, ...]:
        """Return what may be chosen from: what is shown, else the buttons.

        What is answered in passing leaves the list that one was choosing from.
        """
        intent = self._features.intents.get(deed.intent)
        passing = intent.aside if intent is not None else deed.intent in (AGAIN, TELL)
        choosing = any(shown.name != CHOICES for shown in context.lists)
        begins = {pressed(intent, {}) for _, intent in self._features.menu}
        passing = passing or all(press in begins for _, press in context.buttons)
        if outcome.lists or not context.buttons or (passing and choosing):
            return outcome.lists
        return (Shown(CHOICES, tuple(Item(title, press) for title, press in context.buttons)),)

    def _asked(self, deed: Deed, context: Context, field: str) -> Asked:
        """Return the question that waits: of the deed's task, the one at work, or whose it is.

        What is asked of a thing in view (「电话多少」) may begin another task than the one at work.
        """
        own = self._features.task_of(deed.intent)
        at_work = [task for task in self._features.tasks if task.name == context.task]
        likely = [*([own] if own else []), *at_work, *self._features.tasks]
        task = next(task for task in likely if field in {each.name for each in task.fields})
        return Asked(task.name, field)

    def _question(self, turn: Turn, asked: Asked, slots: Mapping[str, Any]) -> Reply | None:
        ask = self._features.task(asked.task).field(asked.field).ask
        known = {k: v for k, v in {**turn.slots, **slots}.items() if v is not None}
        return None if ask is None else ask(replace(turn, slots=known, values={}), self._services)


SETTLES = (CONFIRM, DECLINE, CANCEL)
"""What ends something, so that the wish that waits comes next."""


def _was_put_again(question: Reply, before: Context) -> bool:
    """Whether the last answer ended with a question that had waited."""
    said, asked = before.said.strip(), question["text"].strip()
    return said != asked and said.endswith(asked)


def _begins(waits: tuple[str, str], plan: Plan) -> bool:
    """Whether a plan does what waits."""
    return any(pressed(deed.intent, deed.values) == waits[1] for deed in plan.deeds)


def _remembering(
    context: Context,
    outcome: Outcome,
    replies: tuple[Reply, ...],
    deed: Deed,
    commands: Sequence[Command],
    turn: Turn,
) -> Context:
    buttons = tuple((b["title"], b["payload"]) for reply in replies for b in reply["buttons"])
    if outcome.yes is not None or outcome.no is not None:
        context = replace(
            context,
            yes=outcome.yes["payload"] if outcome.yes else None,
            no=outcome.no["payload"] if outcome.no else None,
        )
    context = context.looking_at(outcome.focus or (None if outcome.lists else context.focus))
    return replace(
        context,
        buttons=buttons,
        said="\n".join(reply["text"] for reply in replies)[:MOST_SAID],
        cited=outcome.cited or context.cited,
        unsure=context.unsure + 1 if deed.intent in (UNSURE,) else 0,
        commands=tuple(command.report() for command in commands),
        at=turn.now.isoformat(timespec="seconds"),
    )
