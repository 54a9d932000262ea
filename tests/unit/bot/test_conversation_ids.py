"""Ids of conversations that others could guess are refused; no random one is."""

import base64
import secrets
from uuid import uuid4

import pytest

from bot.channels.http_chat import check_unguessable
from bot.errors import ApiError


@pytest.mark.parametrize(
    "conversation",
    ["1", "me", "x" * 19, "a" * 40, "12345678901234567890", "ab" * 15, f"{0:032x}", "张三" * 10],
)
def test_what_could_be_guessed_is_weak(conversation: str) -> None:
    with pytest.raises(ApiError) as refused:
        check_unguessable(conversation)
    assert (refused.value.status, refused.value.code) == (422, "weak_conversation_id")
    assert refused.value.field == "conversation"


def test_what_is_random_is_not() -> None:
    for _ in range(2000):
        check_unguessable(str(uuid4()))
        check_unguessable(secrets.token_hex(10))
        check_unguessable(secrets.token_urlsafe(15))
        check_unguessable(base64.b32encode(secrets.token_bytes(13)).decode())
        check_unguessable("".join(str(secrets.randbelow(10)) for _ in range(20)))
        check_unguessable(f"小王-{secrets.token_hex(9)}")
