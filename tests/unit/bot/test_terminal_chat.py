"""What a terminal cannot show it names: pictures, calendar files, pages."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.commands.chat import TerminalChat


def chat_answering(**reply: Any) -> TerminalChat:
    """A chat with a server that always gives this reply."""
    app = FastAPI()

    @app.post("/api/messages")
    def answer(message: dict[str, Any]) -> dict[str, Any]:
        plain = {"text": "约好了。", "buttons": [], "image": None, "data": None}
        return {"replies": [plain | reply], "nlu": {}, "mode": "bot"}

    return TerminalChat(TestClient(app, base_url="http://127.0.0.1:8000"), "c")


def test_pictures_and_pages_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"kind": "booking", "calendar": "/bookings/YY-1-A.ics"}
    chat_answering(image="/bookings/YY-1-A.png", data=data).send("约")
    assert capsys.readouterr().out.splitlines() == [
        "职达：约好了。",
        "　　　图片：http://127.0.0.1:8000/bookings/YY-1-A.png",
        "　　　加入日历：http://127.0.0.1:8000/bookings/YY-1-A.ics",
    ]


def test_a_plain_reply_stays_plain(capsys: pytest.CaptureFixture[str]) -> None:
    chat_answering().send("约")
    assert capsys.readouterr().out == "职达：约好了。\n"
