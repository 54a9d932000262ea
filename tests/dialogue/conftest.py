"""A person for every test of a dialogue over HTTP."""

import pytest

from tests.dialogue.person import Person
from tests.support.assistant import Assistant


@pytest.fixture
def person(assistant: Assistant) -> Person:
    """Somebody who has not written before."""
    return Person(assistant)
