"""How documents stand to each other: which supersedes which, which implements which.

All stated links are found anew from all published documents, so that the order in which
documents arrive, change and leave makes no difference. Links set by staff stay as they are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from knowledge.documents.identity import family_of, folded
from knowledge.documents.tables import PolicyDocument, PolicyLink
from knowledge.parsing.shapes import DOC_NO_FORM
from language.places import NATIONAL, UNKNOWN, covers

_NUMBER = re.compile(DOC_NO_FORM)
OPENING = 1500  # characters in which a document names what it carries out
_NAMED = re.compile(rf"《((?:[^《》]|《[^《》]*》){{4,150}})》|({DOC_NO_FORM})")
_CARRIES_OUT = re.compile(
    r"(?:实施|贯彻(?:落实|执行)?|执行)[《〈<]?(.{2,40}?)[》〉>]?(?:的?(?:若干)?(?:办法|细则|规定|意见)|$)"
)


@dataclass(frozen=True)
class Linked:
    """What links need to know of a document; ``opening`` is how a local one's text begins."""

    id: str
    kind: str
    title: str
    doc_no: str
    region: str
    family: str
    issued_on: date | None
    effective_on: date | None
    replaces: tuple[str, ...] = ()
    opening: str = ""

    @property
    def holds_from(self) -> date | None:
        """The first day on which the text in hand holds.

        An amended statute still names its first version's day of force: the later day counts.
        """
        days = [day for day in (self.issued_on, self.effective_on) if day is not None]
        return max(days, default=None)


@dataclass(frozen=True)
class Stated:
    """``document_id`` supersedes or implements ``other_id``, as ``stated_by`` says."""

    document_id: str
    other_id: str
    relation: str
    stated_by: str


def stated_links(documents: Sequence[Linked]) -> set[Stated]:
    """Return the links that titles and texts state; the order of ``documents`` is no matter."""
    names = _Names(documents)
    found = {(one.document_id, one.other_id, one.relation): one for one in _versions(documents)}
    for one in (*_repeals(documents, names), *_carried_out(documents, names)):
        found.setdefault((one.document_id, one.other_id, one.relation), one)
    return set(found.values())


def refresh_links(session: Session) -> None:
    """Bring links and what follows from them to the state of the documents."""
    documents = {row.id: row for row in _published(session)}
    wanted = stated_links(list(documents.values()))
    session.execute(delete(PolicyLink).where(PolicyLink.stated_by != "staff"))
    kept = session.scalars(select(PolicyLink)).all()
    by_staff = {(link.document_id, link.other_id, link.relation) for link in kept}
    session.add_all(
        PolicyLink(
            document_id=one.document_id,
            other_id=one.other_id,
            relation=one.relation,
            stated_by=one.stated_by,
        )
        for one in sorted(wanted, key=lambda one: (one.document_id, one.other_id))
        if (one.document_id, one.other_id, one.relation) not in by_staff
    )
    pairs = {(one.document_id, one.other_id) for one in wanted if one.relation == "supersedes"}
    pairs |= {(newer, older) for newer, older, relation in by_staff if relation == "supersedes"}
    _mark_superseded(session, pairs, documents)


def _mark_superseded(
    session: Session, pairs: set[tuple[str, str]], documents: dict[str, Linked]
) -> None:
    """Write when and by what each document is superseded; the first to do so counts."""
    first: dict[str, tuple[date, str]] = {}
    for newer, older in pairs:
        if newer not in documents or older not in documents:
            continue
        since = documents[newer].holds_from
        if since is not None:
            first[older] = min(first.get(older, (date.max, "")), (since, newer))
    marked = PolicyDocument.superseded_by.is_not(None)
    ids = {*session.scalars(select(PolicyDocument.id).where(marked)), *first}
    for doc_id in sorted(ids):
        row = session.get(PolicyDocument, doc_id)
        if row is None:
            continue
        since_, by = first.get(doc_id, (None, None))
        if (row.superseded_on, row.superseded_by) != (since_, by):
            row.superseded_on, row.superseded_by = since_, by
            row.revision += 1


