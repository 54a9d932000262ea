"""Laying a document out, and what reaches the reader's browser of it."""

from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.assets import Assets
from bot.web.policies.catalogue import Filter, choices
from bot.web.policies.contents import contents
from bot.web.policies.document_cards import document_card
from bot.web.policies.layout import lay_out, without_title
from bot.web.render import Renderer


@dataclass(frozen=True)
class Unit:
    start: int
    end: int
    kind: str = "item"
    key: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    relation: str
    direction: str
    title: str
    issued_on: date | None
    url: str


@dataclass(frozen=True)
class Document:
    doc_id: str = "abc"
    title: str = "通知"
    doc_no: str = "人社〔2020〕1号"
    issuer: str = "某局"
    addressees: str = "各区人社局："
    region: str = "100000"
    region_name: str = "全国"
    issued_on: date | None = date(2020, 2, 9)
    effective_on: date | None = None
    expired_on: date | None = None
    superseded_on: date | None = None
    kind: str = "notice"
    validity: str = "in_force"
    validity_quote: str = ""
    occasion: str = ""
    guessed: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


texts = st.text("甲乙<>&\"'/ \n\u2028{}%ab", max_size=80)
cuts = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 40)), max_size=6)
render = Renderer(Assets())
OURS = {"html", "head", "meta", "title", "link", "script", "body", "a", "header", "div", "span"}
OURS |= {"strong", "img", "nav", "main", "p", "h1", "h2", "dl", "dt", "dd", "article", "section"}
OURS |= {
    "mark",
    "b",
    "button",
    "details",
    "summary",
    "wbr",
    "ol",
    "li",
    "table",
    "tbody",
    "tr",
    "th",
    "td",
}


def units_of(pairs: list[tuple[int, int]], length: int) -> list[Unit]:
    return [Unit(min(start, length), min(start + size, length)) for start, size in pairs]


def page(text: str, units: list[Unit], quote: str = "", document: Document | None = None) -> str:
    document = document or Document()
    layout = lay_out(text, units, quote)
    response = render(
        "policy.html",
        card=document_card(document),
        layout=layout,
        entries=contents(layout.blocks),
        guide=document.kind == "guide",
        quote_missing="",
        address="https://example.gov.cn/policies/abc",
        as_of="2026年3月2日",
    )
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
        if tag not in {"meta", "link", "img", "input", "wbr"}:
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


STANDINGS = [
    (Document(), "现行有效", "没有查到它失效或被取代的记载"),
    (Document(effective_on=date(2022, 7, 1)), "现行有效", "自2022年7月1日起施行"),
    (Document(expired_on=date(2030, 1, 1)), "现行有效", "有效到2030年1月1日前"),
    (Document(validity="lapsed", expired_on=date(2021, 1, 1)), "已经失效", "自2021年1月1日起不再"),
    (Document(validity="lapsed"), "已经失效", "请勿据此办理"),
    (
        Document(validity="superseded", superseded_on=date(2023, 1, 1)),
        "已被新文件取代",
        "自2023年1月1日起被取代",
    ),
    (Document(validity="not_yet", effective_on=date(2030, 5, 1)), "还没有施行", "2030年5月1日"),
    (Document(validity="unknown"), "尚未核实", "12333"),
    (
        Document(validity="unknown", occasion="疫情防控期间"),
        "阶段性",
        "「疫情防控期间」，没有公布何时结束",
    ),
]


@pytest.mark.parametrize(("document", "answer", "sentence"), STANDINGS)
def test_force_stands_before_the_text(document: Document, answer: str, sentence: str) -> None:
    html = page("正文", [], document=document)
    assert html.index("现在还有效吗") < html.index(answer) < html.index(sentence)
    assert html.index(sentence) < html.index("<article")


def test_the_document_s_own_words_on_its_validity_are_quoted() -> None:
    html = page("正文", [], document=Document(validity_quote="本法自2008年1月1日起施行"))
    assert "文件原话：「本法自2008年1月1日起施行」" in html
    assert "文件原话" not in page("正文", [])
    # When it began to hold would only mislead where something newer has taken its place.
    old = Document(validity="superseded", validity_quote="本法自1992年10月1日起施行")
    assert "文件原话" not in page("正文", [], document=old)


