"""Web pages: the article without the page around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import trafilatura
from lxml import etree, html
from lxml_html_clean import Cleaner

from knowledge.parsing.dates import parse_date
from knowledge.parsing.formats.articles import article_of, dated_list, part_site, without_end
from knowledge.parsing.formats.grids import rows_of
from knowledge.parsing.formats.plain import decode
from knowledge.parsing.formats.refusal import UnreadableFile
from knowledge.parsing.labels import Stated
from knowledge.parsing.shapes import CELL

MAX_CHARACTERS = 5_000_000
MAX_ROWS, MAX_COLUMNS = 2_000, 60  # of a table that anybody reads
MAX_CELL = 2_000  # characters: what holds more is the frame of a page
_TAGS = re.compile(
    r"</?(?:html|body|p|div|span|br|font|style|script|td|tr|table|a|h[1-6]|section)\b[^>]*>", re.I
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
_BLOCKS = frozenset(
    ("p", "div", "br", "tr", "li", "table", "section", "article", "ul", "ol", "dl", "dt", "dd")
) | {f"h{level}" for level in range(1, 7)}
# The element that holds the text on China's government sites, by the systems they run on.
_BODY = (
    "//*[@id='UCAP-CONTENT' or @id='zoom' or @id='Zoom' or contains(@class,'TRS_Editor') or "
    "contains(@class,'trs_editor_view') or contains(@class,'article-content')]"
)
# The page particulars that 国办发〔2017〕47号 asks of every government site.
_PARTICULARS = {
    "ArticleTitle": "title",
    "PubDate": "date",
    "ContentSource": "source",
    "SiteName": "site",
}
_SAYS = re.compile(rf"[。；：！？;!?]|\.\s|{re.escape(CELL)}")
_SAID_SHARE = 0.1  # of a page's lines that end a sentence or lead into one
_MENU_LINKS, _MENU_LETTERS, _MENU_SHARE = 4, 20, 0.8
_NO_BREAKS = str.maketrans("", "", "\r\n")
_CLEANER = Cleaner(
    scripts=True,
    javascript=True,
    comments=True,
    style=True,
    inline_style=True,
    links=True,
    meta=False,
    page_structure=False,
    processing_instructions=True,
    embedded=True,
    frames=True,
    forms=True,
    annoying_tags=True,
    kill_tags=("nav", "footer", "aside", "noscript", "template", "svg", "math"),
    safe_attrs_only=False,
)


def is_web_page(text: str) -> bool:
    """Tell whether ``text`` carries enough tags to be read as HTML, whatever its file's name."""
    return len(_TAGS.findall(text[:200_000])) >= 3


def decode_page(content: bytes) -> str:
    """Return the page's characters, by its own word on the encoding where that is right."""
    stated = _CHARSET.search(content[:4096])
    if stated is not None:
        name = stated[1].decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk") else name
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)


@dataclass(frozen=True)
class Page:
    """What a page says: its article, and the article's particulars.

    ``title`` is the article's by the page's head, ``page_title`` the page's own.
    """

    text: str
    title: str = ""
    page_title: str = ""
    published: date | None = None
    site: str = ""
    stated: Stated = field(default_factory=Stated)


def read_page(page: str) -> Page:
    """Return the article, block by block, and its particulars.

    Scripts, styles, forms, frames and comments are gone before anything is read.
    """
    if len(page) > MAX_CHARACTERS:
        raise UnreadableFile("too_long")
    try:
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\0", "")))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("broken_page") from error
    said = _particulars(tree)
    page_title, site = part_site(tree.findtext(".//title") or tree.findtext(".//h1") or "")
    title = said.get("title", "").rstrip("….")
    _CLEANER(tree)
    _drop_menus(tree)
    _write_out_tables(tree)
    article = article_of(_blocks(tree), title or page_title)
    text = _contained(tree) or (article.text if article.found else _found(tree))
    if not title and len(_SAYS.findall(text)) < _SAID_SHARE * len(text.split("\n")):
        text = dated_list(text, page_title)
    if title and _bare(title) not in map(_bare, text.split("\n")):
        text = f"{title}\n\u3000\u3000{text.strip()}"
    return Page(
        text=text,
        title=title,
        page_title=page_title,
        published=parse_date(said.get("date", "")) or article.published,
        site=said.get("site", "") or site,
        stated=Stated(source=said.get("source", "")).over(article.stated),
    )


def _drop_menus(tree: html.HtmlElement) -> None:
    """Drop the blocks that are nothing but short links: menus, related news, friends' sites."""
    weights: dict[html.HtmlElement, tuple[int, int, int]] = {}  # letters, of links, links
    menus: list[html.HtmlElement] = []
    for _, node in etree.iterwalk(tree, events=("end",)):
        inner = [weights.pop(child, (0, 0, 0)) for child in node]
        own = len(_bare(node.text or "")) + sum(len(_bare(child.tail or "")) for child in node)
        letters, linked, links = (sum(parts) for parts in zip((own, 0, 0), *inner, strict=True))
        if node.tag == "a":
            linked, links = letters, 1
        weights[node] = (letters, linked, links)
        many = links >= _MENU_LINKS or (links > 1 and linked == letters)
        short = many and linked <= _MENU_LETTERS * links
        if node.tag in _BLOCKS and short and linked >= _MENU_SHARE * letters:
            menus.append(node)
    for menu in menus:
        if menu.getparent() is not None:
            menu.drop_tree()


