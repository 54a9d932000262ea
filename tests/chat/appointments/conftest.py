"""Who books here has said before which hall suits: it stays for the conversation."""

import pytest

from actions.dialogue.services import Services
from tests.chat.conftest import Person

HALL = "浦东示例大厅"


@pytest.fixture
def person(services: Services) -> Person:
    """Somebody who comes to the hall in 浦东."""
    person = Person(services)
    person.slots["hall"] = HALL
    return person
