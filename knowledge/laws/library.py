"""The national statutes in the library: which there are, and bringing them from the package."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.documents.identity import family_of
from knowledge.documents.repository import Document, list_documents
from knowledge.documents.versions import PACKAGED
from knowledge.ingest import IngestResult, take_in
from knowledge.laws.catalogue import listed_law, listed_laws
from knowledge.laws.package import LAWS, VERSION, opened_laws, versions_of
from knowledge.laws.reading import law_document
from language.places import NATIONAL
from store.database import Database
from store.errors import ZhidaError
from store.settings import Settings

SOURCE = f"{PACKAGED}{LAWS.package}=={VERSION}"
_REPUBLIC = "中华人民共和国"


class UnknownLaw(ZhidaError):
    """The package has no law of this name in force."""

    code = "unknown_law"


@dataclass(frozen=True)
class LawState:
    """A law by its short name with its stored versions, newest first; why it is on the list."""

    name: str
    reason: str
    documents: tuple[Document, ...]


def laws_in_library(database: Database) -> list[LawState]:
    """Return the listed laws and then the others that came from the package."""
    stored: dict[str, list[Document]] = {}
    for one in list_documents(database, removed=True):
        if one.kind == "statute" and one.region == NATIONAL:
            stored.setdefault(family_of("statute", one.title), []).append(one)
    names = [law.name for law in listed_laws()]
    known = {family_of("statute", name) for name in names}
    names += [
        documents[0].title.removeprefix(_REPUBLIC)
        for family, documents in stored.items()
        if family not in known and any(one.source.startswith(PACKAGED) for one in documents)
    ]
    return [
        LawState(name, listed_law(name).reason, tuple(stored.get(family_of("statute", name), ())))
        for name in names
    ]


def bring_laws(
    database: Database, settings: Settings, names: Sequence[str], *, now: datetime
) -> list[IngestResult]:
    """Add the laws called ``names``, each in all versions that the package has; repeatable.

    Text that somebody else took in stays, and so does what was removed. Raises UnknownLaw, and
    PackageUnavailable where the package cannot be had.
    """
    documents = []
    with opened_laws(LAWS.fetch(settings.cache)) as package:
        for name in names:
            versions = versions_of(package, name)
            if not versions:
                raise UnknownLaw(name)
            listed = listed_law(name.removeprefix(_REPUBLIC))
            documents += [law_document(law, listed) for law in versions]
    return take_in(database, settings, documents, SOURCE, now=now)
