"""What every page of the console says of who waits: distress, deadlines, what nobody has taken."""

from collections.abc import Sequence
from datetime import datetime

from bot.console import feature
from bot.console.cases import sentences
from bot.console.cases.queue import Tone, Waiting, read_waiting
from bot.console.permissions import Permission, may
from bot.console.services import services
from bot.console.tables import Staff


def alarm(staff: Staff, now: datetime) -> feature.Alarm | None:
    """Return what to say to somebody who answers people (blocking); None where nobody waits."""
    if not may(staff.role, Permission.CONVERSATIONS_REPLY):
        return None
    return pressing(read_waiting(services(), now), staff.name, now)


def pressing(waiting: Sequence[Waiting], name: str, now: datetime) -> feature.Alarm | None:
    """Return what of it presses somebody: what is theirs or nobody's, the gravest alone."""
    theirs = [each for each in waiting if each.case and each.owner in (None, name)]
    distress = [each for each in theirs if each.in_distress]
    others = [each for each in theirs if not each.in_distress]
    late = [each for each in others if each.tone(now) is Tone.LATE]
    soon = [each for each in others if each.tone(now) is Tone.SOON]
    free = [each for each in others if each.tone(now) is Tone.FINE and each.owner is None]
    grave = ((sentences.ALARM_DISTRESS, distress), (sentences.ALARM_LATE, late))
    rest = ((sentences.ALARM_SOON, soon), (sentences.ALARM_FREE, free))
    said = [(form, these) for form, these in (grave if distress or late else rest) if these]
    if not said:
        return None
    # The same case is heard of once more when it begins to press.
    about = tuple(
        f"{each.case.ticket} {each.tone(now)}" for _, these in said for each in these if each.case
    )
    words = sentences.ALARMS.join(form.format(n=len(these)) for form, these in said)
    return feature.Alarm(len(about), words, late=bool(distress or late), about=about)
