"""Small files that are made to take all memory, or never to be done with."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence

MILLION = 10**6
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARAGRAPH = "<w:p><w:r><w:t>关于做好失业保险工作的通知</w:t></w:r></w:p>"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def docx(
    body: str = _PARAGRAPH, *, prolog: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    """Return a Word file with this body."""
    document = f"<?xml version='1.0'?>{prolog}<w:document {_W}><w:body>{body}</w:body></w:document>"
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _relation("officeDocument", "word/document.xml").encode(),
        "word/document.xml": document.encode(),
        **(more or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def wide_span() -> bytes:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{_PARAGRAPH}</w:tc>'
    return docx(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")


def wide_merge() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="400"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    return docx(f"<w:tbl>{f'<w:tr>{cell}</w:tr>' * 20_000}</w:tbl>")


def many_cells() -> bytes:
    return docx(f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 200_000}</w:tr></w:tbl>")


def negative_span() -> bytes:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="-5"/></w:tcPr>{_PARAGRAPH}</w:tc>'
    return docx(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")


def nested_tables() -> bytes:
    deep = 60_000
    return docx("<w:tbl><w:tr><w:tc>" * deep + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * deep)


def empty_paragraphs() -> bytes:
    return docx("<w:p/>" * (2 * MILLION))


def words_in_pieces() -> bytes:
    return docx("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * MILLION + "</w:p>")


def entities() -> bytes:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    prolog = f'<!DOCTYPE d [<!ENTITY e0 "失业保险">{inner}]>'
    return docx("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", prolog=prolog)


def giant_attribute() -> bytes:
    return docx(f'<w:p w:rsidR="{"9" * 30 * MILLION}"><w:r><w:t>通知</w:t></w:r></w:p>')


def many_entries() -> bytes:
    return docx(more={f"word/media/{n}.bin": b"" for n in range(6000)})


def packed_part() -> bytes:
    return docx(more={"word/media/image.bin": b"\0" * (100 * MILLION)})


def many_lists() -> bytes:
    """As many levels as an index would need a table for, each at a start of its own."""
    level = '<w:lvl w:ilvl="{}"><w:start w:val="2000000000"/><w:numFmt w:val="chineseCounting"/>'
    levels = "".join(level.format(n) + '<w:lvlText w:val="%1%2"/></w:lvl>' for n in range(9))
    abstract = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbers = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/></w:num>' for n in range(1, 40_000)
    )
    numbering = f"<w:numbering {_W}>{abstract}{numbers}</w:numbering>"
    relations = _relation("numbering", "numbering.xml")
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr></w:p>'
    )
    body = "".join(numbered.format(n % 9, n) for n in range(1, 40_000))
    return docx(
        body,
        more={
            "word/numbering.xml": numbering.encode(),
            "word/_rels/document.xml.rels": relations.encode(),
        },
    )


def style_of_itself() -> bytes:
    """Two styles, each the other's ancestor, and two thousand paragraphs that ask them."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/>'
        f'<w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )
    paragraph = '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>失业</w:t></w:r></w:p>'
    return docx(
        paragraph * 2000,
        more={
            "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>".encode(),
            "word/_rels/document.xml.rels": _relation("styles", "styles.xml").encode(),
        },
    )


