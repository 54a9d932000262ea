"""The zoo's binary animals, made from the sound notice when a test asks for them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter

from knowledge.parsing.reader import ParsedDocument, read_document

ZOO = Path(__file__).parent / "zoo"
_BOMB_MIB = 48


def sound() -> str:
    """Return the notice without damage."""
    return (ZOO / "sound.txt").read_text("utf-8")


@cache
def read_once(path: Path) -> ParsedDocument:
    """Return the only document of a file; several tests look at the same ones."""
    (document,) = read_document(path)
    return document


def _pdf_string(text: str) -> str:
    return "<" + text.encode("utf-16-be").hex() + ">"


def pdf(pages: Sequence[Sequence[tuple[int, int, int, str]]]) -> bytes:
    """Return a PDF whose pages show (x, y, letter size, text), in points, in a CID font."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids ["
        + " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
        + "] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        "/DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    for number, lines in enumerate(pages):
        content = "".join(
            f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm {_pdf_string(text)} Tj ET\n"
            for x, y, size, text in lines
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font "
            f"<< /F 3 0 R >> >> /Contents {6 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _pdf_file(objects)


def _pdf_file(objects: Sequence[str]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode("ascii")
    out += b"".join(f"{place:010} 00000 n \n".encode("ascii") for place in places)
    trailer = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    return bytes(out) + trailer.encode("ascii")


def printed_pages() -> bytes:
    """Three pages: a title in two large lines, broken lines, running header, page numbers."""
    title, number, addressees, *body, office, day = sound().strip().split("\n")
    lines = [(150, 20, title[:14]), (150, 20, title[14:]), (240, 12, number), (72, 12, addressees)]
    for paragraph in body:
        indent = 24
        while paragraph:
            taken = 30 if indent else 32
            lines.append((72 + indent, 12, paragraph[:taken]))
            paragraph, indent = paragraph[taken:], 0
    lines += [(300, 12, office), (340, 12, day)]
    pages = []
    for page, first in enumerate(range(0, len(lines), 9), 1):
        shown = [(72, 800, 9, "云溪就业服务中心印")]
        shown += [
            (x, 740 - 24 * row, size, text)
            for row, (x, size, text) in enumerate(lines[first : first + 9])
        ]
        pages.append([*shown, (280, 40, 9, f"— {page} —")])
    return pdf(pages)


def encrypted_pdf() -> bytes:
    """The same pages behind a password."""
    writer = PdfWriter(PdfReader(io.BytesIO(printed_pages())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx_automatic_numbers() -> bytes:
    """The notice in Word, its numbers 一、 and （一） left to Word."""
    document = Document()
    abstract = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
    )
    number = f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(number))
    for line in sound().strip().split("\n"):
        depth = 0 if line[1:2] == "、" else 1 if line[:1] == "（" else None
        text = line if depth is None else line[2 if depth == 0 else 3 :]
        paragraph = document.add_paragraph(text)
        if depth is not None:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/>'
                    '<w:numId w:val="91"/></w:numPr>'
                )
            )
    return _saved(document)


def docx_table() -> bytes:
    """A notice whose rule is a table; its first row spans two columns in the middle."""
    document = Document()
    document.add_paragraph("云溪就业服务中心关于市集收费的通知")
    document.add_paragraph("收费标准如下：")
    table = document.add_table(rows=3, cols=2)
    rows = [("摊位", "每晚收费"), ("招聘摊位", "免费"), ("小吃摊位", "十元")]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("云溪就业服务中心")
    document.add_paragraph("2031年6月30日")
    return _saved(document)


@cache
def docx_bomb() -> bytes:
    """A small file that unpacks to a thousand times its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("word/document.xml", b" " * (_BOMB_MIB * 2**20))
    return out.getvalue()


def docx_with_a_lying_directory() -> bytes:
    """A bomb whose directory says that it is small."""
    bomb = docx_bomb()
    return bomb.replace((_BOMB_MIB * 2**20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def _saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _traditional() -> bytes:
    return (ZOO / "traditional.source.txt").read_text("utf-8").encode("big5")


MADE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "gb18030": (".txt", lambda: sound().encode("gb18030")),
    "big5": (".txt", _traditional),
    "utf16_with_mark": (".txt", lambda: sound().encode("utf-16")),
    "utf16_le_without_mark": (".txt", lambda: sound().encode("utf-16-le")),
    "utf16_be_without_mark": (".txt", lambda: sound().encode("utf-16-be")),
    "cut_off_in_a_character": (".txt", lambda: sound().strip().encode() + "附".encode()[:2]),
    "printed_pages": (".pdf", printed_pages),
    "docx_automatic_numbers": (".docx", docx_automatic_numbers),
    "docx_table": (".docx", docx_table),
}
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": (".txt", lambda: b"", "没有正文"),
    "only_spaces": (".txt", lambda: "　　\r\n".encode() * 99, "没有正文"),
    "only_adverts": (".txt", lambda: "广告\n【打印】\n".encode() * 9, "没有正文"),
    "no_words": (".html", lambda: b"<html><body><script>go()</script></body></html>", "没有正文"),
    "garbled": (".txt", lambda: ("招�聘�会�" * 50).encode(), "损坏太多"),
    "not_text": (".txt", lambda: bytes(range(256)) * 20, "不是文字文件"),
    "scanned": (".pdf", lambda: pdf([[(280, 40, 9, "1")]] * 3), "扫描件"),
    "encrypted": (".pdf", encrypted_pdf, "密码"),
    "corrupt": (".pdf", lambda: b"%PDF-1.4\n" + bytes(200) + b"\n%%EOF", "已损坏"),
    "cut_off": (".pdf", lambda: printed_pages()[:900], "已损坏"),
    "bomb": (".docx", docx_bomb, "大得不正常"),
    "lying_directory": (".docx", docx_with_a_lying_directory, "已损坏"),
    "cut_off_docx": (".docx", lambda: docx_table()[:9000], "已损坏"),
    "locked_docx": (
        ".docx",
        lambda: (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")
        ),
        "密码",
    ),
    "old_word": (".docx", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "旧版 Word"),
    "word_called_pdf": (".pdf", docx_table, r"扩展名是 \.pdf，内容却是 \.docx"),
    "pdf_called_text": (".txt", printed_pages, r"扩展名是 \.txt，内容却是 \.pdf"),
    "text_called_word": (".docx", lambda: sound().encode(), r"扩展名是 \.docx，内容却不是"),
    "picture_called_text": (".txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "图片"),
    "unknown_suffix": (".exe", lambda: b"MZ" + bytes(99), "暂不支持"),
    "endless": (".txt", lambda: "　　招聘会照常举行。\n".encode() * 120_000, "一百万字"),
}
