"""A stand-in of WeCom's platform for 微信客服, over real HTTP and strict about what it takes.

Messages wait to be pulled by cursor, in small pages with an empty one between; sends are counted,
known by their number, and refused in the wrong state.
"""

import asyncio
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from tests.browser.scripted import serve
from tests.support.wechat_platform import as_xml, sealed

CORP_ID, SECRET, TOKEN = "ww00000000000zhida", "kf-secret", "zhidaTestToken2026"
AES_KEY = "BwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSY"
ACCOUNT = "wkZhidaTestAccount00000000000001"
PAGE = 2
NUMBER = re.compile(r"[0-9a-zA-Z_-]{1,32}")
IN_BYTES = {"text": 2048, "head": 1024, "id": 64, "content": 128}


@dataclass
class Person:
    """Somebody who wrote: what they were shown, and what may still be sent to them."""

    shown: list[str] = field(default_factory=list)
    choices: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    left: int = 0
    until: float = 0.0
    state: int = 1
    refuses: bool = False


class WecomPlatform:
    """The platform; ``away`` answers 503 to sends, ``fails`` are errcodes of the next ones."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = defaultdict(Person)
        self.queue: list[dict[str, Any]] = []
        self.away = False
        self.fails: list[int] = []
        self.numbers: set[str] = set()
        self.codes: dict[str, float] = {}
        self.welcomed: list[dict[str, Any]] = []
        self.clerks_on_duty = False
        self.pulls = 0
        self.media: list[bytes] = []
        self.overdrawn = 0
        self.url = ""
        self._pulling = 0
        self._next = 1

    @contextmanager
    def serving(self) -> Iterator["WecomPlatform"]:
        """Serve the API at ``url``."""
        with serve(self._app()) as self.url:
            yield self

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/cgi-bin/gettoken")
        async def token(corpid: str, corpsecret: str) -> Any:
            good = (corpid, corpsecret) == (CORP_ID, SECRET)
            refused = {"errcode": 40001, "errmsg": "invalid credential"}
            return {"errcode": 0, "access_token": "T", "expires_in": 7200} if good else refused

        @app.get("/cgi-bin/kf/servicer/list")
        async def servicers(open_kfid: str) -> Any:
            assert open_kfid == ACCOUNT
            status = 0 if self.clerks_on_duty else 1
            return {"errcode": 0, "servicer_list": [{"userid": "clerk01", "status": status}]}

        @app.post("/cgi-bin/kf/sync_msg")
        async def sync(request: Request) -> Any:
            self._pulling += 1
            assert self._pulling == 1, "two pull one account at a time"
            await asyncio.sleep(0.01)
            try:
                return self._page(await request.json())
            finally:
                self._pulling -= 1

        @app.post("/cgi-bin/media/upload")
        async def upload(request: Request) -> Any:
            async with request.form() as form:
                self.media.append(await form["media"].read())  # type: ignore[union-attr]
            return {"errcode": 0, "media_id": f"Media{len(self.media)}"}

        @app.post("/cgi-bin/kf/{path:path}")
        async def call(path: str, request: Request) -> Any:
            if self.away and path == "send_msg":
                return JSONResponse({}, 503)
            assert request.query_params["access_token"] == "T"
            raw = (await request.body()).decode()
            assert "\\u" not in raw, "an escape would be shown"
            return self._answer(path, json.loads(raw or "{}"))

        return app

    def _page(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        self.pulls += 1
        assert (wanted["limit"], wanted["open_kfid"]) == (1000, ACCOUNT)
        begin = int(wanted.get("cursor", "C0")[1:])
        # Every second call an empty page that is not the last.
        page = [] if self.pulls % 2 else self.queue[begin : begin + PAGE]
        end = begin + len(page)
        more = int(end < len(self.queue))
        return {"errcode": 0, "next_cursor": f"C{end}", "has_more": more, "msg_list": page}

    def _answer(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        if path == "send_msg":
            return {"errcode": self.fails.pop(0) if self.fails else self._send(body)}
        if path == "send_msg_on_event":
            assert NUMBER.fullmatch(body["msgid"])
            if self.codes.pop(body["code"], 0.0) < time.time():
                return {"errcode": 95001}
            self._check(body)
            self.welcomed.append(body)
        if path == "account/list":
            return {"errcode": 0, "account_list": [{"open_kfid": ACCOUNT, "name": "职达"}]}
        person = self.people[body.get("external_userid", "")]
        if path == "service_state/get":
            return {"errcode": 0, "service_state": person.state}
        if path == "service_state/trans":
            if person.state == 4:
                return {"errcode": 95018}
            person.state = body["service_state"]
        return {"errcode": 0, "errmsg": "ok"}

    def _send(self, body: dict[str, Any]) -> int:
        assert body["open_kfid"] == ACCOUNT
        assert NUMBER.fullmatch(body["msgid"])
        person = self.people[body["touser"]]
        if person.state not in (0, 1):
            return 95018
        if body["msgid"] in self.numbers:
            return 0
        if person.left <= 0 or person.until <= time.time():
            self.overdrawn += 1
            return 95001
        self._check(body)
        self.numbers.add(body["msgid"])
        person.left -= 1
        if person.refuses:
            number = {"fail_msgid": body["msgid"], "fail_type": 10}
            self.happen(body["touser"], "msg_send_fail", **number)
            return 0
        if body["msgtype"] == "text":
            person.shown.append(body["text"]["content"])
        elif body["msgtype"] == "msgmenu":
            person.shown.append(body["msgmenu"]["head_content"])
            for line in body["msgmenu"]["list"]:
                shown = line[line["type"]]
                kept = person.choices if line["type"] == "click" else person.links
                kept[shown["content"]] = shown.get("id") or shown["url"]
        return 0

    def _check(self, body: dict[str, Any]) -> None:
        """Fail where a message is not what the documentation allows."""
        if body["msgtype"] == "text":
            assert 0 < _size(body["text"]["content"]) <= IN_BYTES["text"]
            return
        if body["msgtype"] == "image":
            assert int(body["image"]["media_id"].removeprefix("Media")) <= len(self.media)
            return
        menu = body["msgmenu"]
        assert 0 < _size(menu["head_content"]) <= IN_BYTES["head"]
        assert 0 < len(menu["list"]) <= 10
        for line in menu["list"]:
            shown = line[line["type"]]
            assert 0 < _size(shown["content"]) <= IN_BYTES["content"]
            assert line["type"] == "view" or 0 < _size(shown["id"]) <= IN_BYTES["id"]

    # --- people's side ---

    def say(self, person: str, sort: str, number: str = "", **part: Any) -> dict[str, Any]:
        """Let somebody send something; it waits to be pulled."""
        self.people[person].left, self.people[person].until = 5, time.time() + 48 * 3600
        item = self._item(number, 3, sort) | {
            "open_kfid": ACCOUNT,
            "external_userid": person,
            sort: part,
        }
        self.queue.append(item)
        return item

    def clerk_says(self, person: str, text: str) -> dict[str, Any]:
        """Let a clerk answer in WeCom's own window."""
        who = {"open_kfid": ACCOUNT, "external_userid": person, "servicer_userid": "clerk01"}
        item = self._item("", 5, "text") | who | {"text": {"content": text}}
        self.queue.append(item)
        return item

    def happen(self, person: str, name: str, **more: Any) -> dict[str, Any]:
        """Let something happen in somebody's session."""
        who = {"open_kfid": ACCOUNT, "external_userid": person}
        item = self._item("", 4, "event") | {"event": {"event_type": name, **who, **more}}
        self.queue.append(item)
        return item

    def _item(self, number: str, origin: int, sort: str) -> dict[str, Any]:
        self._next += 1
        number = number or f"ZhidaKf{self._next}"
        return {"msgid": number, "send_time": int(time.time()), "origin": origin, "msgtype": sort}


def callback(event: str = "kf_msg_or_event", **more: Any) -> tuple[str, bytes]:
    """Return query and body of the call that says that there is something."""
    fields = {
        "ToUserName": CORP_ID,
        "CreateTime": int(time.time()),
        "MsgType": "event",
        "Event": event,
        "Token": "SYNC",
        "OpenKfId": ACCOUNT,
        **more,
    }
    return sealed(as_xml(fields), time.time(), receiver=CORP_ID)


def _size(text: str) -> int:
    return len(text.encode())


def environment(platform: WecomPlatform) -> dict[str, str]:
    """Return the variables that connect an assistant with a platform."""
    return {
        "ZHIDA_WECOM_CORP_ID": CORP_ID,
        "ZHIDA_WECOM_KF_SECRET": SECRET,
        "ZHIDA_WECOM_TOKEN": TOKEN,
        "ZHIDA_WECOM_AES_KEY": AES_KEY,
        "ZHIDA_WECOM_API_BASE": platform.url,
    }