def _published(session: Session) -> Iterator[Linked]:
    columns = (
        PolicyDocument.id,
        PolicyDocument.kind,
        PolicyDocument.title,
        PolicyDocument.doc_no,
        PolicyDocument.region,
        PolicyDocument.family,
        PolicyDocument.issued_on,
        PolicyDocument.effective_on,
        PolicyDocument.replaces,
    )
    published = PolicyDocument.status == "published"
    local = PolicyDocument.region.not_in((NATIONAL, UNKNOWN)) & (PolicyDocument.kind != "guide")
    opening = func.substr(PolicyDocument.text, 1, OPENING)
    begun = session.execute(select(PolicyDocument.id, opening).where(published, local))
    openings = {row[0]: row[1] for row in begun}
    for row in session.execute(select(*columns).where(published)):
        values = row._asdict()
        values["replaces"] = tuple(values["replaces"])
        yield Linked(**values, opening=openings.get(row.id, ""))


class _Names:
    """Documents by what other documents call them: number, title, a statute's family."""

    def __init__(self, documents: Iterable[Linked]) -> None:
        self._known: dict[str, list[Linked]] = defaultdict(list)
        for one in documents:
            if one.kind == "guide":
                continue
            for name in {folded(one.doc_no), folded(one.title), one.family} - {""}:
                self._known[name].append(one)

    def find(self, name: str) -> list[Linked]:
        """Return the documents that ``name``, a title or a number, means."""
        key = folded(name)
        if _NUMBER.fullmatch(name):  # what stands before a number in a sentence is taken with it
            tails = (key[at:] for at in range(len(key)))
            return next((self._known[tail] for tail in tails if tail in self._known), [])
        return self._known.get(key) or self._known.get(family_of("statute", name), [])


def _versions(documents: Iterable[Linked]) -> Iterator[Stated]:
    """Yield, for the versions of a statute, that each supersedes the one before it."""
    families: dict[tuple[str, str], list[tuple[date, str]]] = defaultdict(list)
    for one in documents:
        # The version's own day: when it came into force the text often does not say.
        day = one.issued_on or one.effective_on
        if one.family and day is not None:
            families[one.family, one.region].append((day, one.id))
    for versions in families.values():
        for (before, older), (after, newer) in pairwise(sorted(versions)):
            if before < after:
                yield Stated(newer, older, "supersedes", "title")


def _repeals(documents: Iterable[Linked], names: _Names) -> Iterator[Stated]:
    """Yield what documents say that they repeal, where it is older and of their region."""
    for one in documents:
        for name in one.replaces:
            for other in names.find(name):
                if covers(one.region, other.region) and _older(other, one):
                    yield Stated(one.id, other.id, "supersedes", "text")


def _carried_out(documents: Iterable[Linked], names: _Names) -> Iterator[Stated]:
    """Yield which national rule a local one says, in its title or opening, to carry out."""
    for one in documents:
        if one.kind == "guide" or one.region in (NATIONAL, UNKNOWN):
            continue
        in_title = [found[1] for found in _CARRIES_OUT.finditer(one.title)]
        in_text = [found[1] or found[2] for found in _NAMED.finditer(one.opening)]
        for stated_by, named in (("title", in_title), ("text", in_text)):
            for name in named:
                newest = max(
                    (other for other in names.find(name) if other.region == NATIONAL),
                    key=lambda other: (other.holds_from or date.min, other.id),
                    default=None,
                )
                if newest is not None:
                    yield Stated(one.id, newest.id, "implements", stated_by)


def _older(other: Linked, one: Linked) -> bool:
    if other.id == one.id:
        return False
    if other.holds_from is None or one.holds_from is None:
        return True
    return other.holds_from < one.holds_from
