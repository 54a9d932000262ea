"""The chat page by itself: what it sends, shows and survives."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.scripted import Script, reply

Picture = Callable[[Page, str], None]


def say(page: Page, text: str) -> None:
    page.get_by_label("请输入您的问题").fill(text)
    page.keyboard.press("Enter")


def conversation_of(page: Page) -> str:
    return str(page.evaluate("localStorage.getItem('zhida.conversation')"))


def bubbles(page: Page) -> list[str]:
    return page.locator(".message .bubble").all_inner_texts()


def test_a_question_and_its_answer(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    expect(page.get_by_role("heading", name="您好，我是职达")).to_be_visible()
    say(page, "你好")
    expect(page.locator(".from-bot .prose")).to_have_text("收到：你好")
    assert [post["text"] for post in script.posts] == ["你好"]
    expect(page.get_by_label("请输入您的问题")).to_be_focused()
    expect(page.get_by_label("请输入您的问题")).to_have_value("")


def test_shift_enter_is_a_new_line_and_blank_is_not_sent(
    page: Page, url: str, script: Script
) -> None:
    page.goto(url)
    box = page.get_by_label("请输入您的问题")
    box.fill("   ")
    box.press("Enter")
    box.fill("")
    box.press_sequentially("一")
    box.press("Shift+Enter")
    box.press_sequentially("二")
    box.press("Enter")
    expect(page.locator(".from-bot")).to_have_count(1)
    assert [post["text"] for post in script.posts] == ["一\n二"]


def test_enter_belongs_to_the_input_method_while_composing(
    page: Page, context: BrowserContext, url: str, script: Script
) -> None:
    page.goto(url)
    box = page.get_by_label("请输入您的问题")
    box.focus()
    keyboard = context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "nihao", "selectionStart": 5, "selectionEnd": 5}
    )
    expect(box).to_have_value("nihao")
    composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, cancelable: true})"
    assert box.evaluate(f"box => box.dispatchEvent({composing})"), "the key is left to the IME"
    safari = "new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, cancelable: true})"
    assert box.evaluate(f"box => box.dispatchEvent({safari})")
    keyboard.send("Input.insertText", {"text": "你好"})
    expect(box).to_have_value("你好")
    box.press("Enter")
    expect(page.locator(".from-bot")).to_have_count(1)
    assert [post["text"] for post in script.posts] == ["你好"]


def test_a_pressed_choice_is_said_by_the_person(page: Page, url: str, script: Script) -> None:
    payload = '/book_window{"slot_id":12}'
    script.answer = lambda text: (
        [reply("请选一个时段", ("明天 9:00", payload))] if text == "约" else [reply("约好了")]
    )
    page.goto(url)
    say(page, "约")
    choice = page.get_by_role("button", name="明天 9:00")
    choice.click()
    expect(page.locator(".from-user .prose").last).to_have_text("明天 9:00")
    expect(page.locator(".from-bot .prose").last).to_have_text("约好了")
    choice.click(force=True)  # pressed once is pressed
    say(page, "约")
    expect(page.locator(".from-bot")).to_have_count(3)
    assert [post.get("payload") for post in script.posts] == [None, payload, None]


def test_starters(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    page.get_by_role("button", name="问政策").click()
    expect(page.get_by_label("请输入您的问题")).to_be_focused()
    assert script.posts == []
    page.get_by_role("button", name="现场招聘会还能办吗").click()
    for name in ("找工作", "约窗口", "转人工"):
        page.get_by_role("button", name=name).click()
        expect(page.locator(".from-user .prose").last).to_have_text(name)
    expect(page.locator(".from-bot")).to_have_count(5)
    sent = [(post["text"], post.get("payload")) for post in script.posts]
    assert sent == [
        ("现场招聘会还能办吗", None),
        ("找工作", "/search_jobs"),
        ("约窗口", "/book_window"),
        ("转人工", "/talk_to_staff"),
    ]


def test_a_reload_shows_the_same_conversation_once(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    say(page, "一")
    expect(page.locator(".from-bot")).to_have_count(1)
    say(page, "二")
    expect(page.locator(".from-bot")).to_have_count(2)
    before = bubbles(page)
    page.reload()
    expect(page.locator(".from-bot")).to_have_count(2)
    assert bubbles(page) == before
    assert len(script.posts) == 2


def test_a_message_that_fails_is_sent_again_with_the_same_id(
    page: Page, url: str, script: Script
) -> None:
    page.goto(url)
    expect(page.locator("[data-log]")).to_have_attribute("aria-busy", "false")
    script.down = True
    say(page, "在吗")
    expect(page.get_by_text("未送达，正在重试")).to_be_visible()
    expect(page.get_by_text("正在重新连接")).to_be_visible()
    say(page, "还在吗")
    script.down = False
    page.get_by_role("button", name="立即重试").click()
    expect(page.locator(".from-bot")).to_have_count(2)
    expect(page.get_by_text("未送达")).to_have_count(0)
    assert [post["text"] for post in script.posts] == ["在吗", "还在吗"], "in order"
    expect(page.get_by_text("智能助手", exact=True)).to_be_visible()


def test_a_lost_response_answers_once(page: Page, url: str, script: Script) -> None:
    script.lose_answers = 1
    page.goto(url)
    say(page, "在吗")
    expect(page.get_by_text("未送达，正在重试")).to_be_visible()
    expect(page.get_by_text("未送达，正在重试")).to_have_count(0)
    expect(page.locator(".from-bot")).to_have_count(1)
    ids = {post["message_id"] for post in script.posts}
    assert len(script.posts) == 2
    assert len(ids) == 1


def test_an_unsent_message_survives_closing_the_page(
    page: Page, context: BrowserContext, url: str, script: Script
) -> None:
    page.goto(url)
    expect(page.locator("[data-log]")).to_have_attribute("aria-busy", "false")
    script.down = True
    say(page, "别丢了我")
    expect(page.get_by_text("未送达，正在重试")).to_be_visible()
    page.close()
    again = context.new_page()
    again.goto(url)
    expect(again.locator(".from-user .prose")).to_have_text("别丢了我")
    script.down = False
    expect(again.locator(".from-bot .prose")).to_have_text("收到：别丢了我")
    assert len({post["message_id"] for post in script.posts}) == 1


def test_without_network(page: Page, context: BrowserContext, url: str, script: Script) -> None:
    page.goto(url)
    expect(page.locator("[data-log]")).to_have_attribute("aria-busy", "false")
    context.set_offline(True)
    say(page, "断网了")
    expect(page.get_by_text("未送达，正在重试")).to_be_visible()
    context.set_offline(False)
    expect(page.locator(".from-bot .prose")).to_have_text("收到：断网了")
    assert len(script.posts) == 1


def test_a_refused_message_says_why_and_lets_the_next_one_through(
    page: Page, url: str, script: Script
) -> None:
    page.goto(url)
    script.error = (422, "消息太长了，请分成几条发送。")
    say(page, "很长")
    expect(page.get_by_text("消息太长了，请分成几条发送。")).to_be_visible()
    script.error = None
    say(page, "短")
    expect(page.locator(".from-bot .prose")).to_have_text("收到：短")


def test_late_and_staff_replies_arrive_by_themselves(
    page: Page, url: str, script: Script, picture: Picture
) -> None:
    script.notices = True
    page.goto(url)
    say(page, "转人工")
    expect(page.locator(".from-notice")).to_contain_text("稍等一下")
    expect(page.get_by_text("职达正在回复")).to_be_attached()
    script.say(conversation_of(page), reply("已为您转接"))
    expect(page.locator(".from-bot")).to_contain_text("已为您转接")
    expect(page.locator(".from-notice")).to_have_count(0)
    script.mode = "staff"
    script.say(conversation_of(page), reply("您好，我是小王") | {"staff_name": "小王"}, "staff")
    expect(page.locator(".from-staff")).to_contain_text("您好，我是小王")
    expect(page.get_by_text("人工客服在线")).to_be_visible()
    say(page, "你好")
    expect(page.get_by_text("已送达，等待人工客服回复")).to_be_visible()
    picture(page, "chat-staff")
    script.say(conversation_of(page), reply("请讲"), "staff")
    expect(page.locator(".from-staff")).to_have_count(2)
    expect(page.get_by_text("已送达，等待人工客服回复")).to_have_count(0)
    page.reload()
    expect(page.locator(".from-staff")).to_have_count(2)
    expect(page.locator(".from-notice")).to_have_count(0)


def test_a_reply_that_comes_twice_is_shown_once(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    say(page, "一")
    expect(page.locator(".from-bot")).to_have_count(1)
    conversation = conversation_of(page)
    line = script.lines[conversation][-1]
    script.lines[conversation].append(line)
    script.say(conversation, reply("其后的一条"))
    expect(page.get_by_text("其后的一条")).to_be_visible()
    expect(page.locator(".from-bot")).to_have_count(2)


def test_a_new_conversation(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    say(page, "旧的")
    expect(page.locator(".from-bot")).to_have_count(1)
    old = conversation_of(page)
    page.get_by_role("button", name="新对话").click()
    page.get_by_role("button", name="再想想").click()
    expect(page.locator(".message")).to_have_count(2)
    page.get_by_role("button", name="新对话").click()
    page.get_by_role("dialog").get_by_role("button", name="开始新对话").click()
    expect(page.locator(".message")).to_have_count(0)
    say(page, "新的")
    expect(page.locator(".from-bot .prose")).to_have_text("收到：新的")
    assert script.posts[0]["conversation"] == old
    assert script.posts[1]["conversation"] == conversation_of(page) != old


CITATION = {
    "doc_id": "d1",
    "title": "关于招聘的通知",
    "doc_no": "某人社〔2026〕1号",
    "issuer": "某局",
    "issued_on": "2026-01-05",
    "in_force": None,
    "section": "一、招聘会",
    "quote": "线下招聘会应当提前报告。",
    "url": "/policies/d1?quote=%E7%BA%BF%E4%B8%8B#u2",
}


def test_a_citation_is_a_card_that_leads_to_its_words(
    page: Page, context: BrowserContext, url: str, script: Script
) -> None:
    lines = ["可以办。", "原文：「线下招聘会应当提前报告。」", "——《关于招聘的通知》", "仅供参考。"]
    source = '/ask_policy{"question":"/policies/d1?quote=%E7%BA%BF%E4%B8%8B#u2"}'
    other = '/ask_policy{"question":"/policies/d2"}'
    data = {"kind": "policy_answer", "status": "answered", "citations": [CITATION]}
    script.answer = lambda text: [
        reply("\n".join(lines), ("看原文", source), ("另一份", other), data=data)
    ]
    page.goto(url)
    say(page, "还能办吗")
    card = page.get_by_role("article", name="引用：关于招聘的通知")
    expect(card.locator("blockquote")).to_have_text("线下招聘会应当提前报告。")
    expect(card).to_contain_text("时效待核实")
    expect(page.locator(".from-bot .prose")).to_have_text("可以办。\n仅供参考。")
    link = card.get_by_role("link")
    expect(link).to_have_attribute("href", url + CITATION["url"])
    expect(link).to_have_attribute("rel", "noopener")
    expect(page.get_by_role("button", name="看原文")).to_have_count(0)
    with context.expect_page() as opened:
        page.get_by_role("link", name="另一份").click()
    assert opened.value.url == f"{url}/policies/d2"
    assert len(script.posts) == 1


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
    say(page, "电工")
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
    say(page, "登记")
    said = page.locator(".from-bot")
    expect(said.locator(".prose")).to_have_text(words)
    expect(said.get_by_role("link")).to_have_attribute("href", "https://example.com/")
    expect(said.locator(".slot")).to_have_count(0)
    expect(said.get_by_role("button")).to_have_text(["还是去大厅"])


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
    say(page, words)
    expect(page.locator(".from-bot")).to_have_count(8)
    expect(page.locator(".from-user .prose")).to_have_text(words)
    expect(page.locator(".from-bot .prose").first).to_have_text(words)
    assert page.evaluate("window.hit") is None
    inside = page.locator(".messages")
    assert inside.locator("script, iframe, svg, img[onerror], [onmouseover]").count() == 0
    for link in inside.locator("a").all():
        assert re.match("https?:", link.get_attribute("href") or "")


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
    say(page, "约")
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


def test_bad_memory_is_forgotten(page: Page, url: str, script: Script) -> None:
    page.goto(url)
    page.evaluate("localStorage.setItem('zhida.conversation', '<b>')")
    page.evaluate("localStorage.setItem('zhida.unsent', '[{]')")
    page.reload()
    say(page, "你好")
    expect(page.locator(".from-bot .prose")).to_have_text("收到：你好")
    assert re.fullmatch(r"[0-9a-f-]{36}", script.posts[0]["conversation"])


def test_without_random_uuid(page: Page, url: str, script: Script) -> None:
    """On plain http, where a hall's intranet may serve it, browsers have no randomUUID."""
    page.add_init_script("delete Crypto.prototype.randomUUID")
    page.goto(url)
    assert page.evaluate("typeof crypto.randomUUID") == "undefined"
    say(page, "你好")
    expect(page.locator(".from-bot")).to_have_count(1)
    form = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    assert re.fullmatch(form, script.posts[0]["message_id"])
    assert re.fullmatch(form, script.posts[0]["conversation"])