def _write_out_tables(tree: html.HtmlElement) -> None:
    """Put a paragraph for each row in a table's stead, where it is one and no page's frame."""
    for table in tree.xpath("//table[not(.//table)]"):
        grid, headed = _grid(table)
        lone = max((len({*row}) for row in grid), default=0) < 2
        if lone or len(grid) < 2 or any(len(cell) > MAX_CELL for row in grid for cell in row):
            continue
        written = html.Element("div")
        for row in rows_of(grid, headed=headed):
            etree.SubElement(written, "p").text = row
        written.tail = table.tail
        table.getparent().replace(table, written)


def _grid(table: html.HtmlElement) -> tuple[list[list[str]], bool]:
    """Return a table's cells, merged ones in each of their places, and whether it has a head."""
    rows = table.xpath(".//tr")[:MAX_ROWS]
    grid: list[dict[int, str]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row.xpath("./td|./th"):
            while column in grid[at]:
                column += 1
            text = "".join(_pieces(cell, as_written=False)).strip().removeprefix(CELL.strip())
            wide = min(_span(cell, "colspan"), MAX_COLUMNS - column)
            for below in grid[at : at + _span(cell, "rowspan")]:
                below.update(dict.fromkeys(range(column, column + wide), text.strip()))
            column += wide
            if column >= MAX_COLUMNS:
                break
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    cells = [[row.get(column, "") for column in range(width)] for row in grid]
    return cells, bool(rows) and bool(rows[0].xpath("./th")) and not rows[0].xpath("./td")


def _span(cell: html.HtmlElement, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return max(1, min(int(value), MAX_ROWS)) if value.isdecimal() and len(value) < 6 else 1


def _particulars(tree: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = _PARTICULARS.get(str(meta.get("name", "")))
        value = str(meta.get("content") or "").strip()
        if name and value:
            found.setdefault(name, value)
    return found


def _contained(tree: html.HtmlElement) -> str:
    """Return the text of the known container; "" where the page has none."""
    for body in tree.xpath(_BODY):
        text = _blocks(body)
        if _letters(text) >= 100:
            return without_end(text)
    return ""


def _found(tree: html.HtmlElement) -> str:
    """Return what trafilatura finds, else the whole.

    trafilatura judges by sentences and links, which drops the short lines of a notice
    (number, addressees, list items): its answer only counts when it kept nearly all of them.
    """
    whole = _blocks(tree)
    extracted: str | None = trafilatura.extract(
        tree, include_comments=False, include_tables=True, favor_recall=True, no_fallback=False
    )
    return without_end(_between(whole, extracted) if extracted else whole)


def _between(whole: str, extracted: str) -> str:
    """Return the lines of ``whole`` from the first to the last that the article consists of."""
    kept = {_bare(line) for line in extracted.split("\n")} - {""}
    lines = whole.split("\n")
    hits = [number for number, line in enumerate(lines) if _bare(line) in kept]
    if not hits or sum(len(_bare(lines[hit])) for hit in hits) < 0.6 * _letters(extracted):
        return whole
    return "\n".join(lines[hits[0] : hits[-1] + 1])


def _bare(line: str) -> str:
    return re.sub(r"\W+", "", line)


def _letters(text: str) -> int:
    return len(_bare(text))


def _blocks(element: html.HtmlElement) -> str:
    blocks = sum(node.tag in _BLOCKS for node in element.iter())
    text = element.text_content()
    # A plain text with a few stray tags: there the line feeds are the paragraphs.
    as_written = blocks < 0.3 * len(re.findall(r"\n[ \t]*[^\s]", text))
    joined = "".join(_pieces(element, as_written))
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+", "\n\n", joined)


def _pieces(element: html.HtmlElement, as_written: bool) -> Iterator[str]:
    """Walk without recursion: a page may nest a thousand deep."""
    preformatted = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str) or node.tag in ("title", "meta"):
            continue
        if event == "start":
            preformatted += node.tag == "pre"
            if node.tag in _BLOCKS:
                yield "\n"
            elif node.tag in ("td", "th") and node.getprevious() is not None:
                yield CELL
            yield _as_shown(node.text, as_written or preformatted > 0)
        else:
            preformatted -= node.tag == "pre"
            if node.tag in _BLOCKS:
                yield "\n"
            if node is not element:
                yield _as_shown(node.tail, as_written or preformatted > 0)


def _as_shown(text: str | None, as_written: bool) -> str:
    """Return text as the browser shows it: there a line feed in the source breaks no line."""
    if not text or as_written:
        return text or ""
    return re.sub(r"(?<=[!-~])[ \t]*[\r\n]+[ \t]*(?=[!-~])", " ", text).translate(_NO_BREAKS)
