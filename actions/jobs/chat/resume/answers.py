"""A résumé by chat: kept after one clear question, shown, corrected, deleted."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.dialogue.personal.cards import HeldPart, ProfileCard
from actions.dialogue.reading import cues
from actions.dialogue.reading.message import GRAVE
from actions.dialogue.replies import button, read_payload, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from actions.dialogue.values import Text
from actions.jobs.chat.job_query import SLOTS, remembered
from actions.jobs.chat.resume import words
from actions.jobs.chat.resume.said import TASK, brought_in, entries_in, reading_of
from actions.jobs.needs import BETWEEN, GROUP, renewed, several
from actions.jobs.resumes import sentences as say
from actions.jobs.resumes.fields import (
    PRIVATE,
    TITLES,
    Entries,
    changed,
    entries_of,
    in_words,
    wish_of,
)
from actions.jobs.resumes.service import Resume, Resumes
from language.wording import on_record

INTENT = "recommend_jobs"
"""What a résumé's buttons say: it is there to recommend work by."""

KEEP, YES, NO, SHOW, FIND, ERASE, STAY = "keep", "yes", "no", "show", "find", "erase", "stay"
FOCUS = "resume:"
GOES_ON = frozenset({"search_jobs", INTENT, "inform", "out_of_scope", "nlu_fallback", "ask_wage"})
"""Purposes that what is said for a résumé may sound like."""


def _press(title: str, what: str, **values: Any) -> Button:
    return button(title, INTENT, resume=what, **values)


def keep_button() -> Button:
    """Return the button that asks whether to keep what was said."""
    return _press(say.B_KEEP, KEEP)


def pressed_on(turn: Turn, services: Services) -> Outcome:
    """Do what a résumé's button says."""
    what = turn.value("resume")
    resume = services.of(Resumes).of(turn.conversation)
    if what == YES:
        return _agreed(turn, services, resume)
    if what == ERASE:
        return _erase(turn.value("resume_field"), turn, services, resume)
    if what == SHOW:
        return shown(resume, turn)
    if what in (NO, STAY):
        return Outcome((reply(say.NOT_NOW if what == NO else say.STAYS),))
    return _keep(turn, services, resume, {})


def asked_after(turn: Turn, services: Services) -> Outcome | None:
    """Keep, show, change or delete a résumé, where a message asks for just that."""
    text = turn.text.strip()
    if not text or turn.danger or len(text) > LONGEST_SAID:
        return None
    waits = _waiting(turn)
    looked_at = turn.context.focus == FOCUS
    if words.ELSEWHERE.search(text):
        return None
    named = words.NAMED.search(text) is not None
    if words.KEEP.search(text) and (named or turn.context.task == TASK.name):
        resume = services.of(Resumes).of(turn.conversation)
        return _keep(turn, services, resume, entries_in(reading_of(turn, services)))
    if words.SHOW.search(text):
        return shown(services.of(Resumes).of(turn.conversation), turn)
    if words.DELETE.search(text):
        resume = services.of(Resumes).of(turn.conversation)
        return _erase(None, turn, services, resume) if resume else None
    if waits is not None:
        return _more(waits, turn, services)
    if looked_at or named:
        return _mended(turn, services)
    return None


LONGEST_SAID = 120
"""Characters of a message about a résumé: who writes more tells another thing, too."""


# Kept ------------------------------------------------------------------------------------


def _keep(turn: Turn, services: Services, resume: Resume, said: Entries) -> Outcome:
    """Ask whether to keep what the conversation knows and what is said with it."""
    known = entries_of(remembered(turn.slots))
    new = changed(resume.values, {**known, **said})
    if new:
        return ask_consent(new, turn, services, resume)
    if resume:
        return shown(resume, turn, say.SAME)
    no = _press(say.B_NOT_MAKING, NO)
    return Outcome((reply(say.MAKING, [no]),), {"resume_offered": "1"}, no=no)


