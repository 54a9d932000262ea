"""「按我的意向找」: a search by the résumé, typed."""

from dataclasses import replace

from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.jobs.chat.resume import words
from actions.jobs.chat.resume.answers import FIND
from actions.jobs.chat.search import search_jobs
from actions.jobs.resumes.service import Resumes


def asked_for(turn: Turn, services: Services) -> Outcome | None:
    """Search by what is kept, where a message asks for just that; None where nothing is."""
    if not turn.text or turn.danger or not words.FIND.search(turn.text):
        return None
    if not services.of(Resumes).of(turn.conversation):
        return None
    return search_jobs(replace(turn, values={"resume": FIND}), services)
