"""The page 操作记录: what was done, by whom and why."""

from datetime import date, datetime, time
from typing import Any

from nicegui import ui
from sqlalchemy import Row, select
from starlette.requests import Request

from bot.console.accounts import all_staff
from bot.console.deeds import account
from bot.console.frame import current, frame
from bot.console.parts import heading
from bot.console.permissions import Deed
from bot.console.services import services
from bot.console.staff import sentences
from bot.console.staff.record_words import in_words, subject_in_words
from knowledge.documents.tables import PolicyDocument
from store.audit.log import chosen
from store.audit.tables import AuditEntry
from store.clock import SHANGHAI, to_shanghai

SHOWN = 200
"""The newest that fit; all of them are for ``zhida audit show``."""
COLUMNS = [
    {"name": name, "label": label, "field": name, "align": "left"}
    for name, label in (
        ("id", "序号"),
        ("at", "时间"),
        ("actor", "操作者"),
        ("action", "操作"),
        ("subject", "对象"),
        ("reason", "原因"),
        ("details", "详情"),
    )
]
ANY = ""
TITLES = {deed.action: deed.title for deed in Deed} | sentences.ACTIONS
PARTS = sorted({action.partition(".")[0] + "." for action in TITLES})
CHOICES = {ANY: "全部操作"} | {part: sentences.PARTS.get(part, part) for part in PARTS}


@ui.page("/audit")
async def audit_page(request: Request) -> None:
    """The newest entries, and what narrows them."""
    staff = current(request)
    with frame(staff, "/audit"):
        page = AuditPage()
        await page.refresh()


class AuditPage:
    """The moving parts of the page."""

    def __init__(self) -> None:
        heading("操作记录")
        with ui.row().classes("filters"):
            self.since = ui.input("从哪天起", on_change=self.refresh)
            self.since.props("type=date outlined dense stack-label")
            self.actor = ui.select({ANY: "所有人"}, value=ANY, label="操作者")
            self.actor.props("outlined dense").on_value_change(self.refresh)
            self.action = ui.select(CHOICES, value=ANY, label="操作", on_change=self.refresh)
            self.action.props("outlined dense")
        self.table = ui.table(columns=COLUMNS, rows=[], row_key="id", pagination=25)
        self.table.classes("audit").props('flat tabindex=0 role=region aria-label="操作记录"')
        self.table.add_slot("no-data", f"<span>{sentences.NO_ENTRIES}</span>")

    async def refresh(self) -> None:
        """Read and draw again."""
        names, entries = await services().database.run(self._read)
        options = {ANY: "所有人"} | names
        if options != self.actor.options:
            self.actor.set_options(options, value=self.actor.value)
        known = names | await services().database.run(_titles)
        self.table.rows = [_row(entry, known) for entry in entries]

    def _read(self) -> tuple[dict[str, str], list[Row[Any]]]:
        database = services().database
        wanted = chosen(
            since=_midnight(self.since.value or ""),
            actor=self.actor.value or None,
            action=self.action.value or None,
        )
        staff = {account(each.id): each.name for each in all_staff(database)}
        with database.read() as session:
            newest = wanted.order_by(AuditEntry.id.desc()).limit(SHOWN)
            return staff | sentences.ACTORS, list(session.execute(newest))


def _titles() -> dict[str, str]:
    """Return what documents are called (blocking)."""
    found = select(PolicyDocument.id, PolicyDocument.title)
    with services().database.read() as session:
        return {row.id: f"《{row.title}》" for row in session.execute(found)}


def _midnight(typed: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(typed), time(), SHANGHAI)
    except ValueError:
        return None  # half typed


def _row(entry: Row[Any], names: dict[str, str]) -> dict[str, Any]:
    at = to_shanghai(datetime.fromisoformat(entry.at))
    return {
        "id": entry.id,
        "at": at.strftime("%Y-%m-%d %H:%M:%S"),
        "actor": names.get(entry.actor, entry.actor),
        "action": title(entry.action),
        "subject": subject_in_words(entry.subject, names),
        "reason": entry.reason or "",
        "details": in_words(entry.details),
    }


def title(action: str) -> str:
    """Return what staff call an action, and whether nothing came of it."""
    done, _, outcome = action.rpartition(".")
    if outcome in sentences.OUTCOMES:
        return TITLES.get(done, done) + sentences.OUTCOMES[outcome]
    return TITLES.get(action, action)
