"""What stands around a document: labels beside it, the page it was saved from, its file's name."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.parsing.doc_numbers import find_doc_no
from knowledge.parsing.formats.articles import article_of, part_site
from knowledge.parsing.formats.refusal import UnreadableFile
from knowledge.parsing.labels import part_labels
from knowledge.parsing.metadata import Metadata
from knowledge.parsing.reader import ParsedDocument, parse

BODY = (
    "第一条　为了办好夜间招聘市集，方便白天上班的劳动者，制定本规定。\n"
    "第二条　市集每周五晚上举行，从十八时三十分开到二十一时。\n"
    "第三条　本规定自2031年9月1日起施行。\n"
)


def read(text: str, suffix: str = ".txt", name: str = "x") -> ParsedDocument:
    return parse(text.encode(), suffix, name)


def data(text: str, suffix: str = ".txt", name: str = "x") -> Metadata:
    return read(text, suffix, name).metadata


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("云人社发[2005]12号", "云人社发〔2005〕12号"),
        ("云人社规﹝2022﹞3号", "云人社规〔2022〕3号"),
        ("云劳社函［2001］648号", "云劳社函〔2001〕648号"),
        ("云府规（2019）6号", "云府规〔2019〕6号"),
        ("云府办规 〔2031〕 第 8 号", "云府办规〔2031〕8号"),
        ("国务院令〔2007〕第514号", "国务院令〔2007〕第514号"),
        ("国务院令第 724 号", "国务院令第724号"),
        ("主席令第二十五号", "主席令第二十五号"),
        ("人力资源和社会保障部令\n（第 8 号）", "人力资源和社会保障部令第8号"),
        (
            "云溪省人民代表大会常务委员会公告〔第 115 号〕",
            "云溪省人民代表大会常务委员会公告第115号",
        ),
        ("国家税务总局公告2020年第5号", "国家税务总局公告2020年第5号"),
        ("（2021年7月27日中华人民共和国国务院令第746号公布）", "中华人民共和国国务院令第746号"),
        ("市集每周五举行，共12号摊位", ""),
    ],
)
def test_a_number_is_read_in_every_bracket_and_form(written: str, number: str) -> None:
    assert find_doc_no(written) == number


PRINT = (
    "第三部分　招聘市集\n关于云溪省夜间招聘市集有关问题的若\n干规定（2031修正）\n"
    "（2028年4月2日云溪省人民政府第3次会议通过　根据2031年5月6日\n"
    "《关于修改若干规章的决定》修正）\n"
    "{labels}" + BODY
)


@pytest.mark.parametrize(
    "labels",
    [
        "时效性：现行有效\n发文机关：浙江省人民政府\n文号：浙江省人民政府令第 9 号\n"
        "发文日期：2031 年 5 月 6 日\n施行日期：2031 年 06 月 1 日\n",
        "发布部门:浙江省人民政府\n发文字号:浙江省人民政府令第9号\n颁布日期:2031-5-6\n"
        "实施日期:20310601\n",
        "【发布单位】浙江省人民政府\n【文　　号】浙江省人民政府令第9号\n【公布日期】2031.05.06\n"
        "【生效日期】2031.06.01\n",
    ],
)
def test_the_lines_of_a_law_database_are_data(labels: str) -> None:
    document = read(PRINT.format(labels=labels))
    found = document.metadata
    assert found.title == "关于云溪省夜间招聘市集有关问题的若干规定（2031修正）"
    assert (found.doc_no, found.issuer) == ("浙江省人民政府令第9号", "浙江省人民政府")
    assert (found.issued_on, found.effective_on) == (date(2031, 5, 6), date(2031, 6, 1))
    assert found.guessed == ()
    assert document.kind == "statute"
    assert "发文" not in document.text
    assert "第三部分" not in document.text


def test_what_a_database_calls_lapsed_is_not_in_force() -> None:
    labels = "时效性：失效\n发文机关：浙江省人民政府\n发文日期：2031年5月6日\n"
    found = data(PRINT.format(labels=labels))
    assert found.expires_on is not None
    assert "expired_on" in found.guessed
    assert found.expires_on <= date(2031, 9, 1)


def test_one_label_alone_is_a_line_of_the_text() -> None:
    text = "云溪市集须知\n名称：夜间市集\n市集每周五晚上举行。"
    assert part_labels(text)[1] == text


@given(st.text(alphabet="发文机关日期：:\n 标题2031年第号云溪市集。", max_size=120))
def test_no_label_is_invented_and_reading_never_fails(text: str) -> None:
    stated, rest = part_labels(text)
    told = [value for value in vars(stated).values() if isinstance(value, str) and value]
    assert all(re.sub(r"\s", "", value) in re.sub(r"\s", "", text) for value in told)
    assert len(rest.replace("\u3000", "")) <= len(text)


ARTICLE = (
    "<p>夜间招聘市集每周五晚上举行，从十八时三十分开到二十一时，白天上班的劳动者都可以来。</p>"
    "<p>摊位费每晚二十元，到西门窗口申请，三天内答复，也可以打电话问清楚再来。</p>"
)
PAGE = (
    "<html><head><title>夜市里找工作 - 杭州市人民政府门户网站</title>"
    '<meta name="SiteName" content="杭州市人民政府门户网站">'
    '<meta name="ArticleTitle" content="夜市里找工作">'
    '<meta name="PubDate" content="2031-05-06 09:00">'
    '<meta name="ContentSource" content="{source}"></head><body>'
    "<div>当前位置：首页</div><div>基本信息</div><div>统一编号：A7</div><div>文　　号：</div>"
    "<div>杭就〔2031〕7号</div><div>失效日期：2033年5月6日</div><h1>夜市里找工作</h1>"
    "<div>2031-05-06</div><div>来源：</div><div>{source}</div><div>分享到</div><div>听全文</div>"
    + ARTICLE
    + "<div>相关附件</div><div>扫一扫在手机打开当前页</div><div>上一篇：别的市集</div>"
    "<div>夜市里找工作 夜间招聘市集每周五晚上举行，从十八时三十分开到二十一时</div></body></html>"
)


def test_a_page_saved_whole_gives_its_article_and_particulars() -> None:
    document = read(PAGE.format(source="市就业服务中心  人才交流处"), ".html")
    found = document.metadata
    assert (found.title, found.doc_no) == ("夜市里找工作", "杭就〔2031〕7号")
    assert (found.issuer, found.region) == ("杭州市就业服务中心", "330100")
    assert (found.issued_on, found.expires_on) == (date(2031, 5, 6), date(2033, 5, 6))
    assert "title" not in found.guessed
    lines = document.text.split("\n")
    assert lines[0] == "夜市里找工作"
    assert len(lines) == 3
    for furniture in ("扫一扫", "相关附件", "分享", "上一篇", "当前位置", "基本信息"):
        assert furniture not in document.text


@pytest.mark.parametrize(
    ("source", "issuer"), [("本网", "杭州市人民政府"), ("云溪日报", "云溪日报")]
)
def test_a_source_speaks_for_itself_and_a_site_for_its_office(source: str, issuer: str) -> None:
    found = data(PAGE.format(source=source), ".html")
    assert (found.issuer, found.region) == (issuer, "330100")
    assert "issuer" in found.guessed


EXPORT = (
    "Title: 夜市里找工作 - 杭州市人民政府门户网站\n\nURL Source: https://zhida.example/7\n\n"
    "Markdown Content:\n[](javascript:void(0))\n*   [首页](https://zhida.example/)\n"
    "*   ![Image 1](https://zhida.example/a.png)关注\n\n夜市里找工作\n\n"
    "*   _![Image 2](https://zhida.example/b.png)__ 2031-05-06\n*   来源：杭州市就业服务中心\n"
    "*   分享到\n\n夜间招聘市集每周五晚上举行，从十八时三十分开到二十一时，白天上班的劳动者可以来。"
    "\n\n摊位费每晚二十元，到西门窗口申请，三天内答复，也可以打电话问清楚再来。\n\n"
    "相关新闻\n\n扫一扫在手机打开当前页\n\n*   [别的](https://zhida.example/8)\n"
)
FRONT = (
    "---\ntitle: 夜市里找工作\nauthor: 杭州市就业服务中心\npublished: 2031-05-06\n---\n"
    "夜市里找工作\n\n夜间招聘市集每周五晚上举行，从十八时三十分开到二十一时。\n\n"
    "摊位费每晚二十元，到西门窗口申请，三天内答复，也可以打电话问清楚再来。\n"
)


@pytest.mark.parametrize("text", [EXPORT, FRONT], ids=["reader", "front matter"])
def test_a_readers_export_gives_article_title_source_and_day(text: str) -> None:
    document = read(text, ".md")
    found = document.metadata
    assert (found.title, found.issuer) == ("夜市里找工作", "杭州市就业服务中心")
    assert (found.issued_on, found.region) == (date(2031, 5, 6), "330100")
    assert len(document.text.strip().split("\n")) == 3


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("夜市里找工作 - 杭州市人民政府门户网站", ("夜市里找工作", "杭州市人民政府门户网站")),
        ("夜市里找工作_中国政府网", ("夜市里找工作", "中国政府网")),
        ("杭州市就业服务网站-夜市里找工作", ("夜市里找工作", "杭州市就业服务网站")),
        ("关于2031-2033年市集的通知", ("关于2031-2033年市集的通知", "")),
    ],
)
def test_a_pages_title_is_told_from_its_sites_name(title: str, parts: tuple[str, str]) -> None:
    assert part_site(title) == parts


def test_an_article_whose_title_stands_nowhere_is_the_whole_page() -> None:
    page = "甲\n" + "夜间招聘市集每周五晚上举行。" * 6 + "\n扫一扫在手机打开当前页\n乙"
    article = article_of(page, "别的标题")
    assert not article.found
    assert article.text.endswith("举行。")


def _list_page(day: str) -> str:
    items = "".join(
        f"<li><a href='/{number}'>云溪市集第{number}次摊位分配公告</a>{day.format(number)}</li>"
        for number in range(10, 28)
    )
    head = "<html><head><title>通知公告</title></head><body><p>通知公告</p>"
    return f"{head}<ul>{items}</ul></body></html>"


def test_a_page_that_lists_what_was_published_when_is_a_table() -> None:
    document = read(_list_page(" [2031-05-{}]"), ".html")
    rows = [document.text[unit.start : unit.end].strip() for unit in document.units[1:]]
    assert rows[2] == "公告名称：云溪市集第12次摊位分配公告 | 发布日期：2031-05-12"
    assert (document.metadata.title, len(rows)) == ("通知公告", 18)


def test_a_page_of_links_to_other_pages_is_no_document() -> None:
    html = _list_page("")
    with pytest.raises(UnreadableFile) as refusal:
        read(html, ".html")
    assert refusal.value.code == "empty"


@pytest.mark.parametrize("name", ["06_夜间市集摊位须知", "夜间市集摊位须知(2031-05-06)"])
def test_a_title_that_cannot_be_found_is_the_files_name_and_marked(name: str) -> None:
    text = "夜间招聘市集每周五晚上举行，从十八时三十分开到二十一时，白天上班的劳动者都可以来。"
    found = data(text, name=name)
    assert (found.title, "title" in found.guessed) == ("夜间市集摊位须知", True)


def test_several_bodies_in_a_row_are_told_apart() -> None:
    title = "杭州市民政局杭州市财政局关于夜间招聘市集补贴标准的通知"
    text = f"{title}\n杭民〔2031〕7号\n各区：\n市集补贴为每晚二十元，按月发放。\n"
    assert data(text).issuer == "杭州市民政局、杭州市财政局"


def test_the_day_of_printing_is_when_a_notice_goes_out() -> None:
    text = (
        "杭州市民政局关于夜间招聘市集的通知\n杭民〔2031〕7号\n各区：\n"
        "一、市集每周五晚上举行。\n二、本通知自印发之日起施行，有效期5年。\n"
        "杭州市民政局\n2031年5月6日\n公开方式：主动公开\n杭州市民政局办公室 2031年5月9日印发\n"
    )
    found = data(text)
    assert (found.issuer, found.issued_on) == ("杭州市民政局", date(2031, 5, 6))
    assert (found.effective_on, found.expires_on) == (date(2031, 5, 9), date(2036, 5, 9))


def test_rules_and_an_annex_after_a_notice_are_both_parts_of_it() -> None:
    text = (
        "杭州市民政局关于印发夜间招聘市集办法的通知\n杭民〔2031〕7号\n各区民政局：\n"
        "现将《夜间招聘市集办法》印发给你们，请遵照执行。\n杭州市民政局\n2031年5月6日\n"
        "夜间招聘市集办法\n第一条　市集每周五晚上举行。\n第二条　摊位费每晚二十元。\n"
        "附件：摊位申请表填写说明\n一、姓名要与身份证一致，不得由别人代填，不得空着不写。\n"
        "二、电话要写本人的手机号码，以便工作人员在三天之内通知结果和摊位号。\n"
    )
    keys = [unit.key for unit in read(text).units]
    assert "f1.a2" in keys
    assert "f2.2" in keys
