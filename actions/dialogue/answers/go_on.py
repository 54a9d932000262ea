"""Given up, gone on with, said again, and what waits."""

from dataclasses import replace

from actions.dialogue import sentences as say
from actions.dialogue.context import Context
from actions.dialogue.registry import Features
from actions.dialogue.replies import button, menu, read_payload, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Reply, Turn


def cancelled(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Give up what was worked at; what was open before it is offered by name."""
    open_tasks = [features.task(name) for name in reversed(turn.context.tasks)]
    task = next((task for task in open_tasks if task.begins and task.is_begun(turn.slots)), None)
    if task is None:
        text = say.DENY if turn.value("task") else say.DENY_NOTHING
        return Outcome((reply(text, menu(services)),))
    back = button(say.B_GO_ON.format(title=task.title), task.intent)
    text = say.CANCELLED_NEXT.format(title=task.title)
    return Outcome((reply(text, [back, *menu(services)][:MOST_BUTTONS]),), yes=back)


MOST_BUTTONS = 4


def again(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Say the last answer again, with its buttons."""
    del features
    context = turn.context
    if not context.said:
        return Outcome((reply(say.NOTHING_BEFORE, menu(services)),))
    buttons: list[Button] = [{"title": t, "payload": p} for t, p in context.buttons]
    return Outcome((reply(context.said, buttons),))


def go_on(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Go on with the task that is worked at, or with the wish that waits."""
    if turn.context.later is not None:
        title, payload = turn.context.later
        return Outcome((reply(say.GO_ON_LATER.format(title=title), [_tap(title, payload)]),))
    name = turn.context.task
    task = None if name is None else features.task(name)
    said = task.goes_on(turn, services) if task is not None and task.goes_on else None
    if said is not None:
        return Outcome((said,))
    if turn.asked is not None:
        return Outcome(())
    return again(turn, services, features=features)


def no_page(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Say that there is no such page; what is shown stays."""
    del services, features
    buttons: list[Button] = [{"title": t, "payload": p} for t, p in turn.context.buttons]
    return Outcome((reply(say.NO_PAGE, buttons[-MOST_BUTTONS:]),), lists=turn.context.lists[:1])


def offered_next(
    replies: tuple[Reply, ...], context: Context, later: tuple[str, str]
) -> tuple[tuple[Reply, ...], Context]:
    """Offer the second wish of a message by its name, under the answer to the first."""
    title, payload = later
    line = say.NEXT.format(title=title)
    tap = _tap(say.B_NEXT.format(title=title), payload)
    last = replies[-1]
    said: Reply = {**last, "text": f"{last['text']}\n\n{line}", "buttons": [*last["buttons"], tap]}
    buttons = (*context.buttons, (tap["title"], payload))
    yes = context.yes or payload
    return (*replies[:-1], said), replace(context, later=later, buttons=buttons, yes=yes)


def _tap(title: str, payload: str) -> Button:
    intent, values = read_payload(payload)
    return button(title, intent, **values)
