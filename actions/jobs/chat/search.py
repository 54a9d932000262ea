"""Looking for work: a list of three, refined by what is said next; one posting in full."""

from dataclasses import asdict, replace
from typing import Any

from actions.dialogue import sentences as shared
from actions.dialogue.context import Item, Shown
from actions.dialogue.replies import button, pressed, read_payload, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.tasks import Words
from actions.dialogue.turn import Button, Outcome, Reply, Turn
from actions.jobs.called import POSTING
from actions.jobs.cards import JobCard, JobListCard, JobPart
from actions.jobs.chat import sentences as say
from actions.jobs.chat.job_query import JobQuery, remembered
from actions.jobs.chat.posting_facts import fact, topic_of
from actions.jobs.chat.questions import TRADE, ask_wish
from actions.jobs.chat.resume.answers import FIND, pressed_on
from actions.jobs.chat.resume.search import USED, Begun, Offer, begun, offered
from actions.jobs.chat.wishes import trades
from actions.jobs.matching.pages import gig_in_words, gig_pay
from actions.jobs.service import JobMatch, JobPage, Jobs, Posting
from language import wording

PAGE = 3
POSTINGS = "postings"
NO_SEARCH = frozenset({"out_of_scope", "post_job", "share_workers"})
"""Readings beside which words that stand in a posting are no wish for one."""

SURE = 60
"""Of 100, a match's score."""


def search_jobs(turn: Turn, services: Services) -> Outcome:
    """List postings for what is remembered of the wish, and for what is kept of it."""
    if turn.value("resume") not in (None, FIND):
        return pressed_on(turn, services)
    if turn.value("ask"):
        anew = {**dict.fromkeys(JobQuery().as_slots()), **USED}
        return Outcome((ask_wish(),), anew, asks=TRADE)
    search = begun(turn, services)
    wish = search.wish
    if not wish.is_searchable:
        return Outcome((ask_wish(),), asks=TRADE)
    page = max(turn.number("page") or 1, 1)
    found = services.of(Jobs).search(
        wish.as_job_wish(), now=turn.now, limit=PAGE, offset=(page - 1) * PAGE
    )
    said = search.said
    if not found.jobs and said.words and said == JobQuery(words=said.words):
        # Words that no posting holds were not a wish.
        return Outcome((ask_wish(),), {"words": None}, asks=TRADE)
    offer = offered(turn, services, wish) if page == 1 else Offer()
    text, buttons = _listing(search, found, page, offer)
    card = JobListCard(total=found.total, jobs=tuple(map(job_part, found.jobs)))
    return Outcome(
        (reply(text, buttons, card),),
        {**search.slots, **offer.slots},
        yes=offer.yes,
        no=offer.no,
        lists=(_shown(wish, found, page),) if found.jobs else (),
    )


def job_details(turn: Turn, services: Services) -> Outcome:
    """Show one posting in full: the one tapped or chosen; where it is not clear which, ask."""
    shown = next((each for each in turn.context.lists if each.name == POSTINGS), None)
    posting_id = turn.value("posting_id")
    if posting_id is None and shown is not None and len(shown.items) == 1:
        posting_id = _payload(shown.items[0])["posting_id"]
    if posting_id is None:
        return _which(shown, turn, services)
    posting = services.of(Jobs).get(posting_id, now=turn.now)
    if posting is None:
        return Outcome((reply(say.JOB_GONE, [_again()]),))
    lists = () if shown is None else (shown,)
    return Outcome((_posting(posting),), lists=lists, focus=f"{POSTING}{posting_id}")


def sure(turn: Turn, services: Services) -> Outcome | None:
    """Search where the words are a posting's own, not at a mere place."""
    if turn.intent in NO_SEARCH:
        return None
    words = next((f.value for f in trades(Words(turn.text, turn.now, turn.named))), None)
    if words is None:
        return None
    new = {"trade": words, "words": None} if turn.named else {"words": words, "trade": None}
    place = turn.slots.get("place") if turn.context.task == "jobs" else None
    wish = remembered({"place": place, **new})
    found = services.of(Jobs).search(wish.as_job_wish(), now=turn.now, limit=1)
    if not found.jobs or found.relaxed or found.jobs[0].score < SURE:
        return None
    slots = {**turn.slots, **new, "place": place}
    outcome = search_jobs(replace(turn, slots=slots, values={}), services)
    return replace(outcome, slots={**outcome.slots, **new})


