"""Below a turn of a conversation: how it was read, and what staff say of that."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from nicegui import ui

from actions.features import FEATURES
from bot.console import names
from bot.console.acting import ActingStaff, Refusals, conversation_subject
from bot.console.dialogs import asking
from bot.console.permissions import Deed
from bot.console.policies.ask_dialog import ask_section
from bot.console.policies.publication import Publication
from bot.console.services import services
from bot.console.transcripts import sentences
from bot.console.transcripts.corrections import CorrectionDialog
from bot.console.transcripts.reviews import (
    NOTE_MAX,
    BadMark,
    Review,
    TurnGone,
    judge_answer,
    judge_reading,
    question_of,
)
from bot.messaging.transcripts import TranscriptLine

REFUSALS: Refusals = {
    TurnGone: lambda _error, _now: sentences.TURN_GONE,
    BadMark: lambda _error, _now: sentences.BAD_MARK,
}
Refresh = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Run:
    """A stretch of a message's words, and the kind of name that it is, if any."""

    words: str
    entity: str = ""


def runs(text: str, line: TranscriptLine) -> Iterator[Run]:
    """Cut a message's words at the names that were found in them."""
    at = 0
    for found in sorted((line.nlu or {}).get("entities") or (), key=lambda one: int(one["start"])):
        start, end = int(found["start"]), int(found["end"])
        if at <= start < end <= len(text):
            yield from [Run(text[at:start])] if at < start else []
            yield Run(text[start:end], names.entity(str(found["entity"])))
            at = end
    if at < len(text) or not text:
        yield Run(text[at:])


class TurnDetails:
    """What is drawn below the lines of one conversation; ``refresh`` draws the page again."""

    def __init__(
        self, conversation: str, acting: ActingStaff, publication: Publication, refresh: Refresh
    ) -> None:
        self._subject = conversation_subject(conversation)
        self._acting = acting
        self._publication = publication
        self._refresh = refresh

    def draw(self, line: TranscriptLine, review: Review | None) -> None:
        """Draw what belongs to a line into the current element."""
        if line.author == "user" and (line.nlu or {}).get("intent"):
            _draw_reading(line)
            self._draw_judgement(line, review)
        elif (line.data or {}).get("kind") == "policy_answer" and line.answers is not None:
            self._draw_answer(line.answers, review)

    def _draw_judgement(self, line: TranscriptLine, review: Review | None) -> None:
        if review is not None and review.reading_right is not None:
            wrong = sentences.READ_WRONG.format(intent=names.intent(review.intent or ""))
            what = sentences.READ_RIGHT if review.reading_right else wrong
            _draw_judged(review, what, right=review.reading_right)
        if not self._acting.may(Deed.REVIEW):
            return
        with ui.row().classes("judge"):
            right = partial(self._judge, line.id, sentences.NOTED_RIGHT, right=True)
            ui.button(sentences.B_RIGHT, on_click=right).props("flat dense no-caps")
            ui.button(sentences.B_WRONG, on_click=partial(self._correct, line)).props(
                "flat dense no-caps"
            )

    async def _judge(self, inbox_id: int, done: str, **what: object) -> None:
        judge = partial(judge_reading, services().database, inbox_id, staff=self._acting.name)
        await self._do(partial(judge, **what), done)

    def _correct(self, line: TranscriptLine) -> None:
        """Ask what was meant, and which words name what."""
        kinds = {name: names.entity(name) for name in FEATURES.names_found}

        async def keep(intent: str, marks: object) -> None:
            what = {"right": False, "intent": intent, "entities": marks}
            await self._judge(line.id, sentences.NOTED, **what)

        CorrectionDialog(line, kinds, keep).open()

    def _draw_answer(self, inbox_id: int, review: Review | None) -> None:
        if review is not None and review.answer_right is not None:
            what = sentences.ANSWERED_RIGHT if review.answer_right else sentences.ANSWERED_WRONG
            _draw_judged(review, what, right=review.answer_right)
        if not self._acting.may(Deed.REVIEW):
            return
        judge = partial(judge_answer, services().database, inbox_id, staff=self._acting.name)
        with ui.row().classes("judge"):
            right = partial(self._do, partial(judge, right=True), sentences.NOTED_RIGHT)
            ui.button(sentences.B_ANSWER_RIGHT, on_click=right).props("flat dense no-caps")

            def wrong() -> None:
                self._ask_note(inbox_id, partial(judge, right=False))

            ui.button(sentences.B_ANSWER_WRONG, on_click=wrong).props("flat dense no-caps")

    def _ask_note(self, inbox_id: int, judge: Callable[..., None]) -> None:
        with asking(sentences.CORRECT_ANSWER) as dialog:
            box = ui.textarea(sentences.ANSWER_NOTE).props(
                f"outlined autogrow maxlength={NOTE_MAX}"
            )

            async def keep() -> None:
                dialog.close()
                await self._do(partial(judge, note=box.value or ""), sentences.NOTED)

            async def name() -> None:
                dialog.close()
                await self._name_section(inbox_id, judge)

            with ui.row().classes("dialog-choices"):
                ui.button("返回", on_click=dialog.close).props("flat no-caps")
                if self._publication.may(Deed.ADD_ASK):
                    ui.button(sentences.B_NAME_SECTION, on_click=name).props("outline no-caps")
                ui.button(sentences.B_KEEP, on_click=keep).props("unelevated no-caps")
        dialog.open()

    async def _name_section(self, inbox_id: int, judge: Callable[..., None]) -> None:
        """Ask which section is right: the question finds it from then on."""
        database = services().database
        try:
            question = await database.run(question_of, database, inbox_id)
        except TurnGone:
            ui.notify(sentences.TURN_GONE, type="negative")
            return

        async def named(section: str) -> None:
            note = sentences.SHOULD_CITE.format(section=section)
            await self._do(partial(judge, note=note), sentences.NOTED)

        await ask_section(self._publication, question, named)

    async def _do(self, judge: Callable[..., None], done: str) -> None:
        def work(now: datetime) -> None:
            judge(now=now)

        if await self._acting.do_and_tell(Deed.REVIEW, self._subject, work, done, REFUSALS):
            await self._refresh()