def _waiting(turn: Turn) -> dict[str, Any] | None:
    """Return what a question of ours would keep, {} while a résumé is begun; None without one."""
    intent, values = read_payload(turn.context.no or "/")
    if intent != INTENT or values.get("resume") != NO:
        return None
    return _draft(read_payload(turn.context.yes or "/")[1].get("resume_draft"))


def _more(waits: Mapping[str, Any], turn: Turn, services: Services) -> Outcome | None:
    """Take up what is told while a question of ours waits; None where it is another matter."""
    told = brought_in(turn)
    meant = turn.intent in GOES_ON or (told and turn.intent not in GRAVE)
    if not meant or cues.ASKS.search(turn.text):
        return None
    reading = reading_of(turn, services)
    if waits and not (told or reading.bare or cues.CORRECTS.search(turn.text)):
        return None
    said = entries_in(reading, weak=not waits)
    if not said:
        return None
    resume = services.of(Resumes).of(turn.conversation)
    pending = entries_of(remembered(waits))
    new = {**pending, **changed(pending, said)}
    return ask_consent(new, turn, services, resume)


def ask_consent(
    entries: Entries, turn: Turn, services: Services, resume: Resume, *, stale: bool = False
) -> Outcome:
    """Ask the one question: what is kept, what for, how long, and how it is deleted."""
    text = _consent(entries, services)
    lead = say.STALE if stale else ""
    if turn.text and PRIVATE.search(turn.text):
        text += say.NOT_KEPT
    yes, no = yes_button(say.B_YES, entries, resume), _press(say.B_NO, NO)
    return Outcome((reply(lead + text, [yes, no]),), {"resume_offered": "1"}, yes=yes, no=no)


def ask_more(new: Entries, resume: Resume) -> Outcome:
    """Ask in one line whether what was just told goes into what is kept."""
    yes, no = yes_button(say.B_ADD, new, resume), _press(say.B_NO, NO)
    return Outcome((reply(more_question(new), [yes, no]),), yes=yes, no=no, focus=FOCUS)


def more_question(new: Entries) -> str:
    """Return that one line."""
    return say.ADD.format(what=BETWEEN.join(map(in_words, new.values())))


def yes_button(title: str, entries: Entries, resume: Resume) -> Button:
    """Return the button that keeps just this, as long as what is kept is what it was."""
    slots = {k: v for k, v in wish_of(entries).as_slots().items() if v is not None}
    draft = json.dumps(slots, ensure_ascii=False, separators=(",", ":"))
    return _press(title, YES, resume_draft=draft, seen=resume.ref)


def no_button() -> Button:
    """Return the button that keeps nothing."""
    return _press(say.B_NO, NO)


def _consent(entries: Entries, services: Services) -> str:
    groups = entries.get(GROUP, {}).get("needs")
    group = say.CONSENT_GROUP.format(group=groups) if groups else ""
    days = services.settings.keep_applications_days
    return say.CONSENT.format(what=listed(entries), days=days, group=group)


def listed(entries: Entries) -> str:
    """Return fields in one line."""
    parts = (
        say.PART.format(title=TITLES[field], value=in_words(values))
        for field, values in entries.items()
    )
    return BETWEEN.join(parts)


def _agreed(turn: Turn, services: Services, resume: Resume) -> Outcome:
    entries = entries_of(remembered(_draft(turn.value("resume_draft"))))
    if not entries:
        return _keep(turn, services, resume, {})
    if turn.value("seen") != resume.ref:
        return ask_consent(entries, turn, services, resume, stale=True)
    resumes = services.of(Resumes)
    resumes.keep(turn.conversation, entries, _consent(entries, services), turn.now)
    card = _card(resumes.of(turn.conversation), turn)
    said = reply(say.KEPT.format(what=listed(entries)), [_find(), _show()], card)
    return Outcome((said,), {"resume_offered": "1"}, focus=FOCUS)


