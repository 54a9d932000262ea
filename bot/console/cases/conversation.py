"""One conversation on the console: transcript, cases, and the box to answer in."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from nicegui import ui

from actions.cases.presence import Presence
from actions.cases.service import OPEN, Case, Cases
from bot.console import names
from bot.console.acting import ActingStaff, conversation_subject
from bot.console.cases import sentences, views
from bot.console.cases.beside import Beside, read_beside
from bot.console.cases.case_panel import CasePanel
from bot.console.cases.composer import Composer
from bot.console.cases.lines import Lines
from bot.console.cases.refusals import REFUSALS
from bot.console.cases.reveal import Reveal
from bot.console.dialogs import asking
from bot.console.guard import soon
from bot.console.parts import empty
from bot.console.permissions import Deed
from bot.console.policies.publication import Publication
from bot.console.services import handover, services
from bot.console.tables import Staff
from bot.console.transcripts.reviews import Review, reviews_of
from bot.console.transcripts.turn_details import TurnDetails
from bot.messaging.transcripts import Standing, TranscriptLine, standing_of, transcript
from store.clock import utc_now

LINES = 300
FAR_BACK = 3000
"""Lines that are read where an old one is looked for."""
BEAT_SECONDS = 8.0


@dataclass(frozen=True)
class Seen:
    """One look at a conversation; ``standing`` is None where there is none."""

    standing: Standing | None
    lines: tuple[TranscriptLine, ...] = ()
    cases: tuple[Case, ...] = ()
    reviews: Mapping[int, Review] = field(default_factory=dict)


class ConversationPage:
    """What a member of staff sees of a conversation, and can do in it."""

    def __init__(self, conversation_id: str, staff: Staff, *, at: int = 0) -> None:
        self.id = conversation_id
        self._at = at
        self._limit = FAR_BACK if at else LINES
        self._staff = staff
        self._acting = ActingStaff(staff)
        self._reveal = Reveal(conversation_id, self._acting)
        self._subject = conversation_subject(conversation_id)
        self.exists = False
        self._cases: tuple[Case, ...] = ()
        self._standing: Standing | None = None
        self._beaten = 0.0

    # ---- drawing ------------------------------------------------------------------------

    async def begin(self) -> None:
        """Draw the page, or say that there is no such conversation."""
        seen = await self._read()
        self.exists = seen.standing is not None
        if not self.exists:
            empty(sentences.NO_CONVERSATION)
            ui.link("返回列表", "/")
            return
        self._draw_head()
        with ui.element("div").classes("talk"):
            with ui.element("div").classes("talk-main"):
                publication = Publication(self._staff)
                details = TurnDetails(self.id, self._acting, publication, self.refresh)
                self.lines = Lines(self._reveal, details, at=self._at)
                self.composer = (
                    Composer(self._subject, self._reply, self._placeholders)
                    if self._acting.may(Deed.SAY)
                    else None
                )
            with ui.element("aside").classes("talk-side").props(f'aria-label="{sentences.BESIDE}"'):
                self.panel = CasePanel(self._acting, self.id, self.refresh)
                self.beside = Beside(self.id)
        self._draw(seen)
        soon(self._look_beside)
        if self.composer is not None:
            soon(self.composer.restore)

    def _draw_head(self) -> None:
        with ui.row().classes("talk-head"):
            ui.link("← 返回列表", "/")
            channel = self.id.partition(":")[0]
            ui.label(names.CHANNELS.get(channel, channel)).classes("chip")
            self.mode = ui.label("").classes("chip")
            self.owner = ui.label("").classes("owner")
            self.others = ui.label("").classes("looks").props('role="status"')
            ui.space()
            self.claim = ui.button(sentences.B_CLAIM, on_click=self._claim)
            self.take = ui.button("接管", on_click=self._take_over)
            self.take_from = ui.button(sentences.B_TAKE_FROM, on_click=self._ask_take_from)
            self.free = ui.button(sentences.B_RELEASE, on_click=self._release)
            self.give = ui.button("交还智能助手", on_click=self._ask_give_back)
            for each in (self.claim, self.take_from, self.free, self.give):
                each.props("outline no-caps")
            self.take.props("unelevated no-caps")

    async def _look_beside(self) -> None:
        self.beside.draw(await services().database.run(read_beside, services(), self.id))

    async def refresh(self) -> None:
        """Read again and draw what changed; what is being typed and the scrolling stay."""
        if not await self._acting.still_signed_in():
            return
        self._draw(await self._read())
        if time.monotonic() - self._beaten > BEAT_SECONDS and self._acting.may(Deed.SAY):
            self._beaten = time.monotonic()
            beat = partial(services().of(Presence).beat, self._acting.name, self._subject)
            others = await services().database.run(beat, utc_now())
            self.others.text = sentences.LOOKING.format(who="、".join(others)) if others else ""

    async def _read(self) -> Seen:
        return await services().database.run(self._read_now)

    def _read_now(self) -> Seen:
        database = services().database
        standing = standing_of(database, self.id)
        if standing is None:
            return Seen(None)
        lines = transcript(database, self.id, limit=self._limit)
        cases = services().of(Cases).for_conversation(self.id)
        return Seen(standing, tuple(lines), tuple(cases), reviews_of(database, self.id))

    def _draw(self, seen: Seen) -> None:
        if seen.standing is not None and seen.standing != self._standing:
            self._standing = seen.standing
            self._draw_standing(seen.standing)
        if seen.cases != self._cases:
            self._cases = seen.cases
            self.panel.draw(seen.cases)
        self.lines.draw(seen.lines, seen.reviews)

    def _draw_standing(self, standing: Standing) -> None:
        name = self._acting.name
        own, free = standing.owner == name, standing.owner is None
        answers, by_staff = self._acting.may(Deed.SAY), standing.mode == "staff"
        self.mode.text = sentences.MODES.get(standing.mode, standing.mode)
        self.mode.classes(add="is-staff" if by_staff else "", remove="" if by_staff else "is-staff")
        self.owner.text = views.owner(standing.owner, name)
        self.claim.set_visibility(answers and free and not by_staff)
        self.take.set_visibility(answers and (own or free) and not by_staff)
        self.take_from.set_visibility(answers and not own and not free)
        self.free.set_visibility(answers and own and not by_staff)
        self.give.set_visibility(answers and (own or free) and by_staff)

    def _placeholders(self) -> dict[str, str]:
        open_case = next((case for case in self._cases if case.status == OPEN), None)
        return views.placeholders(self._acting.name, open_case, self.beside.next, utc_now())

    # ---- doing --------------------------------------------------------------------------

    async def _claim(self) -> None:
        claim = partial(handover().claim, self.id, staff=self._acting.name)
        await self._do(Deed.CLAIM, lambda _now: claim(), sentences.CLAIMED)

    async def _release(self) -> None:
        release = partial(handover().give_back, self.id, staff=self._acting.name)
        await self._do(Deed.CLAIM, lambda now: release(now=now), sentences.RELEASED)

    async def _take_over(self) -> None:
        take = partial(handover().take_over, self.id, staff=self._acting.name)
        await self._do(Deed.TAKE_OVER, lambda now: take(now=now), sentences.TAKEN_OVER)

    async def _reply(self, text: str) -> bool:
        self.lines.stays_at_end = True
        say = partial(handover().say, self.id, staff=self._acting.name, text=text)
        return await self._do(Deed.SAY, lambda now: say(now=now), sentences.SENT)

    def _ask_take_from(self) -> None:
        """Ask first: a colleague may be in the middle of a sentence."""
        owner = self._standing.owner if self._standing else None

        async def go() -> None:
            dialog.close()
            claim = partial(handover().claim, self.id, staff=self._acting.name, instead_of=owner)
            await self._do(Deed.TAKE_FROM, lambda _now: claim(), sentences.CLAIMED)

        title = sentences.CONFIRM_TAKE_FROM.format(owner=owner)
        with asking(title) as dialog, ui.row().classes("dialog-choices"):
            ui.button("返回", on_click=dialog.close).props("flat no-caps")
            ui.button(sentences.B_TAKE_FROM, on_click=go).props("unelevated no-caps")
        dialog.open()

    def _ask_give_back(self) -> None:
        """Ask what was agreed: person and bot can look it up then."""

        async def go() -> None:
            dialog.close()
            await self._give_back((summary.value or "").strip())

        with asking(sentences.GIVE_BACK) as dialog:
            summary = ui.textarea(sentences.SUMMARY).props("outlined autogrow maxlength=300")
            ui.label(sentences.SUMMARY_WHY).classes("soft")
            with ui.row().classes("dialog-choices"):
                ui.button("返回", on_click=dialog.close).props("flat no-caps")
                ui.button(sentences.B_GIVE_BACK, on_click=go).props("unelevated no-caps")
        dialog.open()

    async def _give_back(self, summary: str) -> None:
        name, waiting = self._acting.name, [case for case in self._cases if case.status == OPEN]

        def work(now: datetime) -> None:
            handover().give_back(self.id, staff=name, now=now, summary=summary, keeps=bool(waiting))
            for case in waiting if summary else ():
                services().of(Cases).agree(case.ticket, summary)

        await self._do(Deed.GIVE_BACK, work, sentences.GIVEN_BACK)

    async def _do(self, deed: Deed, work: Callable[[datetime], object], done: str) -> bool:
        """Do blocking work if still signed in, say so, and draw what changed."""
        if not await self._acting.do_and_tell(deed, self._subject, work, done, REFUSALS):
            return False
        self._draw(await self._read())
        return True
