"""The dialog in which a question becomes one of the ways in which a section is asked for."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from bot.console.dialogs import asking
from bot.console.permissions import Deed
from bot.console.policies import policy_views, sentences
from bot.console.policies.document_picker import DocumentPicker
from bot.console.policies.publication import Publication
from bot.console.services import services
from knowledge.documents.repository import get_document

Done = Callable[[str], Awaitable[None]]
"""What follows: it gets the document's and the section's names."""


async def ask_section(
    publication: Publication, question: str, done: Done, *, doc_id: str | None = None
) -> None:
    """Ask which section answers ``question``, and let it be found by that from then on."""
    with asking(sentences.ASK_TITLE) as dialog:
        text = ui.input(sentences.ASK_TEXT, value=question).props("outlined")
        document = DocumentPicker(sentences.ASK_DOCUMENT)
        await document.begin(doc_id)
        section = ui.select({}, label=sentences.ASK_SECTION, with_input=True)
        section.props("outlined").classes("wide")

        async def list_sections() -> None:
            names = await services().database.run(_section_names, document.value)
            section.set_options(names, value=None)

        async def add() -> None:
            words = (text.value or "").strip()
            if not words:
                ui.notify(sentences.EMPTY_ASK)
            elif not document.value or not section.value:
                ui.notify(sentences.NO_SECTION)
            else:
                dialog.close()
                named = f"《{document.name}》{section.options[section.value]}"
                place = (document.value, section.value)
                await _add(publication, place, words, partial(done, named))

        document.box.on_value_change(list_sections)
        await list_sections()
        with ui.row().classes("dialog-choices"):
            ui.button(sentences.B_CANCEL, on_click=dialog.close).props("flat no-caps")
            ui.button(sentences.B_ADD_ASK, on_click=add).props("unelevated no-caps")
    dialog.open()


async def _add(
    publication: Publication,
    place: tuple[str, str],
    words: str,
    done: Callable[[], Awaitable[None]],
) -> None:
    editor, (doc_id, key) = publication.editor, place
    if await publication.do(
        Deed.ADD_ASK, doc_id, lambda: editor.add_ask(doc_id, key, words), sentences.ASK_ADDED
    ):
        await done()
        await publication.go_live()


def _section_names(doc_id: str | None) -> dict[str, str]:
    document = get_document(services().database, doc_id) if doc_id else None
    if document is None:
        return {}
    return policy_views.section_names(policy_views.sections(document, (), ()))