def test_the_successor_stands_in_the_banner_and_other_links_with_the_particulars() -> None:
    links = (
        Link("supersedes", "from", "新规定", date(2022, 10, 30), "/policies/new"),
        Link("supersedes", "to", "旧规定", None, "/policies/old"),
        Link("implements", "to", "上级规定", None, "/policies/up"),
    )
    html = page("正文", [], document=Document(validity="superseded", links=links))
    banner = html[html.index('class="force') : html.index('class="facts"')]
    assert '新的文件：<a href="/policies/new">《新规定》</a>（2022年10月30日）</p>' in banner
    facts = html[html.index('class="facts"') : html.index("</dl>")]
    assert '<dt>取代了</dt><dd><a href="/policies/old">《旧规定》</a></dd>' in facts
    assert '<dt>落实的上级文件</dt><dd><a href="/policies/up">《上级规定》</a></dd>' in facts


def test_what_is_derived_is_said_to_be() -> None:
    html = page("正文", [], document=Document(guessed=("issuer",)))
    assert "<dd>某局（推定）</dd>" in html
    assert "人社〔2020〕1号（推定）" not in html
    assert "<dt>发给</dt><dd>各区人社局</dd>" in html


def test_a_digest_says_so() -> None:
    assert "不是文件原文，请以" in page("正文", [], document=Document(kind="digest"))
    assert "不是文件原文，请以" not in page("正文", [])


LAW = "第一章  总则\n第一条 甲事。\n第二条 乙事。\n（一）丙。\n第二章 附则\n第三条 丁事。\n"
LAW_UNITS = [
    Unit(0, 8, "heading", "c1", ("第一章 总则",)),
    Unit(8, 16, "item", "a1", ("第一章 总则", "第一条")),
    Unit(16, 24, "item", "a2", ("第一章 总则", "第二条")),
    Unit(24, 29, "item", "a2.1", ("第一章 总则", "第二条", "（一）丙")),
    Unit(29, 36, "heading", "c2", ("第二章 附则",)),
    Unit(36, len(LAW), "item", "a3", ("第二章 附则", "第三条")),
]


def test_headings_are_headings_and_an_item_s_own_heading_is_bold() -> None:
    html = page(LAW, LAW_UNITS)
    assert "<h2>第一章  总则</h2>" in html
    assert "<p><b>第一条</b> 甲事。</p>" in html
    item = "一、加强服务\n各地要做好。\n"
    html = page(item, [Unit(0, len(item), "item", "1", ("一、加强服务",))])
    assert "<h2>一、加强服务</h2>" in html
    # A label that only begins a sentence is no heading of it.
    html = page("一、建立健全机制要快。", [Unit(0, 11, "item", "1", ("一、建立健全",))])
    assert "<b>" not in html


def test_the_contents_follow_the_tree_two_levels_deep() -> None:
    entries = contents(lay_out(LAW, LAW_UNITS).blocks)
    assert [(entry.label, entry.href) for entry in entries] == [
        ("第一章 总则", "#c1"),
        ("第二章 附则", "#c2"),
    ]
    assert [child.label for child in entries[0].children] == ["第一条", "第二条"]
    assert entries[0].children[0].short
    assert entries[0].children[1].children == []
    html = page(LAW, LAW_UNITS)
    for entry in entries:
        assert f'id="{entry.href[1:]}"' in html
        assert html.count(f'<a href="{entry.href}">') == 2, "beside the text, and folded"


def test_no_contents_where_they_would_not_help() -> None:
    plain = [Unit(n, n + 1, "item", f"p{n + 1}", (f"第{n + 1}段",)) for n in range(5)]
    assert contents(lay_out("一二三四五", plain).blocks) == ()
    assert contents(lay_out(LAW, LAW_UNITS[:2]).blocks) == ()
    assert 'class="contents' not in page("一二三四五", plain)


def test_a_section_is_found_by_its_number_and_by_its_key() -> None:
    html = page(LAW, LAW_UNITS)
    for number, unit in enumerate(LAW_UNITS, 1):
        assert f'<section id="u{number}"' in html
        assert f'id="{unit.key}"' in html
        assert f'href="#{unit.key}" data-copy' in html