def tall_merge() -> bytes:
    cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    return docx(f"<w:tbl>{f'<w:tr>{cell}</w:tr>' * 50_000}</w:tbl>")


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, the first its catalogue."""
    file = io.BytesIO(b"%PDF-1.7\n")
    file.seek(0, io.SEEK_END)
    places = []
    for number, written in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, written))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.writelines(b"%010d 00000 n \n" % place for place in places)
    file.write(b"trailer\n<</Root 1 0 R/Size %d%s>>\n" % (len(objects) + 1, trailer))
    file.write(b"startxref\n%d\n%%%%EOF" % start)
    return file.getvalue()


def stream(data: bytes, extra: bytes = b"", packed: int = 1) -> bytes:
    """Return a stream, packed so many times."""
    for _ in range(packed):
        data = zlib.compress(data, 9)
    filters = b"/FlateDecode" * packed
    head = b"<<%s/Filter[%s]/Length %d>>" % (extra, filters, len(data))
    return head + b"stream\n" + data + b"\nendstream"


_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>"


def one_page(content: bytes, resources: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>%s>>>>" % resources
    )
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf([_CATALOGUE, pages, page, content, _FONT, *more])


def many_operators() -> bytes:
    return one_page(stream(b"BT /F 9 Tf " + b"(a) Tj 1 0 0 1 0 0 Tm " * 400_000 + b"ET"))


def many_paths() -> bytes:
    return one_page(stream(b"0 0 m 1 1 l S " * (3 * MILLION // 2)))


def blank_stream() -> bytes:
    return one_page(stream(b" " * (70 * MILLION)))


def packed_twice() -> bytes:
    return one_page(stream(b" " * (70 * MILLION), packed=2))


def deep_arrays() -> bytes:
    return one_page(stream(b"[" * (2 * MILLION)))


def saved_states() -> bytes:
    return one_page(stream(b"q " * (3 * MILLION)))


def forms_in_forms() -> bytes:
    depth = 9
    inner = [
        stream(
            b"/X%d Do " % (level + 1) * 10,
            _FORM % (b"/XObject<</X%d %d 0 R>>" % (level + 1, 7 + level)),
        )
        for level in range(depth)
    ]
    last = stream(b"BT /F 9 Tf (a) Tj ET", _FORM % b"/Font<</F 5 0 R>>")
    begin = stream(b"BT /F 9 Tf (hello) Tj ET /X0 Do ")
    return one_page(begin, b"/XObject<</X0 6 0 R>>", [*inner, last])


def page_again_and_again() -> bytes:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>"
    )
    words = stream(b"BT /F 9 Tf " + b"(abc) Tj 0 -1 Td " * 3000 + b"ET")
    pages = b"<</Type/Pages/Kids[%s]/Count 290>>" % (b"3 0 R " * 290)
    return pdf([_CATALOGUE, pages, page, words, _FONT])


def page_tree_in_a_circle() -> bytes:
    return pdf([_CATALOGUE, b"<</Type/Pages/Kids[%s]/Count 9>>" % (b"2 0 R " * 1000)])


def page_tree_that_doubles() -> bytes:
    levels = [
        b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (level + 1, level + 1)
        for level in range(2, 60)
    ]
    return pdf([_CATALOGUE, *levels, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


def cross_references_in_a_circle() -> bytes:
    return pdf([_CATALOGUE], trailer=b"/Prev 9") + b"\nstartxref\n9\n%%EOF"


def deep_page() -> str:
    return "<div>" * MILLION + "失业保险" * 10


def page_with_giant_attribute() -> str:
    return f"<html><body><p title='{'x' * 15 * MILLION}'>失业保险通知</p></body></html>"


def page_of_entities() -> str:
    return f"<html><body><p>{'&nbsp;&#19994;&unknown;' * 200_000}</p></body></html>"


def page_of_links() -> str:
    return "<html><body>" + "<ul><li><a href='/'>失业</a></li></ul>" * 100_000 + "</body></html>"


def unclosed_tags() -> str:
    return "<html><body>" + "<p><b><i><table><td>失" * 60_000


def lines_without_words() -> bytes:
    return "关于做好失业保险工作的通知".encode() + b"\n" * MILLION


def one_line() -> bytes:
    return "失业保险".encode() * (40 * MILLION // 12)


def noise() -> bytes:
    return random.Random(7).randbytes(3 * MILLION)  # noqa: S311


def broken_encoding() -> bytes:
    return "失业保险金申领办法".encode("gb18030") * 50_000 + b"\xff\x80\xfe" * 50_000


def wide_encoding() -> bytes:
    return ("\ufeff" + "失业保险" * 900_000).encode("utf-16-le")


def numbered_lines() -> bytes:
    return "".join(f"{'一' * 40}、（{n}）\n" for n in range(20_000)).encode()


def brackets() -> bytes:
    return ("关于做好工作的通知\n" + "（《〔" * 150_000).encode()


def markdown_stars() -> bytes:
    return ("# 关于做好失业保险工作的通知\n" + "**a " * 240_000).encode()


def markdown_rules() -> bytes:
    return ("# 关于做好失业保险工作的通知\n" + "- " * 400_000 + "x").encode()


def dates_without_end() -> bytes:
    return ("关于做好失业保险工作的通知\n" + "2020年1月1日起" * 80_000).encode()


def _text(make: Callable[[], str]) -> Callable[[], bytes]:
    return lambda: make().encode()


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    **{
        make.__name__: (".docx", make)
        for make in (
            *(wide_span, wide_merge, many_cells, negative_span, nested_tables, empty_paragraphs),
            *(words_in_pieces, entities, giant_attribute, many_entries, packed_part, many_lists),
            *(style_of_itself, tall_merge),
        )
    },
    **{
        make.__name__: (".pdf", make)
        for make in (
            *(many_operators, many_paths, blank_stream, packed_twice, deep_arrays, saved_states),
            *(forms_in_forms, page_again_and_again, page_tree_in_a_circle),
            *(page_tree_that_doubles, cross_references_in_a_circle),
        )
    },
    **{
        make.__name__: (".html", _text(make))
        for make in (
            *(deep_page, page_with_giant_attribute, page_of_entities, page_of_links),
            unclosed_tags,
        )
    },
    **{
        make.__name__: (".txt", make)
        for make in (
            *(lines_without_words, one_line, noise, broken_encoding, wide_encoding),
            *(numbered_lines, brackets, dates_without_end),
        )
    },
    **{make.__name__: (".md", make) for make in (markdown_stars, markdown_rules)},
}
"""By name: the suffix and how it is made. All are far below the size that is read at all."""
