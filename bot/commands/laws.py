"""Commands about the national statutes: list, bring from the data package, take away."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands import policies
from bot.commands.data import opened
from bot.commands.output import fail, say
from bot.console.permissions import Deed
from store.clock import utc_now
from store.database import Database
from store.settings import Settings

if TYPE_CHECKING:
    from knowledge.ingest import IngestResult
    from knowledge.laws.library import LawState

PATH_SIGNS = ("/", "\\", ".")
"""What a name of a file has and a law's never."""


def run_list(settings: Settings) -> None:
    """List the laws that belong to every installation, and what regulations should be added."""
    from knowledge.laws.library import laws_in_library

    with opened(settings) as database:
        states = laws_in_library(database)
        missing = _missing_regulations(database)
    for state in states:
        say("　".join((state.name, *_where(state), state.reason)).rstrip("　"))
    if missing:
        say(f"数据包里没有行政法规和规章，建议先收录：{'、'.join(missing)}。")


def run_update(settings: Settings) -> None:
    """Bring every law on the list, and those added later, to the package's state."""
    from knowledge.laws.library import bring_laws, laws_in_library

    with opened(settings) as database:
        names = [state.name for state in laws_in_library(database)]
        results = _brought(lambda: bring_laws(database, settings, names, now=utc_now()))
    told = dict.fromkeys(policies.OUTCOMES, 0)
    for result in results:
        told[result.outcome] += 1
    counts = "，".join(f"{policies.OUTCOMES[name]} {n}" for name, n in told.items() if n)
    say(f"国家法律已是数据包里的版本：{counts}。")


def run_add(settings: Settings, names: list[str]) -> None:
    """Take in laws of the package by name, also one removed before, or regulations from files."""
    paths = [Path(name) for name in names if Path(name).exists() or name.startswith(PATH_SIGNS)]
    laws = [name for name in names if Path(name) not in paths]
    if laws:
        _add_laws(settings, laws)
    if paths:
        policies.run_ingest(settings, paths, draft=False, duplicates="new-version")
        with opened(settings) as database:
            missing = _missing_regulations(database)
        if missing:
            say(f"还没有收录：{'、'.join(missing)}。")


def run_remove(settings: Settings, name: str) -> None:
    """Take a law out of search and lists; updates do not bring it back."""
    from knowledge.documents.identity import family_of
    from knowledge.laws.library import laws_in_library

    with opened(settings) as database:
        asked = family_of("statute", name)
        states = [s for s in laws_in_library(database) if family_of("statute", s.name) == asked]
    found = [one.doc_id for s in states for one in s.documents if one.status == "published"]
    if not found:
        fail(f"库里没有数据包带来的《{name}》，在库的法律见 zhida laws。")
    for doc_id in found:
        policies.run_remove(settings, doc_id)


def _add_laws(settings: Settings, names: list[str]) -> None:
    from bot.console.deeds import COMMAND, do_recorded
    from knowledge.laws.library import bring_laws
    from knowledge.sentences import REMOVED

    with opened(settings) as database:

        def bring(now: datetime) -> "list[IngestResult]":
            return _brought(lambda: bring_laws(database, settings, names, now=now))

        results = do_recorded(
            *(database, COMMAND, Deed.UPLOAD, "documents", bring), details={"laws": len(names)}
        )
    for result in results:
        if result.reason == REMOVED and result.doc_id:
            policies.run_publish(settings, result.doc_id)
        else:
            outcome = policies.OUTCOMES[result.outcome]
            say("　".join((outcome, result.doc_id or "", result.reason or "")).rstrip("　"))


def _brought(work: "Callable[[], list[IngestResult]]") -> "list[IngestResult]":
    """Do ``work`` with the package; fail in one line where it cannot be had or lacks a law."""
    from knowledge.laws.library import UnknownLaw
    from store.packaged import PackageUnavailable

    try:
        return work()
    except PackageUnavailable as error:
        fail(str(error))
    except UnknownLaw as error:
        fail(f"数据包里没有现行的《{error}》；行政法规和地方文件请用 zhida ingest 收录。")


def _where(state: "LawState") -> list[str]:
    """Return id, version and validity of the newest stored version."""
    if not state.documents:
        return ["未收录"]
    newest = state.documents[0]
    standing = policies.STATUS[newest.status] or policies.validity_badge(newest)
    return [newest.doc_id, f"{newest.issued_on or '日期不详'} 版", standing]


def _missing_regulations(database: Database) -> tuple[str, ...]:
    from knowledge.answering.regulations import missing_regulations
    from knowledge.documents.repository import list_documents

    return missing_regulations((one.title for one in list_documents(database)), first=True)
