"""The four journeys through every channel: everything of ours is real."""

import json
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from bot.channels.bridge.signature import sign
from bot.channels.bridge_v2.signature import secrets_of, signed
from bot.channels.callbacks.fields import first, read_fields
from bot.channels.wechat.routes import NOTHING
from store.database import Database
from store.settings import Settings
from tests.conftest import BRIDGE_SECRET
from tests.support import wechat_platform as oa
from tests.support import wecom_platform as kf
from tests.support.assistant import Assistant
from tests.support.bot_api import BotApi, Sent
from tests.support.conversations import conversation_of
from tests.support.telegram_person import Person

PATIENCE = 60.0
TAPPABLE = re.compile(r'msgmenucontent=([^"&]*)&msgmenuid=([^"]*)">')


class Talker(ABC):
    """Somebody on a messenger; ``choices`` are what they were offered last, by title."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.choices: dict[str, str] = {}

    @abstractmethod
    def says(self, text: str) -> str:
        """Write a text; return what is read then."""

    @abstractmethod
    def takes(self, title: str, choice: str) -> str:
        """Choose; return what is read then."""

    def picks(self, pattern: str) -> str:
        """Choose the first title that fits a pattern."""
        title = next((each for each in self.choices if re.search(pattern, each)), None)
        assert title is not None, f"{pattern} is not among {list(self.choices)}"
        return self.takes(title, self.choices[title])


class Follower(Talker):
    """A follower of the 服务号, who taps words."""

    def __init__(self, assistant: Assistant, platform: oa.WechatPlatform) -> None:
        super().__init__(assistant)
        self._platform = platform
        self._openid = f"o{uuid4().hex[:27]}"

    def says(self, text: str) -> str:
        return self._post(self._platform.message(self._openid, "text", Content=text))

    def takes(self, title: str, choice: str) -> str:
        tapped = {"Content": title, "bizmsgmenuid": choice}
        return self._post(self._platform.message(self._openid, "text", **tapped))

    def _post(self, fields: dict[str, str]) -> str:
        person = self._platform.people[self._openid]
        seen = len(person.shown)
        person.choices.clear()
        query, body = oa.sealed(oa.as_xml(fields), time.time())
        answer = self.assistant.http.post(f"/channels/wechat?{query}", content=body)
        assert answer.status_code == 200, answer.text
        if answer.content != NOTHING:
            sealed = first(read_fields(answer.content), "Encrypt")
            clear = read_fields(oa.decrypted(sealed, oa.APP_ID))
            said = first(clear, "Content")
            self.choices = dict(TAPPABLE.findall(said))
            return said
        wait(lambda: len(person.shown) > seen)
        self.choices = dict(person.choices)
        return "\n".join(person.shown[seen:])


class Customer(Talker):
    """Somebody who writes to 微信客服, and taps lines of a menu."""

    def __init__(self, assistant: Assistant, platform: kf.WecomPlatform) -> None:
        super().__init__(assistant)
        self._platform = platform
        self._name = f"wm{uuid4().hex[:20]}"

    def says(self, text: str) -> str:
        return self._say(content=text)

    def takes(self, title: str, choice: str) -> str:
        return self._say(content=title, menu_id=choice)

    def _say(self, **part: str) -> str:
        person = self._platform.people[self._name]
        seen = len(person.shown)
        person.choices.clear()
        self._platform.say(self._name, "text", **part)
        query, body = kf.callback()
        answer = self.assistant.http.post(f"/channels/wecom?{query}", content=body)
        assert answer.content == b"success"
        wait(lambda: len(person.shown) > seen)
        time.sleep(0.3)  # a second message, where the words are long
        self.choices = dict(person.choices)
        return "\n".join(person.shown[seen:])


class Texter(Talker):
    """Somebody behind a bridge whose messenger has no buttons: they type numbers."""

    _NUMBERED = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant)
        self._name = uuid4().hex
        settings = Settings(_env_file=None, bridge_secret=BRIDGE_SECRET)
        self._secret = secrets_of(settings, "texts")[0]

    def says(self, text: str) -> str:
        path = "/channels/bridge/v2"
        message = {"v": 2, "user": self._name, "message_id": uuid4().hex, "text": text}
        body = json.dumps({**message, "deadline_ms": 30_000}).encode()
        headers = signed(self._secret, "texts", "POST", path, body)
        answer = self.assistant.http.post(path, content=body, headers=headers)
        replies = answer.json()["replies"]
        # What is numbered last is what a number means.
        offered = [reply["text"] for reply in replies if self._NUMBERED.search(reply["text"])]
        tail = offered[-1][offered[-1].rfind("\n1. ") :] if offered else ""
        self.choices = {title: number for number, title in self._NUMBERED.findall(tail)}
        return "\n".join(reply["text"] for reply in replies)

    def takes(self, title: str, choice: str) -> str:
        return self.says(choice)


class Caller(Talker):
    """Somebody behind the first bridge, whose program shows buttons."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant)
        self._name = uuid4().hex

    def says(self, text: str) -> str:
        return self._post(text=text)

    def takes(self, title: str, choice: str) -> str:
        return self._post(text=title, payload=choice)

    def _post(self, **part: str) -> str:
        message = {"user": self._name, "message_id": uuid4().hex, **part}
        body, stamp = json.dumps(message).encode(), str(int(time.time()))
        headers = {
            "X-Zhida-Timestamp": stamp,
            "X-Zhida-Signature": sign(BRIDGE_SECRET, stamp, body),
        }
        answer = self.assistant.http.post("/channels/bridge", content=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return self._read(answer.json()["replies"])

    def _read(self, replies: list[dict[str, Any]]) -> str:
        buttons = [button for reply in replies for button in reply["buttons"]]
        self.choices = {button["title"]: button["payload"] for button in buttons}
        cards = [reply["data"] or {} for reply in replies]
        pages = [page["url"] for card in cards for page in card.get("citations", ())]
        return "\n".join([*(reply["text"] for reply in replies), *pages])


class Visitor(Caller):
    """Somebody on the chat page."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant)
        self._name = conversation_of(uuid4().hex)

    def _post(self, **part: str) -> str:
        return self._read(self.assistant.say(self._name, **part)["replies"])


class Chatter(Talker):
    """Somebody on Telegram, who presses buttons."""

    def __init__(self, assistant: Assistant, api: BotApi, database: Database) -> None:
        super().__init__(assistant)
        self._person = Person(api, database)

    def says(self, text: str) -> str:
        return self._read(self._person.says(text))

    def takes(self, title: str, choice: str) -> str:
        return self._read(self._person.taps(title))

    def _read(self, messages: list[Sent]) -> str:
        self.choices = {title: title for message in messages for title in message.titles}
        return "\n".join(message.text for message in messages)


def wait(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "no answer"
        time.sleep(0.1)


@pytest.fixture(params=["web", "bridge", "bridge2", "telegram", "wechat", "wecom"])
def talker(
    request: pytest.FixtureRequest,
    assistant: Assistant,
    bot_api: BotApi,
    official_account: oa.WechatPlatform,
    company: kf.WecomPlatform,
) -> Iterator[Talker]:
    database = Database(assistant.database_url)
    people: dict[str, Callable[[], Talker]] = {
        "web": lambda: Visitor(assistant),
        "bridge": lambda: Caller(assistant),
        "bridge2": lambda: Texter(assistant),
        "telegram": lambda: Chatter(assistant, bot_api, database),
        "wechat": lambda: Follower(assistant, official_account),
        "wecom": lambda: Customer(assistant, company),
    }
    yield people[request.param]()
    database.close()


def test_the_four_journeys(talker: Talker) -> None:
    answer = talker.says("现场招聘会还能办吗")
    assert "原文：「" in answer
    assert "/policies/" in answer or any("看原文" in each for each in _links(talker))
    assert "电工" in talker.says("我想在上海找电工的活")
    assert "电工" in talker.says("六千以上的")

    talker.says("帮我约明天上午去浦东办失业登记")
    talker.picks(r"\d{1,2}[:：]\d{2}")
    done = talker.picks("确认")
    assert re.search(r"YY-\w+", done), done
    assert re.search(r"YY-\w+", talker.says("我的预约"))
    assert re.search(r"GD-\w+", talker.says("转人工"))


def _links(talker: Talker) -> list[str]:
    if not isinstance(talker, Customer):
        return []
    return list(talker._platform.people[talker._name].links)
