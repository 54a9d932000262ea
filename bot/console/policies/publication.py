"""Doing what staff ask for, and saying when it counts for the people who ask."""

from collections.abc import Callable

from nicegui import ui

from bot.console.acting import ActingStaff, Refusals
from bot.console.permissions import Deed
from bot.console.policies import sentences
from bot.console.policies.editing import Editor
from bot.console.sentences import FAILED
from bot.console.services import services
from bot.console.tables import Staff
from knowledge.documents.editable_fields import DocumentError
from knowledge.documents.editing import UnknownDocument
from knowledge.documents.sample_questions import SampleQuestionRefused
from knowledge.sentences import DOCUMENT_ERRORS
from language.wording import on_record
from store.clock import utc_now

REFUSALS: Refusals = {
    UnknownDocument: lambda _error, _now: FAILED,
    DocumentError: lambda error, _now: DOCUMENT_ERRORS[error.code].format(name=error.name),
    SampleQuestionRefused: lambda error, _now: sentences.ASKS_REFUSED[error.code],
}


class Publication:
    """The line of a page that tells whether the answers already know of its changes."""

    def __init__(self, staff: Staff) -> None:
        self._acting = ActingStaff(staff)
        self.editor = Editor(services().database, services().settings, staff.name)
        self.row = ui.row().classes("live").props('role="status"')
        with self.row:
            self.spinner = ui.spinner(size="1.2em")
            self.words = ui.label("")
        self.row.set_visibility(False)

    def may(self, deed: Deed) -> bool:
        """Tell whether to show what does this."""
        return self._acting.may(deed)

    async def do(self, deed: Deed, doc_id: str, work: Callable[[], object], done: str) -> bool:
        """Do blocking work if still signed in and say so; return whether it was done."""
        return await self._acting.do_and_tell(
            deed, f"document:{doc_id}", lambda _now: work(), done, REFUSALS
        )

    async def go_live(self) -> None:
        """Bring the changes to the answers, in a worker thread."""
        self._say(sentences.GOING_LIVE, busy=True)
        live = False
        try:
            await services().database.run(self.editor.go_live)
            live = True
        finally:
            # What went wrong goes to the log by itself; the old answers are still given.
            now = utc_now()
            said = sentences.LIVE.format(when=on_record(now, now)) if live else sentences.NOT_LIVE
            self._say(said, busy=False)

    def _say(self, words: str, *, busy: bool) -> None:
        self.row.set_visibility(True)
        self.spinner.set_visibility(busy)
        self.words.text = words
