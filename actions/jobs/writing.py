"""Writing postings: new ones, changed ones, other states; each within the caller's transaction."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from actions.jobs.conditions import facts_of, packed
from actions.jobs.life import DRAFT, check_move
from actions.jobs.matching.employers import facts_of_employer
from actions.jobs.matching.groups import groups_in
from actions.jobs.records import NewPosting
from actions.jobs.tables import (
    EmployerRow,
    GigRow,
    JobTitleRow,
    PostingChangeRow,
    PostingFeedRow,
    PostingRow,
)
from language.personal import Personal, find_personal
from store.vault import placeholders
from store.vault.vault import Vault

BETWEEN = "、"
_ASKED = 500  # values in one statement


def next_revision(session: Session) -> int:
    """Count the feed up and return its number; other writers wait until this one commits."""
    counted = (
        update(PostingFeedRow)
        .values(revision=PostingFeedRow.revision + 1)
        .returning(PostingFeedRow.revision)
    )
    return session.scalars(counted).one()


def vault_key(code: str) -> str:
    """Return under what the vault keeps the numbers of a posting."""
    return f"posting:{code}"


def content_hash(posting: NewPosting) -> str:
    """Return what is equal for the same posting handed in again, whatever its number and days."""
    said = (
        *(posting.employer, posting.title, posting.city, posting.district or "", posting.street),
        *(posting.salary_text, posting.kind, "".join(posting.description.split())),
    )
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class Handed:
    """A posting to add: under which id, in which state, and why it is in it."""

    posting: NewPosting
    code: str
    status: str
    why: str


@dataclass(frozen=True)
class Added:
    """A posting that was added; ``repost_of`` is the earlier one that says the same."""

    id: int
    code: str
    status: str
    repost_of: int | None


class Writer:
    """Writes postings of one transaction, all under one revision.

    ``vault`` keeps numbers of persons; without one only their mask is left.
    """

    def __init__(self, session: Session, vault: Vault | None, now: datetime) -> None:
        self._session, self._vault, self._now = session, vault, now
        self._revision = next_revision(session)
        self._employers: dict[str, EmployerRow] = {}
        self._titles: set[str] = set()

    def add(self, new: Sequence[Handed], *, who: str) -> list[Added]:
        """Add postings, and their employers and titles where they are new."""
        if not new:
            return []
        self._prefetch([each.posting for each in new])
        rows = [
            {"code": each.code, "status": each.status, **self._values(each.code, each.posting)}
            for each in new
        ]
        self._mark_reposts(rows)
        self._session.execute(insert(PostingRow), rows)
        ids = self._ids_of([each.code for each in new])
        for each in new:
            self._set_gig(ids[each.code], each.posting)
        changes = [self._change(ids[each.code], DRAFT, each.status, who, each.why) for each in new]
        self._session.execute(insert(PostingChangeRow), changes)
        return [
            Added(ids[each.code], each.code, each.status, row["repost_of"])
            for each, row in zip(new, rows, strict=True)
        ]

    def _ids_of(self, codes: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for some in _portions(codes):
            named = select(PostingRow.code, PostingRow.id).where(PostingRow.code.in_(some))
            found.update((code, number) for code, number in self._session.execute(named))
        return found

    def replace(self, row: PostingRow, posting: NewPosting) -> None:
        """Give a posting other words; its state is the caller's business."""
        for name, value in self._values(row.code, posting).items():
            setattr(row, name, value)
        self._set_gig(row.id, posting)

    def move(self, row: PostingRow, to: str, *, who: str, why: str) -> None:
        """Give a posting another state; raises NoSuchMove."""
        check_move(row.status, to)
        change = self._change(row.id, row.status, to, who, why)
        self._session.execute(insert(PostingChangeRow), [change])
        row.status, row.changed_at, row.revision = to, self._now, self._revision

    def _prefetch(self, postings: Sequence[NewPosting]) -> None:
        for some in _portions({posting.employer for posting in postings}):
            for row in self._session.scalars(select(EmployerRow).where(EmployerRow.name.in_(some))):
                self._employers[row.name] = row
        new = {one.employer: one for one in postings if one.employer not in self._employers}
        made = [
            EmployerRow(name=name, is_demo=one.is_demo, kind="", size="")
            for name, one in new.items()
        ]
        self._session.add_all(made)
        self._session.flush()
        self._employers.update((row.name, row) for row in made)
        self._name(title for posting in postings for title in titles_of(posting))

    def _name(self, titles: Iterable[str]) -> None:
        """Add the titles that are nowhere yet, for a reader of titles to come."""
        for some in _portions({title for title in titles if title not in self._titles}):
            known = select(JobTitleRow.text).where(JobTitleRow.text.in_(some))
            there = set(self._session.scalars(known))
            new = [{"text": text, "read_by": ""} for text in some if text not in there]
            if new:
                self._session.execute(insert(JobTitleRow), new)
            self._titles.update(some)

    def _values(self, code: str, posting: NewPosting) -> dict[str, Any]:
        """Return what the row of a posting holds, but for its state."""
        self._name(titles_of(posting))
        return {
            "employer_id": self._employer(posting).id,
            **{name: getattr(posting, name) for name in _PLAIN},
            **{name: getattr(posting, name)[:length] for name, length in _CUT.items()},
            "benefits": BETWEEN.join(posting.benefits)[:300],
            "tags": BETWEEN.join(posting.tags)[:400],
            "places": " ".join(posting.places)[:200],
            "facts": packed(_facts(posting)),
            "content_hash": content_hash(posting),
            "description": self._hidden(code, posting.description),
            "contact": self._hidden(code, posting.contact)[:200],
            "changed_at": self._now,
            "revision": self._revision,
        }

    def _employer(self, posting: NewPosting) -> EmployerRow:
        row = self._employers.get(posting.employer)
        if row is None:
            named = select(EmployerRow).where(EmployerRow.name == posting.employer)
            row = self._session.scalar(named)
        if row is None:
            row = EmployerRow(name=posting.employer, is_demo=posting.is_demo, kind="", size="")
            self._session.add(row)
        row.kind = posting.employer_kind[:30] or row.kind
        row.size = posting.employer_size[:30] or row.size
        if row.id is None:
            self._session.flush()
        self._employers[posting.employer] = row
        return row

    def _mark_reposts(self, rows: Sequence[dict[str, Any]]) -> None:
        """Say of which earlier posting each is the same again, in the database."""
        first: dict[str, int] = {}
        for some in _portions({row["content_hash"] for row in rows}):
            known = (
                select(PostingRow.content_hash, func.min(PostingRow.id))
                .where(PostingRow.content_hash.in_(some), PostingRow.repost_of.is_(None))
                .group_by(PostingRow.content_hash)
            )
            first.update((same, one) for same, one in self._session.execute(known))
        for row in rows:
            row["repost_of"] = first.get(row["content_hash"])

    def _hidden(self, code: str, text: str) -> str:
        found = find_personal(text)
        if not found:
            return placeholders.disarmed(text, lambda _: False)
        if self._vault is None:
            return _masked(text, found)
        key = vault_key(code)
        return self._vault.hide(self._session, key, text, found, self._now).text

    def _set_gig(self, number: int, posting: NewPosting) -> None:
        if posting.gig is not None:
            self._session.merge(GigRow(posting_id=number, **vars(posting.gig)))

    def _change(self, number: int, was: str, became: str, who: str, why: str) -> dict[str, object]:
        states = {"was": was, "became": became}
        return {"posting_id": number, "at": self._now, "who": who[:100], "why": why[:400]} | states


