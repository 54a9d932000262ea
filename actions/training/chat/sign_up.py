"""Signing up for a course: only with consent, once a person; and giving the seat back."""

import re

from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from actions.training import sentences as say
from actions.training.called import MINE
from actions.training.records import DECLINED, SEATED, Course, SignUp
from actions.training.service import NoSeat, Training
from language.wording import date_with_weekday

INTENT = "find_training"
SIGN, AGREE, NOT_NOW, LEAVE, SURE, STAY, SHOW = (
    *("sign", "agree", "not_now", "leave", "sure", "stay", "mine"),
)
"""What a button does with a course (``course_do``)."""
_MINE = re.compile(MINE)


def dealt_with(turn: Turn, services: Services) -> Outcome | None:
    """Do what a button says of a sign-up; None where it says nothing of one."""
    wish, course_id = turn.value("course_do"), turn.value("course") or ""
    if wish == SHOW:
        return mine(turn, services)
    if wish == NOT_NOW:
        return Outcome((reply(say.NOT_SIGNED_UP, [_all()]),))
    if wish == STAY:
        return Outcome((reply(say.STAYS),))
    if wish in (SIGN, AGREE):
        return _sign(course_id, turn, services, agreed=wish == AGREE)
    if wish in (LEAVE, SURE):
        return _leave(course_id, turn, services, sure=wish == SURE)
    return None


def typed_mine(turn: Turn, services: Services) -> Outcome | None:
    """Show somebody's sign-ups who speaks of them: 「我报的班」, 「取消培训报名」."""
    if not turn.text or turn.danger or not _MINE.search(turn.text):
        return None
    if not services.of(Training).mine(turn.conversation) and "我" not in turn.text:
        return None
    return mine(turn, services)


def mine(turn: Turn, services: Services) -> Outcome:
    """List what somebody has signed up for, each with a button to leave it."""
    held = services.of(Training).mine(turn.conversation)
    if not held:
        return Outcome((reply(say.NONE_MINE, [_all(), staff_button()]),))
    lines = [say.MINE, *(_line(n, one) for n, one in enumerate(held, 1))]
    leaving = [
        button(f"{say.B_LEAVE}：{one.course.title}", INTENT, course=one.course.id, course_do=LEAVE)
        for one in held
        if one.state in SEATED
    ]
    return Outcome((reply("\n".join(lines), [*leaving, staff_button()]),))


def ask_consent(course: Course, turn: Turn, services: Services) -> Outcome:
    """Say what becomes of a sign-up, and ask whether that is wanted."""
    held = services.of(Training).mine(turn.conversation)
    if any(one.course.id == course.id and one.state in SEATED for one in held):
        again = [button(say.B_MINE, INTENT, course_do=SHOW)]
        return Outcome((reply(say.SIGNED_UP_BEFORE.format(title=course.title), again),))
    if course.seats_left == 0:
        return Outcome((reply(say.NO_SEAT.format(title=course.title), [_all(), staff_button()]),))
    text = say.ASK_CONSENT.format(title=course.title, provider=course.provider)
    if course.is_demo:
        text = f"{say.DEMO}\n{text}"
    yes = button(say.B_AGREE, INTENT, course=course.id, course_do=AGREE)
    no = button(say.B_NOT_NOW, INTENT, course_do=NOT_NOW)
    return Outcome((reply(text, [yes, no]),), yes=yes, no=no, focus=f"course:{course.id}")


def _sign(course_id: str, turn: Turn, services: Services, *, agreed: bool) -> Outcome:
    training = services.of(Training)
    course = training.get(course_id, now=turn.now)
    if course is None:
        return Outcome((reply(say.GONE, [_all()]),))
    if not agreed:
        return ask_consent(course, turn, services)
    consent = say.CONSENT.format(title=course.title, provider=course.provider)
    try:
        held = training.sign_up(course.id, turn.conversation, consent, turn.now)
    except NoSeat:
        return Outcome((reply(say.NO_SEAT.format(title=course.title), [_all(), staff_button()]),))
    seats_left = held.course.seats_left
    left = "" if seats_left is None else say.LEFT_NOW.format(left=seats_left)
    text = say.SIGNED_UP.format(title=course.title, left=left)
    leave = button(say.B_LEAVE, INTENT, course=course.id, course_do=LEAVE)
    return Outcome((reply(text, [button(say.B_MINE, INTENT, course_do=SHOW), leave]),))


def _leave(course_id: str, turn: Turn, services: Services, *, sure: bool) -> Outcome:
    training = services.of(Training)
    held = next((o for o in training.mine(turn.conversation) if o.course.id == course_id), None)
    if held is None or held.state == DECLINED:
        return Outcome((reply(say.NOT_LEFT, [_all()]),))
    if not sure:
        yes = button(say.B_LEAVE_SURE, INTENT, course=course_id, course_do=SURE)
        no = button(say.B_STAY, INTENT, course_do=STAY)
        asked = reply(say.ASK_LEAVE.format(title=held.course.title), [yes, no])
        return Outcome((asked,), yes=yes, no=no)
    training.leave(course_id, turn.conversation)
    return Outcome((reply(say.LEFT_COURSE.format(title=held.course.title), [_all()]),))


def _line(n: int, one: SignUp) -> str:
    on = one.course.starts_on
    return say.MINE_LINE.format(
        n=n,
        title=one.course.title,
        provider=one.course.provider,
        begins=say.ANY_TIME if on is None else say.BEGINS.format(day=date_with_weekday(on)),
        state=say.STATES[one.state],
    )


def _all() -> Button:
    return button(say.B_ALL, INTENT)
