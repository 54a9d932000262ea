"""What both pages draw: a dialog that asks for a reason, and who changed what."""

from collections.abc import Awaitable, Callable, Iterable, Mapping

from nicegui import ui

from actions.cases.desk import without_numbers
from actions.jobs.applications.service import Change
from actions.jobs.desk import PostingChange
from bot.console.dialogs import asking
from bot.console.jobs import sentences as say
from language.wording import on_record
from store.clock import utc_now

REASON_MAX = 200


def ask_reason(
    title: str,
    go: Callable[[str], Awaitable[None]],
    *,
    label: str = say.REASON,
    hint: str = "",
    button: str = say.B_GO,
    more: Callable[[], None] | None = None,
) -> None:
    """Ask for a reason and go on with it; ``more`` draws further fields above it."""
    with asking(title) as dialog:
        if hint:
            ui.label(hint).classes("soft")
        if more is not None:
            more()
        reason = ui.input(label).props(f"outlined stack-label maxlength={REASON_MAX}")

        async def sure() -> None:
            words = without_numbers((reason.value or "").strip())
            if not words:
                ui.notify(say.NO_REASON, type="warning")
                return
            dialog.close()
            await go(words)

        with ui.row().classes("dialog-choices"):
            ui.button(say.B_BACK, on_click=dialog.close).props("flat no-caps")
            ui.button(button, on_click=sure).props("unelevated no-caps")
    dialog.open()


def draw_history(
    holder: ui.element, changes: Iterable[Change | PostingChange], names: Mapping[str, str]
) -> None:
    """Draw who changed what, or take it away where it is drawn already."""
    if holder.default_slot.children:
        holder.clear()
        return
    lines = [_line(each, names) for each in changes] or [say.NO_HISTORY]
    with holder, ui.element("ul").classes("history"):
        for line in lines:
            with ui.element("li"):
                ui.label(line)


def _line(change: Change | PostingChange, names: Mapping[str, str]) -> str:
    return say.CHANGE.format(
        at=on_record(change.at, utc_now()),
        who=change.who,
        was=names[change.was],
        became=names[change.became],
        why=say.WHY.format(why=change.why) if change.why else "",
    )
