"""What is asked of the course that is looked at: told from it, or that it does not say."""

from collections.abc import Callable

from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.training import sentences as say
from actions.training.called import COURSE_TOPICS
from actions.training.chat import courses as told
from actions.training.chat.sign_up import SIGN, ask_consent
from actions.training.records import Course
from actions.training.service import Training

_FACTS: dict[str, Callable[[Course], str]] = {
    "course_place": told.where,
    "course_days": lambda course: "，".join(filter(None, (told.days(course), course.times))),
    "course_fee": lambda course: say.DETAIL_FEE.format(fee=told.fee(course)),
    "course_subsidy": lambda course: say.SUBSIDISED if course.subsidised else "",
    "course_seats": told.seats,
    "course_provider": lambda course: course.provider,
    "course_needs": lambda course: course.description,
}


def tell(turn: Turn, services: Services) -> Outcome | None:
    """Answer such a question; None where it is none."""
    topic, focus = str(turn.value("topic")), turn.context.focus or ""
    if topic not in COURSE_TOPICS or not focus.startswith(told.COURSE):
        return None
    course = services.of(Training).get(focus.removeprefix(told.COURSE), now=turn.now)
    if course is None:
        return Outcome((reply(say.GONE, [button(say.B_ALL, told.INTENT)]),))
    if topic == "course_sign_up":
        return ask_consent(course, turn, services)
    fact = _FACTS[topic](course).rstrip("。")
    form = say.TOLD if fact else say.UNKNOWN
    sign_up = button(say.B_SIGN_UP, told.INTENT, course=course.id, course_do=SIGN)
    text = form.format(title=course.title, told=fact)
    return Outcome((reply(text, [sign_up, staff_button()]),), focus=turn.context.focus)
