"""One conversation on the console: transcript, cases, and the box to answer in."""

from collections.abc import Callable
from datetime import datetime

from nicegui import ui

from actions.cases.service import Case, Cases, UnknownCase
from bot.console.acting import ActingStaff, Refusals, conversation_subject
from bot.console.cases import sentences, views
from bot.console.cases.reveal import Reveal
from bot.console.permissions import Deed
from bot.console.sentences import FAILED
from bot.console.services import handover, services
from bot.console.tables import Staff
from bot.messaging.handover import UnknownConversation
from bot.messaging.transcripts import TranscriptLine, mode_of, transcript
from language.wording import on_record
from store.clock import utc_now

# The conversation or the case was deleted or closed elsewhere meanwhile.
REFUSALS: Refusals = {
    UnknownConversation: lambda _error, _now: FAILED,
    UnknownCase: lambda _error, _now: FAILED,
}
REPLY_MAX = 2000
LINES = 300
NEAR_END = 0.97

Seen = tuple[str | None, tuple[TranscriptLine, ...], tuple[Case, ...]]


class ConversationPage:
    """What a member of staff sees of a conversation, and can do in it."""

    def __init__(self, conversation_id: str, staff: Staff) -> None:
        self.id = conversation_id
        self._acting = ActingStaff(staff)
        self._reveal = Reveal(conversation_id, self._acting)
        self._subject = conversation_subject(conversation_id)
        self.exists = False
        self._lines: dict[tuple[bool, int], tuple[TranscriptLine, ui.element]] = {}
        self._cases: tuple[Case, ...] = ()
        self._mode: str | None = None
        self._at_end = True

    # ---- drawing ------------------------------------------------------------------------

    async def begin(self) -> None:
        """Draw the page, or say that there is no such conversation."""
        seen = await self._read()
        self.exists = seen[0] is not None
        if not self.exists:
            ui.label(sentences.NO_CONVERSATION).classes("heading")
            ui.link("返回列表", "/")
            return
        with ui.row().classes("talk-head"):
            ui.link("← 返回列表", "/")
            ui.label(self.id).classes("talk-id")
            self.mode_badge = ui.badge("")
            ui.space()
            self.take = ui.button("接管", on_click=self._take_over)
            self.give = ui.button("交还智能助手", on_click=self._give_back).props("outline")
        self.case_list = ui.element("div").classes("cases")
        self.area = ui.scroll_area(on_scroll=self._scrolled).classes("transcript")
        with self.area:
            self.column = (
                ui.element("div").classes("lines").props('role="log" aria-label="对话记录"')
            )
        if self._acting.may(Deed.SAY):
            self._draw_box()
        self._draw(seen)
        self.area.scroll_to(percent=1.0)

    def _draw_box(self) -> None:
        with ui.row().classes("box"):
            self.text = (
                ui.textarea(label="回复来访者", placeholder="发送后由您接管这个对话")
                .props("outlined autogrow bg-color=white")
                .classes("answer")
            )
            ui.button("发送", on_click=self._reply)

    async def refresh(self) -> None:
        """Read again and draw what changed; what is being typed and the scrolling stay."""
        if await self._acting.still_signed_in():
            self._draw(await self._read())

    async def _read(self) -> Seen:
        return await services().database.run(self._read_now)

    def _read_now(self) -> Seen:
        database = services().database
        mode = mode_of(database, self.id)
        if mode is None:
            return None, (), ()
        lines = transcript(database, self.id, limit=LINES)
        return mode, tuple(lines), tuple(services().of(Cases).for_conversation(self.id))

    def _draw(self, seen: Seen) -> None:
        mode, lines, cases = seen
        if mode != self._mode:
            self._mode = mode
            self.mode_badge.text = sentences.MODES.get(mode or "", "")
            answers = self._acting.may(Deed.SAY)
            self.take.set_visibility(answers and mode != "staff")
            self.give.set_visibility(answers and mode == "staff")
        if cases != self._cases:
            self._cases = cases
            self._draw_cases()
        if self._draw_lines(lines) and self._at_end:
            self.area.scroll_to(percent=1.0)

    def _draw_lines(self, lines: tuple[TranscriptLine, ...]) -> bool:
        grown = False
        for line in lines:
            key = (line.author == "user", line.id)
            known = self._lines.get(key)
            if known and known[0] == line:
                continue
            if known:
                holder = known[1]
                holder.clear()
            else:
                grown = True
                with self.column:
                    holder = ui.element("div").classes(f"line from-{line.author}")
            with holder:
                draw_line(line)
                self._reveal.draw(line)
            self._lines[key] = (line, holder)
        return grown

    def _draw_cases(self) -> None:
        self.case_list.clear()
        with self.case_list:
            for case in self._cases:
                if case.status == "open":
                    self._draw_case(case)

    def _draw_case(self, case: Case) -> None:
        with ui.element("div").classes("case"):
            draw_case_head(case)
            ui.label(case.summary).classes("summary")
            with ui.row().classes("case-foot"):
                ui.label(views.deadline(case, utc_now())).classes("soft")
                if self._acting.may(Deed.CLOSE_CASE):
                    ui.button("办结", on_click=lambda: self._ask_close(case)).props("dense outline")

    def _scrolled(self, event: object) -> None:
        self._at_end = getattr(event, "vertical_percentage", 1.0) >= NEAR_END

    # ---- doing --------------------------------------------------------------------------

    async def _take_over(self) -> None:
        await self._do(
            Deed.TAKE_OVER,
            self._subject,
            self._handover(handover().take_over),
            sentences.TAKEN_OVER,
        )

    async def _give_back(self) -> None:
        await self._do(
            Deed.GIVE_BACK,
            self._subject,
            self._handover(handover().give_back),
            sentences.GIVEN_BACK,
        )

    async def _reply(self) -> None:
        text = (self.text.value or "").strip()
        if not text:
            ui.notify(sentences.EMPTY_REPLY)
            return
        if len(text) > REPLY_MAX:
            ui.notify(sentences.LONG_REPLY.format(limit=REPLY_MAX))
            return
        name = self._acting.name
        self._at_end = True
        done = await self._do(
            Deed.SAY,
            self._subject,
            lambda now: handover().say(self.id, staff=name, text=text, now=now),
            sentences.SENT,
        )
        if done:
            self.text.value = ""

    def _ask_close(self, case: Case) -> None:
        """Ask first: a closed case is answered by nobody any more."""

        async def go() -> None:
            dialog.close()
            await self._close(case)

        with ui.dialog() as dialog, ui.card().classes("asking"):
            ui.label(sentences.CONFIRM_CLOSE.format(ticket=case.ticket))
            with ui.row().classes("dialog-choices"):
                ui.button("返回", on_click=dialog.close).props("flat")
                ui.button("确定办结", on_click=go)
        dialog.open()

    async def _close(self, case: Case) -> None:
        name = self._acting.name

        def close(now: datetime) -> None:
            services().of(Cases).close(case.ticket, staff=name, now=now)
            handover().give_back(self.id, staff=name, now=now)

        await self._do(
            Deed.CLOSE_CASE,
            f"case:{case.ticket}",
            close,
            sentences.CLOSED.format(ticket=case.ticket),
        )

    def _handover(self, change: Callable[..., None]) -> Callable[[datetime], None]:
        name = self._acting.name
        return lambda now: change(self.id, staff=name, now=now)

    async def _do(
        self, deed: Deed, subject: str, work: Callable[[datetime], object], done: str
    ) -> bool:
        """Do blocking work if still signed in, say so, and draw what changed."""
        if not await self._acting.do_and_tell(deed, subject, work, done, REFUSALS):
            return False
        self._draw(await self._read())
        return True


