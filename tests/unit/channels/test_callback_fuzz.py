"""Whatever is posted: it is read, or refused by one of two errors; nothing else happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.callbacks.envelope import BadEnvelope, Envelope, signature_of
from bot.channels.callbacks.fields import MAX_BYTES, MAX_DEPTH, BadXml, read_fields
from bot.channels.callbacks.wording import cut, shortened, size
from bot.channels.wechat.passive import MAX_BYTES as ROOM
from bot.channels.wechat.passive import anchor, content, text_message
from bot.channels.wechat.updates import read
from bot.messaging.messages import Outgoing

TOKEN, KEY, RECEIVER = "t", "BwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSY", "wx1"
OURS = Envelope(TOKEN, KEY, RECEIVER)
NAMES = st.sampled_from(
    [
        *(
            "MsgType",
            "Event",
            "EventKey",
            "FromUserName",
            "Content",
            "MsgId",
            "CreateTime",
            "Label",
        ),
        *("Location_X", "SendLocationInfo", "SubscribeMsgPopupEvent", "List", "bizmsgmenuid"),
    ]
)
VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["event", "text", "location", "subscribe", "o1", "x" * 2000, "1e999", "-"]),
)


def xml(pairs: list[tuple[str, str]]) -> bytes:
    def written(value: str) -> str:
        clean = "".join(c for c in value if c >= " " and not "\ud800" <= c <= "\udfff")
        return clean.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")

    return f"<xml>{''.join(f'<{n}>{written(v)}</{n}>' for n, v in pairs)}</xml>".encode()


@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))
    )
)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        seen = read(read_fields(body))
    except BadXml:
        return
    assert seen is None or len(seen.key) <= 200


@given(st.lists(st.tuples(NAMES, VALUES), max_size=12))
def test_any_fields_are_read(pairs: list[tuple[str, str]]) -> None:
    try:
        seen = read(read_fields(xml(pairs)))
    except BadXml:
        return
    if seen is not None:
        assert 0 < len(seen.key) <= 200
        assert seen.peer


@given(message=st.binary(max_size=200), nonce=st.text(max_size=20))
def test_what_is_sealed_is_opened(message: bytes, nonce: str) -> None:
    sealed, signature = OURS.seal(message, timestamp="1", nonce=nonce)
    assert OURS.open(sealed, timestamp="1", nonce=nonce, signature=signature) == message
    other = Envelope(TOKEN, KEY, "wx2")
    with pytest.raises(BadEnvelope):
        other.open(sealed, timestamp="1", nonce=nonce, signature=signature)


@given(st.one_of(st.text(max_size=200), st.binary(max_size=128).map(lambda b: b.hex())))
def test_what_is_rightly_signed_and_wrongly_sealed_is_refused(sealed: str) -> None:
    right = signature_of(TOKEN, "1", "n", sealed)
    with pytest.raises(BadEnvelope):
        OURS.open(sealed, timestamp="1", nonce="n", signature=right)


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE x [<!ENTITY a '1'>]><xml><a>&a;</a></xml>",
        b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><xml></xml>",
        b"<xml>" + b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH + b"</xml>",
        b"<xml>" + b"<a/>" * 2000 + b"</xml>",
        b"<xml><a>" + b"x" * MAX_BYTES + b"</a></xml>",
        b"<xml><a>&b;</a></xml>",
        b"<xml><a>\xff</a></xml>",
        b"<xml",
        b"",
    ],
    ids=range(9),
)
def test_bombs_are_refused(body: bytes) -> None:
    with pytest.raises(BadXml):
        read_fields(body)


@given(text=st.text(max_size=1500), titles=st.lists(st.text(max_size=80), max_size=15))
def test_an_answer_fits_and_is_read_again(text: str, titles: list[str]) -> None:
    buttons = [{"title": title, "payload": "/greet"} for title in titles]
    row = Outgoing(7, {"text": text, "buttons": buttons, "image": None, "data": None})  # type: ignore[typeddict-item]
    said = content((row,), "https://zhida.example.gov.cn", "https://zhida.example.gov.cn/replies/7")
    assert size(said) <= ROOM
    assert read_fields(text_message("a", "b", 1, said))["MsgType"] == ["text"]


@given(text=st.text(max_size=400), room=st.integers(120, 600))
def test_what_is_cut_fits_and_begins_alike(text: str, room: int) -> None:
    assert size(cut(text, room)) <= room
    short = shortened(text, room, "https://z/r", anchor)
    assert size(short) <= room
    assert (
        text.encode(errors="replace").decode().startswith(short.partition("\n<a ")[0])
        or "<a " in text
    )
