"""Commands about policy documents: take in, list, show, correct, publish, retire, teach."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.data import opened
from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say
from bot.console.permissions import Deed
from store.clock import to_shanghai, utc_now
from store.database import Database
from store.settings import Settings

if TYPE_CHECKING:
    from knowledge.documents.repository import Document

STATUS = {"draft": "草稿", "published": "", "removed": "已移除"}
OUTCOMES = {"added": "收录", "replaced": "更新", "skipped": "跳过", "failed": "失败"}
DRAFT_OUTCOMES = OUTCOMES | {"added": "草稿", "replaced": "新版草稿"}
GUESSED_TITLE = "（标题为推定）"
LINE_EVERY = 50  # files
CARD = (
    "doc_id",
    "title",
    "doc_no",
    "issuer",
    "addressees",
    "region",
    "issued_on",
    "kind",
    "occasion",
    "in_force",
    "validity",
    "status",
    "effective_on",
    "expired_on",
    "superseded_by",
)


def run_ingest(settings: Settings, paths: list[Path], *, draft: bool, duplicates: str) -> None:
    """Add documents; exit 1 when any file failed."""
    from bot.console.deeds import COMMAND, do_recorded
    from knowledge.ingest import DuplicatePolicy, IngestResult, ingest

    with opened(settings) as database, _progress() as progress:

        def take_in(now: datetime) -> list[IngestResult]:
            return ingest(
                database,
                settings,
                paths,
                now=now,
                progress=progress,
                draft=draft,
                duplicates=DuplicatePolicy(duplicates),
            )

        results = do_recorded(
            *(database, COMMAND, Deed.UPLOAD, "documents", take_in),
            details={"paths": len(paths), "draft": draft},
        )
    outcomes = DRAFT_OUTCOMES if draft else OUTCOMES
    for result in results:
        columns = (outcomes[result.outcome], result.path, result.doc_id or "", result.reason or "")
        say("　".join(map(str, columns)).rstrip())
    failed = sum(result.outcome == "failed" for result in results)
    if failed:
        fail(f"{failed} 个文件没有收录，原因见上。")
    if not results:
        fail("没有找到可以收录的文件。")
    if draft:
        say("新收录的是草稿，核对后用 zhida policies publish 编号 发布。")


def run_list(settings: Settings, *, everything: bool, as_json: bool) -> None:
    """List the published documents; ``everything`` adds drafts and removed ones."""
    from knowledge.documents.repository import list_documents

    with opened(settings) as database:
        documents = list_documents(database, drafts=everything, removed=everything)
    if as_json:
        print_json({"documents": [_card(document) for document in documents]})
        return
    for document in documents:
        columns = (
            document.doc_id,
            document.issued_on or "日期不详",
            document.region_name,
            STATUS[document.status] or validity_badge(document),
            document.title + (GUESSED_TITLE if "title" in document.guessed else ""),
            document.doc_no,
        )
        say("　".join(map(str, columns)).rstrip())


def run_show(settings: Settings, doc_id: str) -> None:
    """Print one document with its particulars, links and text."""
    from knowledge.documents.editing import replaces

    with opened(settings) as database:
        document = _find(database, doc_id)
        older = replaces(database, doc_id)
    for name, value in _card(document).items():
        say(f"{name}: {'' if value is None else value}")
    if older is not None:
        say(f"发布后成为 {older} 的新版本")
    for link in document.links:
        arrow = "→" if link.direction == "to" else "←"
        say(f"{link.relation} {arrow} {link.doc_id} {link.title}")
    say("")
    say(document.text)


def run_correct(settings: Settings, doc_id: str, assignments: list[str]) -> None:
    """Set particulars given as ``name=value``; an empty date is none."""
    from knowledge.documents.editing import correct_document

    changes = dict(map(_assignment, assignments))
    _change(
        *(settings, Deed.CORRECT, doc_id),
        lambda database, now: correct_document(database, doc_id, changes, now=now),
        fields=sorted(changes),
    )
    say(f"{doc_id} 已更正：{'、'.join(changes)}")


def run_publish(settings: Settings, doc_id: str) -> None:
    """Publish a draft, or a removed document anew."""
    from knowledge.documents.editing import publish_document

    public = _change(
        *(settings, Deed.PUBLISH, doc_id),
        lambda database, now: publish_document(database, doc_id, now=now),
    )
    say(f"{public} 已发布：{settings.web_url}/policies/{public}")


def run_expire(settings: Settings, doc_id: str, on: str) -> None:
    """Mark one document as no longer in force."""
    from knowledge.documents.editing import expire_document

    day = _day(on) if on else to_shanghai(utc_now()).date()
    _change(
        *(settings, Deed.EXPIRE, doc_id),
        lambda database, now: expire_document(database, doc_id, on=day, now=now),
        on=day.isoformat(),
    )
    say(f"{doc_id} 自 {day} 起标为失效。")


def run_remove(settings: Settings, doc_id: str) -> None:
    """Take one document out of search and lists."""
    from knowledge.documents.editing import remove_document

    _change(
        *(settings, Deed.REMOVE, doc_id),
        lambda database, now: remove_document(database, doc_id, now=now),
    )
    say(f"{doc_id} 已移除，不再检索和展示；需要时可以重新发布。")


def run_supersede(settings: Settings, doc_id: str, older: str) -> None:
    """Say that one document supersedes another."""
    from knowledge.documents.editing import link_documents

    _change(
        *(settings, Deed.SUPERSEDE, doc_id),
        lambda database, now: link_documents(database, doc_id, older, "supersedes", now=now),
        older=older,
    )
    say(f"已记下：{doc_id} 取代 {older}。")


def run_asks(settings: Settings, doc_id: str) -> None:
    """List the ways people ask for each section of a document."""
    from knowledge.documents.sample_questions import (
        known_by,
        shipped_sample_questions,
        staff_sample_questions,
    )

    with opened(settings) as database:
        document = _find(database, doc_id)
        keys = known_by(document.kind, document.doc_no, document.title)
        own = staff_sample_questions(database, key=keys[0])
    for unit in document.units:
        shipped = [
            a.text
            for a in shipped_sample_questions()
            if a.doc_key in keys and unit.key in a.sections
        ]
        added = [f"{ask.text}（{ask.added_by} 添加）" for ask in own if unit.key in ask.sections]
        if shipped or added:
            say(f"{unit.key}　{unit.section}")
            for text in (*shipped, *added):
                say(f"　　{text}")


def run_ask(settings: Settings, doc_id: str, section: str, text: str) -> None:
    """Add a way of asking for a section."""
    from bot.console.deeds import COMMAND, do_recorded
    from knowledge.documents.sample_questions import SampleQuestionRefused, add_sample_question
    from knowledge.index.builder import rebuild_index

    def add(now: datetime) -> None:
        add_sample_question(database, doc_id, section, text, by="命令行", now=now)

    with opened(settings) as database:
        try:
            do_recorded(
                *(database, COMMAND, Deed.ADD_ASK, _subject(doc_id), add),
                details={"section": section},
            )
        except SampleQuestionRefused as refused:
            reasons = {
                "empty": "问法不能为空。",
                "too_long": "问法太长。",
                "unknown_document": f"没有编号为 {doc_id} 的政策文件。",
                "unknown_section": f"文件里没有 {section} 这一节，各节编号见 zhida policies asks。",
            }
            fail(reasons[refused.code])
        rebuild_index(database, settings, soon=True)
    say(f"已添加到 {doc_id} 的 {section}。")


def _change(
    settings: Settings,
    deed: Deed,
    doc_id: str,
    work: Callable[[Database, datetime], Any],
    **details: Any,
) -> Any:
    """Do one piece of editing, recorded, and bring it to the answers; fail with its reason."""
    from bot.console.deeds import COMMAND, do_recorded
    from knowledge.documents.editable_fields import DocumentError
    from knowledge.documents.editing import UnknownDocument
    from knowledge.index.builder import rebuild_index
    from knowledge.sentences import DOCUMENT_ERRORS

    with opened(settings) as database:
        try:
            done = do_recorded(
                *(database, COMMAND, deed, _subject(doc_id), partial(work, database)),
                details=details,
            )
        except UnknownDocument as unknown:
            fail(f"没有编号为 {unknown} 的政策文件。")
        except DocumentError as error:
            fail(DOCUMENT_ERRORS[error.code].format(name=error.name))
        rebuild_index(database, settings, soon=True)
    return done


def _subject(doc_id: str) -> str:
    return f"document:{doc_id}"


def _find(database: Database, doc_id: str) -> "Document":
    from knowledge.documents.repository import get_document

    document = get_document(database, doc_id)
    if document is None:
        fail(f"没有编号为 {doc_id} 的政策文件。")
    return document


def validity_badge(document: "Document") -> str:
    """Return how a list says whether a document holds."""
    from knowledge.documents.validity import told_validity
    from knowledge.sentences import VALIDITY

    return VALIDITY[told_validity(document.validity, document.occasion)].badge


def _card(document: "Document") -> Mapping[str, Any]:
    return {name: getattr(document, name) for name in CARD}


def _assignment(written: str) -> tuple[str, object]:
    from knowledge.documents.editable_fields import DATES, EDITABLE_FIELDS
    from language.places import to_code

    name, sign, value = written.partition("=")
    if not sign:
        fail(f"要写成 名称=值，例如 issued_on=2022-03-28，而不是 {written}", 2)
    if name not in EDITABLE_FIELDS:
        fail(f"没有「{name}」这一项，可以更正：{'、'.join(sorted(EDITABLE_FIELDS))}", 2)
    if name in DATES:
        return name, _day(value) if value else None
    if name == "region":
        return name, to_code(value) or value
    return name, value


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        fail(f"日期要写成 YYYY-MM-DD，而不是 {written}", 2)


@contextmanager
def _progress() -> Iterator[Callable[[int, int, Path], None]]:
    """Yield a progress callback: a bar on a terminal, elsewhere a line now and then."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _tell
        return
    # The names last: they are of many lengths, and the bar should stand still.
    columns = (BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("读取文件", total=None)

        def show(done: int, total: int, path: Path) -> None:
            # After the last file the index is written, which takes as long again.
            if done == total:
                bar.reset(task, total=None, description="更新检索")
            else:
                bar.update(task, completed=done, total=total, description=path.name[:30])

        yield show


def _tell(done: int, total: int, _path: Path) -> None:
    if done == total or done % LINE_EVERY == 0:
        say(f"已读取 {done}/{total} 个文件" + ("，正在更新检索" if done == total else ""))
