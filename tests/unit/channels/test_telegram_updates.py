"""What an update says to us, and what is not for us."""

from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram.sentences import ATTACHMENTS
from bot.channels.telegram.updates import Pressed, Said, read_update
from bot.messaging.channels.choices import read_reference, reference

PRIVATE = {"id": 42, "type": "private", "first_name": "测试"}
GROUP = {"id": -42, "type": "supergroup", "title": "求职群"}
PERSON = {"id": 42, "is_bot": False, "first_name": "测试"}
FILE = {"file_id": "f", "file_unique_id": "f"}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 1_767_225_600, "chat": chat, "from": PERSON, **content}


def read(**content: Any) -> Said | Pressed | None:
    update = Update.de_json({"update_id": 1, **content}, None)
    return read_update(update)


def query(data: str | None, chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    about = {"message": message(chat, text="…"), **more}
    return {"id": "9", "from": PERSON, "chat_instance": "1", "data": data, **about}


def test_a_text() -> None:
    assert read(message=message(text="我想找工作")) == Said("42", "我想找工作")


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start", '/greet{"reset": "yes"}'),
        ("/start ref_12", '/greet{"reset": "yes"}'),
        ("/START", '/greet{"reset": "yes"}'),
        ("/start@zhida_test_bot", '/greet{"reset": "yes"}'),
        ("/help", "/ask_help"),
        ("/book", "/book_window"),
        ("/staff", "/talk_to_staff"),
        ("/book_window", None),
        ("/starter", None),
        ("/help_me", None),
        ("我/start", None),
        ("/", None),
    ],
)
def test_commands(text: str, payload: str | None) -> None:
    scene = "ref_12" if "ref_12" in text else ""
    assert read(message=message(text=text)) == Said("42", text, payload, scene=scene)


def test_a_card_of_ones_own_is_the_number_on_it() -> None:
    own = {"phone_number": "13800138000", "first_name": "张", "user_id": 42}
    assert read(message=message(contact=own)) == Said("42", "13800138000")
    another = read(message=message(contact={**own, "user_id": 43}))
    assert isinstance(another, Said)
    assert another.text == "〔名片〕"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"photo": [{**FILE, "width": 1, "height": 1}]}, "〔图片〕"),
        (
            {"photo": [{**FILE, "width": 1, "height": 1}], "caption": "这个证有用吗"},
            "〔图片〕这个证有用吗",
        ),
        ({"voice": {**FILE, "duration": 3}}, "〔语音〕"),
        (
            {
                "sticker": {
                    **FILE,
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                }
            },
            "〔表情〕",
        ),
        ({"contact": {"phone_number": "13800000000", "first_name": "张"}}, "〔名片〕"),
        ({"document": {**FILE}, "caption": "简历"}, "〔文件〕简历"),
    ],
)
def test_attachments_are_named_and_not_kept(content: dict[str, Any], text: str) -> None:
    kind = next(kind for field, (_, kind) in ATTACHMENTS.items() if field in content)
    assert read(message=message(**content)) == Said("42", text, kind=kind)


def test_a_place_is_where_it_lies_or_what_it_is_called() -> None:
    at = {"latitude": 31.2, "longitude": 121.5}
    where = {"lat": 31.2, "lng": 121.5}
    said = Said("42", "〔位置〕", kind="location", details=where)
    assert read(message=message(location=at)) == said
    venue = {"location": at, "title": "浦东大厅", "address": "浦东新区某路"}
    named = read(message=message(location=at, venue=venue))
    assert named == Said("42", "浦东新区某路", kind="location", details=where)


@pytest.mark.parametrize(
    "content",
    [
        {"message": message(GROUP, text="/start")},
        {"edited_message": message(text="改过的", edit_date=1_767_225_601)},
        {"channel_post": message({"id": -7, "type": "channel", "title": "c"}, text="公告")},
        {"message": message(pinned_message=message(text="旧的"))},
        {"message": message()},
        {},
    ],
)
def test_what_is_not_for_us(content: dict[str, Any]) -> None:
    assert read(**content) is None


def test_a_press_names_its_reply_and_button() -> None:
    assert read(callback_query=query(reference(71, 2))) == Pressed("42", "9", "71:2", 1)


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        ":",
        "71",
        "71:",
        "71:2:3",
        "-1:0",
        "a:b",
        "7 1:2",
        "９:１",
        "9" * 60 + ":1",
        "2147483648:1",
    ],
)
def test_malformed_presses(data: str | None) -> None:
    assert read(callback_query=query(data)) == Pressed("42", "9", data or "", 1)
    assert read_reference(data or "") is None


def test_presses_in_groups_or_without_a_message_have_no_peer() -> None:
    assert read(callback_query=query("71:2", GROUP)) == Pressed(None, "9", "71:2", 1)
    assert read(callback_query=query("71:2", message=None)) == Pressed(None, "9", "71:2")


def test_a_press_under_a_message_too_old_to_be_shown() -> None:
    old = {"chat": PRIVATE, "message_id": 1, "date": 0}
    assert read(callback_query=query("71:2", message=old)) == Pressed("42", "9", "71:2", 1)


def test_button_data_fits_into_64_bytes() -> None:
    assert len(reference(2**63 - 1, 99).encode()) <= 64
