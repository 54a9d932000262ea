"""Word files (.docx): paragraphs with their automatic numbers, and tables row by row."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from knowledge.parsing.formats.docx_numbering import Numbering
from knowledge.parsing.formats.grids import rows_of
from knowledge.parsing.formats.refusal import UnreadableFile

MAX_UNPACKED = 200 * 2**20
MAX_XML = 40 * 2**20
MAX_RATIO = 200  # Word's own XML packs 10 to 40 times
MAX_ENTRIES = 5000
MAX_CHARACTERS = 1_000_000
MAX_ELEMENTS = 600_000  # a thousand pages have some 300,000
MAX_COLUMNS = 500  # Word itself allows 63 to a table
MAX_CELLS = 100_000
_CHUNK = 2**20
_ENCRYPTED_FLAG = 0x1
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    OpcError,
    InvalidXmlError,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    IndexError,
    NotImplementedError,
    EOFError,
    OSError,
    RecursionError,
)
_SPANS = ("w:gridSpan", "w:gridBefore", "w:gridAfter")
_INDENT = "\u3000\u3000"


def text_of_docx(content: bytes) -> str:
    """Return the text, a paragraph or a table's row a line.

    Raises UnreadableFile for a file that is locked, broken, or unpacks beyond the limits;
    these are checked in the archive's directory and again while unpacking.
    """
    try:
        check_archive(content)
        text = "\n".join(_lines(Document(io.BytesIO(content))))
    except UnreadableFile:
        raise
    except BROKEN_ARCHIVE as error:
        raise UnreadableFile("broken_docx") from error
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFile("too_long")
    return text


def check_archive(content: bytes) -> None:
    """Raise UnreadableFile for an office file that is locked or unpacks beyond the limits."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise UnreadableFile("encrypted")
        markup = sum(entry.file_size for entry in entries if _is_markup(entry.filename))
        unpacked = sum(entry.file_size for entry in entries)
        bomb = unpacked > MAX_RATIO * len(content) and unpacked > MAX_RATIO * 10_000
        too_big = unpacked > MAX_UNPACKED or markup > MAX_XML
        if bomb or too_big or len(entries) > MAX_ENTRIES:
            raise UnreadableFile("bomb")
        _unpack(archive, entries)


def _is_markup(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Read every part once, counting: a directory may lie about sizes."""
    total = 0
    for entry in entries:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED:
                    raise UnreadableFile("bomb")


def _lines(document: WordDocument) -> Iterator[str]:
    _check_body(document)
    numbering = Numbering(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield from _paragraph(block, numbering)


def _check_body(document: WordDocument) -> None:
    """Refuse more than a document can be, before anything is made of it.

    A cell that spans two thousand million columns is met as often when its row is read.
    """
    body, cells = document.element.body, 0
    if sum(1 for _ in zip(body.iter(), range(MAX_ELEMENTS + 1), strict=False)) > MAX_ELEMENTS:
        raise UnreadableFile("bomb")
    for row in body.iter(qn("w:tr")):
        spans = [int(span.get(qn("w:val"), 1)) for span in row.iter(*map(qn, _SPANS))]
        width = sum(spans) + sum(1 for _ in row.iter(qn("w:tc")))
        cells += width
        if min(spans, default=1) < 0 or width > MAX_COLUMNS or cells > MAX_CELLS:
            raise UnreadableFile("bomb")


def _paragraph(paragraph: Paragraph, numbering: Numbering) -> Iterator[str]:
    text = _visible(paragraph)
    if not text.strip():
        yield ""
        return
    lines = (numbering.label(paragraph) + text).split("\n")
    # The file says where its paragraphs begin: no guessing at broken lines.
    yield from (_INDENT + line.strip() for line in lines)


def _visible(paragraph: Paragraph) -> str:
    """Return the text with its links; without field codes, deleted or hidden words."""
    return "".join(
        piece.text
        for piece in paragraph.iter_inner_content()
        if not (getattr(getattr(piece, "font", None), "hidden", False))
    )


def _rows(table: Table) -> Iterator[str]:
    grid = [[cell.text for cell in row.cells] for row in table.rows]
    headed = table._tbl.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    yield from (_INDENT + row for row in rows_of(grid, headed=headed))
