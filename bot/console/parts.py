"""What the console's pages are put together of: headings, cards in a list, a form."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from bot.console.services import services

T = TypeVar("T")

Fields = Mapping[str, ValueElement[Any]]
Values = dict[str, Any]


def heading(title: str, hint: str = "") -> None:
    """Draw a page's name, and in a line what the page is for."""
    ui.label(title).classes("heading").props('role="heading" aria-level="1"')
    if hint:
        ui.label(hint).classes("soft")


def part_heading(title: str, hint: str = "") -> None:
    """Draw the name of a part of a page."""
    ui.label(title).classes("heading part").props('role="heading" aria-level="2"')
    if hint:
        ui.label(hint).classes("soft")


def empty(words: str) -> None:
    """Draw what stands where there is nothing: when there will be, and what to do then."""
    ui.label(words).classes("empty")


class Cards(Generic[T]):
    """Cards below each other: read in a thread, each drawn by ``draw``; ``nothing`` where none is.

    ``mark`` returns further classes of a card: ``is-late``, ``is-over``.
    """

    def __init__(
        self,
        read: Callable[[], Sequence[T]],
        draw: Callable[[T], None],
        nothing: str,
        mark: Callable[[T], str] = lambda _each: "",
    ) -> None:
        self._read, self._draw, self._mark, self._nothing = read, draw, mark, nothing
        self.part = ui.element("div").classes("cards")

    async def refresh(self) -> None:
        """Read and draw again."""
        found = await services().database.run(self._read)
        self.part.clear()
        with self.part:
            if not found:
                empty(self._nothing)
            for each in found:
                with ui.element("article").classes(f"card {self._mark(each)}".strip()):
                    self._draw(each)


def form(
    button: str, fields: Callable[[], Fields], go: Callable[[Values], Awaitable[bool]]
) -> None:
    """Draw a form; ``go`` gets what is filled in, and tells whether to empty it."""
    with ui.element("section").classes("panel form"):
        with ui.element("div").classes("fields"):
            drawn = fields()
            for each in drawn.values():
                each.props("outlined dense stack-label")
        before = {name: each.value for name, each in drawn.items()}

        async def press() -> None:
            if await go({name: each.value for name, each in drawn.items()}):
                for name, each in drawn.items():
                    each.value = before[name]

        ui.button(button, on_click=press).props("unelevated no-caps")
