"""The reading page in a browser: found at the quoted words, on a phone, in the dark, on paper."""

import re
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from knowledge.documents.tables import PolicyDocument, PolicyUnit
from knowledge.parsing.reader import parse
from store.database import Database
from tests.browser.pictures import Picture

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ITEMS = (
    ("一、提前报告", "主办单位应当在招聘会举办前二十日，向所在区的人社部门报告时间、地点和规模。"),
    ("二、如实发布", "招聘信息应当写明单位、岗位、人数和工资，不得含有歧视性内容。"),
    ("三、分时段入场", "入场人数按场地面积控制，求职者可以提前预约入场时段，不用现场排队。"),
    ("四、网上同步", "现场招聘会的岗位同时在网上公布，网上投递与现场投递同等对待。"),
    ("五、投诉处理", "收到投诉的，应当在五个工作日内答复，处理情况记入服务台账。"),
)
QUOTE = "求职者可以提前预约入场时段，不用现场排队。"


def notice() -> str:
    """Return a notice with news before it, as websites reprint them."""
    body = "\n".join(f"{head}。{text * 4}" for head, text in ITEMS)
    return (
        "某市人力资源和社会保障局关于规范现场招聘会的通知\n某人社发〔2026〕3号\n"
        "各区人力资源和社会保障局：\n为规范现场招聘会，现将有关事项通知如下：\n"
        f"{body}\n某市人力资源和社会保障局\n2026年1月5日\n"
    )


@pytest.fixture
def address(url: str, sqlite_database: Database) -> str:
    """Address of the notice's page."""
    parsed = parse(notice().encode(), ".txt")
    data = parsed.metadata
    row = PolicyDocument(
        id="fairs",
        version=1,
        kind=parsed.kind,
        title=data.title,
        doc_no=data.doc_no,
        issuer=data.issuer,
        addressees=data.addressees,
        region="310000",
        issued_on=data.issued_on,
        effective_on=date(2026, 2, 1),
        occasion="",
        guessed=[],
        text=parsed.text,
        source="fairs",
        content_hash="fairs",
        added_at=NOW,
        updated_at=NOW,
        units=[
            PolicyUnit(
                number=number,
                kind=unit.kind,
                key=unit.key,
                path=list(unit.path),
                start=unit.start,
                end=unit.end,
            )
            for number, unit in enumerate(parsed.units, 1)
        ],
    )
    with sqlite_database.write() as session:
        session.add(row)
        session.commit()
    return f"{url}/policies/fairs"


def cited(address: str) -> str:
    return f"{address}?quote={quote(QUOTE)}#3"


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_a_citation_opens_at_its_words(page: Page, address: str, picture: Picture) -> None:
    page.goto(cited(address))
    mark = page.locator("section:has(> [id='3']) mark").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text(QUOTE)
    picture(page, "policy-quoted")


def test_what_stands_at_the_top(page: Page, address: str, picture: Picture) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("规范现场招聘会的通知")
    force = page.get_by_role("region", name="现在还有效吗")
    expect(force).to_contain_text("现行有效")
    expect(force).to_contain_text("自2026年2月1日起施行")
    for value in ("某人社发〔2026〕3号", "2026年1月5日", "上海市", "各区人力资源和社会保障局"):
        expect(page.locator(".facts")).to_contain_text(value)
    expect(page.locator("article")).not_to_contain_text("规范现场招聘会的通知")
    picture(page, "policy-desktop")


def test_the_contents_lead_to_sections_and_follow_the_reader(page: Page, address: str) -> None:
    page.goto(address)
    contents = page.get_by_role("navigation", name="本文目录")
    expect(contents.get_by_role("link")).to_have_count(len(ITEMS))
    contents.get_by_role("link", name="四、网上同步").click()
    expect(page.locator("section:has(> [id='4'])")).to_be_in_viewport()
    expect(contents.locator("[aria-current]")).to_have_count(1)


def test_a_section_s_link_is_copied_without_what_was_asked(
    context: BrowserContext, page: Page, address: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(cited(address))
    link = page.get_by_role("link", name="本节链接：三、分时段入场")
    link.focus()
    expect(link).to_be_visible()
    link.press("Enter")
    expect(page.get_by_role("status")).to_have_text("本节链接已复制")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}#3"


def test_a_phone_folds_the_contents(page: Page, address: str, picture: Picture) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    assert not sideways(page)
    folded = page.locator("details.contents")
    expect(folded.get_by_role("link", name="五、投诉处理")).to_be_hidden()
    picture(page, "policy-phone")
    folded.get_by_text("本文目录").click()
    folded.get_by_role("link", name="五、投诉处理").click()
    expect(page.locator("section:has(> [id='5'])")).to_be_in_viewport()


def test_all_is_there_without_scripts(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(cited(address))
    expect(page.locator("mark").first).to_have_text(QUOTE)
    expect(page.locator("section:has(> [id='3'])")).to_be_in_viewport()
    expect(page.get_by_role("button", name="打印")).to_have_count(0)
    context.close()


def test_nothing_is_asked_of_anybody_else(page: Page, url: str, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(cited(address))
    assert asked
    assert [request for request in asked if not request.startswith(url)] == []


def test_paper_has_the_text_the_mark_and_the_source(
    page: Page, address: str, picture: Picture
) -> None:
    page.goto(cited(address))
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (page.get_by_role("banner"), page.locator(".contents"), page.locator(".actions")):
        for number in range(gone.count()):
            expect(gone.nth(number)).to_be_hidden()
    source = page.locator(".source")
    expect(source).to_be_visible()
    expect(source).to_contain_text("/policies/fairs")
    style = "mark => getComputedStyle(mark).textDecorationLine"
    assert page.locator("mark").first.evaluate(style) == "underline"
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    page.evaluate("window.scrollTo(0, 0)")
    picture(page, "policy-print")


CONTRAST = """() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${node.className} ${node.textContent}`);
  }
  return low;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_contrast(page: Page, address: str, picture: Picture, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in (cited(address), re.sub(r"/fairs$", "", address)):
        page.goto(path)
        assert page.evaluate(CONTRAST) == []
    if scheme == "dark":
        page.goto(address)
        picture(page, "policy-dark")


def test_the_list_is_searched(page: Page, url: str, address: str, picture: Picture) -> None:
    page.goto(f"{url}/policies")
    picture(page, "policies")
    box = page.get_by_role("searchbox")
    box.fill("某人社发[2026]3号")
    box.press("Enter")
    expect(page.get_by_text("找到 1 份")).to_be_visible()
    expect(page.get_by_role("link", name="规范现场招聘会的通知")).to_be_visible()
    page.get_by_role("searchbox").fill("没有这个词")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_text("没有符合条件的文件")).to_be_visible()


def test_one_walks_through_it_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    skip.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("article").count() == 1