@pytest.mark.parametrize(
    "phrases",
    [
        "人力资源社会保障部|关于|加强企业招聘用工服务的通知",
        "北京市人力资源和社会保障局|关于|进一步做好疫情防控期间|服务行业|相关工作的通知",
        "关于|切实做好招聘服务的通知",
        "上海市|实施《妇女权益保障法》办法",
        "劳动合同法",
    ],
)
def test_a_title_s_lines_end_between_phrases(phrases: str) -> None:
    title = phrases.replace("|", "")
    assert "|".join(document_card(Document(title=title)).phrases) == phrases
    assert phrases.replace("|", "<wbr>") in page("正文", [], document=Document(title=title))


def test_news_around_the_notice_is_folded_away_once_a_stretch() -> None:
    text = "昨日讯。\n记者说。\n正文。\n责编某。\n"
    units = [
        Unit(0, 5, "aside", "aside1", ("转载",)),
        Unit(5, 10, "aside", "aside2", ("转载",)),
        Unit(10, 14, "item", "p1", ("第1段",)),
        Unit(14, 19, "aside", "aside3", ("转载",)),
    ]
    html = page(text, units)
    label = "转载时的新闻内容，不是文件原文"
    assert html.count(label) == 2
    assert html.index(label) < html.index("昨日讯") < html.index("记者说") < html.index("正文。")
    assert html.index("正文。") < html.rindex(label) < html.index("责编某")
    assert html.count('class="aside"') == 3
    assert html.count('<details class="reprint">') == 2
    assert page(text, units, "正文").count('<details class="reprint">') == 2
    assert page(text, units, "记者说").count('<details class="reprint" open>') == 2


def test_a_guide_is_a_table_of_its_fields() -> None:
    text = "办理地点：某路1号\n咨询电话：020-12333\n"
    units = [
        Unit(0, 10, "item", "place", ("办理地点",)),
        Unit(10, len(text), "item", "phone", ("咨询电话",)),
    ]
    html = page(text, units, "020-12333", Document(kind="guide"))
    assert '<th scope="row"><span class="key" id="phone"></span>咨询电话</th>' in html
    assert "<mark>020-12333</mark>" in html
    assert '<tr id="u1">' in html


def test_a_head_that_only_repeats_the_title_is_shown_once() -> None:
    text = "某局关于做好\n某事的通知\n某发〔2020〕1号\n正文。\n"
    units = [Unit(0, 24, "head", "head", ("标题",)), Unit(24, len(text), "item", "p1", ("第1段",))]
    title = "某局关于做好某事的通知"
    shown = [p.text for p in without_title(lay_out(text, units), title).blocks[0].paragraphs]
    assert shown == ["某发〔2020〕1号"]
    news = "记者说。\n"
    moved = [Unit(u.start + 5, u.end + 5, u.kind, u.key, u.path) for u in units]
    reprint = lay_out(news + text, [Unit(0, 5, "aside", "aside1", ("转载",)), *moved])
    assert [p.text for p in without_title(reprint, title).blocks[1].paragraphs] == shown
    whole = lay_out(text, units)
    assert without_title(whole, "另一个标题") == whole
    marked = lay_out(text, units, "做好")
    assert without_title(marked, title) == marked, "what is quoted stays"


def test_issuer_and_date_are_a_signature() -> None:
    text = "特此通知。\n某省人社厅\n二〇二〇年二月七日\n联系人：某某，电话 12333\n"
    html = page(text, [Unit(0, len(text), "closing", "end", ("结尾",))])
    assert '<p class="signature">某省人社厅</p>' in html
    assert '<p class="signature">二〇二〇年二月七日</p>' in html
    assert "<p>特此通知。</p>" in html
    assert "<p>联系人：某某，电话 12333</p>" in html


def test_paper_says_where_it_came_from() -> None:
    html = page("正文", [])
    assert "《通知》，2026年3月2日查阅，" in html
    assert "网址：https://example.gov.cn/policies/abc</p>" in html


@given(title=texts, doc_id=st.text(min_size=1, max_size=20))
def test_titles_and_addresses_are_harmless(title: str, doc_id: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in doc_id):
        return
    card = document_card(Document(title=title, doc_id=doc_id))
    assert card.url.isascii()
    assert "/" not in card.url.removeprefix("/policies/")
    response = render(
        "policies.html",
        cards=[card],
        total=1,
        found=1,
        last=1,
        chosen=Filter(words=title),
        choices=choices([Document(title=title)]),
    )
    reader = Reader(bytes(response.body).decode())
    assert reader.depth == []
    assert "script" in reader.tags  # our own, from a file: the policy below allows no other
    assert "unsafe" not in response.headers["content-security-policy"]
