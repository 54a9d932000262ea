"""The console's page where a question is tried out on the library."""

from nicegui import ui
from starlette.requests import Request

from bot.console.frame import current, frame
from bot.console.parts import heading
from bot.console.permissions import Deed
from bot.console.policies import policy_views, sentences
from bot.console.policies.publication import Publication
from bot.console.services import services
from bot.console.tables import Staff
from knowledge.answering.answerer import PolicyAnswerer
from knowledge.answering.trial import Candidate, Trial
from store.clock import utc_now


@ui.page("/try")
async def try_page(request: Request) -> None:
    """A question, what would be said, and what was found."""
    staff = current(request)
    with frame(staff, "/try"):
        TryPage(staff)


class TryPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        heading("试问", sentences.TRY_HINT)
        self.publication = Publication(staff)
        self.box = ui.input(sentences.TRY).props("outlined autofocus maxlength=300").classes("wide")
        self.box.on("keydown.enter", self.ask)
        ui.button("问一问", on_click=self.ask).props("no-caps")
        self.result = ui.element("div").classes("judgements").props('role="status"')

    async def ask(self) -> None:
        """Answer the question in the box, and draw what came of it."""
        question = (self.box.value or "").strip()
        if question:
            trial = await services().database.run(_try_out, question)
            self.result.clear()
            with self.result:
                self._draw(question, trial)

    def _draw(self, question: str, trial: Trial) -> None:
        answer = trial.answer
        state = sentences.ANSWER_STATUSES.get(answer.status, answer.status)
        ui.label(f"{state} · 把握 {answer.confidence:.0%}").classes("question")
        if answer.regulation:
            ui.label(sentences.TRY_REGULATION.format(name=answer.regulation))
        for citation in answer.citations:
            with ui.element("div").classes("citation"):
                ui.label(f"「{citation.quote}」")
                ui.link(f"《{citation.title}》", policy_views.address(citation.doc_id))
                ui.label(citation.section).classes("soft")
        ui.label(sentences.TRY_FOUND if trial.candidates else sentences.TRY_NOTHING)
        for candidate in trial.candidates:
            with ui.element("article").classes("judgement"):
                self._draw_candidate(question, candidate)

    def _draw_candidate(self, question: str, candidate: Candidate) -> None:
        with ui.row().classes("tags"):
            ui.link(f"《{candidate.title}》", policy_views.address(candidate.doc_id))
            ui.label(candidate.section).classes("soft")
        ui.label(candidate.quote)
        ui.label(sentences.TRY_WHY.format(covered=candidate.covered, near=candidate.near))
        if candidate.asked:
            ui.label(sentences.TRY_ASKED.format(asked=candidate.asked, alike=candidate.alike))
        if self.publication.may(Deed.ADD_ASK):
            ui.button(
                "把这个问法加到这一节", on_click=lambda: self._add(question, candidate)
            ).props("flat dense no-caps icon=add")

    async def _add(self, question: str, candidate: Candidate) -> None:
        editor, doc_id, key = self.publication.editor, candidate.doc_id, candidate.key
        if await self.publication.do(
            Deed.ADD_ASK, doc_id, lambda: editor.add_ask(doc_id, key, question), sentences.ASK_ADDED
        ):
            await self.publication.go_live()
            await self.ask()  # what it gained is seen at once


def _try_out(question: str) -> Trial:
    return services().of(PolicyAnswerer).try_out(question, now=utc_now())
