"""How things read anywhere in the console."""

from bot.console import views


def test_a_conversation_has_an_address_for_any_id() -> None:
    href = "/conversation?id=web%3A%E7%94%B2%2F%20%26%3F%23"
    assert views.conversation_address("web:甲/ &?#") == href
