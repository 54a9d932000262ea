"""What is asked of the posting that is looked at: told from it, or that it does not say."""

from actions.dialogue.replies import button, read_payload, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from actions.jobs.called import POSTING, POSTING_TOPICS
from actions.jobs.chat import sentences as say
from actions.jobs.chat.applying import apply_job, contact
from actions.jobs.chat.posting_facts import fact
from actions.jobs.service import Jobs, Posting


def tell(turn: Turn, services: Services) -> Outcome | None:
    """Answer such a question; None where it is none, or no posting is looked at."""
    topic, focus = turn.value("topic"), turn.context.focus or ""
    if topic == "job_unread":
        return _unread(turn)
    if topic == "postings_trust":
        return Outcome((reply(f"{say.TRUST_OURS}\n{say.TRUST_SIGNS}", [staff_button()]),))
    if topic not in POSTING_TOPICS or not focus.startswith(POSTING):
        return None
    posting = services.of(Jobs).get(focus.removeprefix(POSTING), now=turn.now)
    if posting is None:
        return Outcome((reply(say.JOB_GONE, [button(say.B_WIDER, "search_jobs", ask="wish")]),))
    if topic == "job_apply":
        return apply_job(turn, services)
    if topic == "job_contact":
        return contact(turn, services, posting)
    if topic == "job_trust":
        text = f"{say.TRUST.format(title=posting.title)}\n{say.TRUST_SIGNS}"
        return Outcome((reply(text, _trusting(posting)),), focus=turn.context.focus)
    told = fact(str(topic), turn.text, posting)
    text = say.FACT.format(title=posting.title, what=say.FACTS[str(topic)], told=told)
    again = button(say.B_DETAILS, "job_details", posting_id=posting.id)
    return Outcome((reply(text, [again, staff_button()]),), focus=turn.context.focus)


def _trusting(posting: Posting) -> list[Button]:
    return [button(say.B_DETAILS, "job_details", posting_id=posting.id), staff_button()]


def _unread(turn: Turn) -> Outcome:
    """Say that a condition is one that postings do not state; what was shown stays."""
    shown = tuple(each for each in turn.context.lists if each.of == POSTING)
    buttons = [
        button(
            say.B_NUMBERED.format(n=n, title=item.title),
            "job_details",
            **read_payload(item.press)[1],
        )
        for each in shown[:1]
        for n, item in enumerate(each.items, each.first)
    ]
    return Outcome((reply(say.UNREAD, [*buttons[:MOST_BUTTONS], staff_button()]),), lists=shown)


MOST_BUTTONS = 3
