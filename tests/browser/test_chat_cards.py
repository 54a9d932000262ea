"""The chat page's cards: citations, jobs, times, tickets; and words that would rather be code."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.chatting import send
from tests.browser.pictures import Picture
from tests.browser.scripted import Script, reply

SOURCE = "/policies/d1?quote=%E7%BA%BF%E4%B8%8B#u2"
CITATION = {
    "doc_id": "d1",
    "title": "关于招聘的通知",
    "doc_no": "某人社〔2026〕1号",
    "issuer": "某局",
    "issued_on": "2026-01-05",
    "in_force": None,
    "section": "一、招聘会",
    "quote": "线下招聘会应当提前报告。",
    "url": SOURCE,
}


def test_a_citation_is_a_card_that_leads_to_its_words(
    page: Page, context: BrowserContext, url: str, script: Script
) -> None:
    lines = ["可以办。", "原文：「线下招聘会应当提前报告。」", "——《关于招聘的通知》", "仅供参考。"]
    source = f'/ask_policy{{"question":"{SOURCE}"}}'
    other = '/ask_policy{"question":"/policies/d2"}'
    data = {"kind": "policy_answer", "status": "answered", "citations": [CITATION]}
    script.answer = lambda text: [
        reply("\n".join(lines), ("看原文", source), ("另一份", other), data=data)
    ]
    page.goto(url)
    send(page, "还能办吗")
    card = page.get_by_role("article", name="引用：关于招聘的通知")
    expect(card.locator("blockquote")).to_have_text("线下招聘会应当提前报告。")
    expect(card).to_contain_text("待核实")
    expect(page.locator(".from-bot .prose")).to_have_text("可以办。\n仅供参考。")
    link = card.get_by_role("link")
    expect(link).to_have_attribute("href", url + SOURCE)
    expect(link).to_have_attribute("rel", "noopener")
    expect(page.get_by_role("button", name="看原文")).to_have_count(0)
    with context.expect_page() as opened:
        page.get_by_role("link", name="另一份").click()
    assert opened.value.url == f"{url}/policies/d2"
    assert len(script.posts) == 1


@pytest.mark.parametrize(
    ("fields", "badge"),
    [
        ({"validity": "in_force", "in_force": True}, "现行"),
        ({"validity": "lapsed", "in_force": False}, "已失效"),
        ({"validity": "superseded", "superseded_by": "new"}, "已被取代"),
        ({"validity": "not_yet"}, "尚未施行"),
        ({"validity": "unknown", "occasion": "疫情防控期间"}, "阶段性"),
        ({"validity": "unknown", "occasion": ""}, "待核实"),
        ({"in_force": False}, "已失效"),
    ],
)
def test_a_citation_says_whether_it_holds(
    page: Page, url: str, script: Script, fields: dict[str, object], badge: str
) -> None:
    citation = CITATION | fields
    data = {"kind": "policy_answer", "status": "answered", "citations": [citation]}
    script.answer = lambda text: [reply("见原文。", data=data)]
    page.goto(url)
    send(page, "还能办吗")
    card = page.get_by_role("article", name="引用：关于招聘的通知")
    expect(card.locator(".badge")).to_have_text(badge)
    newer = card.get_by_role("link", name="看新的文件")
    if "superseded_by" in fields:
        expect(newer).to_have_attribute("href", f"{url}/policies/new")
    else:
        expect(newer).to_have_count(0)


def test_jobs_and_slots_carry_their_own_buttons(page: Page, url: str, script: Script) -> None:
    jobs = [
        {"id": "A1", "title": "电工", "employer": "甲厂", "salary_min": 7000, "salary_max": 9000},
        {
            "id": "A2",
            "title": "电工",
            "employer": "乙厂",
            "reasons": ["地点相符"],
            "unknown": ["证书"],
        },
    ]
    slots = [
        {"id": 7, "start": "2026-03-03T01:00:00Z", "end": "2026-03-03T01:30:00Z"},
        {"id": 8, "start": "2026-03-03T02:00:00Z", "end": "2026-03-03T02:30:00Z"},
    ]
    script.answer = lambda text: [
        reply(
            "按「电工」找到 2 个岗位：\n1. 电工｜甲厂\n2. 电工｜乙厂\n   地点相符\n"
            "可以再缩小范围。",
            ("第 1 个", '/job_details{"posting_id":"A1"}'),
            ("第 2 个", '/job_details{"posting_id":"A2"}'),
            ("下一页", '/search_jobs{"page":2}'),
            data={"kind": "job_list", "total": 2, "jobs": jobs},
        ),
        reply(
            "点一个就约好：\n· 09:00–09:30\n· 10:00–10:30",
            ("九点", '/book_window{"slot_id":7}'),
            ("十点", '/book_window{"slot_id":8}'),
            data={"kind": "slot_list", "hall": "大厅", "business": "登记", "slots": slots},
        ),
    ]
    page.goto(url)
    send(page, "电工")
    first, second = page.locator(".job").first, page.locator(".job").last
    expect(first).to_contain_text("7,000–9,000 元/月")
    expect(first.get_by_role("button")).to_have_text(["第 1 个"])
    expect(second).to_contain_text("未写明：证书")
    expect(second.get_by_role("button")).to_have_text(["第 2 个"])
    expect(page.locator(".from-bot .prose").first).to_have_text(
        "按「电工」找到 2 个岗位：\n可以再缩小范围。"
    )
    expect(page.locator(".from-bot .prose").last).to_have_text("点一个就约好：")
    slot = page.locator(".slot").last
    expect(slot).to_contain_text("10:00–10:30")  # Shanghai's time, wherever the browser is
    slot.get_by_role("button", name="十点").click()
    expect(page.locator(".from-user .prose").last).to_have_text("十点")


def test_times_that_no_button_takes_are_not_shown(page: Page, url: str, script: Script) -> None:
    slot = {"id": 7, "start": "2026-03-03T01:00:00Z", "end": "2026-03-03T01:30:00Z"}
    data = {"kind": "slot_list", "hall": "大厅", "business": "登记", "slots": [slot]}
    words = "「登记」不来大厅也能办：\n· 网上办（https://example.com）"
    come = ("还是去大厅", '/book_window{"come":"yes"}')
    script.answer = lambda text: [reply(words, come, data=data | {"alternatives": ["网上办"]})]
    page.goto(url)
    send(page, "登记")
    said = page.locator(".from-bot")
    expect(said.locator(".prose")).to_have_text(words)
    expect(said.get_by_role("link")).to_have_attribute("href", "https://example.com/")
    expect(said.locator(".slot")).to_have_count(0)
    expect(said.get_by_role("button")).to_have_text(["还是去大厅"])


def test_a_ticket_and_where_it_leads(
    page: Page, url: str, script: Script, picture: Picture
) -> None:
    ticket = {"kind": "booking", "code": "YY-7KM2P9X", "status": "confirmed"} | {
        "start": "2026-03-04T09:20:00+08:00",
        "end": "2026-03-04T09:40:00+08:00",
        "bring": ["身份证", "照片"],
        "calendar": "/bookings/YY-7KM2P9X-A.ics",
    }
    script.answer = lambda text: [
        reply(
            "约好了。\n请带上：身份证、照片。\n请在 09:20 前到。",
            ("加入日历", '/my_bookings{"calendar": "yes"}'),
            data=ticket,
        )
        | {"image": "/static/x/icon.svg"},
        reply("不多。", data={"kind": "crowd", "hall": "测试大厅", "page": "/halls"}),
        reply("看 /halls，或 /bookings/YY-7KM2P9X-A.ics。"),
    ]
    page.goto(url)
    send(page, "约")
    expect(page.locator(".from-bot")).to_have_count(3)
    expect(page.locator(".prose").nth(1)).to_have_text("约好了。\n请在 09:20 前到。")
    expect(page.locator(".booking")).to_contain_text("请携带身份证、照片")
    qr = page.get_by_role("img", name="预约码 YY-7KM2P9X 的二维码")
    expect(qr).to_be_visible()
    expect(qr).to_have_attribute("loading", "lazy")
    expect(page.get_by_role("button", name="加入日历")).to_have_count(0)
    calendar = page.get_by_role("link", name="加入日历")
    expect(calendar).to_have_attribute("href", re.compile(r"/bookings/YY-7KM2P9X-A\.ics$"))
    expect(page.get_by_role("link", name="看各大厅人流")).to_have_attribute(
        "href", re.compile("/halls$")
    )
    hrefs = [link.get_attribute("href") or "" for link in page.locator(".prose a").all()]
    assert [href.rpartition(":")[2].partition("/")[2] for href in hrefs] == [
        "halls",
        "bookings/YY-7KM2P9X-A.ics",
    ]
    picture(page, "ticket")


HOSTILE = [
    "<img src=x onerror=\"window.hit='img'\">",
    "<script>window.hit='script'</script>",
    "<svg/onload=\"window.hit='svg'\">",
    "javascript:window.hit='link'",
    "https://example.com/\"onmouseover=\"window.hit='attribute'",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words(page: Page, url: str, script: Script, words: str) -> None:
    citation = dict.fromkeys(("title", "doc_no", "issuer", "section", "quote", "url"), words)
    script.answer = lambda text: [
        reply(words, (words, "/greet")),
        reply("", data={"kind": "policy_answer", "citations": [citation]}),
        reply(
            "岗位", data={"kind": "job_list", "jobs": [{"title": words, "reasons": [words]}, words]}
        ),
        reply("时段", data={"kind": "slot_list", "hall": words, "slots": [{"start": words}]}),
        reply("凭证", data={"kind": "booking", "code": words, "status": words, "bring": [words]}),
        reply("单", data={"kind": "staff_case", "ticket": words, "reason": "__proto__"}),
        reply("怪", data={"kind": "constructor"}),
        reply("图") | {"image": words},
    ]
    page.goto(url)
    send(page, words)
    expect(page.locator(".from-bot")).to_have_count(8)
    expect(page.locator(".from-user .prose")).to_have_text(words)
    expect(page.locator(".from-bot .prose").first).to_have_text(words)
    assert page.evaluate("window.hit") is None
    inside = page.locator(".messages")
    assert inside.locator("script, iframe, svg, img[onerror], [onmouseover]").count() == 0
    for link in inside.locator("a").all():
        assert re.match("https?:", link.get_attribute("href") or "")
