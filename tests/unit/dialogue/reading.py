"""What rows of (context, text) → commands are read with: names we know, contexts, short words."""

from datetime import UTC, datetime
from typing import Any

from actions.appointments.demo.data import BUSINESSES, HALLS
from actions.dialogue.commands import Command
from actions.dialogue.context import Asked, Context, Item, Shown
from actions.dialogue.reading.reader import read
from actions.dialogue.replies import pressed
from actions.dialogue.turn import Clause, Named, Turn
from actions.features import FEATURES
from language.names import NameIndex
from language.trades import lookup_entries

NOW = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)
"""Wednesday 2026-03-04, 09:30 in Shanghai."""

NAMES = {
    "business": NameIndex(
        {n: str(b["name"]) for b in BUSINESSES for n in (b["name"], *b["aliases"])}  # type: ignore
    ),
    "hall": NameIndex({n: hall.name for hall in HALLS for n in (hall.name, *hall.aliases)}),
}
TRADES = NameIndex({name: name for name in lookup_entries()})

JOBS = (
    ("维修电工", "GW-1", 8000, "上海市浦东新区"),
    ("物业电工", "GW-2", 6500, "上海市闵行区"),
    ("仓库理货员", "GW-3", 7000, "上海市嘉定区"),
)
POSTINGS = Shown(
    "postings",
    tuple(
        Item(title, pressed("job_details", {"posting_id": code}), pay=pay, place=place)
        for title, code, pay, place in JOBS
    ),
    more='/search_jobs{"page": 2}',
)
TIMES = Shown(
    "times",
    tuple(
        Item(f"明天 {at}", pressed("book_window", {"slot_id": n}), when=f"2026-03-05T{at}:00+08:00")
        for n, at in enumerate(("09:00", "10:30", "11:00"), 1)
    ),
    more='/book_window{"page": 1}',
)

NOTHING = Context()
LISTED = Context(tasks=("jobs",), lists=(POSTINGS,))
SECOND_PAGE = Context(
    tasks=("jobs",),
    lists=(
        Shown("postings", POSTINGS.items, 4, '/search_jobs{"page": 3}', '/search_jobs{"page": 1}'),
    ),
)
OFFERED = Context(tasks=("booking",), lists=(TIMES,))
AFTER_POLICY = Context(tasks=("policy",), cited=({"title": "x"},))
OFFERED_THEN_POLICY = Context(tasks=("booking", "policy"), lists=(TIMES,))
ASKED_BUSINESS = Context(tasks=("booking",), asked=Asked("booking", "business"))
ASKED_HALL = Context(tasks=("booking",), asked=Asked("booking", "hall"))
ASKED_TIME = Context(tasks=("booking",), asked=Asked("booking", "time"))
ASKED_WISH = Context(tasks=("jobs",), asked=Asked("jobs", "trade"))
ASKED_COUNT = Context(tasks=("jobs", "sharing"), asked=Asked("sharing", "count"), lists=(POSTINGS,))
WAGES = Context(tasks=("wage",), focus="wage:")
HELD = Context(
    tasks=("booking",),
    yes='/affirm{"code": "YY-1"}',
    no='/cancel_booking{"code": "YY-1"}',
    buttons=(
        ("确认预约", '/affirm{"code": "YY-1"}'),
        ("换个时间", '/change_booking{"code": "YY-1", "ask": "time"}'),
        ("不约了", '/cancel_booking{"code": "YY-1"}'),
    ),
)
TO_CANCEL = Context(
    tasks=("booking",),
    yes='/cancel_booking{"code": "YY-1", "seen": "x"}',
    no="/deny",
    buttons=(("确定取消", '/cancel_booking{"code": "YY-1", "seen": "x"}'), ("先不取消", "/deny")),
)
AT_HOME = Context(
    tasks=("booking",),
    yes='/book_window{"ask": "taken"}',
    no='/book_window{"come": "yes"}',
    buttons=(("还是去大厅", '/book_window{"come": "yes"}'),),
)

SHORT = {
    "jobs": "search_jobs",
    "book": "book_window",
    "policy": "ask_policy",
    "oos": "out_of_scope",
    "?": "nlu_fallback",
    "change": "change_booking",
    "wage": "ask_wage",
    "cancel": "cancel_booking",
}


def named_in(text: str) -> tuple[Named, ...]:
    """Return the trades that Rasa's lookup finds in a text."""
    return tuple(Named("trade", text[f.start : f.end], f.start, f.end) for f in TRADES.apart(text))


def turn_of(text: str, intent: str, slots: dict[str, Any] | None = None, *parts: str) -> Turn:
    """Return a turn; ``parts`` are the intents of its clauses, from left to right."""
    name = SHORT.get(intent, intent)
    clauses, at = [], 0
    for part in parts:
        words, _, heard = part.rpartition("=")
        at = text.index(words, at)
        read_as = SHORT.get(heard, heard)
        clauses.append(Clause(words, at, read_as, ((read_as, 0.9),), named_in(words)))
    return Turn(
        *(name, text, NOW, "web:1", "m"),
        named=named_in(text),
        ranking=((name, 0.9),),
        slots=slots or {},
        clauses=tuple(clauses),
    )


def commands_of(
    context: Context, text: str, intent: str, slots: dict[str, Any] | None = None, *parts: str
) -> list[Command]:
    """Read a text in a context."""
    return read(turn_of(text, intent, slots, *parts), context, FEATURES, NAMES)


def in_short(commands: list[Command]) -> str:
    """Say commands in short words: ``set jobs.trade=电工; choose postings#2``."""
    return "; ".join(map(_one, commands))


def _one(command: Command) -> str:
    said = command.command
    if command.list is not None:
        which = f"#{command.item}" if command.item is not None else f"={command.value}"
        said += f" {command.list}{which if command.item or command.value else ''}"
    elif command.field is not None:
        value = "" if command.value is None else f"={command.value}"
        said += f" {command.task}.{command.field}{value}"
    elif command.task is not None:
        said += f" {command.task}"
    if command.topic is not None:
        said += f" ({command.topic})"
    return said + (" later" if command.later else "")
