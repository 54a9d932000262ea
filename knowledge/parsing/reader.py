"""Reading a policy file: bytes to text, text to a parsed document."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge import sentences
from knowledge.parsing.cleaning import clean, split_export, split_front_matter
from knowledge.parsing.dates import parse_date
from knowledge.parsing.formats.articles import article_of, part_site
from knowledge.parsing.formats.docx import text_of_docx
from knowledge.parsing.formats.kinds import MAX_BYTES, SUFFIXES, kind_of
from knowledge.parsing.formats.pdf import text_of_pdf
from knowledge.parsing.formats.plain import decode, strip_markdown
from knowledge.parsing.formats.question_lists import read_questions
from knowledge.parsing.formats.refusal import UnreadableFile
from knowledge.parsing.formats.web import MAX_CHARACTERS as MAX_PAGE_CHARACTERS
from knowledge.parsing.formats.web import decode_page, is_web_page, read_page
from knowledge.parsing.issuers import region_of_issuer
from knowledge.parsing.labels import Stated, part_labels
from knowledge.parsing.metadata import Hints, Metadata, find_occasion, is_statute, read_metadata
from knowledge.parsing.sections import Unit, split_units
from language import places

__all__ = [
    "ParsedDocument",
    "UnreadableFile",
    "parse",
    "passed_over",
    "read_bytes",
    "read_document",
]

MAX_CHARACTERS = 1_000_000
_WIDEST = 4  # bytes of a character, in any encoding
_LONGEST = {
    "text": _WIDEST * MAX_CHARACTERS,
    "markdown": _WIDEST * MAX_CHARACTERS,
    "html": _WIDEST * MAX_PAGE_CHARACTERS,
}
_OFFICE = {"pdf": text_of_pdf, "docx": text_of_docx}
# A number that sorts files, the day in brackets behind, the mark of a copy.
_FILE_MARKS = re.compile(
    r"^[A-Za-z]{0,2}\d{1,4}[a-z]?[_、.\s-]+|[（(][\d年月日.-]{1,12}[）)]$|[-—_ ]?副本$"
)
_NAME_LETTERS = 4
_LISTS = frozenset(("xlsx", "csv", "json"))
_WAYS, _ALIKE = 4, 60  # other ways to ask that stand in a question's path, and their length
_PUBLISHED = re.compile(r"发布(?:时间|日期)[：:]\s*(\S{8,11})")
# Word's lock files, editors' leftovers, what systems put into every folder.
_PASSED_OVER = re.compile(
    r"^(?:\..*|~\$.*|~.*\.tmp|.*\.(?:tmp|bak|swp|crdownload|part)|.*~)$", re.I
)
_SYSTEM_FILES = frozenset(("thumbs.db", "desktop.ini"))


@dataclass(frozen=True)
class ParsedDocument:
    """A policy document as read: ``kind`` is notice, statute, guide or digest."""

    kind: str
    metadata: Metadata
    text: str
    units: tuple[Unit, ...]

    @property
    def content_hash(self) -> str:
        """Identify text and particulars: equal hashes need no new version."""
        parts = (self.kind, repr(self.metadata), self.text)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def passed_over(path: Path) -> bool:
    """Tell whether a file of a folder is a hidden, temporary or system file."""
    hidden = any(part.startswith(".") for part in path.parts[-2:] if part not in (".", ".."))
    return hidden or bool(_PASSED_OVER.match(path.name)) or path.name.lower() in _SYSTEM_FILES


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes; raise UnreadableFile with a reason. Size is checked first."""
    if path.suffix.lower() not in SUFFIXES:
        suffix = path.suffix or sentences.NO_SUFFIX
        raise UnreadableFile("unknown_type", suffix=suffix)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile("too_big", limit=MAX_BYTES // 2**20)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile("not_found") from error
    except OSError as error:
        raise UnreadableFile("unreadable") from error


def read_document(
    path: Path, *, guides: Callable[[str], Sequence[ParsedDocument]] | None = None
) -> Sequence[ParsedDocument]:
    """Return the documents in a file; raise UnreadableFile with a reason.

    ``guides`` reads service guides, many to a file (.jsonl); without it they are refused.
    """
    content = read_bytes(path)
    if guides is not None and kind_of(content, path.suffix) == "guides":
        return guides(decode(content))
    return [parse(content, path.suffix, path.stem)]


def parse(content: bytes, suffix: str = ".txt", name: str = "") -> ParsedDocument:
    """Return the document in ``content``; raise UnreadableFile with a reason.

    ``name`` is the file's name without suffix: a date in it tells which version it is.
    """
    kind = kind_of(content, suffix)
    if kind == "guides":
        raise UnreadableFile("unknown_type", suffix=suffix)
    if kind in _LISTS:
        return _question_list(content, kind, name)
    header, raw, hints = _raw(content, kind, name)
    if len(raw) > MAX_CHARACTERS:
        raise UnreadableFile("too_long")
    cleaned = clean(raw)
    if len(re.findall(r"\w", cleaned.document)) < 20:
        raise UnreadableFile("empty")
    units = split_units(cleaned.text, cleaned.start, cleaned.end)
    if header.get("kind") == "digest":
        return ParsedDocument("digest", _stated(header), cleaned.text, tuple(units))
    metadata = read_metadata(cleaned.text, units, hints)
    if not metadata.title:
        raise UnreadableFile("no_title")
    form = "statute" if is_statute(metadata.title, units) else "notice"
    return ParsedDocument(form, metadata, cleaned.text, tuple(units))


def _question_list(content: bytes, kind: str, name: str) -> ParsedDocument:
    """Return a list of questions as a document: a unit for each, with its whole answer."""
    caption, entries = read_questions(content, kind)
    title = caption or _title_of_file(name)
    if not title:
        raise UnreadableFile("no_title")
    text, units = f"{title}\n", [Unit("head", "head", (sentences.HEAD,), 0, len(title) + 1)]
    for number, entry in enumerate(entries, 1):
        answer = clean(entry.answer).text
        unit = f"{entry.question}\n{answer}\n"
        path = tuple(alike[:_ALIKE] for alike in (entry.question, *entry.similar)[:_WAYS])
        units.append(Unit("item", f"q{number}", path, len(text), len(text) + len(unit)))
        text += unit
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFile("too_long")
    region = region_of_issuer(title, "")
    guessed = ("region", "title") if region else ("title",)
    data = Metadata(
        title=title,
        doc_no="",
        issuer="",
        issued_on=parse_date(name),
        region=region,
        guessed=guessed if not caption else (),
    )
    return ParsedDocument("notice", data, text, tuple(units))


def _raw(content: bytes, kind: str, name: str) -> tuple[dict[str, str], str, Hints]:
    """Return a digest's front matter, the raw text, and what stands around it."""
    named = Hints(name=_title_of_file(name), version=parse_date(name))
    if kind in _LONGEST and len(content) > _LONGEST[kind]:
        raise UnreadableFile("too_long")
    if kind in _OFFICE:
        stated, text = part_labels(_OFFICE[kind](content))
        return {}, text, replace(named, stated=stated)
    header, text = split_front_matter(decode_page(content) if kind == "html" else decode(content))
    if header.get("kind") == "digest":
        return header, text, named
    if kind == "html" or is_web_page(text):
        text, hints = _page(text, named)
    else:
        text, hints = _text(header, text, named, marked=kind == "markdown")
    stated, text = part_labels(text)
    return {}, text, replace(hints, stated=hints.stated.over(stated))


def _page(text: str, named: Hints) -> tuple[str, Hints]:
    page = read_page(text)
    return page.text, replace(
        named,
        title=page.title,
        page_title=page.page_title,
        published=page.published,
        site=page.site,
        stated=page.stated,
    )


def _text(header: dict[str, str], text: str, named: Hints, *, marked: bool) -> tuple[str, Hints]:
    """Return a text without what an export has put before it; ``marked``: it is Markdown."""
    said, text = split_export(header, text)
    published = _PUBLISHED.search(text)
    text = strip_markdown(text) if marked else text
    title, site = part_site(said["title"])
    day = parse_date(said["date"]) or (parse_date(published[1]) if published else None)
    hints = replace(named, page_title=title, published=day, site=site)
    if not title:
        return text, hints
    article = article_of(text, title)
    stated = article.stated.over(Stated(source=said["source"]))
    return article.text, replace(hints, published=day or article.published, stated=stated)


def _title_of_file(name: str) -> str:
    """Return what a file's name says of its title; "" where it says nothing."""
    title = re.sub(r"[_\s]+", "", _FILE_MARKS.sub("", name))
    return title if len(re.findall(r"[\u4e00-\u9fff]", title)) >= _NAME_LETTERS else ""


def _stated(header: dict[str, str]) -> Metadata:
    """Return a digest's particulars: those of its original, stated in its front matter."""
    for name in ("title", "issuer", "region"):
        if not header.get(name):
            raise UnreadableFile("bad_header", field=name)
    issued_on = parse_date(header.get("date", ""))
    if header.get("date") and issued_on is None:
        raise UnreadableFile("bad_header", field="date")
    region = places.to_code(header["region"])
    if region is None:
        raise UnreadableFile("bad_header", field="region")
    return Metadata(
        title=header["title"],
        doc_no=header.get("doc_no", ""),
        issuer=header["issuer"],
        issued_on=issued_on,
        region=region,
        occasion=find_occasion(header["title"]),
    )
