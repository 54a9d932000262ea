"""Somebody who talks with the whole running assistant over HTTP."""

from typing import Any
from uuid import uuid4

from tests.support.assistant import Assistant


class Person:
    """Somebody who has not written before, with eyes for the last answer's buttons."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.conversation = f"test-{uuid4()}"
        self.replies: list[dict[str, Any]] = []

    def says(self, text: str) -> list[dict[str, Any]]:
        """Write a text; return the replies."""
        self.replies = self.assistant.say(self.conversation, text)["replies"]
        return self.replies

    def taps(self, start_of_title: str) -> list[dict[str, Any]]:
        """Press the first button of the last answer whose title begins so."""
        buttons = [button for reply in self.replies for button in reply["buttons"]]
        button = next(b for b in buttons if b["title"].startswith(start_of_title))
        self.replies = self.assistant.press(self.conversation, button)["replies"]
        return self.replies

    def kinds(self) -> list[str | None]:
        """Return what kinds of data the last answer holds."""
        return [(reply["data"] or {}).get("kind") for reply in self.replies]

    def titles(self) -> list[str]:
        """Return what stands on the last answer's buttons."""
        return [button["title"] for reply in self.replies for button in reply["buttons"]]

    def taps_a_time(self) -> list[dict[str, Any]]:
        """Press the first time that the last answer offers."""
        buttons = [button for reply in self.replies for button in reply["buttons"]]
        return self.taps(next(b["title"] for b in buttons if "slot_id" in b["payload"]))
