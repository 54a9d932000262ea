"""What every page of the console has: who is signed in, the header, the way around."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

from nicegui import ui
from starlette.requests import Request

from bot.console import sentences
from bot.console.door import ACCOUNT, links_of
from bot.console.feature import Alarm, Group, HeaderLink
from bot.console.features import FEATURES
from bot.console.guard import every, soon, watch
from bot.console.services import services
from bot.console.tables import Staff
from bot.console.views import as_script
from store.clock import utc_now

ALARM_SECONDS = 10.0

STATIC = Path(__file__).parent.parent / "web" / "static"
FAVICON = STATIC / "icon.svg"
# The chat's colours by day, which is all before the first @media: Quasar's parts know no night.
_COLOURS = (STATIC / "base.css").read_text("utf-8").partition("@media")[0]
_HERE = Path(__file__).parent
_STYLES = (
    _HERE / "letters.css",
    _HERE / "style.css",
    *(one.style for one in FEATURES if one.style),
)
_SCRIPTS = [(Path(__file__).parent / name).read_text("utf-8") for name in ("alarm.js", "keys.js")]
_STYLE = "\n".join((_COLOURS, *(path.read_text("utf-8") for path in _STYLES)))


def current(request: Request) -> Staff:
    """Return who is signed in and may see the page: the door has let nobody else this far."""
    staff: Staff = request.state.staff
    return staff


@contextmanager
def frame(staff: Staff, here: str) -> Iterator[None]:
    """Draw the header around a page; ``here`` is the address of its place in the header."""
    ui.colors(primary="#0f5a66")
    ui.add_css(_STYLE)
    ui.add_head_html("".join(f"<script>{script}</script>" for script in _SCRIPTS))
    with ui.header().classes("top"):
        ui.link(sentences.TITLE, "/").classes("home")
        ways = _by_group(links_of(staff.role))
        own = next((group for group, links in ways.items() if here in _addresses(links)), None)
        _draw_groups(ways, own)
        ui.space()
        bell = Bell(staff)
        ui.link(staff.name, ACCOUNT).classes("who").props(f'title="{sentences.ACCOUNT}"')
        with ui.element("form").props('method="post" action="/console/logout"'):
            ui.button("退出").props('flat dense type="submit" no-caps').classes("out")
        if own is not None and len(ways[own]) > 1:
            _draw_pages(own, ways[own], here)
    with ui.column().classes("sheet"):
        yield
    # After all else: what waits for the page's connection has NiceGUI send the page as it stands.
    watch()
    every(ALARM_SECONDS, bell.look)
    soon(bell.look)


def _by_group(links: Iterable[HeaderLink]) -> dict[Group, list[HeaderLink]]:
    """Return the pages of each group, in the groups' order; groups without one are left out."""
    found: dict[Group, list[HeaderLink]] = {group: [] for group in Group}
    for link in links:
        found[link.group].append(link)
    return {group: pages for group, pages in found.items() if pages}


def _addresses(links: Iterable[HeaderLink]) -> set[str]:
    return {link.address for link in links}


def _draw_groups(ways: Mapping[Group, Sequence[HeaderLink]], own: Group | None) -> None:
    """Draw the groups; each leads to its first page."""
    with ui.element("nav").classes("groups").props(f'aria-label="{sentences.NAVIGATION}"'):
        for group, links in ways.items():
            link = ui.link(group.value, links[0].address)
            if group is own:
                link.props('aria-current="true"')


def _draw_pages(group: Group, links: Sequence[HeaderLink], here: str) -> None:
    """Draw the pages of the group that is open, on a line of their own."""
    with ui.element("nav").classes("pages-of").props(f'aria-label="{group.value}"'):
        for each in links:
            link = ui.link(each.title, each.address)
            if each.address == here:
                link.props('aria-current="page"')


class Bell:
    """What must not be missed: in the header and the title of every page, heard, and told of."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._shown: Alarm | None = None
        with ui.element("div").props('role="status"'):
            self._link = ui.link("", "/").classes("bell")
        self._link.set_visibility(False)
        remind = ui.element("button").classes("remind").props('type="button" hidden')
        remind.on("click", js_handler="(event) => zhidaRemind(event.currentTarget)")
        with remind:
            ui.label(sentences.B_REMIND)

    async def look(self) -> None:
        """Read again, and show what is new."""
        alarm = await services().database.run(partial(_alarm, self._staff))
        if alarm == self._shown:
            return
        self._shown = alarm
        self._link.set_visibility(alarm is not None)
        ui.page_title(f"({alarm.count}) {sentences.TITLE}" if alarm else sentences.TITLE)
        if alarm is not None:
            self._link.text = alarm.words
            self._link.classes(add="is-late" if alarm.late else "", remove="is-late")
        ui.run_javascript(f"zhidaAlarm({as_script(asdict(alarm) if alarm else None)})")


def _alarm(staff: Staff) -> Alarm | None:
    """Return the most pressing of what the features have to say (blocking)."""
    now = utc_now()
    said = [feature.alarm(staff, now) for feature in FEATURES if feature.alarm is not None]
    return max((one for one in said if one), key=lambda one: (one.late, one.count), default=None)