def draw_case_head(case: Case) -> None:
    """Draw a case's reason and ticket into the current element."""
    with ui.row().classes("case-head"):
        tone = "deep-orange-9" if case.reason == "distress" else "primary"
        ui.badge(sentences.REASONS.get(case.reason, case.reason), color=tone)
        ui.label(case.ticket).classes("ticket")


def draw_line(line: TranscriptLine) -> None:
    """Draw one line of a transcript into the current element."""
    if views.begins_new_talk(line):
        ui.label(sentences.NEW_TALK).classes("soft").props('role="separator"')
    with ui.element("div").classes("line-head"):
        ui.label(views.speaker(line)).classes("speaker")
        ui.label(on_record(line.at, utc_now()))
        if reading := views.understanding(line):
            ui.label(reading).classes("nlu")
        if status := sentences.STATUSES.get(line.status):
            ui.label(status).classes("status")
    ui.label(line.text).classes("words")
    for citation in views.citations(line):
        with ui.element("div").classes("citation"):
            ui.label(f"「{citation['quote']}」")
            # Not ui.link: it would put the console's own prefix before the address.
            link = ui.element("a").classes("row-link")
            link.props["href"], link.props["target"] = citation["url"], "_blank"
            link.props["rel"] = "noopener"
            with link:
                ui.label(f"《{citation['title']}》")
    if line.buttons:
        with ui.row().classes("offered"):
            for title in line.buttons:
                ui.label(title)
