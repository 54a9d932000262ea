"""What tests of the push channels share."""

from collections.abc import Iterator

import pytest

from tests.support.bot_api import BotApi


@pytest.fixture
def bot_api() -> Iterator[BotApi]:
    """A stand-in Bot API server of the test's own."""
    with BotApi() as api:
        yield api
