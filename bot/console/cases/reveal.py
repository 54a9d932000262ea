"""A masked number seen whole: by whom, when, which and why is recorded first."""

from nicegui import ui

from actions.cases.desk import without_numbers
from bot.console.acting import ActingStaff, Refusals, conversation_subject
from bot.console.cases import sentences
from bot.console.dialogs import asking
from bot.console.permissions import Deed
from bot.console.services import services
from bot.messaging.transcripts import TranscriptLine
from store.errors import ZhidaError
from store.vault.vault import KeptValue, Vault

REASON_MAX = 200


class NumbersGone(ZhidaError):
    """The numbers have been deleted meanwhile."""

    code = "numbers_gone"


REFUSALS: Refusals = {NumbersGone: lambda _error, _now: sentences.NUMBERS_GONE}


def whole(conversation_id: str, numbers: tuple[str, ...]) -> tuple[KeptValue, ...]:
    """Return those of a conversation's kept numbers (blocking). Raises NumbersGone."""
    with services().database.read() as session:
        kept = services().of(Vault).values_of(session, conversation_id)
    seen = tuple(each for each in kept if each.id in numbers)
    if not seen:
        raise NumbersGone
    return seen


class Reveal:
    """〔查看完整号码〕 under the lines of one conversation's page."""

    def __init__(self, conversation_id: str, acting: ActingStaff) -> None:
        self._conversation_id = conversation_id
        self._acting = acting

    def draw(self, line: TranscriptLine) -> None:
        """Draw the button into the current element where the line has hidden numbers."""
        if not line.numbers or not self._acting.may(Deed.REVEAL):
            return
        shown = ui.element("div").classes("soft")
        ui.button(sentences.SEE_NUMBERS, on_click=lambda: self._ask(line, shown)).props(
            "flat dense size=sm"
        )

    def _ask(self, line: TranscriptLine, shown: ui.element) -> None:
        with asking(sentences.WHY_SEE) as dialog:
            choice = ui.radio(list(sentences.WHYS))
            words = ui.input(sentences.WHY_WORDS)
            words.props(f"outlined stack-label maxlength={REASON_MAX}")

            async def go() -> None:
                if not choice.value or not (words.value or "").strip():
                    ui.notify(sentences.NO_REASON)
                    return
                dialog.close()
                reason = f"{choice.value}：{words.value.strip()[:REASON_MAX]}"
                await self._show(line, shown, reason)

            with ui.row().classes("dialog-choices"):
                ui.button(sentences.NOT_SEE, on_click=dialog.close).props("flat")
                ui.button(sentences.SEE, on_click=go)
        dialog.open()

    async def _show(self, line: TranscriptLine, shown: ui.element, reason: str) -> None:
        came = await self._acting.do(
            Deed.REVEAL,
            conversation_subject(self._conversation_id),
            lambda _now: whole(self._conversation_id, line.numbers),
            REFUSALS,
            reason=without_numbers(reason),
            details={"numbers": list(line.numbers)},
        )
        if came.value is None:
            ui.notify(came.refused, type="negative")
            return
        shown.clear()
        with shown:
            for each in came.value:
                ui.label(each.value or f"{each.masked}（{sentences.KEY_LOST}）")
