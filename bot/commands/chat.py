"""``zhida chat``: the chat in a terminal, over the same HTTP interface as the web page."""

import secrets
import sys
import time
from typing import Any

import httpx

from bot.commands.output import fail, say

RETRY_SECONDS = 2.0
GIVE_UP_SECONDS = 60.0


class TerminalChat:
    """One conversation; remembers the last buttons, so that a number presses one."""

    def __init__(self, http: httpx.Client, conversation: str) -> None:
        self._http = http
        self._conversation = conversation
        self._bearer = {b"Authorization": f"Bearer {conversation}".encode()}
        self._buttons: list[dict[str, str]] = []
        self._seen = 0

    def send(self, typed: str) -> None:
        """Send what was typed (or the button whose number it is) and show the replies."""
        message: dict[str, Any] = {"conversation": self._conversation, "text": typed}
        if typed.isdecimal() and 1 <= int(typed) <= len(self._buttons):
            button = self._buttons[int(typed) - 1]
            message |= {"text": button["title"], "payload": button["payload"]}
            say(f"〔{button['title']}〕")
        # Its own id makes a repeat harmless when the line breaks in mid-answer.
        message["message_id"] = secrets.token_urlsafe(12)
        body = self._post(message)
        if "error" in body:
            say(f"职达：{body['error']['message']}")
            return
        self._show(body["replies"])
        while body["replies"] and (body["replies"][-1].get("data") or {}).get("kind") == "pending":
            body = self._wait()
            self._show(body["replies"])
        if body["mode"] == "staff" and not body["replies"]:
            say("（工作人员已接手，会在这里回复您）")

    def _post(self, message: dict[str, Any]) -> dict[str, Any]:
        deadline = time.monotonic() + GIVE_UP_SECONDS
        while True:
            try:
                response = self._http.post("/api/messages", json=message)
                if response.status_code < 500:
                    return dict(response.json())
            except (httpx.TransportError, ValueError):
                pass
            if time.monotonic() > deadline:
                fail("连不上助手，请确认它已启动（zhida up）。")
            time.sleep(RETRY_SECONDS)

    def _wait(self) -> dict[str, Any]:
        query = {"after": self._seen, "wait": 25}
        try:
            body = self._http.get("/api/messages", params=query, headers=self._bearer).json()
        except (httpx.TransportError, ValueError):
            time.sleep(RETRY_SECONDS)
            body = {"messages": [], "mode": "bot"}
        replies = body["messages"] or [{"text": "", "data": {"kind": "pending"}}]
        return {"replies": replies, "mode": body["mode"]}

    def _show(self, replies: list[dict[str, Any]]) -> None:
        for reply in replies:
            self._seen = max(self._seen, reply.get("id") or 0)
            if reply["text"]:
                say(f"职达：{reply['text']}")
            for title, path in _addresses(reply).items():
                say(f"　　　{title}：{self._http.base_url.join(path)}")
            if reply.get("buttons"):
                self._buttons = reply["buttons"]
                say(
                    "　　　"
                    + "　".join(f"{n}〔{b['title']}〕" for n, b in enumerate(self._buttons, 1))
                )


def _addresses(reply: dict[str, Any]) -> dict[str, str]:
    """Return what a reply shows or leads to that a terminal can only name."""
    data = reply.get("data") or {}
    found = {
        "图片": reply.get("image"),
        "加入日历": data.get("calendar"),
        "查看、改约或取消": data.get("link"),
        "看各大厅人流": data.get("page"),
    }
    return {title: path for title, path in found.items() if path}


def run_chat(url: str, conversation: str) -> None:
    """Chat until the end of the input; lines may also come through a pipe."""
    timeout = httpx.Timeout(60.0, connect=5.0)
    with httpx.Client(base_url=url, timeout=timeout, trust_env=False) as http:
        try:
            http.get("/healthz").raise_for_status()
        except httpx.HTTPError:
            fail(f"{url} 上没有助手，请先运行 zhida up。")
        talk = TerminalChat(http, conversation or f"terminal-{secrets.token_hex(8)}")
        interactive = sys.stdin.isatty()
        if interactive:
            say("您好，我是职达。直接打字提问，输入数字选按钮，Ctrl-D 结束。")
        while True:
            try:
                typed = input("您：" if interactive else "").strip()
            except (EOFError, KeyboardInterrupt):
                say("" if interactive else "再见。")
                return
            if typed:
                if not interactive:
                    say(f"您：{typed}")
                talk.send(typed)
