"""Courses found: a list of three, refined by what is said next; one in full."""

from actions.dialogue import sentences as shared
from actions.dialogue.context import Item, Shown
from actions.dialogue.replies import button, pressed, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from actions.training import sentences as say
from actions.training.cards import CoursePart, TrainingListCard
from actions.training.chat.sign_up import dealt_with
from actions.training.records import Course, CoursePage, CourseWish
from actions.training.service import Training
from language import wording
from language.places import NATIONAL, place_name, region_name, short_name

INTENT = "find_training"
PAGE = 3
COURSES = "courses"
COURSE = "course:"
"""Begins the name of a course that is looked at (``Context.focus``)."""
BETWEEN = "、"
SLOTS = ("training_subject", "training_place", "training_wants", "training_not")


def find_training(turn: Turn, services: Services) -> Outcome:
    """List courses for what is remembered of the wish, show one, or deal with a sign-up."""
    done = dealt_with(turn, services)
    if done is not None:
        return done
    if (course_id := turn.value("course")) is not None:
        return details(course_id, turn, services)
    slots = _wish_slots(turn)
    wish = CourseWish(
        subject=str(slots["training_subject"] or ""),
        place=slots["training_place"],
        wants=_several(slots["training_wants"]),
        unwanted=_several(slots["training_not"]),
    )
    page = max(turn.number("page") or 1, 1)
    found = services.of(Training).search(wish, now=turn.now, limit=PAGE, offset=(page - 1) * PAGE)
    text, buttons = _listing(wish, found, page, slots)
    courses = tuple(map(course_part, found.courses))
    card = TrainingListCard(total=found.total, courses=courses) if courses else None
    lists = (_shown(found, page, slots),) if courses else ()
    # One alone is looked at: 「在哪上课」 is asked of it.
    focus = f"{COURSE}{found.courses[0].id}" if found.total == len(courses) == 1 else None
    return Outcome((reply(text, buttons, card),), slots, lists=lists, focus=focus)


def _wish_slots(turn: Turn) -> dict[str, str | None]:
    """Return the wish as it is remembered; who asks anew and says a subject begins anew."""
    known = {name: turn.slots.get(name) for name in SLOTS}
    goes_on = any(each.name == COURSES for each in turn.context.lists[:1])
    goes_on = goes_on or (turn.context.focus or "").startswith(COURSE)
    if not goes_on:
        said = {name: turn.value(name) for name in SLOTS}
        known = said
    place = known["training_place"]
    if place is None and not goes_on:
        place = turn.slots.get("place")
    known["training_place"] = str(place) if place and _is_place(str(place)) else None
    return known


def _is_place(code: str) -> bool:
    return code == NATIONAL or bool(short_name(code))


def details(course_id: str, turn: Turn, services: Services) -> Outcome:
    """Show a course in full."""
    course = services.of(Training).get(course_id, now=turn.now)
    if course is None:
        return Outcome((reply(say.GONE, [button(say.B_ALL, INTENT)]),))
    lists = tuple(each for each in turn.context.lists if each.name == COURSES)
    card = TrainingListCard(total=1, courses=(course_part(course),))
    said = reply("\n".join(_detail_lines(course)), _detail_buttons(course), card)
    return Outcome((said,), lists=lists, focus=f"{COURSE}{course.id}")


def course_part(course: Course) -> CoursePart:
    """Return a course as a part of a card."""
    return CoursePart(
        id=course.id,
        title=course.title,
        provider=course.provider,
        city=city_of_course(course),
        starts_on=None if course.starts_on is None else course.starts_on.isoformat(),
        seats_left=course.seats_left,
        fee=course.fee,
        subsidised=course.subsidised,
    )


def city_of_course(course: Course) -> str:
    """Say where it is held."""
    return say.ONLINE if course.city == NATIONAL else place_name(course.city)


def begins(course: Course) -> str:
    """Say when it begins."""
    on = course.starts_on
    return say.ANY_TIME if on is None else say.BEGINS.format(day=wording.date_with_weekday(on))


def fee(course: Course) -> str:
    """Say what it costs."""
    if course.fee is None:
        return say.FEE_UNKNOWN
    return say.FEE.format(fee=course.fee) if course.fee else say.FREE


def seats(course: Course) -> str:
    """Say how many seats are left; nothing where there is no limit."""
    if course.seats_left is None:
        return ""
    return say.SEATS_LEFT.format(left=course.seats_left) if course.seats_left else say.FULL


def days(course: Course) -> str:
    """Say from when to when."""
    if course.starts_on is None or course.ends_on is None:
        return begins(course)
    first, last = map(wording.date_with_weekday, (course.starts_on, course.ends_on))
    return say.UNTIL.format(first=first, last=last)


