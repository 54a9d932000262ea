"""What is asked back: which one, what for, and what was meant."""

from actions.dialogue import sentences as say
from actions.dialogue.registry import Features
from actions.dialogue.replies import button, menu, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn


def unclear(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Ask what a bare piece of information is about."""
    del turn, features
    return Outcome((reply(say.INFORM_UNCLEAR, menu(services)),))


def explain(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Say what the last question means or is for; ask which reading is meant."""
    topic = turn.value("topic")
    if topic == "which":
        return _which_task(turn, services, features)
    context = turn.context
    shown: list[Button] = [{"title": t, "payload": p} for t, p in context.buttons]
    if topic == "insult":
        text = say.INSULTED_AGAIN if say.INSULTED in context.said else say.INSULTED
        return Outcome((reply(text, [*shown[: MOST - 1], staff_button()]),))
    if topic == "wrong":
        task = features.task(str(context.task))
        return Outcome((reply(say.WHAT_IS_WRONG.format(title=task.title), shown[:MOST]),))
    asked = context.asked
    if asked is None and topic == "why":
        return Outcome((reply(say.WHY_ASKED, shown[:MOST]),))
    if asked is None:
        text = say.EXPLAINED if shown else say.NOT_UNDERSTOOD
        return Outcome((reply(text, [*shown[: MOST - 1], staff_button()]),))
    field = features.task(asked.task).field(asked.field)
    why = field.why or say.WHY_ASKED
    return Outcome((reply(why),))


MOST = 4


def which(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Ask which entry of a list is meant."""
    del features
    name = turn.value("list")
    shown = next((each for each in turn.context.lists if each.name == name), None)
    if shown is None:
        return Outcome((reply(say.INFORM_UNCLEAR, menu(services)),))
    buttons: list[Button] = [{"title": i.title, "payload": i.press} for i in shown.items]
    return Outcome((reply(say.WHICH, buttons),), lists=(shown,))


def tell(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Tell a fact that a feature knows."""
    for feature in features:
        told = feature.tells(turn, services) if feature.tells else None
        if told is not None:
            return told
    return Outcome((reply(say.NOT_UNDERSTOOD, menu(services)),))


def _which_task(turn: Turn, services: Services, features: Features) -> Outcome:
    names = turn.values.get("tasks") or []
    found = turn.values.get("found") or {}
    buttons = [
        button(task.title, task.intent, **{k: v for k, v in found.items() if k in task.slots})
        for task in features.tasks
        if task.name in names
    ]
    del services
    return Outcome((reply(say.INFORM_UNCLEAR, [*buttons, button(say.B_POLICY, "ask_policy")]),))
