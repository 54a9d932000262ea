"""A masked number seen whole: by whom, when, which and why is recorded first."""

from dataclasses import dataclass
from datetime import datetime

from nicegui import ui

from bot.console.acting import ActingStaff, Refusals
from bot.console.cases import sentences
from bot.console.services import services
from bot.console.tables import Staff
from bot.messaging.transcripts import TranscriptLine
from language.personal import find_personal
from store import audit
from store.errors import ZhidaError
from store.vault.placeholders import masked
from store.vault.vault import KeptValue, Vault

PERMISSION = "personal.reveal"
"""Whose name the deed has in the record, too."""

REASON_MAX = 200


class NumbersGone(ZhidaError):
    """The numbers have been deleted meanwhile."""

    code = "numbers_gone"


REFUSALS: Refusals = {NumbersGone: lambda _error, _now: sentences.NUMBERS_GONE}


@dataclass(frozen=True)
class Wish:
    """Who wants to see which numbers of a conversation, and why."""

    staff_id: int
    conversation_id: str
    numbers: tuple[str, ...]
    reason: str


def reveal(wish: Wish, now: datetime) -> tuple[KeptValue, ...]:
    """Record each number that is seen, and return them (blocking). Raises NumbersGone."""
    vault = services().of(Vault)
    with services().database.write() as session:
        kept = vault.values_of(session, wish.conversation_id)
        seen = tuple(each for each in kept if each.id in wish.numbers)
        if not seen:
            raise NumbersGone
        for each in seen:
            audit.record(
                session,
                actor=f"staff:{wish.staff_id}",
                action=PERMISSION,
                subject=f"personal:{each.id}",
                reason=_without_numbers(wish.reason),
                at=now,
            )
        session.commit()
    return seen


def _without_numbers(reason: str) -> str:
    """Return a reason with masks: the record is kept for longer than any number."""
    for one in reversed(find_personal(reason)):
        reason = reason[: one.start] + masked(one.kind, one.value) + reason[one.end :]
    return reason


class Reveal:
    """〔查看完整号码〕 under the lines of one conversation's page."""

    def __init__(self, conversation_id: str, staff: Staff, acting: ActingStaff) -> None:
        self._conversation_id = conversation_id
        self._staff_id = staff.id
        self._acting = acting

    def draw(self, line: TranscriptLine) -> None:
        """Draw the button into the current element where the line has hidden numbers."""
        if not line.numbers:
            return
        shown = ui.element("div").classes("soft")
        ui.button(sentences.SEE_NUMBERS, on_click=lambda: self._ask(line, shown)).props(
            "flat dense size=sm"
        )

    def _ask(self, line: TranscriptLine, shown: ui.element) -> None:
        with ui.dialog() as dialog, ui.card():
            ui.label(sentences.WHY_SEE).classes("heading")
            choice = ui.radio(list(sentences.WHYS))
            words = ui.input(sentences.WHY_WORDS).props(f"maxlength={REASON_MAX}")

            async def go() -> None:
                if not choice.value or not (words.value or "").strip():
                    ui.notify(sentences.NO_REASON)
                    return
                dialog.close()
                reason = f"{choice.value}：{words.value.strip()[:REASON_MAX]}"
                await self._show(line, shown, reason)

            with ui.row():
                ui.button(sentences.SEE, on_click=go)
                ui.button(sentences.NOT_SEE, on_click=dialog.close).props("flat")
        dialog.open()

    async def _show(self, line: TranscriptLine, shown: ui.element, reason: str) -> None:
        wish = Wish(self._staff_id, self._conversation_id, line.numbers, reason)
        came = await self._acting.do(lambda now: reveal(wish, now), REFUSALS)
        if came.value is None:
            ui.notify(came.refused, type="negative")
            return
        shown.clear()
        with shown:
            for each in came.value:
                ui.label(each.value or f"{each.masked}（{sentences.KEY_LOST}）")