def judged(text: str) -> list[dict[str, object]]:
    """Answer a question with the two small buttons, and a press of one with thanks."""
    if text in ("有帮助", "没帮助"):
        thanks = reply(f"谢谢，记下了：{text}", data={"kind": "policy_feedback"})
        return [thanks]
    answer = reply(
        "先看原文。",
        ("看原文", '/ask_policy{"question":"x"}'),
        ("有帮助", '/ask_policy{"helpful":"yes","question":"x"}'),
        ("没帮助", '/ask_policy{"helpful":"no","question":"x"}'),
    )
    return [answer]


def test_saying_whether_it_helped_is_no_turn_of_the_conversation(
    page: Page, url: str, script: Script, picture: Picture
) -> None:
    script.answer = judged
    page.goto(url)
    say(page, "补贴怎么领")
    row = page.get_by_role("group", name="这个回答有帮助吗")
    expect(row.get_by_role("button")).to_have_count(2)
    picture(page, "chat-helpful")
    row.get_by_role("button", name="没帮助").click()
    expect(row).to_have_text("谢谢，记下了：没帮助")
    assert script.posts[-1]["payload"] == '/ask_policy{"helpful":"no","question":"x"}'
    expect(page.locator(".from-user")).to_have_count(1)
    expect(page.locator(".from-bot")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("group", name="这个回答有帮助吗")).to_have_text("谢谢，记下了：没帮助")
    expect(page.locator(".from-user")).to_have_count(1)
    say(page, "有帮助")  # said, not pressed: there is nothing left to thank for
    expect(page.locator(".from-user")).to_have_count(2)
    expect(page.locator(".from-bot .prose").last).to_have_text("谢谢，记下了：有帮助")