def where(course: Course) -> str:
    """Say where, with the address where it is known."""
    form = say.DETAIL_PLACE if course.address or course.city == NATIONAL else say.PLACE_UNKNOWN
    return form.format(where=f"{city_of_course(course)}{course.address}")


def _detail_lines(course: Course) -> list[str]:
    more = [say.DETAIL_FEE.format(fee=fee(course)), seats(course)]
    more += [say.SUBSIDISED] if course.subsidised else []
    lines = [f"{course.title}｜{course.provider}", say.DETAIL_DAYS.format(days=days(course))]
    if course.times:
        lines.append(say.DETAIL_TIMES.format(times=course.times))
    lines += [where(course), "；".join(part for part in more if part)]
    lines += [course.description] if course.description else []
    return [*lines, say.DEMO] if course.is_demo else lines


def _detail_buttons(course: Course) -> list[Button]:
    sign_up = button(say.B_SIGN_UP, INTENT, course=course.id, course_do="sign")
    subsidy = button(say.B_SUBSIDY, "ask_policy", question=say.SUBSIDY_QUESTION)
    own = [sign_up] if course.seats_left != 0 else []
    return [*own, subsidy, staff_button()]


def _listing(
    wish: CourseWish, found: CoursePage, page: int, slots: dict[str, str | None]
) -> tuple[str, list[Button]]:
    subsidy = button(say.B_SUBSIDY, "ask_policy", question=say.SUBSIDY_QUESTION)
    if not found.courses:
        named = wish != CourseWish()
        text = say.NO_MORE if page > 1 else say.NONE if named else say.NOTHING_ON_FILE
        ways = [button(say.B_ALL, INTENT, training_place=NATIONAL)] if named else []
        return text.format(wish=in_words(wish)), [*ways, subsidy, staff_button()]
    first = (page - 1) * PAGE + 1
    lines = [_headline(wish, found, first)]
    buttons = []
    for n, course in enumerate(found.courses, first):
        lines += _lines(n, course)
        title = say.B_DETAILS.format(n=n, title=course.title)
        buttons.append(button(title, INTENT, course=course.id))
    if first + PAGE - 1 < found.total:
        buttons.append(button(shared.B_MORE, INTENT, page=page + 1, **slots))
    if any(course.is_demo for course in found.courses):
        lines.append(say.DEMO)
    lines.append(say.HINT)
    return "\n".join(lines), [*buttons, subsidy]


def _headline(wish: CourseWish, found: CoursePage, first: int) -> str:
    relaxed = "和".join(say.RELAXED_NAMES[name] for name in found.relaxed)
    form = say.RELAXED if relaxed else say.FOUND
    head = form.format(wish=in_words(wish), relaxed=relaxed, total=found.total)
    if found.total <= len(found.courses):
        return head + "："
    return head + say.SHOWN.format(first=first, last=first + len(found.courses) - 1)


def _lines(n: int, course: Course) -> list[str]:
    line = say.LINE.format(
        n=n,
        title=course.title,
        provider=course.provider,
        city=city_of_course(course),
        begins=begins(course),
        fee=fee(course),
    )
    more = [course.times, seats(course), say.SUBSIDISED if course.subsidised else ""]
    told = "；".join(part for part in more if part)
    return [line, say.MORE_LINE.format(more=told)] if told else [line]


def in_words(wish: CourseWish) -> str:
    """Say the wish back, so that a misunderstanding shows."""
    place = region_name(wish.place) if wish.place else ""
    parts = [wish.subject or say.ANYTHING, place, *wish.wants]
    return " · ".join(part for part in [*parts, *(f"不要{one}" for one in wish.unwanted)] if part)


def _shown(found: CoursePage, page: int, slots: dict[str, str | None]) -> Shown:
    first = (page - 1) * PAGE + 1

    def turned(to: int) -> str:
        return pressed(INTENT, {"page": to, **slots})

    items = tuple(
        Item(
            course.title,
            pressed(INTENT, {"course": course.id}),
            when=None if course.starts_on is None else f"{course.starts_on}T00:00:00+08:00",
            pay=course.fee,
            place=city_of_course(course),
        )
        for course in found.courses
    )
    more = turned(page + 1) if first + PAGE - 1 < found.total else None
    back = turned(page - 1) if page > 1 else None
    return Shown(COURSES, items, first, more, back, of=COURSE)


def _several(joined: object) -> tuple[str, ...]:
    return tuple(each for each in str(joined or "").split(BETWEEN) if each)
