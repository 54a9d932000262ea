"""Small tables as files: xlsx with merged cells, formulas and macros, and xls."""

import io
import re
import zipfile
from collections.abc import Sequence
from html import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)

Rows = Sequence[Sequence[object]]


def xlsx(rows: Rows, merged: Sequence[str] = (), *, macros: bool = False) -> bytes:
    """Return a workbook; a text ``=…`` is a formula without a result, numbers are numbers."""
    lines = "".join(
        f'<row r="{at}">{"".join(_cell(at, column, cell) for column, cell in enumerate(row))}</row>'
        for at, row in enumerate(rows, 1)
    )
    spans = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    cells = f'<mergeCells count="{len(merged)}">{spans}</mergeCells>' if merged else ""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.xml"))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
            '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _relation("worksheet", "worksheets/sheet1.xml")
        )
        page = f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>{cells}</worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", page)
        if macros:
            archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    return out.getvalue()


def xls(rows: Rows) -> bytes:
    """Return a workbook of the old binary form."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(row: int, column: int, cell: object) -> str:
    if cell == "" or cell is None:
        return ""
    letters = (
        chr(65 + column) if column < 26 else f"{chr(64 + column // 26)}{chr(65 + column % 26)}"
    )
    place = f'r="{letters}{row}"'
    if isinstance(cell, int | float):
        return f"<c {place}><v>{cell}</v></c>"
    text = str(cell)
    if re.match(r"=[A-Z]", text):
        return f"<c {place}><f>{escape(text[1:])}</f></c>"
    return f'<c {place} t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_REL}/{kind}" Target="{target}"/></Relationships>'
    )
