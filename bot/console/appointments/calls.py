"""Calling somebody: to which window, and taking back what was just done by mistake."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from nicegui import ui

from actions.appointments.visits.board import Board
from actions.appointments.visits.call_order import Step, Visit, may_undo
from bot.console.appointments import board_views, sentences
from bot.console.dialogs import asking


async def which_window(visit: Visit, board: Board, window: str) -> str | None:
    """Return the window to call somebody to, asking where that is not clear.

    ``window`` is the one looked at. Empty where nobody does the business any more; None where
    the person thought better of it.
    """
    windows = board_views.call_windows(visit, board, window)
    if len(windows) <= 1:
        return "".join(windows)
    busy = board_views.serving(board)
    with asking(sentences.WHICH_WINDOW.format(code=visit.code)) as dialog:
        with ui.row().classes("tags"):
            for name in windows:
                words = sentences.WINDOW_SERVING.format(window=name) if name in busy else name
                button = ui.button(words, on_click=lambda name=name: dialog.submit(name))
                button.props("no-caps outline" if name in busy else "no-caps unelevated")
        with ui.row().classes("dialog-choices"):
            ui.button("返回", on_click=dialog.close).props("flat")
    chosen: str | None = await dialog
    dialog.delete()
    return chosen


class JustDone:
    """What this clerk did last, with one tap to take it back: a slip is seen at once.

    ``undo`` gets whose step it is, and the step. It is gone when anybody has gone on.
    """

    def __init__(self, undo: Callable[[str, Step], Awaitable[None]]) -> None:
        self._undo = undo
        self._code = ""
        self._step: Step | None = None
        with ui.row().classes("just-done").props('role="status"') as self.row:
            self.words = ui.label()
            self.button = ui.button("撤销", on_click=self._take_back)
            self.button.props("outline dense no-caps padding='2px 14px'")
        self._say()

    def note(self, code: str, board: Board, now: datetime) -> None:
        """Remember and show what ``board`` says was last done with ``code``."""
        visit = visit_of(code, board)
        self._code, self._step = code, visit.last_step if visit else None
        self.show(board, now)

    def show(self, board: Board, now: datetime) -> None:
        """Show it while it is still the last step of that visit."""
        visit, step = visit_of(self._code, board), self._step
        if visit is None or step is None or visit.last_step != step or not may_undo(step, now):
            self._say()
        else:
            self._say(board_views.just_done(visit, step))

    def _say(self, words: str = "") -> None:
        # The line is always there: else the buttons below would move under the next click.
        self.words.text = words or sentences.NOTHING_JUST_DONE
        self.button.set_visibility(bool(words))
        self.row.classes(**{"add" if words else "remove": "done"})

    async def _take_back(self) -> None:
        if self._step is not None:
            await self._undo(self._code, self._step)


def visit_of(code: str, board: Board) -> Visit | None:
    """Return the visit of a code; None where it is not of this hall and day."""
    return next((visit for visit in board.visits if visit.code == code), None)