def _draft(text: object) -> dict[str, Any]:
    """Return the slots that a button carries; {} where it carries none that could be."""
    try:
        found = json.loads(str(text)) if text else {}
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    whole: dict[str, Any] = {
        name: value for name, value in found.items() if name in SLOTS and Text(name).admits(value)
    }
    pay = found.get("salary_min")
    if isinstance(pay, int) and not isinstance(pay, bool) and 0 < pay <= MOST_PAY:
        whole["salary_min"] = pay
    else:
        whole.pop("salary_min", None)
    return whole


MOST_PAY = 10_000_000


# Shown, corrected ------------------------------------------------------------------------


def shown(resume: Resume, turn: Turn, head: str = say.SHOWN) -> Outcome:
    """Show what is kept, field by field."""
    if not resume:
        return Outcome((reply(say.NONE, [_press(say.B_MAKE, KEEP)]),))
    lines = [
        say.LINE.format(title=TITLES[field], value=in_words(entry.value))
        for field, entry in resume.entries.items()
    ]
    text = "\n".join((head, *lines, say.SHOWN_END))
    said = reply(text, [_find(), _press(say.B_DELETE, ERASE)], _card(resume, turn))
    return Outcome((said,), focus=FOCUS)


def _mended(turn: Turn, services: Services) -> Outcome | None:
    """Change or delete a field, where that is said of what is kept."""
    field = words.dropped(turn.text)
    corrects = cues.CORRECTS.search(turn.text)
    if field is None and not corrects and not brought_in(turn):
        return None
    resume = services.of(Resumes).of(turn.conversation)
    if not resume:
        return None
    if field is not None:
        return _erase(field, turn, services, resume)
    reading = reading_of(turn, services)
    new = changed(resume.values, entries_in(reading))
    if not new:
        return None
    if not corrects:
        return ask_more(new, resume) if reading.bare else None
    resumes = services.of(Resumes)
    resumes.keep(turn.conversation, new, turn.text[:LONGEST_SAID], turn.now)
    after = resumes.of(turn.conversation)
    outcome = shown(after, turn, say.CHANGED.format(what=listed(new)))
    return replace(outcome, slots=_slots_mended(new, turn))


def _slots_mended(new: Entries, turn: Turn) -> dict[str, Any]:
    """Return what the conversation's own wish becomes, where there is one: the newest counts."""
    known = {name: turn.slots.get(name) for name in SLOTS}
    if not any(known.values()):
        return {}
    slots = {k: v for k, v in wish_of(new).as_slots().items() if v is not None}
    if "needs" in slots:
        slots["needs"] = BETWEEN.join(renewed(several(known["needs"]), several(slots["needs"])))
    return slots


def _card(resume: Resume, turn: Turn) -> ProfileCard:
    return ProfileCard(
        held=tuple(
            HeldPart(
                field=TITLES[field],
                value=in_words(entry.value),
                since=entry.at.isoformat(),
                why=say.WHY.format(day=on_record(entry.at, turn.now)),
            )
            for field, entry in resume.entries.items()
        )
    )


# Deleted ---------------------------------------------------------------------------------


def _erase(field: str | None, turn: Turn, services: Services, resume: Resume) -> Outcome:
    """Ask whether to delete all or one field, and do it once that was said yes to."""
    gone = None if field is None else resume.entries.get(field)
    if not resume or (field is not None and gone is None):
        return shown(resume, turn)
    if turn.value("seen") == resume.ref:
        services.of(Resumes).forget(turn.conversation, () if field is None else (field,))
        title = TITLES.get(str(field), "")
        text = say.ERASED if field is None else say.ERASED_PART.format(title=title)
        return Outcome((reply(text, [_show()] if field else []),), {"resume_offered": "1"})
    text = say.ERASE_ASK
    if field is not None and gone is not None:
        text = say.ERASE_PART.format(title=TITLES[field], value=in_words(gone.value))
    yes = _press(say.B_YES_DELETE, ERASE, resume_field=field, seen=resume.ref)
    stays = _press(say.B_STAYS, STAY)
    return Outcome((reply(text, [yes, stays]),), yes=yes, no=stays, focus=FOCUS)


def _find() -> Button:
    return _press(say.B_FIND, FIND)


def _show() -> Button:
    return _press(say.B_SHOW, SHOW)