def job_part(job: JobMatch) -> JobPart:
    """Return a match as a part of a list's card."""
    pay = {"gig_pay": job.gig_pay} if job.gig_pay else {}
    return JobPart(
        **pay,
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


def _tell_me(wish: JobQuery) -> Button:
    return button(say.B_SUBSCRIBE, "subscribe_jobs", **wish.as_slots())


def _listing(search: Begun, found: JobPage, page: int, offer: Offer) -> tuple[str, list[Button]]:
    wish, lead = search.wish, [search.lead] if search.lead else []
    if not found.jobs:
        text = say.JOBS_NO_MORE if page > 1 else say.JOBS_NONE.format(wish=wish.in_words())
        lines = [*lead, text + _other_ways(found), *([offer.question] if offer.question else [])]
        return "\n".join(lines), [_again(), _tell_me(wish), *offer.buttons, staff_button()]
    first = (page - 1) * PAGE + 1
    lines = [*lead, _headline(search, found, first)]
    buttons = []
    for n, job in enumerate(found.jobs, first):
        lines += _job_lines(n, job)
        buttons.append(button(f"详情{n}：{job.title}", "job_details", posting_id=job.id))
    buttons += [_tell_me(wish), *offer.buttons]
    if first + PAGE - 1 < found.total:
        buttons.append(button(shared.B_MORE, "search_jobs", page=page + 1, **wish.as_slots()))
    lines.append(offer.question or say.JOBS_HINT)
    return "\n".join(lines), [*buttons, _again()]


def _headline(search: Begun, found: JobPage, first: int) -> str:
    kept = search.lead and not search.said.is_searchable
    sentence = say.JOBS_FOUND_KEPT if kept else say.JOBS_FOUND
    relaxed = "、".join(say.RELAXED.get(name, name) for name in found.relaxed)
    if relaxed:
        sentence = say.JOBS_RELAXED
    wish = search.wish.in_words()
    headline = sentence.format(wish=wish, relaxed=relaxed, total=found.total)
    if not found.relaxed and found.inside is not None and found.inside < found.total:
        headline += say.JOBS_INSIDE.format(inside=found.inside)
    if found.total <= len(found.jobs):
        return headline + "："
    last = first + len(found.jobs) - 1
    return headline + say.JOBS_PAGE.format(first=first, last=last)


def _other_ways(found: JobPage) -> str:
    """Say how many there would be if one part of the wish alone were given up."""
    ways = [say.LOOSENED[part].format(count=n) for part, n in found.loosening.items()]
    return say.JOBS_OTHER_WAYS.format(ways="，".join(ways)) if ways else ""


def _job_lines(n: int, job: JobMatch) -> list[str]:
    line = say.JOBS_LINE.format(
        n=n,
        title=job.title,
        employer=job.employer,
        place=_where(job),
        pay=job.gig_pay or wording.pay(job.salary_min, job.salary_max),
    )
    lines = [line]
    if job.reasons:
        lines.append(say.JOBS_WHY.format(reasons="；".join(job.reasons)))
    if job.unknown:
        lines.append(say.JOBS_UNKNOWN.format(unknown="、".join(job.unknown)))
    return lines


def _where(job: JobMatch | Posting) -> str:
    return f"{job.city}{job.district or ''}"


def _shown(wish: JobQuery, found: JobPage, page: int) -> Shown:
    """Return the list as it may be chosen from."""
    first = (page - 1) * PAGE + 1

    def turned(to: int) -> str:
        return pressed("search_jobs", {"page": to, **wish.as_slots()})

    items = tuple(
        Item(
            job.title,
            pressed("job_details", {"posting_id": job.id}),
            pay=job.salary_max or job.salary_min,
            place=_where(job),
        )
        for job in found.jobs
    )
    more = turned(page + 1) if first + PAGE - 1 < found.total else None
    back = turned(page - 1) if page > 1 else None
    return Shown(POSTINGS, items, first, more, back, of=POSTING)


def _which(shown: Shown | None, turn: Turn, services: Services) -> Outcome:
    """Ask which entry is meant; what is asked of them is told of each."""
    if shown is None:
        return Outcome((ask_wish(say.JOB_NONE_SHOWN),), asks=TRADE)
    buttons: list[Button] = [
        button(say.B_NUMBERED.format(n=n, title=item.title), "job_details", **_payload(item))
        for n, item in enumerate(shown.items, shown.first)
    ]
    topic = topic_of(turn.text)
    text = say.JOB_WHICH if topic is None else _facts_of(topic, shown, turn, services)
    return Outcome((reply(text, [*buttons, _again()]),), lists=(shown,))


def _facts_of(topic: str, shown: Shown, turn: Turn, services: Services) -> str:
    lines = [say.FACTS_OF_ALL.format(what=say.FACTS[topic])]
    for n, item in enumerate(shown.items, shown.first):
        posting = services.of(Jobs).get(_payload(item)["posting_id"], now=turn.now)
        if posting is not None:
            told = fact(topic, turn.text, posting)
            lines.append(say.FACT_OF_ONE.format(n=n, title=posting.title, told=told))
    return "\n".join(lines)


def _payload(item: Item) -> dict[str, Any]:
    return read_payload(item.press)[1]


def _posting(posting: Posting) -> Reply:
    lines = [
        say.JOB_HEAD.format(title=posting.title, employer=posting.employer),
        say.JOB_PAY.format(pay=wording.stated_pay(posting.salary_text, *_pay(posting))),
        say.JOB_PLACE.format(place=_where(posting), headcount=posting.headcount),
    ]
    if posting.gig is not None:
        lines.insert(1, say.JOB_GIG.format(when=gig_in_words(posting.gig)))
    if posting.benefits:
        lines.append(say.JOB_BENEFITS.format(benefits="、".join(posting.benefits)))
    lines.append(posting.description)
    if not posting.is_demo:  # a made-up posting says so itself, and has nobody to call
        until = wording.date_with_weekday(posting.expires_on)
        lines.append(say.JOB_UNTIL.format(until=until))
    lines.append(say.JOB_APPLY)
    buttons = [
        button(say.B_APPLY, "apply_job", posting_id=posting.id),
        button(say.B_SAME_KIND, "search_jobs", trade=posting.trade, place=posting.place),
        staff_button(),
        _again(),
    ]
    return reply("\n".join(line for line in lines if line), buttons, posting_card(posting))


def posting_card(posting: Posting) -> JobCard:
    """Return a posting in full as a card."""
    days = {
        "published_on": posting.published_on.isoformat(),
        "expires_on": posting.expires_on.isoformat(),
    }
    own = JobCard.model_fields.keys() - {"kind"}
    fields = {k: v for k, v in asdict(posting).items() if k in own}
    pay = {} if posting.gig is None else {"gig_pay": gig_pay(posting.gig)}
    return JobCard(**{**fields, **days, **pay})


def _pay(posting: Posting) -> tuple[int | None, int | None]:
    return posting.salary_min, posting.salary_max