def _draw_judged(review: Review, what: str, *, right: bool) -> None:
    words = sentences.REVIEWED.format(staff=review.staff, what=what)
    ui.label(words + (f"：{review.note}" if review.note and not right else "")).classes(
        "judged" if right else "judged is-wrong"
    )


def _draw_reading(line: TranscriptLine) -> None:
    """Draw, folded away, how a message was read."""
    nlu = line.nlu or {}
    commands = "；".join(names.command(each) for each in nlu.get("commands") or ())
    others = "、".join(
        names.reading(str(each["intent"]), float(each["confidence"]))
        for each in (nlu.get("ranking") or ())[1:]
    )
    found = "、".join(
        f"{names.entity(str(each['entity']))} {each['value']}" for each in nlu.get("entities") or ()
    )
    danger = names.DANGERS.get(str(nlu.get("danger")), "")
    facts = {
        sentences.COMMANDS: commands,
        sentences.RUNNERS_UP: others,
        sentences.ENTITIES: found,
        sentences.DANGER: danger,
    }
    with ui.element("details").classes("reading"):
        with ui.element("summary"):
            ui.label(sentences.READING).classes("run")
        with ui.element("dl"):
            for name, value in facts.items():
                if value:
                    with ui.element("dt"):
                        ui.label(name)
                    with ui.element("dd"):
                        ui.label(value)
        if stages := stages_of(line):
            ui.label(sentences.STAGES.join(stages)).classes("soft")


def stages_of(line: TranscriptLine) -> list[str]:
    """Return how long each stage of a turn took, in words; none while it waits."""
    if line.finished_at is None:
        return []
    seconds = {"all": (line.finished_at - line.at).total_seconds()}
    took = (line.nlu or {}).get("took") or {}
    seconds |= {stage: float(took[stage]) for stage in sentences.TOOK if stage in took}
    if line.sent_at is not None:
        seconds["sent"] = max(0.0, (line.sent_at - line.finished_at).total_seconds())
    return [
        words.format(seconds=seconds[stage])
        for stage, words in sentences.TOOK.items()
        if stage in seconds
    ]
