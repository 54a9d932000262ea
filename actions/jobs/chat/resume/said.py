"""What a message says for a résumé, read as a wish for work is read."""

from typing import Any

from actions.dialogue.reading.values import Reading, read_task, value_commands
from actions.dialogue.services import Services
from actions.dialogue.tasks import Words
from actions.dialogue.turn import Turn
from actions.jobs.chat.job_query import remembered
from actions.jobs.chat.names import names
from actions.jobs.chat.wishes import brought
from actions.jobs.feature import JOBS
from actions.jobs.needs import BETWEEN
from actions.jobs.resumes.fields import BROUGHT, Entries, entries_of

TASK = next(task for task in JOBS.tasks if task.name == "jobs")


def reading_of(turn: Turn, services: Services) -> Reading:
    """Return what a message says of a wish for work."""
    return read_task(TASK, Words(turn.text, turn.now, turn.named, names(services)))


def entries_in(reading: Reading, *, weak: bool = False) -> Entries:
    """Return the fields that a reading names; ``weak``: words that are left over are work, too."""
    slots: dict[str, Any] = {}
    for command in value_commands(reading, {}, 1.0, weak=weak):
        slots.update(command.sets)
    return entries_of(remembered(slots))


def brought_in(turn: Turn) -> Entries:
    """Return the schooling, years and groups that a message says are the person's."""
    said = BETWEEN.join(str(one.value) for one in brought(Words(turn.text, turn.now)))
    found = entries_of(remembered({"needs": said or None}))
    return {field: values for field, values in found.items() if field in BROUGHT}
