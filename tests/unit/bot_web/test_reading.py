"""Laying a document out, and what reaches the reader's browser of it."""

from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.assets import Assets
from bot.web.cards import describe
from bot.web.reading import lay_out
from bot.web.render import Renderer


@dataclass(frozen=True)
class Unit:
    start: int
    end: int
    kind: str = "item"


@dataclass(frozen=True)
class Document:
    doc_id: str = "abc"
    title: str = "通知"
    doc_no: str = "人社〔2020〕1号"
    issuer: str = "某局"
    region_name: str = "全国"
    issued_on: date | None = date(2020, 2, 9)
    kind: str = "original"
    in_force: bool | None = True
    occasion: str = ""
    guessed: tuple[str, ...] = ()


texts = st.text("甲乙<>&\"'/ \n\u2028{}%ab", max_size=80)
cuts = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 40)), max_size=6)
render = Renderer(Assets())
OURS = {"html", "head", "meta", "title", "link", "script", "body", "a", "header", "div", "span"}
OURS |= {"strong", "img", "nav", "main", "p", "h1", "h2", "dl", "dt", "dd", "article", "section"}
OURS |= {"mark"}


def units_of(pairs: list[tuple[int, int]], length: int) -> list[Unit]:
    return [Unit(min(start, length), min(start + size, length)) for start, size in pairs]


def page(text: str, units: list[Unit], quote: str = "", document: Document | None = None) -> str:
    card = describe(document or Document())
    layout = lay_out(text, units, quote)
    response = render("policy.html", card=card, layout=layout, quote_missing="")
    return bytes(response.body).decode()


class Reader(HTMLParser):
    """Collects what a browser would: the article's text, its marks, all tags and anchors."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.depth: list[str] = []
        self.article: list[str] = []
        self.marked: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in {"meta", "link", "img"}:
            self.depth.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.depth.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.depth:
            self.article.append(data)
            if "mark" in self.depth:
                self.marked.append(data)


def solid(text: str) -> str:
    return "".join(text.split())


@given(text=texts, pairs=cuts, quote=texts)
def test_every_character_is_shown_once_and_as_text(
    text: str, pairs: list[tuple[int, int]], quote: str
) -> None:
    reader = Reader(page(text, units_of(pairs, len(text)), quote))
    assert solid("".join(reader.article)) == solid(text)
    assert reader.depth == []
    assert reader.tags <= OURS


@given(text=texts, pairs=cuts)
def test_every_unit_has_its_anchor(text: str, pairs: list[tuple[int, int]]) -> None:
    reader = Reader(page(text, units_of(pairs, len(text))))
    anchors = [name for name in reader.ids if name.startswith("u")]
    assert sorted(anchors) == sorted(f"u{n}" for n in range(1, len(pairs) + 1))


@given(text=texts, pairs=cuts, start=st.integers(0, 79), size=st.integers(1, 30))
def test_quoted_words_are_marked(
    text: str, pairs: list[tuple[int, int]], start: int, size: int
) -> None:
    quote = text[start : start + size]
    reader = Reader(page(text, units_of(pairs, len(text)), quote))
    marked = solid("".join(reader.marked))
    if solid(quote):
        assert marked
        assert marked == solid(quote) * (len(marked) // len(solid(quote)))
    else:
        assert marked == ""


def test_a_quote_over_a_unit_boundary_is_marked_on_both_sides() -> None:
    text = "一、招聘会暂停。\n二、改到线上办。"
    html = page(text, [Unit(0, 9), Unit(9, len(text))], "暂停。\n二、改到")
    assert "<mark>暂停。</mark>" in html
    assert "<mark>二、改到</mark>" in html


@pytest.mark.parametrize(
    ("in_force", "words"), [(True, "现行有效"), (False, "已经失效"), (None, "尚未核实")]
)
def test_force_stands_before_the_title(in_force: bool | None, words: str) -> None:
    html = page("正文", [], document=Document(in_force=in_force))
    assert html.index(words) < html.index("<h1>")


def test_what_is_derived_or_passing_is_said_to_be() -> None:
    html = page("正文", [], document=Document(guessed=("issuer",)))
    assert "<dd>某局（推定）</dd>" in html
    assert "人社〔2020〕1号（推定）" not in html
    html = page("正文", [], document=Document(in_force=None, occasion="疫情防控期间"))
    assert "「疫情防控期间」，没有写明何时结束" in html


def test_a_digest_says_so() -> None:
    assert "不是文件原文" in page("正文", [], document=Document(kind="digest"))
    assert "不是文件原文" not in page("正文", [])


def test_headings_are_headings() -> None:
    html = page("第一章 总则\n第一条 甲", [Unit(0, 7, "heading"), Unit(7, 12)])
    assert "<h2>第一章 总则</h2>" in html


@given(title=texts, doc_id=st.text(min_size=1, max_size=20))
def test_titles_and_addresses_are_harmless(title: str, doc_id: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in doc_id):
        return
    card = describe(Document(title=title, doc_id=doc_id))
    assert card.url.isascii()
    assert "/" not in card.url.removeprefix("/policies/")
    response = render("policies.html", cards=[card])
    reader = Reader(bytes(response.body).decode())
    assert reader.depth == []
    assert "script" in reader.tags  # our own, from a file: the policy below allows no other
    assert "unsafe" not in response.headers["content-security-policy"]
