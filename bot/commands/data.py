"""Commands about what is stored: schema, policies, accounts, transcripts."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say
from bot.supervision.preflight import NotReady, check_database
from store.clock import SHANGHAI, to_shanghai, utc_now
from store.database import Database
from store.settings import Settings

IN_FORCE = {True: "现行", False: "失效", None: "限特定时期"}
"""None: the document is bound to an occasion, and nobody has said that it is over."""


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Yield the database, which must be at the newest schema."""
    try:
        check_database(settings)
    except NotReady as error:
        fail(str(error))
    database = Database(settings.database)
    try:
        yield database
    finally:
        database.close()


def run_migrate(settings: Settings, *, demo: bool) -> None:
    """Bring the schema up to date and store what the project brings along."""
    from knowledge.ingest import ensure_digests
    from store.migrate import upgrade

    settings.var_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    try:
        upgrade(database)
        say("数据库的表已是最新。")
        ensure_digests(database, settings, now=utc_now())
        say("自带的政策摘要已就绪。")
        if demo:
            from actions.demo import seed_demo

            seed_demo(database, now=utc_now())
            say("演示数据（岗位、大厅、窗口）已就绪，均标明「示例」。")
    except SQLAlchemyError as error:
        fail(f"数据库出错：{getattr(error, 'orig', error)}")
    finally:
        database.close()


def run_ingest(settings: Settings, paths: list[Path]) -> None:
    """Add documents; exit 1 when any file failed."""
    from knowledge.ingest import ingest

    names = {"added": "收录", "replaced": "更新", "skipped": "未变", "failed": "失败"}
    with opened(settings) as database:
        results = ingest(database, settings, paths, now=utc_now())
    for result in results:
        columns = (names[result.outcome], result.path, result.doc_id or "", result.reason or "")
        say("　".join(map(str, columns)).rstrip())
    failed = sum(result.outcome == "failed" for result in results)
    if failed:
        fail(f"{failed} 个文件没有收录，原因见上。")
    if not results:
        fail("没有找到可以收录的文件。")


def run_policies(settings: Settings, *, as_json: bool) -> None:
    """List all documents."""
    from knowledge.documents import list_documents

    with opened(settings) as database:
        documents = list_documents(database)
    if as_json:
        print_json({"documents": [_card(document) for document in documents]})
        return
    for document in documents:
        columns = (
            document.doc_id,
            document.issued_on or "日期不详",
            document.region_name,
            IN_FORCE[document.in_force],
            document.title,
            document.doc_no or "",
        )
        say("　".join(map(str, columns)).rstrip())


def _card(document: Any) -> dict[str, Any]:
    names = ("doc_id", "title", "doc_no", "issuer", "region", "issued_on", "kind", "in_force")
    return {name: getattr(document, name) for name in names}


def run_policy_show(settings: Settings, doc_id: str) -> None:
    """Print one document."""
    from knowledge.documents import get_document

    with opened(settings) as database:
        document = get_document(database, doc_id)
    if document is None:
        fail(f"没有编号为 {doc_id} 的政策文件。")
    for name, value in _card(document).items():
        say(f"{name}: {value}")
    say("")
    say(document.text)


def run_policy_expire(settings: Settings, doc_id: str, on: str) -> None:
    """Mark one document as no longer in force."""
    from knowledge.documents import expire_document, get_document

    try:
        day = date.fromisoformat(on) if on else utc_now().astimezone(SHANGHAI).date()
    except ValueError:
        fail("日期要写成 YYYY-MM-DD。")
    with opened(settings) as database:
        if get_document(database, doc_id) is None:
            fail(f"没有编号为 {doc_id} 的政策文件。")
        expire_document(database, doc_id, on=day)
    say(f"{doc_id} 自 {day} 起标为失效。")


def run_staff_add(settings: Settings, name: str, password: str) -> None:
    """Create a staff account."""
    from bot.console.accounts import AccountError, add_staff

    with opened(settings) as database:
        try:
            add_staff(database, name, password, now=utc_now())
        except AccountError as error:
            fail(str(error))
    say(f"账号 {name} 已建立，可登录 {settings.web_url}/console")


def run_export_transcripts(settings: Settings, out: Path) -> None:
    """Write every line of every conversation as JSON Lines."""
    with opened(settings) as database:
        if str(out) == "-":
            for line in _transcript_lines(database):
                sys.stdout.write(line)
            return
        with out.open("w", encoding="utf-8") as file:
            count = sum(1 for line in _transcript_lines(database) if file.write(line))
    say(f"已写出 {count} 行到 {out}")


def _transcript_lines(database: Database) -> Iterator[str]:
    from bot.pipeline.transcripts import list_conversations, transcript

    offset = 0
    while page := list_conversations(database, limit=200, offset=offset):
        offset += len(page)
        for card in page:
            for line in transcript(database, card.id, limit=sys.maxsize):
                row = {
                    "conversation": card.id,
                    "at": to_shanghai(line.at).isoformat(),
                    "author": line.author,
                    "staff_name": line.staff_name,
                    "text": line.text,
                    "buttons": line.buttons,
                    "data": line.data,
                    "nlu": line.nlu,
                }
                yield json.dumps(row, ensure_ascii=False) + "\n"
