"""Every vector and sample of the platform's callbacks is taken or refused as it says."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from fastapi import Request

from bot.channels.bridge_v2.models import CapabilitiesIn, MessageIn, ReceiptIn
from bot.channels.callbacks.api import TOKEN_REFUSED
from bot.channels.callbacks.envelope import BadEnvelope, Envelope
from bot.channels.callbacks.fields import BadXml, Fields, first, read_fields
from bot.channels.wechat import codes as wechat_codes
from bot.channels.wechat import updates
from bot.channels.wechat.passive import text_message
from bot.channels.wechat.routes import Door
from bot.channels.wechat.updates import ACT, Seen, read
from bot.channels.wecom import codes as wecom_codes
from bot.channels.wecom import items
from bot.errors import ApiError
from bot.messaging.messages import NotNow, RetryLater, Undeliverable

OUTCOMES: dict[int, type[Exception]] = {
    **dict.fromkeys((-1, 40164, 45009, 45011), RetryLater),
    **dict.fromkeys((43004, 43101, 45015, 45047, 48001, 48002), NotNow),
    40003: Undeliverable,
}
KF_OUTCOMES: dict[int, type[Exception]] = {
    **dict.fromkeys((-1, 45009, 60020, 95000), RetryLater),
    **dict.fromkeys((95001, 95018), NotNow),
}
KINDS = {"image": "picture", "button": "choice", "receipt": "event", "consent": "event"}


@pytest.fixture(scope="module")
def samples(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "data/wechat_samples.json").read_text("utf-8"))
    return found


def envelope(vector: dict[str, Any], receiver: str) -> Envelope:
    return Envelope(vector["token"], vector["encoding_aes_key"], receiver)


def request(query: str) -> Request:
    return Request({"type": "http", "query_string": query.encode(), "headers": []})


def door(vectors: dict[str, Any]) -> Door:
    vector = vectors["oa_aes_inbound"]
    return Door(vector["token"], envelope(vector, vector["app_id"]))


def opened(sealed: Envelope, vector: dict[str, Any]) -> str:
    return sealed.open(
        vector["encrypt"],
        timestamp=str(vector["timestamp"]),
        nonce=vector["nonce"],
        signature=vector["msg_signature"],
    ).decode()


def test_what_is_sealed_is_opened_and_sealed_alike(samples: dict[str, Any]) -> None:
    vectors = samples["vectors"]
    ours = envelope(vectors["oa_aes_inbound"], vectors["oa_aes_inbound"]["app_id"])
    for name in ("oa_aes_inbound", "oa_aes_full_pad_block"):
        assert opened(ours, vectors[name]) == vectors[name]["plaintext"]
    corp = envelope(vectors["kf_callback"], vectors["kf_callback"]["corp_id"])
    assert opened(corp, vectors["kf_callback"]) == vectors["kf_callback"]["plaintext"]
    check = vectors["kf_url_check"]
    assert opened(corp, {**check, "encrypt": check["echostr"]}) == check["answer_body"]
    bot = vectors["aibot_callback"]
    assert opened(envelope(bot, ""), bot) == bot["plaintext"]
    reply = vectors["oa_aes_reply"]
    sealed = ours.seal(
        reply["plaintext"].encode(),
        timestamp=str(reply["timestamp"]),
        nonce=reply["nonce"],
        random=reply["random16"].encode(),
    )
    assert sealed == (reply["encrypt"], reply["msg_signature"])
    stream = vectors["aibot_callback_reply"]
    sealed = envelope(bot, "").seal(
        stream["plaintext"].encode(),
        timestamp=str(stream["timestamp"]),
        nonce=stream["nonce"],
        random=stream["random16"].encode(),
    )
    assert sealed == (stream["body"]["encrypt"], stream["body"]["msgsignature"])


def test_what_is_sealed_wrongly_is_refused(samples: dict[str, Any]) -> None:
    vectors = samples["vectors"]
    ours = envelope(vectors["oa_aes_inbound"], vectors["oa_aes_inbound"]["app_id"])
    for vector in vectors["oa_aes_must_reject"]:
        with pytest.raises(BadEnvelope):
            opened(ours, vector)


def test_callbacks_are_read_at_the_door(samples: dict[str, Any]) -> None:
    vectors = samples["vectors"]
    vector = vectors["oa_aes_inbound"]
    now = float(vector["timestamp"])
    fields = door(vectors).read(request(vector["query"]), vector["body"].encode(), now)
    assert fields == read_fields(vector["plaintext"].encode())
    with pytest.raises(ApiError) as late:
        door(vectors).read(request(vector["query"]), vector["body"].encode(), now + 601)
    assert (late.value.status, late.value.code) == (403, "stale_timestamp")


def test_hostile_callbacks_are_refused_or_read_by_their_envelope_alone(
    samples: dict[str, Any],
) -> None:
    vectors, account = samples["vectors"], samples["official_account"]
    doctype, plain, compat = account["hostile"]
    with pytest.raises(BadXml):
        read_fields(doctype["xml"].encode())
    vector = vectors["oa_aes_inbound"]
    query = {name: value[0] for name, value in parse_qs(vector["query"]).items()}
    unsealed = {name: query[name] for name in ("signature", "timestamp", "nonce")}
    now = float(vector["timestamp"])
    with pytest.raises(ApiError):
        door(vectors).read(request(urlencode(unsealed)), plain["xml"].encode(), now)
    signed = {**query, "msg_signature": signature(compat["xml"], query, vector["token"])}
    fields = door(vectors).read(request(urlencode(signed)), compat["xml"].encode(), now)
    assert "明文副本" not in fields.get("Content", [])


def signature(xml: str, query: dict[str, str], token: str) -> str:
    from bot.channels.callbacks.envelope import signature_of

    sealed = first(read_fields(xml.encode()), "Encrypt")
    return signature_of(token, query["timestamp"], query["nonce"], sealed)


def test_the_address_is_verified_by_the_plain_signature(samples: dict[str, Any]) -> None:
    vector = samples["vectors"]["oa_plain_signature"]
    now = float(vector["timestamp"])
    query = {name: vector[name] for name in ("signature", "timestamp", "nonce")}
    ours = Door(vector["token"], None)
    ours.check(request(urlencode(query)), now)
    with pytest.raises(ApiError):
        ours.check(request(urlencode({**query, "nonce": "1"})), now)


def test_every_message_is_read_as_it_says(samples: dict[str, Any]) -> None:
    for sample in samples["official_account"]["inbound"]:
        seen = read(read_fields(sample["xml"].encode()))
        assert seen is not None
        check(sample["name"], seen, sample["expect"])


def check(name: str, seen: Seen, expect: dict[str, Any]) -> None:
    wanted = KINDS.get(expect["kind"], expect["kind"])
    assert seen.kind == ("location" if name == "event_location_select" else wanted), name
    assert seen.peer == expect["peer"], name
    if expect["key"] != "hash":
        assert seen.key == expect["key"], name
    assert len(seen.key) <= 200
    if expect.get("text"):
        assert seen.text == expect["text"], name
    assert seen.menu == expect.get("payload", ""), name
    for field, value in expect.get("location", {}).items():
        if value:
            assert (seen.details or {})[field] == value, name
    for media in expect.get("media", []):
        kept = {field: value for field, value in media.items() if field != "url"}
        assert (seen.details or {})["media"] == [kept], name
    check_event(name, seen, expect.get("event"))


def check_event(name: str, seen: Seen, expect: dict[str, Any] | None) -> None:
    if expect is None:
        return
    assert seen.happened is not None
    assert seen.happened.type == expect["type"], name
    for field in ("key", "scene", "template", "result"):
        assert getattr(seen.happened, field) == expect.get(field, getattr(seen.happened, field))
    went = expect.get("accept", expect.get("ok", expect.get("status") == "success" or None))
    assert seen.happened.ok == went, name


def test_keys_do_not_collide(samples: dict[str, Any]) -> None:
    wanted = [pair["keys"] for pair in samples["official_account"]["must_not_collide"]]
    base = {"ToUserName": ["gh"], "CreateTime": ["1796000000"]}

    def key(**fields: str) -> str:
        given: Fields = {**base, **{name: [value] for name, value in fields.items()}}
        seen = read(given)
        assert seen is not None
        return seen.key

    people = [f"oZhidaTest00000000000000000{n}" for n in (1, 2)]
    number = "7600000000000000050"
    same_number = [key(FromUserName=p, MsgType="text", MsgId=number) for p in people]
    one = {"FromUserName": people[0], "MsgType": "event"}
    same_second = [
        key(**one, Event="LOCATION"),
        key(**one, Event="CLICK", EventKey="book_window"),
    ]
    assert [same_number, same_second] == wanted


def test_answers_are_written_as_the_platform_reads_them(samples: dict[str, Any]) -> None:
    shown = samples["official_account"]["passive"]["text"]
    fields = read_fields(shown.encode())
    ours = text_message(
        first(fields, "ToUserName"), first(fields, "FromUserName"), 1796000001, "可以在线办理。"
    )
    assert read_fields(ours) == {**fields, "CreateTime": ["1796000001"]}
    tricky = "a]]>b & <c>\x00\x0b"
    assert first(read_fields(text_message("a", "b", 1, tricky)), "Content") == "a]]>b & <c>"


def test_numbers_mean_what_it_says(samples: dict[str, Any]) -> None:
    """Tokens are renewed by ``callbacks.api``; all else is read by the channel's own codes."""
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    for answer in samples["official_account"]["api"]["answers"]:
        code, wanted = answer["body"]["errcode"], OUTCOMES.get(answer["body"]["errcode"])
        assert (code == 0 or code in TOKEN_REFUSED) == (wanted is None), answer
        if wanted is not None:
            assert isinstance(wechat_codes.outcome_of(code, now), wanted), answer
    for answer in samples["wecom_kf"]["answers"]:
        code, wanted = answer["body"]["errcode"], KF_OUTCOMES.get(answer["body"]["errcode"])
        assert (code == 0 or code in TOKEN_REFUSED) == (wanted is None), answer
        if wanted is not None:
            assert isinstance(wecom_codes.outcome_of(code), wanted), answer
    assert wechat_codes.outcome_of(45009, now).seconds == 4 * 3600 + 60  # type: ignore[union-attr]


def test_what_may_be_sent_is_what_it_says(samples: dict[str, Any]) -> None:
    quotas = samples["official_account"]["quotas"]
    given = {"message": updates.MESSAGE, **dict.fromkeys(("menu_click", "subscribe", "scan"), ACT)}
    for name, grant in given.items():
        wanted = {"count": grant.count, "seconds": grant.lasts.total_seconds()}
        assert quotas[name] == wanted, name
    allowed = {"count": items.MESSAGE.count, "seconds": items.MESSAGE.lasts.total_seconds()}
    assert samples["wecom_kf"]["quota"] == allowed


def test_the_second_bridge_takes_what_was_proposed(samples: dict[str, Any]) -> None:
    proposed = samples["bridge_v2_proposal"]
    for name in ("message", "button", "number_choice", "location", "event", "ticket"):
        assert MessageIn.model_validate(proposed[name]).message_id == proposed[name]["message_id"]
    assert CapabilitiesIn.model_validate(proposed["capabilities"]).push is not None
    assert ReceiptIn.model_validate(proposed["receipt"]).code == "window_closed"
