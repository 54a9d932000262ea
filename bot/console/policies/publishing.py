"""Doing what staff ask for, and saying when it counts for the people who ask."""

from collections.abc import Callable

from nicegui import ui

from bot.console import sentences, views
from bot.console.accounts import account
from bot.console.policies.editing import Editor
from bot.console.services import desk
from bot.console.tables import Staff
from knowledge.documents.editable_fields import DocumentError
from knowledge.documents.editing import UnknownDocument
from knowledge.documents.sample_questions import AskRefused
from knowledge.sentences import DOCUMENT_ERRORS
from store.clock import utc_now


class LiveLine:
    """The line of a page that tells whether the answers already know of its changes."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.editor = Editor(desk().database, desk().settings, staff.name)
        self.row = ui.row().classes("live").props('role="status"')
        with self.row:
            self.spinner = ui.spinner(size="1.2em")
            self.words = ui.label("")
        self.row.set_visibility(False)

    async def do(self, work: Callable[[], object], done: str) -> bool:
        """Do blocking work if still signed in and say so; return whether it was done."""
        database = desk().database
        if await database.run(account, database, self.staff.id) is None:
            ui.notify(sentences.SIGNED_OUT)
            ui.navigate.to("/")
            return False
        try:
            await database.run(work)
        except UnknownDocument:
            ui.notify(sentences.FAILED, type="negative")
            return False
        except DocumentError as refused:
            ui.notify(DOCUMENT_ERRORS[refused.code].format(name=refused.name), type="negative")
            return False
        except AskRefused as refused:
            ui.notify(sentences.ASKS_REFUSED[refused.code], type="negative")
            return False
        ui.notify(done)
        return True

    async def go_live(self) -> None:
        """Bring the changes to the answers, in a worker thread."""
        self._say(sentences.GOING_LIVE, busy=True)
        live = False
        try:
            await desk().database.run(self.editor.go_live)
            live = True
        finally:
            # What went wrong goes to the log by itself; the old answers are still given.
            now = utc_now()
            said = sentences.LIVE.format(when=views.when(now, now)) if live else sentences.NOT_LIVE
            self._say(said, busy=False)

    def _say(self, words: str, *, busy: bool) -> None:
        self.row.set_visibility(True)
        self.spinner.set_visibility(busy)
        self.words.text = words
