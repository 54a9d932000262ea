"""The lines of a conversation's transcript: drawn once, and again where they changed."""

from collections.abc import Mapping

from nicegui import ui

from bot.console.cases import sentences, views
from bot.console.cases.reveal import Reveal
from bot.console.transcripts.reviews import Review
from bot.console.transcripts.turn_details import TurnDetails, runs
from bot.messaging.transcripts import TranscriptLine
from language.wording import on_record
from store.clock import utc_now

LONG = 400
"""Characters after which a line is folded, so that one message does not fill the page."""
NEAR_END = 0.97


class Lines:
    """The transcript area of a conversation's page."""

    def __init__(self, reveal: Reveal, details: TurnDetails, *, at: int = 0) -> None:
        self._reveal = reveal
        self._details = details
        self._at = at
        self._drawn: dict[tuple[bool, int], tuple[TranscriptLine, Review | None, ui.element]] = {}
        self.stays_at_end = at == 0
        self.area = ui.scroll_area(on_scroll=self._scrolled).classes("transcript")
        self.area.props('tabindex="-1"')
        with self.area:
            log = 'role="log" aria-label="对话记录" tabindex="0"'
            self.column = ui.element("div").classes("lines").props(log)

    def draw(self, lines: tuple[TranscriptLine, ...], reviews: Mapping[int, Review]) -> None:
        """Draw what is new or changed; what is being read stays where it is."""
        grown = False
        for line in lines:
            key = (line.author == "user", line.id)
            review = reviews.get(line.id if line.author == "user" else line.answers or 0)
            known = self._drawn.get(key)
            if known and known[:2] == (line, review):
                continue
            if known:
                holder = known[2]
                holder.clear()
            else:
                grown = True
                with self.column:
                    holder = ui.element("div").classes(f"line from-{line.author}")
            if key == (True, self._at):
                holder.classes("is-sought")
            with holder:
                draw_line(line)
                self._reveal.draw(line)
                self._details.draw(line, review)
            self._drawn[key] = (line, review, holder)
        if grown and self.stays_at_end:
            self.area.scroll_to(percent=1.0)
        elif grown and (sought := self._drawn.get((True, self._at))):
            ui.run_javascript(
                f"setTimeout(() => getHtmlElement({sought[2].id})?.scrollIntoView(), 200)"
            )

    def _scrolled(self, event: object) -> None:
        self.stays_at_end = getattr(event, "vertical_percentage", 1.0) >= NEAR_END


def draw_line(line: TranscriptLine) -> None:
    """Draw one line of a transcript into the current element."""
    if views.begins_new_talk(line):
        ui.label(sentences.NEW_TALK).classes("soft").props('role="separator"')
    with ui.element("div").classes("line-head"):
        ui.label(views.speaker(line)).classes("speaker")
        ui.label(on_record(line.at, utc_now()))
        if reading := views.understanding(line):
            ui.label(reading).classes("nlu")
        if status := views.status(line):
            ui.label(status).classes("status")
    if (line.nlu or {}).get("entities") and len(line.text) <= LONG:
        with ui.element("div").classes("words"):
            for run in runs(line.text, line):
                label = ui.label(run.words).classes("run")
                if run.entity:
                    label.classes("is-entity").tooltip(run.entity)
    else:
        draw_words(line.text)
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


def draw_words(text: str, most: int = LONG) -> None:
    """Draw words; of many the beginning, the rest folded away."""
    if len(text) <= most:
        ui.label(text).classes("words")
        return
    with ui.element("details").classes("long"):
        with ui.element("summary"):
            ui.label(text[:most] + "…").classes("words")
            ui.label(sentences.ALL_OF_IT.format(n=len(text))).classes("row-link")
        ui.label(text[most:]).classes("words")
