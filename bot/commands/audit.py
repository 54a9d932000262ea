"""Commands about what was done: is the record whole, and what does it say."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from bot.commands.data import opened
from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say
from bot.console.deeds import COMMAND, record
from store.audit.archive import PURPOSE, BrokenArchive, archive, entries_of
from store.audit.checkpoints import BrokenCheckpoint, Checkpoints
from store.audit.log import chosen, in_order
from store.audit.verification import Verdict, verify
from store.clock import SHANGHAI, to_shanghai, utc_now
from store.settings import Settings

KEPT_YEARS = 6
FAULTS = {
    "changed": "第 {entry} 条操作记录被改动过，它之前的 {sound} 条完好。",
    "missing": "第 {entry} 条操作记录不见了，它之前的 {sound} 条完好。",
    "replaced": "第 {entry} 条操作记录与校验点不符，整段记录可能被重写过。",
}
"""What a person reads of each way in which the log can be broken."""


def run_audit_verify(settings: Settings, archives: Sequence[Path] = ()) -> None:
    """Walk the chain, ``archives`` first; leave with 1 where it is broken, else note how far."""
    checkpoints = Checkpoints.of(settings)
    with opened(settings) as database:
        try:
            known = checkpoints.all()
        except BrokenCheckpoint as error:
            fail(f"校验点文件的第 {error} 行被改动过，或不是这套系统写的。")
        key = settings.key_for(PURPOSE)
        archived = chain.from_iterable(entries_of(each, key) for each in archives)
        try:
            with database.read() as session:
                verdict = verify(session, known, archived)
        except BrokenArchive as error:
            fail(f"{error} 不是操作记录的存档，或被改动过。")
        if verdict.fault is not None:
            fail(_told(verdict))
        checkpoints.add(verdict.head, utc_now())
    say(f"操作记录完好，共 {verdict.head.entry} 条。")


def run_audit_archive(settings: Settings, out: Path, before: str) -> None:
    """Write the entries from before a day to a file; the table keeps them."""
    try:
        until = _midnight(before) if before else _years_ago(KEPT_YEARS)
    except ValueError:
        fail("日期请写成 2026-03-28 这样。", code=2)
    with opened(settings) as database:
        try:
            with database.read() as session:
                last = archive(session, out, until, settings.key_for(PURPOSE))
        except FileExistsError:
            fail(f"{out} 已经存在，请换一个文件名。")
        if last.entry == 0:
            fail("那之前没有操作记录，没有写文件。")
        record(database, COMMAND, "audit.archive", f"entry:{last.entry}")
    say(
        f"第 {last.entry} 条为止的操作记录已存到 {out}；表里的还在，怎样取出见 docs/operations.md。"
    )


def _told(verdict: Verdict) -> str:
    sentence = FAULTS[verdict.fault or ""]
    return sentence.format(entry=verdict.broken, sound=verdict.head.entry)


def run_audit_show(
    settings: Settings, *, since: str, actor: str, action: str, as_json: bool
) -> None:
    """Print the entries that fit, as lines or as one JSON object."""
    try:
        begin = _midnight(since) if since else None
    except ValueError:
        fail("日期请写成 2026-03-28 这样。", code=2)
    wanted = chosen(since=begin, actor=actor, action=action)
    with opened(settings) as database, database.read() as session:
        if as_json:
            print_json({"entries": [_plain(entry) for entry in in_order(session, wanted)]})
            return
        for entry in in_order(session, wanted):
            say(_line(entry))


def _years_ago(years: int) -> datetime:
    today = to_shanghai(utc_now())
    return today - timedelta(days=round(365.25 * years))


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), SHANGHAI)


def _plain(entry: Row[Any]) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": to_shanghai(datetime.fromisoformat(entry.at)).isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "reason": entry.reason,
        "details": json.loads(entry.details),
        "hash": entry.hash,
    }


def _line(entry: Row[Any]) -> str:
    at = to_shanghai(datetime.fromisoformat(entry.at)).strftime("%Y-%m-%d %H:%M:%S")
    more = [part for part in (entry.reason, entry.details) if part and part != "{}"]
    return "  ".join([str(entry.id), at, entry.actor, entry.action, entry.subject, *more])
