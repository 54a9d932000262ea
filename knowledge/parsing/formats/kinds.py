"""What a file is by its first bytes, whatever its name says."""

from collections.abc import Mapping

from knowledge import sentences
from knowledge.parsing.formats.refusal import UnreadableFile

MAX_BYTES = 50 * 2**20
SUFFIXES: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".jsonl": "guides",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".json": "json",
}
_BINARY = frozenset(("pdf", "docx", "xlsx"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also wraps a docx that is locked by a password
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def kind_of(content: bytes, suffix: str) -> str:
    """Return what SUFFIXES calls it; raise UnreadableFile.

    A file whose bytes are of another kind than its suffix says is refused: whoever renamed
    it should look at it before a million people do.
    """
    named = SUFFIXES.get(suffix.lower())
    if named is None:
        raise UnreadableFile("unknown_type", suffix=suffix or sentences.NO_SUFFIX)
    if not content.strip(b"\0\t\n\r \xef\xbb\xbf"):
        raise UnreadableFile("empty")
    found = _by_bytes(content)
    if found in _BINARY and found != named:
        raise UnreadableFile("wrong_suffix", suffix=suffix, right=f".{found}")
    if named in _BINARY and found != named:
        raise UnreadableFile("not_what_it_says", suffix=suffix)
    return named


def _by_bytes(content: bytes) -> str:
    """Return pdf, docx, xlsx or "" (a text); raise UnreadableFile for what is neither."""
    start = content[:1024]
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if start.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise UnreadableFile("encrypted" if locked else "old_word")
    if start.startswith(b"{\\rtf"):
        raise UnreadableFile("old_word")
    if start.startswith(_PICTURES):
        raise UnreadableFile("picture")
    return ""


def _zipped(content: bytes) -> str:
    if b"word/" in content:
        return "docx"
    if b"xl/workbook" in content:
        return "xlsx"
    if b"OFD.xml" in content:
        raise UnreadableFile("ofd")
    raise UnreadableFile("archive")
