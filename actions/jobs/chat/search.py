"""Looking for work: a list of three, refined by what is said next; one posting in full."""

import re
from dataclasses import asdict

from actions.dialogue import sentences as shared
from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Reply, Turn
from actions.jobs.cards import JobCard, JobListCard, JobPart
from actions.jobs.chat import sentences as say
from actions.jobs.chat.job_query import JobQuery, understood
from actions.jobs.chat.questions import JOB_FORM, ask_wish
from actions.jobs.service import JobMatch, JobPage, Jobs, Posting
from language import wording
from language.numerals import chinese_number

PAGE = 3
ORDINAL = re.compile(r"第\s*([一二两三四五六1-6])\s*(?:个|条|份|家)?")


def search_jobs(turn: Turn, services: Services) -> Outcome:
    """List postings for what this message and the ones before it say."""
    if turn.value("ask"):
        return Outcome((ask_wish(),), dict.fromkeys(JobQuery().as_slots()), asks=JOB_FORM)
    wish = understood(turn)
    if not wish.is_searchable:
        return Outcome((ask_wish(),), asks=JOB_FORM, slots={"journey": "jobs"})
    page = max(turn.number("page") or 1, 1)
    found = services.of(Jobs).search(
        wish.as_job_wish(), now=turn.now, limit=PAGE, offset=(page - 1) * PAGE
    )
    if not found.jobs and wish == JobQuery(words=wish.words):
        # Words that no posting holds were not a wish.
        return Outcome((ask_wish(),), {"journey": "jobs", "words": None}, asks=JOB_FORM)
    slots = {
        **wish.as_slots(),
        "journey": "jobs",
        "shown_jobs": [job.id for job in found.jobs] or None,
    }
    text, buttons = _listing(wish, found, page)
    card = JobListCard(total=found.total, jobs=tuple(map(job_part, found.jobs)))
    return Outcome((reply(text, buttons, card),), slots, leaves_form=True)


def job_details(turn: Turn, services: Services) -> Outcome:
    """Show one posting in full: the one tapped, or the one counted out in words."""
    shown: list[str] = list(turn.slots.get("shown_jobs") or [])
    posting_id = turn.value("posting_id") or _counted(turn.text, shown)
    if posting_id is None and len(shown) == 1:
        posting_id = shown[0]
    if posting_id is None:
        return _which(turn, services, shown)
    posting = services.of(Jobs).get(posting_id, now=turn.now)
    if posting is None:
        return Outcome((reply(say.JOB_GONE, [_again()]),), leaves_form=True)
    return Outcome((_posting(posting),), {"journey": "jobs"}, leaves_form=True)


def job_part(job: JobMatch) -> JobPart:
    """Return a match as a part of a list's card."""
    return JobPart(
        id=job.id,
        title=job.title,
        employer=job.employer,
        city=job.city,
        district=job.district,
        salary_min=job.salary_min,
        salary_max=job.salary_max,
        score=job.score,
        reasons=job.reasons,
        unknown=job.unknown,
    )


def _again() -> Button:
    return button(say.B_WIDER, "search_jobs", ask="wish")


def _listing(wish: JobQuery, found: JobPage, page: int) -> tuple[str, list[Button]]:
    if not found.jobs:
        text = say.JOBS_NO_MORE if page > 1 else say.JOBS_NONE.format(wish=wish.in_words())
        return text, [_again(), staff_button()]
    first = (page - 1) * PAGE + 1
    lines = [_headline(wish, found, first)]
    buttons = []
    for n, job in enumerate(found.jobs, first):
        lines += _job_lines(n, job)
        buttons.append(button(f"详情{n}：{job.title}", "job_details", posting_id=job.id))
    if first + PAGE - 1 < found.total:
        buttons.append(button(shared.B_MORE, "search_jobs", page=page + 1, **wish.as_slots()))
    lines.append(say.JOBS_HINT)
    return "\n".join(lines), [*buttons, _again()]


def _headline(wish: JobQuery, found: JobPage, first: int) -> str:
    sentence = say.JOBS_FOUND
    relaxed = "、".join(say.RELAXED.get(name, name) for name in found.relaxed)
    if relaxed:
        sentence = say.JOBS_RELAXED
    headline = sentence.format(wish=wish.in_words(), relaxed=relaxed, total=found.total)
    if found.total <= len(found.jobs):
        return headline + "："
    last = first + len(found.jobs) - 1
    return headline + say.JOBS_PAGE.format(first=first, last=last)


def _job_lines(n: int, job: JobMatch) -> list[str]:
    line = say.JOBS_LINE.format(
        n=n,
        title=job.title,
        employer=job.employer,
        place=_where(job),
        pay=wording.pay(job.salary_min, job.salary_max),
    )
    lines = [line]
    if job.reasons:
        lines.append(say.JOBS_WHY.format(reasons="；".join(job.reasons)))
    if job.unknown:
        lines.append(say.JOBS_UNKNOWN.format(unknown="、".join(job.unknown)))
    return lines


def _where(job: JobMatch | Posting) -> str:
    return f"{job.city}{job.district or ''}"


def _counted(text: str, shown: list[str]) -> str | None:
    match = ORDINAL.search(text)
    if match is None:
        return None
    number = chinese_number(match[1])
    return shown[number - 1] if number <= len(shown) else None


def _which(turn: Turn, services: Services, shown: list[str]) -> Outcome:
    if not shown:
        return Outcome((ask_wish(say.JOB_NONE_SHOWN),), asks=JOB_FORM)
    buttons = []
    for n, posting_id in enumerate(shown, 1):
        posting = services.of(Jobs).get(posting_id, now=turn.now)
        if posting is not None:
            buttons.append(button(f"{n}. {posting.title}", "job_details", posting_id=posting_id))
    return Outcome((reply(say.JOB_WHICH, [*buttons, _again()]),), leaves_form=True)


def _posting(posting: Posting) -> Reply:
    lines = [
        say.JOB_HEAD.format(title=posting.title, employer=posting.employer),
        say.JOB_PAY.format(pay=posting.salary_text or wording.pay(*_pay(posting))),
        say.JOB_PLACE.format(place=_where(posting), headcount=posting.headcount),
    ]
    if posting.benefits:
        lines.append(say.JOB_BENEFITS.format(benefits="、".join(posting.benefits)))
    lines.append(posting.description)
    if not posting.is_demo:  # a made-up posting says so itself, and has nobody to call
        until = wording.date_with_weekday(posting.expires_on)
        lines.append(say.JOB_UNTIL.format(until=until, contact=posting.contact))
    lines.append(say.JOB_APPLY_LATER)
    buttons = [
        button(say.B_SAME_KIND, "search_jobs", trade=posting.trade, place=posting.place),
        staff_button(),
        _again(),
    ]
    return reply("\n".join(line for line in lines if line), buttons, posting_card(posting))


def posting_card(posting: Posting) -> JobCard:
    """Return a posting in full as a card."""
    fields = {
        **asdict(posting),
        "published_on": posting.published_on.isoformat(),
        "expires_on": posting.expires_on.isoformat(),
    }
    return JobCard(**fields)


def _pay(posting: Posting) -> tuple[int | None, int | None]:
    return posting.salary_min, posting.salary_max