_PLAIN = (
    *("trade", "city", "district", "salary_min", "salary_max", "headcount", "published_on"),
    *("expires_on", "kind", "is_demo", "pay_unit", "pay_months", "education", "experience_min"),
    *("experience_max", "urgent", "remote_interview"),
)
_CUT = {
    "title": 100,
    "category": 60,
    "street": 40,
    "salary_text": 60,
    "employment": 10,
    "contract": 30,
    "source": 60,
    "source_key": 80,
}


def titles_of(posting: NewPosting) -> tuple[str, ...]:
    """Return what of a posting names its work."""
    return tuple(filter(None, (posting.title[:100], posting.category[:60], posting.trade)))


def _portions(values: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    for at in range(0, len(ordered), _ASKED):
        yield ordered[at : at + _ASKED]


def _facts(posting: NewPosting) -> list[str]:
    head = (posting.title, posting.category, posting.employer, *posting.tags)
    said = (posting.description, *posting.benefits, posting.contract)
    facts = [posting.employment] if posting.employment else []
    facts += facts_of_employer(posting.employer, posting.employer_kind, posting.employer_size)
    facts += facts_of("；".join(said), "；".join(head))
    return [*facts, *groups_in("；".join((posting.title, *said)))]


def _masked(text: str, found: Sequence[Personal]) -> str:
    for one in reversed(found):
        text = text[: one.start] + placeholders.masked(one.kind, one.value) + text[one.end :]
    return text
