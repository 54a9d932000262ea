"""The page of models: what was corrected, what it changed, publishing and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from nicegui import ui
from sqlalchemy import select
from starlette.requests import Request

from bot import model_versions
from bot.console import names
from bot.console.acting import ActingStaff, Refusals
from bot.console.dialogs import asking
from bot.console.frame import current, frame
from bot.console.learning import sentences
from bot.console.parts import empty, heading
from bot.console.permissions import Deed
from bot.console.services import services
from bot.console.tables import Staff
from bot.console.transcripts.filters import Filters
from bot.console.transcripts.reviews import Counts, counts
from bot.console.views import conversation_address, preview
from bot.messaging.tables import InboxMessage
from bot.model_versions import NoSuchVersion, Published, Version
from language.wording import on_record
from store.clock import utc_now
from store.vault.vault import shown_each

REFUSALS: Refusals = {NoSuchVersion: lambda _error, _now: sentences.NO_VERSION}
SUBJECT = "models"


@dataclass(frozen=True)
class Seen:
    """One look: what was corrected, what runs, the candidates, and the words they change."""

    counts: Counts
    running: Published
    versions: tuple[Version, ...]
    words: Mapping[int, tuple[str, str]]


@ui.page("/models")
async def models_page(request: Request) -> None:
    """What there is to publish."""
    staff = current(request)
    with frame(staff, "/models"):
        await ModelsPage(staff).refresh()


class ModelsPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        self._acting = ActingStaff(staff)
        heading(sentences.TITLE)
        self.part = ui.element("div").classes("cases")

    async def refresh(self) -> None:
        """Read and draw again."""
        seen = await services().database.run(_read)
        self.part.clear()
        with self.part:
            self._draw_counts(seen.counts)
            self._draw_running(seen)
            ui.label(sentences.CANDIDATES).classes("panel-name")
            if not seen.versions:
                empty(sentences.NO_CANDIDATES)
            for version in seen.versions:
                self._draw_version(version, seen)

    def _draw_counts(self, found: Counts) -> None:
        with ui.element("section").classes("panel"):
            ui.label(
                sentences.COUNTS.format(
                    reviewed=found.reviewed,
                    corrected=found.corrected,
                    train=found.train,
                    measure=found.measure,
                )
            )
            ui.label(sentences.HOW).classes("soft")
            ui.link(sentences.TO_TRANSCRIPTS, Filters(kind="unreviewed").address())

    def _draw_running(self, seen: Seen) -> None:
        running = seen.running
        with ui.element("section").classes("panel"), ui.row().classes("case-head"):
            ui.label(sentences.RUNNING).classes("chip is-staff")
            known = next((one for one in seen.versions if one.name == running.name), None)
            ui.label(_named(known) if known else running.name or sentences.BASE).classes("ticket")
            if running.at:
                at = on_record(datetime.fromisoformat(running.at), utc_now())
                ui.label(sentences.SINCE.format(at=at, by=running.by)).classes("soft")
                ui.space()
                if self._acting.may(Deed.ROLL_BACK_MODEL):
                    back = ui.button(sentences.B_BACK, on_click=self._roll_back)
                    back.props("outline no-caps")

    def _draw_version(self, version: Version, seen: Seen) -> None:
        with ui.element("article").classes("case"):
            with ui.row().classes("case-head"):
                ui.label(_named(version)).classes("ticket").tooltip(version.name)
                ui.space()
                if version.name == seen.running.name:
                    ui.label(sentences.RUNNING).classes("chip is-staff")
                elif self._acting.may(Deed.PUBLISH_MODEL):
                    ask = partial(self._ask_publish, version)
                    ui.button(sentences.B_PUBLISH, on_click=ask).props("unelevated no-caps")
            ui.label(measured(version))
            with ui.element("details").classes("reading"):
                with ui.element("summary"):
                    ui.label(
                        sentences.REPLAYED.format(
                            replayed=version.replayed, changed=len(version.changed)
                        )
                    ).classes("run")
                for change in version.changed:
                    _draw_change(change, seen.words)

    def _ask_publish(self, version: Version) -> None:
        """Ask whether somebody has looked: it is read by everybody who writes from then on."""
        with asking(sentences.ASK_PUBLISH) as dialog:
            ui.label(measured(version))
            ui.label(sentences.WAITS).classes("soft")
            sure = ui.checkbox(sentences.SEEN)

            async def go() -> None:
                if not sure.value:
                    ui.notify(sentences.NOT_SEEN, type="warning")
                    return
                dialog.close()
                await self._publish(version)

            with ui.row().classes("dialog-choices"):
                ui.button("返回", on_click=dialog.close).props("flat no-caps")
                ui.button(sentences.B_SURE, on_click=go).props("unelevated no-caps")
        dialog.open()

    async def _publish(self, version: Version) -> None:
        publish = partial(model_versions.publish, services().settings, version.name)
        await self._do(Deed.PUBLISH_MODEL, publish, sentences.PUBLISHED, version.name)

    async def _roll_back(self) -> None:
        back = partial(model_versions.roll_back, services().settings)
        await self._do(Deed.ROLL_BACK_MODEL, back, sentences.BACK, "")

    async def _do(self, deed: Deed, work: "partial[Published]", done: str, name: str) -> None:
        by = self._acting.name
        await self._acting.do_and_tell(
            deed,
            SUBJECT,
            lambda now: work(by=by, now=now),
            done,
            REFUSALS,
            details={"model": name},
        )
        await self.refresh()


def measured(version: Version) -> str:
    """Return how a candidate reads what was kept apart, before and after."""
    if version.before is None or version.after is None:
        return sentences.NOT_MEASURED
    return sentences.MEASURED.format(
        n=version.measured,
        before=version.before,
        after=version.after,
        mended=version.mended,
        broken=version.broken,
    )


def _named(version: Version) -> str:
    """Return what a candidate is called: what it learnt, and when."""
    at = on_record(datetime.fromisoformat(version.trained_at), utc_now())
    return sentences.TAUGHT.format(taught=version.taught, at=at)


def _draw_change(change: Mapping[str, object], words: Mapping[int, tuple[str, str]]) -> None:
    with ui.row().classes("case-head"):
        before, after = names.intent(str(change["before"])), names.intent(str(change["after"]))
        ui.label(sentences.CHANGE.format(before=before, after=after)).classes("chip")
        number = int(str(change["message"]))
        if number in words:
            conversation, said = words[number]
            ui.link(preview(said), f"{conversation_address(conversation)}&at={number}")
        else:
            ui.label(sentences.GONE).classes("soft")


def _read() -> Seen:
    """Read everything (blocking)."""
    database, settings = services().database, services().settings
    versions = tuple(model_versions.versions(settings))
    numbers = {int(str(each["message"])) for one in versions for each in one.changed}
    with database.read() as session:
        found = select(InboxMessage.id, InboxMessage.conversation_id, InboxMessage.text)
        rows = session.execute(found.where(InboxMessage.id.in_(numbers))).all()
        said = shown_each(session, [(row.conversation_id, row.text) for row in rows])
    words = {row.id: (row.conversation_id, text) for row, text in zip(rows, said, strict=True)}
    return Seen(counts(database), model_versions.published(settings), versions, words)
