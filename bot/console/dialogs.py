"""A dialog of the console: its first words are its name, for who sees it and who hears it."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui


@contextmanager
def asking(title: str, *, wide: bool = False) -> Iterator[ui.dialog]:
    """Draw a dialog, closed; ``title`` stands above what the block draws into it."""
    dialog = ui.dialog()
    dialog.props["aria-label"] = title
    with dialog, ui.card().classes("asking wide-asking" if wide else "asking"):
        ui.label(title).classes("panel-name")
        yield dialog
