"""Replies become Telegram messages: cut where it reads well, never longer than allowed."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from actions.dialogue.turn import Reply
from bot.channels.telegram.render import MAX_LINK, render, split_text
from tests.support.bot_api_checks import utf16_length

WEB = "https://zhida.example.gov.cn"
PNG = b"\x89PNG\r\n\x1a\n"


def reply(text: str = "", buttons: list[str] | None = None, **more: object) -> Reply:
    titles = buttons or []
    return {
        "text": text,
        "buttons": [{"title": title, "payload": "/greet"} for title in titles],
        "image": None,
        "data": None,
        **more,
    }


def answer(url: str) -> dict[str, object]:
    return {"kind": "policy_answer", "status": "answered", "citations": [{"url": url}]}


def test_a_short_text_stays_whole() -> None:
    (part,) = render(reply("可以在网上办。"), 7, WEB)
    assert (part.text, part.photo, part.keyboard) == ("可以在网上办。", None, None)


def test_buttons_stand_one_a_row_and_name_their_reply() -> None:
    (part,) = render(reply("选一个", ["九点", "十点"]), 71, WEB)
    assert part.keyboard is not None
    rows = part.keyboard.inline_keyboard
    assert [[b.text for b in row] for row in rows] == [["九点"], ["十点"]]
    assert [row[0].callback_data for row in rows] == ["71:0", "71:1"]


def test_buttons_without_a_text_get_one() -> None:
    (part,) = render(reply(" ", ["九点"]), 1, WEB)
    assert part.text == "请选择："


def test_an_empty_reply_gives_no_message() -> None:
    assert render(reply("\n "), 1, WEB) == []


def test_markup_in_a_text_is_left_as_it_is() -> None:
    (part,) = render(reply("<b>限</b> *35* & [岁](x)"), 1, WEB)
    assert part.text == "<b>限</b> *35* & [岁](x)"


def test_buttons_hang_under_the_last_part() -> None:
    parts = render(reply("一句话。" * 2000, ["好"]), 1, WEB)
    assert len(parts) > 1
    assert [part.keyboard is not None for part in parts] == [False] * (len(parts) - 1) + [True]


def test_a_citation_on_a_public_page_is_a_button() -> None:
    parts = render(reply("原文如下", ["转人工"], data=answer("/policies/a?quote=x#u2")), 1, WEB)
    assert parts[0].text == "原文如下"
    assert parts[0].keyboard is not None
    first, second = (row[0] for row in parts[0].keyboard.inline_keyboard)
    assert (first.text, first.url) == ("看原文", f"{WEB}/policies/a?quote=x#u2")
    assert (second.text, second.callback_data) == ("转人工", "1:0")


def test_a_citation_telegram_would_refuse_as_a_button_is_a_line() -> None:
    for web in ("http://zhida.example.gov.cn", "http://127.0.0.1:8000", "https://localhost"):
        (part,) = render(reply("原文如下", data=answer("/policies/a#u2")), 1, web)
        assert part.text == f"原文如下\n看原文：{web}/policies/a#u2"
        assert part.keyboard is None


def test_a_source_button_of_the_reply_is_not_shown_twice() -> None:
    (part,) = render(reply("x", ["看原文", "好"], data=answer("/policies/a#u1")), 5, WEB)
    assert part.keyboard is not None
    buttons = [row[0] for row in part.keyboard.inline_keyboard]
    assert [(b.text, b.callback_data) for b in buttons] == [("看原文", None), ("好", "5:1")]


def test_a_long_link_keeps_its_anchor_and_drops_the_quote() -> None:
    url = "/policies/a?quote=" + "%E5%85%AC" * 400 + "#u3"
    (part,) = render(reply("x", data=answer(url)), 1, WEB)
    assert part.keyboard is not None
    link = part.keyboard.inline_keyboard[0][0].url
    assert link == f"{WEB}/policies/a#u3"
    assert len(link) <= MAX_LINK


def test_an_answer_without_citations_has_no_link() -> None:
    data = {"kind": "policy_answer", "status": "not_covered", "citations": []}
    (part,) = render(reply("没有写", data=data), 1, WEB)
    assert part.keyboard is None


def test_other_pages_that_a_reply_leads_to() -> None:
    ticket = {"kind": "booking", "calendar": "/bookings/YY-1-A.ics"}
    (part,) = render(reply("约好了", data=ticket), 1, WEB)
    assert part.keyboard is not None
    (button,) = part.keyboard.inline_keyboard[0]
    assert (button.text, button.url) == ("加入日历", f"{WEB}/bookings/YY-1-A.ics")
    (part,) = render(
        reply("不多", data={"kind": "crowd", "page": "/halls"}), 1, "http://[::1]:8000"
    )
    assert part.text == "不多\n看各大厅人流：http://[::1]:8000/halls"


def test_images() -> None:
    ours, text = render(reply("看图", image="/img/crowd.png"), 1, WEB)
    assert (ours.photo, text.text) == ("/img/crowd.png", "看图")
    inline = "data:image/png;base64," + base64.b64encode(PNG).decode()
    (drawn,) = render(reply("", ["好"], image=inline), 1, WEB)
    assert drawn.photo == PNG
    assert drawn.keyboard is not None
    public, _ = render(reply("看图", image="https://a.example.org/b.png"), 1, WEB)
    assert public.photo == "https://a.example.org/b.png"
    (hidden,) = render(reply("看图", image="http://127.0.0.1/b.png"), 1, WEB)
    assert hidden.text == "看图\n图片：http://127.0.0.1/b.png"
    (broken,) = render(reply("看图", image="data:image/png;base64,%%%"), 1, WEB)
    assert (broken.text, broken.photo) == ("看图", None)


def test_cuts_come_at_blank_lines_then_lines_then_sentences() -> None:
    assert split_text("甲甲甲甲甲甲\n\n乙乙。乙\n丙丙丙丙", 12) == [
        "甲甲甲甲甲甲",
        "乙乙。乙\n丙丙丙丙",
    ]
    assert split_text("甲甲甲甲甲\n乙乙。丙丙丙丙丙丙", 10) == ["甲甲甲甲甲", "乙乙。丙丙丙丙丙丙"]
    assert split_text("甲甲甲甲甲，乙。丙丙丙丙", 9) == ["甲甲甲甲甲，乙。", "丙丙丙丙"]
    assert split_text("甲" * 25, 10) == ["甲" * 10, "甲" * 10, "甲" * 5]


def test_letters_outside_the_basic_plane_count_twice() -> None:
    assert split_text("😀" * 4, 4) == ["😀😀", "😀😀"]
    assert [utf16_length(p) for p in split_text("a" + "😀" * 4096)] == [4095, 4096, 2]


@given(st.text(st.sampled_from("甲乙a😀𠮷。！？\n ，;"), max_size=200), st.integers(2, 40))
def test_pieces_fit_and_lose_nothing_but_white_space(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert all(0 < utf16_length(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