def test_a_press_that_is_not_thanked_for_is_shown_as_said(
    page: Page, url: str, script: Script
) -> None:
    script.answer = lambda text: judged("问") if text == "问" else [reply("请稍后再试。")]
    page.goto(url)
    say(page, "问")
    page.get_by_role("button", name="有帮助").click()
    expect(page.locator(".from-bot .prose").last).to_have_text("请稍后再试。")
    expect(page.locator(".from-user .prose").last).to_have_text("有帮助")
    expect(page.locator(".from-user").last).to_be_visible()


@pytest.mark.parametrize(
    ("fields", "badge"),
    [
        ({"validity": "in_force", "in_force": True}, "现行"),
        ({"validity": "lapsed", "in_force": False}, "已失效"),
        ({"validity": "superseded", "superseded_by": "new"}, "已被取代"),
        ({"validity": "not_yet"}, "尚未施行"),
        ({"validity": "unknown", "occasion": "疫情防控期间"}, "阶段性"),
        ({"validity": "unknown", "occasion": ""}, "时效待核实"),
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
    say(page, "还能办吗")
    card = page.get_by_role("article", name="引用：关于招聘的通知")
    expect(card.locator(".badge")).to_have_text(badge)
    newer = card.get_by_role("link", name="看新的文件")
    if "superseded_by" in fields:
        expect(newer).to_have_attribute("href", f"{url}/policies/new")
    else:
        expect(newer).to_have_count(0)
