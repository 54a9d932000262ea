"""How conversations and cases read: names, deadlines, citations. Plain functions."""

from datetime import datetime

from actions.appointments.records import Booking
from actions.cases.service import Case
from actions.jobs.applications.service import Application
from bot.console import names
from bot.console.acting import conversation_subject
from bot.console.cases import sentences
from bot.console.cases.closed import Closed
from bot.console.cases.queue import Waiting
from bot.messaging.transcripts import TranscriptLine
from language.wording import on_record


def subject(conversation: str) -> str:
    """Return what a conversation is called in the record."""
    return conversation_subject(conversation)


def owner(name: str | None, own: str) -> str:
    """Return who answers, as ``own`` reads it."""
    if name is None:
        return sentences.NOBODY
    return sentences.YOURS if name == own else sentences.OWNED.format(owner=name)


def due(each: Waiting, now: datetime) -> str:
    """Return by when something is owed to a person, and whether that has passed."""
    if each.due is None:
        return sentences.REPLIED if each.case else ""
    words = sentences.OWES_ANSWER if each.replied else sentences.OWES_REPLY
    text = words.format(by=on_record(each.due, now))
    return f"{text}（{sentences.OVERDUE}）" if now > each.due else text


def closed_within(within: Closed) -> str:
    """Return in words which closed cases alone are shown."""
    days = sentences.CLOSED_DAYS.format(since=within.since or "…", until=within.until or "…")
    solved = {"yes": sentences.SATISFIED[True], "no": sentences.SATISFIED[False]}
    channel = names.CHANNELS.get(within.channel, within.channel)
    parts = (days, channel, solved.get(within.solved, ""))
    return "，".join(each for each in parts if each)


def findable(each: Waiting) -> str:
    """Return what a case is found by: ticket, words, labels, owner."""
    case = each.case
    words = (case.ticket, case.summary, *case.labels) if case else ()
    return " ".join((*words, each.owner or "")).casefold()


def placeholders(
    name: str, case: Case | None, coming: Booking | None, now: datetime
) -> dict[str, str]:
    """Return what the placeholders of a ready answer stand for in a conversation."""
    values = {"我的姓名": name}
    if case is not None:
        owed = case.answer_by or case.reply_by
        values |= {"工单号": case.ticket, "答复时限": on_record(owed, now)}
    if coming is not None:
        time, hall = on_record(coming.start, now), coming.hall
        values |= {"预约时间": time, "预约大厅": hall, "预约码": coming.code}
    return values


def is_coming(booking: Booking, now: datetime) -> bool:
    """Tell whether a visit is still to come."""
    return booking.status in ("held", "confirmed") and booking.end > now


def booking(each: Booking, now: datetime) -> str:
    """Return a booking as a line."""
    return f"{on_record(each.start, now)} {each.hall} · {each.business}（{each.code}）"


def application(one: Application) -> str:
    """Return an application for a posting as a line."""
    return f"{one.title}｜{one.employer}（{one.code}）"


def speaker(line: TranscriptLine) -> str:
    """Return who said a line."""
    who = sentences.AUTHORS.get(line.author, line.author)
    return f"{who} {line.staff_name}" if line.author == "staff" and line.staff_name else who


def begins_new_talk(line: TranscriptLine) -> bool:
    """Whether the person began anew here, by 新对话 or in words."""
    return (line.data or {}).get("kind") == "new_talk"


def status(line: TranscriptLine) -> str:
    """Return how a line stands, where that is worth a word."""
    known = sentences.STATUSES if line.author == "user" else sentences.DELIVERIES
    return known.get(line.status, "")


def understanding(line: TranscriptLine) -> str:
    """Return how a message was understood and how surely; empty when it was not read."""
    nlu = line.nlu or {}
    intent = nlu.get("intent")
    if not intent:
        return ""
    confidence = nlu.get("confidence")
    sure = float(confidence) if isinstance(confidence, int | float) else None
    return names.reading(str(intent), sure)


def citations(line: TranscriptLine) -> list[dict[str, str]]:
    """Return a reply's citations as title, quote and address of the reading page."""
    found = (line.data or {}).get("citations") or []
    return [
        {
            "title": str(item.get("title", "")),
            "quote": str(item.get("quote", "")),
            "url": str(item.get("url", "")),
        }
        for item in found
        if str(item.get("url", "")).startswith("/policies/")
    ]


def deadline(case: Case, now: datetime) -> str:
    """Return by when a case must be answered, and whether that has passed."""
    text = f"请在 {on_record(case.reply_by, now)} 前回复"
    return f"{text}（{sentences.OVERDUE}）" if now > case.reply_by else text


def final(owed: datetime, now: datetime) -> str:
    """Return by when a complaint must be answered for good, and whether that has passed."""
    text = sentences.OWES_ANSWER.format(by=on_record(owed, now))
    return f"{text}（{sentences.OVERDUE}）" if now > owed else text
