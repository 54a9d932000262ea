"""``zhida chat``: the chat in a terminal, over the same HTTP interface as the web page."""

import sys
from typing import Any

import httpx

from bot.commands.output import fail, say
from bot.talks.talk import Answer, NoAssistant, Refused, Talk, assistant_at


class TerminalChat:
    """One conversation; remembers the last buttons, so that a number presses one."""

    def __init__(self, http: httpx.Client, conversation: str = "") -> None:
        self._http = http
        self._talk = Talk(http, conversation, "terminal")
        self._buttons: list[dict[str, str]] = []

    def send(self, typed: str) -> None:
        """Send what was typed (or the button whose number it is) and show the replies."""
        payload = None
        if typed.isdecimal() and 1 <= int(typed) <= len(self._buttons):
            button = self._buttons[int(typed) - 1]
            typed, payload = button["title"], button["payload"]
            say(f"〔{typed}〕")
        try:
            for answer in self._talk.send(typed, payload):
                self._show(answer)
        except Refused as refusal:
            say(f"职达：{refusal}")

    def _show(self, answer: Answer) -> None:
        for reply in answer.replies:
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
        if answer.mode == "staff" and not answer.replies:
            say("（工作人员已接手，会在这里回复您）")


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
    try:
        with assistant_at(url) as http:
            _converse(TerminalChat(http, conversation))
    except NoAssistant as error:
        fail(str(error))


def _converse(chat: TerminalChat) -> None:
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
            chat.send(typed)
