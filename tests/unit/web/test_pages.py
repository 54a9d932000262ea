"""The public pages over HTTP, with two documents in the library."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.web import router
from bot.web.assets import FOLDER, Assets
from knowledge.documents.repository import document_url, get_document, list_documents
from knowledge.documents.tables import PolicyDocument, PolicyUnit
from knowledge.parsing.sections import split_units
from store.database import Database
from store.settings import Settings

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


TEXT = """关于做好招聘服务的通知
各有关单位：
现将有关事项通知如下。
一、线下招聘会应当提前报告。主办单位提前二十日报告。
二、招聘信息应当真实、合法。不得含有歧视性内容 <b>&amp;</b>。
"""


def store(database: Database, doc_id: str, title: str, status: str = "published") -> None:
    """Put a document where the library reads it."""
    row = PolicyDocument(
        id=doc_id,
        version=1,
        kind="notice",
        status=status,
        title=title,
        doc_no="某人社〔2026〕1号",
        issuer="某局",
        region="100000",
        issued_on=date(2026, 1, 5),
        occasion="",
        guessed=[],
        text=TEXT,
        source=doc_id,
        content_hash=doc_id,
        added_at=NOW,
        updated_at=NOW,
    )
    row.units = [
        PolicyUnit(
            number=number,
            kind=unit.kind,
            key=unit.key,
            path=list(unit.path),
            start=unit.start,
            end=unit.end,
        )
        for number, unit in enumerate(split_units(TEXT), 1)
    ]
    with database.write() as session:
        session.add(row)
        session.commit()


@pytest.fixture
def client(sqlite_database: Database, tmp_path: Path) -> Iterator[TestClient]:
    store(sqlite_database, "one", "关于做好招聘服务的通知")
    store(sqlite_database, "two", "另一份通知")
    store(sqlite_database, "draft", "一份草稿", "draft")
    store(sqlite_database, "gone", "一份移除的通知", "removed")
    app = FastAPI()
    app.include_router(router(sqlite_database, Settings(var_dir=tmp_path)))
    with TestClient(app) as client:
        yield client


def test_every_document_is_listed_and_opens(client: TestClient, sqlite_database: Database) -> None:
    listing = client.get("/policies").text
    documents = list_documents(sqlite_database)
    assert len(documents) == 2
    for document in documents:
        assert f'href="/policies/{document.doc_id}"' in listing
        page = client.get(f"/policies/{document.doc_id}")
        assert page.status_code == 200
        assert document.title in page.text


def test_a_citation_opens_at_its_words(client: TestClient, sqlite_database: Database) -> None:
    first = list_documents(sqlite_database)[0]
    document = get_document(sqlite_database, first.doc_id)
    assert document is not None
    unit = document.units[-1]
    words = document.text[unit.start : unit.end].strip()[:12]
    page = client.get(document_url(document.doc_id, quote=words, unit=unit.number)).text
    assert f'id="{unit.anchor}"' in page
    assert "".join(re.findall("<mark>(.*?)</mark>", page)) == words
    assert "没有在本文中找到" not in page


def test_a_draft_is_not_there_and_a_removed_document_is_gone(client: TestClient) -> None:
    draft, gone = client.get("/policies/draft"), client.get("/policies/gone")
    assert (draft.status_code, gone.status_code) == (404, 410)
    assert "没有找到这份文件" in draft.text
    assert "这份文件已不再提供" in gone.text
    for page in (draft.text, gone.text, client.get("/policies").text):
        assert "一份草稿" not in page
        assert "一份移除的通知" not in page
        assert "现将有关事项通知如下" not in page


def test_the_list_is_searched_and_keeps_what_was_asked(client: TestClient) -> None:
    page = client.get("/policies", params={"q": "招聘服务"}).text
    assert "找到 1 份" in page
    assert "另一份通知" not in page
    assert 'value="招聘服务"' in page
    nothing = client.get("/policies", params={"q": '"><script>', "page": "７", "kind": "x"})
    assert nothing.status_code == 200
    assert "没有符合条件的文件" in nothing.text
    assert "<script>" not in nothing.text
    assert client.get("/policies?page=999").status_code == 200


def test_words_that_are_not_there_are_said_to_be_missing(
    client: TestClient, sqlite_database: Database
) -> None:
    doc_id = list_documents(sqlite_database)[0].doc_id
    attack = "<script>alert(1)</script>"
    page = client.get(f"/policies/{doc_id}?quote={quote(attack)}")
    assert "没有在本文中找到" in page.text
    assert attack not in page.text
    assert "<mark>" not in page.text
    assert client.get(f"/policies/{doc_id}?quote={'长' * 5000}").status_code == 200
    assert "没有在本文中找到" not in client.get(f"/policies/{doc_id}?quote=%20").text


@pytest.mark.parametrize("doc_id", ["nothing", "%00", "a" * 500, "%F0%9F%98%80", "..%5C..%5Cetc"])
def test_an_unknown_document(client: TestClient, doc_id: str) -> None:
    page = client.get(f"/policies/{doc_id}")
    assert page.status_code == 404
    assert "没有找到这份文件" in page.text


def test_security_headers_on_every_page(client: TestClient) -> None:
    for path in ("/", "/policies", "/policies/nothing"):
        headers = client.get(path).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == "'self'"
        assert policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_pages_need_nothing_that_the_policy_forbids(client: TestClient) -> None:
    for path in ("/", "/policies", "/policies/one?quote=真实"):
        page = client.get(path).text
        assert not re.search(r"<script(?![^>]*\ssrc=\"/static/)", page), "no inline script"
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), "no inline style or handler"
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page), "nothing from elsewhere"


def test_static_files_are_kept_for_ever_under_their_version_only(client: TestClient) -> None:
    assets = Assets()
    for name in assets.files:
        found = client.get(assets.url(name))
        assert found.status_code == 200
        assert found.content == (FOLDER / name).read_bytes()
        assert "immutable" in found.headers["cache-control"]
        assert found.headers["x-content-type-options"] == "nosniff"
        stale = client.get(f"/static/0123456789ab/{name}")
        assert stale.status_code == 200
        assert stale.headers["cache-control"] == "no-cache"
    assert client.get(assets.url("chat.js")).headers["content-type"].startswith("text/javascript")
    assert client.get(assets.url("cards/job.js")).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "nothing.js",
        "cards",
        "cards/",
        "cards/nothing.js",
        "cards//job.js",
        "/cards/job.js",
        "..%2Fpages.py",
        "%2e%2e/pages.py",
        "cards/..%2F..%2Fpages.py",
        "cards/%2e%2e/chat.js",
        "cards%5Cjob.js",
        "%2Fetc%2Fpasswd",
    ],
)
def test_no_name_leads_anywhere_else(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{Assets().version}/{name}").status_code == 404


def test_every_static_file_of_a_page_exists(client: TestClient) -> None:
    for path in ("/", "/policies/one"):
        for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get(path).text):
            assert client.get(address).status_code == 200
    imports = re.compile(r'from "(\.{1,2}/[\w./]+)"')
    names = set(Assets().files)
    for name in names:
        if name.endswith(".js"):
            found = imports.findall((FOLDER / name).read_text("utf-8"))
            assert {normpath(join(dirname(name), each)) for each in found} <= names
