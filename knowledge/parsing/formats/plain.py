"""Text files: the characters behind the bytes, and Markdown without its marks."""

import codecs
import re

from charset_normalizer import from_bytes

from knowledge.parsing.formats.grids import rows_of
from knowledge.parsing.formats.refusal import UnreadableFile

_LOST_SHARE = 0.02  # above it, too many characters are lost to quote anything
_ENCODINGS = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(
    r"(?<!!)\[([^\]\n]*)\]\((?:https?:|/|#|mailto:|javascript:)(?:[^()\n]|\([^()\n]{0,20}\))*\)"
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")  # bounded: each mark looks so far
_LINE_MARK = re.compile(
    r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[*+-][ \t]+|_{2,3}(?=[ \t-]|$)[ \t]*)+", re.M
)
_RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$|^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+.*$", re.M)
_TABLE = re.compile(r"(?:^[ \t]*\|.*\|[ \t]*(?:\n|\Z))+", re.M)
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_UNDER_HEADER = re.compile(r"[\s|:-]*-[\s|:-]*")


def decode(content: bytes) -> str:
    """Return the text of ``content``: UTF-8, UTF-16 with or without mark, GB18030 or Big5.

    A file cut off in mid-character loses that character only.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _sound(content.decode(encoding, errors="replace"))
    utf8 = _strictly(content, "utf-8")
    if utf8 is not None and "\0" not in utf8:
        return _sound(utf8)
    best = from_bytes(content, cp_isolation=_ENCODINGS).best()
    if best is not None:
        return _sound(str(best))
    if content.count(0) > len(content) // 100:
        raise UnreadableFile("binary")
    guesses = (content.decode(name, errors="replace") for name in ("utf-8", "gb18030"))
    return _sound(min(guesses, key=lambda text: text.count("\ufffd")))


def strip_markdown(text: str) -> str:
    """Return Markdown ``text`` as plain lines: what a reader of the page would see."""
    text = _STRONG.sub(r"\2", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _TABLE.sub(lambda table: _rows(table[0]), text)
    return _LINE_MARK.sub("", _RULE.sub("", text))


def _rows(table: str) -> str:
    lines = [line.strip() for line in table.strip().split("\n")]
    headed = len(lines) > 1 and bool(_UNDER_HEADER.fullmatch(lines[1]))
    grid = [
        [_BREAK.sub("\n", cell).replace("\\|", "|") for cell in _BAR.split(line[1:-1])]
        for line in lines
        if not _UNDER_HEADER.fullmatch(line)
    ]
    return "\n".join(rows_of(grid, headed=headed)) + "\n"


def _strictly(content: bytes, encoding: str) -> str | None:
    """Decode whole characters only; None where some byte in the middle does not fit."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(content, final=False)
    except UnicodeDecodeError:
        return None


def _sound(text: str) -> str:
    # A lost character before a line's end stood for the paragraph mark: no harm done.
    lost = len(re.findall(r"\ufffd(?![\ufffd \t\u3000]*(?:\n|$))", text))
    if lost > max(3, _LOST_SHARE * len(text)):
        raise UnreadableFile("garbled")
    if len(_CONTROLS.findall(text)) > len(text) // 100:
        raise UnreadableFile("binary")
    return text
