"""Reading a policy file: bytes to text, text to a parsed document."""

import codecs
import hashlib
import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path

from knowledge import regions, sentences
from knowledge.cleaning import clean, split_front_matter
from knowledge.metadata import Metadata, find_occasion, parse_date, read_metadata
from knowledge.sections import Unit, split_units

MAX_BYTES = 20 * 1024 * 1024
TEXT_SUFFIXES = frozenset((".txt", ".md", ".markdown", ".text"))
HTML_SUFFIXES = frozenset((".html", ".htm"))


class UnreadableFile(Exception):
    """A file that cannot become a document; ``str()`` is one line for a person."""


@dataclass(frozen=True)
class ParsedDocument:
    """A policy document as read: ``kind`` is notice, statute or digest."""

    kind: str
    metadata: Metadata
    text: str
    units: tuple[Unit, ...]

    @property
    def content_hash(self) -> str:
        """Identify text and particulars: equal hashes need no new version."""
        parts = (self.kind, repr(self.metadata), self.text)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes; raise UnreadableFile with a reason."""
    suffix = path.suffix.lower()
    if suffix in HTML_SUFFIXES and importlib.util.find_spec("trafilatura") is None:
        raise UnreadableFile(sentences.NO_HTML_READER)
    if suffix not in TEXT_SUFFIXES | HTML_SUFFIXES:
        raise UnreadableFile(sentences.UNKNOWN_TYPE.format(suffix=suffix or path.name))
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(sentences.TOO_BIG.format(limit=MAX_BYTES // 2**20))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(sentences.NOT_FOUND) from error
    except OSError as error:
        raise UnreadableFile(sentences.UNREADABLE) from error


def parse(content: bytes, suffix: str = ".txt") -> ParsedDocument:
    """Return the document in ``content``; raise UnreadableFile with a reason."""
    text = decode(content)
    if suffix.lower() in HTML_SUFFIXES:
        text = _main_text(text)
    header, body = split_front_matter(text)
    cleaned = clean(body)
    if len(re.findall(r"\w", cleaned)) < 20:
        raise UnreadableFile(sentences.EMPTY)
    units = split_units(cleaned)
    if header.get("kind") == "digest":
        return ParsedDocument("digest", _stated(header), cleaned, tuple(units))
    metadata = read_metadata(cleaned, units)
    if not metadata.title:
        raise UnreadableFile(sentences.NO_TITLE)
    kind = "statute" if re.search(r"\n第一条", "\n" + cleaned) else "notice"
    return ParsedDocument(kind, metadata, cleaned, tuple(units))


def decode(content: bytes) -> str:
    """Return the text of ``content`` (UTF-8, UTF-16 with its mark, or GB18030)."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise UnreadableFile(sentences.BINARY)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return content.decode("utf-8-sig", errors="replace")


def _main_text(html: str) -> str:
    import trafilatura

    text: str | None = trafilatura.extract(html, include_comments=False, favor_recall=True)
    if not text:
        raise UnreadableFile(sentences.EMPTY)
    return text


def _stated(header: dict[str, str]) -> Metadata:
    """Return a digest's particulars: those of its original, stated in its front matter."""
    for name in ("title", "issuer", "region"):
        if not header.get(name):
            raise UnreadableFile(sentences.BAD_HEADER.format(field=name))
    issued_on = parse_date(header.get("date", ""))
    if header.get("date") and issued_on is None:
        raise UnreadableFile(sentences.BAD_HEADER.format(field="date"))
    region = regions.to_code(header["region"])
    if region is None:
        raise UnreadableFile(sentences.BAD_HEADER.format(field="region"))
    return Metadata(
        title=header["title"],
        doc_no=header.get("doc_no", ""),
        issuer=header["issuer"],
        issued_on=issued_on,
        region=region,
        occasion=find_occasion(header["title"]),
    )
