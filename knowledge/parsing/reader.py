"""Reading a policy file: bytes to text, text to a parsed document."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge import sentences
from knowledge.parsing.cleaning import clean, split_front_matter
from knowledge.parsing.dates import parse_date
from knowledge.parsing.formats.docx import text_of_docx
from knowledge.parsing.formats.kinds import MAX_BYTES, SUFFIXES, kind_of
from knowledge.parsing.formats.pdf import text_of_pdf
from knowledge.parsing.formats.plain import decode, strip_markdown
from knowledge.parsing.formats.refusal import UnreadableFile
from knowledge.parsing.formats.web import MAX_CHARACTERS as MAX_PAGE_CHARACTERS
from knowledge.parsing.formats.web import decode_page, is_web_page, text_of_page
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


def _raw(content: bytes, kind: str, name: str) -> tuple[dict[str, str], str, Hints]:
    """Return a front matter's pairs, the raw text, and what stands around it."""
    version = parse_date(name)
    if kind in _LONGEST and len(content) > _LONGEST[kind]:
        raise UnreadableFile("too_long")
    if kind == "pdf":
        return {}, text_of_pdf(content), Hints(version=version)
    if kind == "docx":
        return {}, text_of_docx(content), Hints(version=version)
    header, text = split_front_matter(decode_page(content) if kind == "html" else decode(content))
    title, published = "", _PUBLISHED.search(text)
    day = parse_date(published[1]) if published else None
    if kind == "html" or is_web_page(text):
        text, page = text_of_page(text)
        title, day = page.get("title", ""), parse_date(page.get("date", "")) or day
    elif kind == "markdown":
        text = strip_markdown(text)
    return header, text, Hints(title, day, version)


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
