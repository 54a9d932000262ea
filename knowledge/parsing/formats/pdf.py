"""PDF files with a text layer: lines with their indentation, without page furniture."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from knowledge.parsing.formats.refusal import UnreadableFile

MAX_PAGES = 300
MAX_CHARACTERS = 1_000_000
MAX_OPERATORS = 500_000  # of all pages: a page of text has some 500, a dense table 3,000
MAX_STREAM = 8 * 2**20  # unpacked; a page's own words take a hundredth of it
_LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": MAX_STREAM,
    "lzw_maximum_output_length": MAX_STREAM,
    "run_length_maximum_output_length": MAX_STREAM,
    "array_based_stream_maximum_output_length": MAX_STREAM,
    "brotli_maximum_output_length": MAX_STREAM,
    "stream_decoding_work_maximum_length": 4 * MAX_STREAM,
    "stream_parsing_work_maximum_count": MAX_OPERATORS,
    "page_tree_maximum_entries": 10 * MAX_PAGES,
    "page_tree_maximum_page_entries": 100 * MAX_PAGES,
}
_LETTERS_PER_PAGE = 10  # below it, the pages are pictures with a stamp or a page number
# What pypdf raises on files that only look like PDF, besides its own errors.
_BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError)
_BROKEN_DEEPLY = (RecursionError, OverflowError, AssertionError, NotImplementedError)
_PAGE_NUMBER = re.compile(
    r"^[-—–―·\s]*(?:第\s*)?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})(?:\s*页)?"
    r"(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–―·\s]*$"
)
_INDENT = "\u3000\u3000"
_EDGE = 3  # lines at either end of a page among which its furniture stands


@dataclass(frozen=True)
class _Line:
    text: str
    left: float  # in points from the page's origin
    size: float  # of the letters, in points


class _Work:
    """Counts what all pages together ask to be drawn: forms in forms multiply it."""

    def __init__(self) -> None:
        self.operators = 0

    def count(self, *_operator: object) -> None:
        """Count an operator; raise UnreadableFile where there are too many."""
        self.operators += 1
        self.check()

    def check(self) -> None:
        """Raise UnreadableFile where there were too many."""
        if self.operators > MAX_OPERATORS:
            raise UnreadableFile("bomb")


def text_of_pdf(content: bytes) -> str:
    """Return the text, one line per printed line; an indented line begins with 　　.

    Raises UnreadableFile for a file that is locked, broken, too long, or only pictures.
    """
    try:
        with apply_configuration(**_LIMITS):
            pages = _pages(content)
    except UnreadableFile:
        raise
    except LimitReachedError as error:
        raise UnreadableFile("bomb") from error
    except DependencyError as error:
        raise UnreadableFile("encrypted") from error
    except (*_BROKEN, *_BROKEN_DEEPLY) as error:
        raise UnreadableFile("broken_pdf") from error
    letters = sum(len(re.findall(r"\w", line.text)) for page in pages for line in page)
    if letters < _LETTERS_PER_PAGE * len(pages):
        raise UnreadableFile("scanned")
    furniture = _furniture(pages)
    kept = [line for page in pages for line in _without(page, furniture)]
    return "\n".join(_indented(_titles_joined(kept)))


def _pages(content: bytes) -> list[list[_Line]]:
    reader = PdfReader(io.BytesIO(content))
    # Many offices lock printing only: such a file opens with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile("encrypted")
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableFile("too_many_pages", limit=MAX_PAGES)
    pages: list[list[_Line]] = []
    length, work = 0, _Work()
    for page in reader.pages:
        pages.append(_lines(page, work))
        length += sum(len(line.text) for line in pages[-1])
        if length > MAX_CHARACTERS:
            raise UnreadableFile("too_long")
    return pages


def _lines(page: PageObject, work: _Work) -> list[_Line]:
    lines: list[_Line] = []
    pieces: list[str] = []
    place = (0.0, 0.0)

    def close() -> None:
        text = "".join(pieces).strip()
        if text:
            lines.append(_Line(text, *place))
        pieces.clear()

    def visit(text: str, user: Any, own: Any, _font: Any, size: float) -> None:
        nonlocal place
        for number, piece in enumerate(text.split("\n")):
            if number:
                close()
            if piece.strip() and not "".join(pieces).strip():
                left = own[4] * user[0] + own[5] * user[2] + user[4]
                place = (left, abs(size * own[3] * user[3]))
            pieces.append(piece)

    page.extract_text(visitor_text=visit, visitor_operand_before=work.count)
    work.check()  # pypdf keeps to itself what is raised inside a form
    close()
    return lines


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", text))


def _furniture(pages: Sequence[Sequence[_Line]]) -> frozenset[str]:
    """Return the running headers and footers: what stands at the edge of half of the pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_masked(line.text) for line in [*page[:_EDGE], *page[-_EDGE:]]})
    often = max(3, len(pages) / 2)
    return frozenset(text for text, count in seen.items() if count >= often)


def _without(page: Sequence[_Line], furniture: frozenset[str]) -> list[_Line]:
    last = len(page) - _EDGE
    return [
        line
        for number, line in enumerate(page)
        if _EDGE <= number < last
        or not (_PAGE_NUMBER.match(line.text) or _masked(line.text) in furniture)
    ]


def _body_size(lines: Sequence[_Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _titles_joined(lines: Sequence[_Line]) -> list[_Line]:
    """Join neighbouring lines in the same larger letters: a title that took two lines."""
    large = 1.15 * _body_size(lines)
    joined: list[_Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and line.size > large and abs(last.size - line.size) < 0.1:
            joined[-1] = _Line(last.text + line.text, max(last.left, line.left), line.size)
        else:
            joined.append(line)
    return joined


def _indented(lines: Sequence[_Line]) -> list[str]:
    """Mark the lines that begin further right than the body's left edge."""
    edges = Counter(round(line.left) for line in lines)
    common = [edge for edge, count in edges.items() if count >= 0.15 * len(lines)]
    margin = min(common, default=0)
    return [
        _INDENT + line.text if line.left > margin + 0.8 * line.size else line.text for line in lines
    ]
