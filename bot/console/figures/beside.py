"""Below the figures: what was not answered most often, and how full the halls are now."""

from nicegui import ui

from actions.appointments.records import Crowd
from actions.appointments.service import Appointments
from bot.console.figures import sentences
from bot.console.services import services
from bot.console.unanswered.groups import NOT_COVERED, Group, read_unanswered
from bot.console.unanswered.page import SINCE
from bot.console.views import conversation_address, preview
from store.clock import utc_now

GROUPS_SHOWN = 6


class Beside:
    """Two panels, filled when the page is there: the figures do not wait for them."""

    def __init__(self) -> None:
        with ui.element("div").classes("charts halves"):
            self._asked = ui.element("section").classes("panel")
            self._halls = ui.element("section").classes("panel")

    async def fill(self) -> None:
        """Read and draw."""
        database = services().database
        since = utc_now() - SINCE
        groups = await database.run(read_unanswered, database, NOT_COVERED, since)
        crowds = await database.run(_crowds)
        with self._asked:
            ui.label(sentences.UNANSWERED).classes("panel-name")
            open_ones = [each for each in groups if not each.taken_up][:GROUPS_SHOWN]
            if not open_ones:
                ui.label(sentences.ALL_ANSWERED).classes("soft")
            for group in open_ones:
                _draw_group(group)
            ui.link(sentences.TO_UNANSWERED, "/unanswered")
        with self._halls:
            ui.label(sentences.HALLS).classes("panel-name")
            for crowd in crowds:
                _draw_crowd(crowd)
            ui.link(sentences.TO_HALLS, "/windows")


def _draw_group(group: Group) -> None:
    with ui.element("div").classes("beside-row"):
        ui.label(sentences.PEOPLE.format(people=group.people)).classes("chip")
        at = f"{conversation_address(group.newest.conversation)}&at={group.newest.id}"
        ui.link(preview(group.question), at).classes("words")


def _draw_crowd(crowd: Crowd) -> None:
    state = f"{crowd.people} / {crowd.capacity}" if crowd.is_open else sentences.CLOSED_NOW
    with ui.element("div").classes("hall-now"):
        ui.label(crowd.hall)
        ui.label(state).classes("soft")
        share = min(1.0, crowd.people / crowd.capacity) if crowd.is_open else 0.0
        bar = ui.linear_progress(share, show_value=False).props("rounded size=8px")
        bar.props["aria-label"] = f"{crowd.hall} {state}"


def _crowds() -> tuple[Crowd, ...]:
    """Return how full each hall is (blocking)."""
    halls, now = services().of(Appointments), utc_now()
    return tuple(halls.crowd(hall.name, now=now) for hall in halls.halls())
