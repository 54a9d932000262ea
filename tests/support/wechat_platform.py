"""A stand-in of WeChat's platform for a 服务号, over real HTTP and strict about what it takes.

It plays both sides: the account calls its API, tests act as people and let it call back. Tokens
end, what is sent is counted as the platform counts it, a text has its bytes, and JSON is read as it
was written: an escape stays one.
"""

import base64
import hashlib
import json
import os
import time
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from tests.browser.scripted import serve

APP_ID, SECRET, TOKEN = "wx00000000000zhida", "0" * 32, "zhidaTestToken2026"
AES_KEY = "BwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSY"
ACCOUNT = "gh_000000000001"
TAPS = ("CLICK", "scancode_push", "scancode_waitmsg", "subscribe", "SCAN")
MAX_BYTES = 2048
SENDS = ("message/custom/send", "message/template/send", "message/subscribe/bizsend")


@dataclass
class Person:
    """A follower: what they were shown, and what may still be sent to them."""

    shown: list[str] = field(default_factory=list)
    choices: dict[str, str] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)
    consents: dict[str, int] = field(default_factory=dict)
    left: int = 0
    until: float = 0.0
    follows: bool = True

    def act(self, count: int, seconds: float, now: float) -> None:
        """Number and time become the larger of the two."""
        alive = self.until > now
        self.left = max(self.left, count) if alive else count
        self.until = max(self.until, now + seconds) if alive else now + seconds


class WechatPlatform:
    """The platform; ``fails`` are errcodes for the next sends, ``away`` answers 503 to all."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = defaultdict(Person)
        self.fails: list[int] = []
        self.away = False
        self.tokens: list[str] = []
        self.good_tokens: set[str] = set()
        self.calls: list[tuple[str, Any]] = []
        self.media: list[bytes] = []
        self.templates: list[dict[str, Any]] = []
        self.subscriptions: list[dict[str, Any]] = []
        self.url = ""
        self.ahead = 0.0
        self.overdrawn = 0
        self._number = 7_600_000_000_000_000_000

    @contextmanager
    def serving(self) -> Iterator["WechatPlatform"]:
        """Serve the API at ``url``."""
        with serve(self._app()) as self.url:
            yield self

    def now(self) -> float:
        """The platform's clock."""
        return time.time() + self.ahead

    # --- the account's side ---

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/cgi-bin/stable_token")
        async def stable_token(request: Request) -> Any:
            wanted = await request.json()
            if self.away:
                return JSONResponse({}, 503)
            if (wanted["appid"], wanted["secret"]) != (APP_ID, SECRET):
                return {"errcode": 40125, "errmsg": "invalid appsecret rid: 1"}
            assert wanted["grant_type"] == "client_credential"
            assert wanted["force_refresh"] is False
            if not self.good_tokens:
                self.good_tokens.add(f"TOKEN_{len(self.tokens)}" + "x" * 500)
            self.tokens.append(next(iter(self.good_tokens)))
            return {"access_token": self.tokens[-1], "expires_in": 7200}

        @app.get("/cgi-bin/{path:path}")
        async def get(path: str, access_token: str) -> Any:
            if access_token not in self.good_tokens:
                return {"errcode": 42001, "errmsg": "access_token expired rid: 2"}
            listed = {"template_list": self.templates} if "template" in path else {}
            return {"errcode": 0, "errmsg": "ok", **listed}

        @app.get("/wxaapi/newtmpl/gettemplate")
        async def subscriptions(access_token: str) -> Any:
            assert access_token in self.good_tokens
            return {"errcode": 0, "errmsg": "ok", "data": self.subscriptions}

        @app.post("/cgi-bin/{path:path}")
        async def call(path: str, request: Request) -> Any:
            if self.away:
                return JSONResponse({}, 503)
            if request.query_params.get("access_token") not in self.good_tokens:
                return {"errcode": 42001, "errmsg": "access_token expired rid: 2"}
            if path == "media/upload":
                async with request.form() as form:
                    self.media.append(await form["media"].read())  # type: ignore[union-attr]
                return {"type": "image", "media_id": f"Media{len(self.media)}"}
            raw = (await request.body()).decode()
            body = json.loads(raw)
            self.calls.append((path, body))
            return self._answer(path, body, raw)

        return app

    def _answer(self, path: str, body: dict[str, Any], raw: str) -> dict[str, Any]:
        if path in SENDS and self.fails:
            return {"errcode": self.fails.pop(0), "errmsg": "scripted rid: 3"}
        if path == "message/custom/send":
            return {"errcode": self._send(body, raw), "errmsg": "rid: 4"}
        if path == "message/template/send":
            self.people[body["touser"]].notices.append(body)
            return {"errcode": 0, "errmsg": "ok", "msgid": 1}
        if path == "message/subscribe/bizsend":
            return {"errcode": self._subscribed(body), "errmsg": "rid: 5"}
        if path == "qrcode/create":
            return {"ticket": "gQ+/=", "url": "http://weixin.qq.com/q/TEST"}
        return {"errcode": 0, "errmsg": "ok"}

    def _subscribed(self, body: dict[str, Any]) -> int:
        """Take a notice for a consent, with fields as they are prescribed."""
        assert body.keys() <= {"touser", "template_id", "page", "miniprogram", "data"}
        for name, each in body["data"].items():
            sort, value = name.rstrip("0123456789"), each["value"]
            if not value or len(value) > {"thing": 20, "phrase": 5}.get(sort, 32):
                return 47003
        person = self.people[body["touser"]]
        if person.consents.get(body["template_id"], 0) < 1:
            return 43101
        person.consents[body["template_id"]] -= 1
        person.notices.append(body)
        return 0

    def _send(self, body: Mapping[str, Any], raw: str) -> int:
        person = self.people.get(body["touser"])
        if person is None:
            return 40003
        if not person.follows or person.until <= self.now():
            return 45015
        if person.left <= 0:
            self.overdrawn += 1
            return 45047
        assert "\\u" not in raw, "an escape would be shown"
        sort = body["msgtype"]
        text, choices = "", {}
        if sort == "text":
            text = body["text"]["content"]
        elif sort == "msgmenu":
            text = body["msgmenu"]["head_content"]
            choices = {each["content"]: each["id"] for each in body["msgmenu"]["list"]}
        elif sort == "image":
            person.pictures.append(body["image"]["media_id"])
        else:
            return 40008
        if len(text.encode()) > MAX_BYTES:
            return 45002
        person.left -= 1
        if sort != "image":
            self.show(body["touser"], text, choices)
        return 0

    def show(self, openid: str, text: str, choices: Mapping[str, str] = {}) -> None:
        """Let a person read something."""
        self.people[openid].shown.append(text)
        self.people[openid].choices |= choices

    # --- people's side ---

    def message(self, openid: str, sort: str, **content: Any) -> dict[str, Any]:
        """Return what a person sends; it counts from now on."""
        self._number += 1
        tapped = "bizmsgmenuid" in content
        self.people[openid].act(*((3, 60) if tapped else (5, 48 * 3600)), self.now())
        return self._fields(openid, sort, MsgId=str(self._number), **content)

    def consent(self, openid: str, template: str, *, agrees: bool = True) -> dict[str, Any]:
        """Return a person's answer to a notice they were asked about."""
        left = self.people[openid].consents.get(template, 0)
        self.people[openid].consents[template] = left + 1 if agrees else 0
        status = "accept" if agrees else "reject"
        listed = {"TemplateId": template, "SubscribeStatusString": status, "PopupScene": "2"}
        name = "subscribe_msg_popup_event" if agrees else "subscribe_msg_change_event"
        folder = "".join(part.capitalize() for part in name.split("_"))
        return self.event(openid, name, **{folder: {"List": listed}})

    def event(self, openid: str, name: str, **content: Any) -> dict[str, Any]:
        """Return what a person does."""
        person = self.people[openid]
        if name in TAPS:
            person.act(3, 60, self.now())
        person.follows = name != "unsubscribe"
        return self._fields(openid, "event", Event=name, **content)

    def _fields(self, openid: str, sort: str, **content: Any) -> dict[str, Any]:
        return {
            "ToUserName": ACCOUNT,
            "FromUserName": openid,
            "CreateTime": str(int(self.now())),
            "MsgType": sort,
            **content,
        }


def as_xml(fields: Mapping[str, Any]) -> bytes:
    """Return fields as the platform writes them."""
    root = ET.Element("xml")
    _fill(root, fields)
    return ET.tostring(root, encoding="utf-8")


def _fill(element: ET.Element, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        child = ET.SubElement(element, name)
        if isinstance(value, Mapping):
            _fill(child, value)
        else:
            child.text = str(value)


def plain_query(now: float, *, token: str = TOKEN, nonce: str = "n1") -> str:
    """Return the query of a callback in clear."""
    stamp = str(int(now))
    return urlencode({"signature": sha1(token, stamp, nonce), "timestamp": stamp, "nonce": nonce})


def sealed(
    message: bytes, now: float, *, receiver: str = APP_ID, token: str = TOKEN, key: str = AES_KEY
) -> tuple[str, bytes]:
    """Return query and body of a callback in its envelope."""
    stamp, nonce = str(int(now)), os.urandom(4).hex()
    content = encrypted(message, receiver, key)
    query = {
        "signature": sha1(token, stamp, nonce),
        "timestamp": stamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": sha1(token, stamp, nonce, content),
    }
    return urlencode(query), as_xml({"ToUserName": ACCOUNT, "Encrypt": content})


def sha1(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324


def encrypted(message: bytes, receiver: str, key: str = AES_KEY) -> str:
    """Seal, by lines of the platform's own."""
    raw = base64.b64decode(f"{key}=")
    plain = os.urandom(16) + len(message).to_bytes(4, "big") + message + receiver.encode()
    pad = 32 - len(plain) % 32
    encryptor = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([pad] * pad))).decode()


def decrypted(content: str, receiver: str, key: str = AES_KEY) -> bytes:
    """Open what the account has sealed."""
    raw = base64.b64decode(f"{key}=")
    decryptor = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).decryptor()
    padded = decryptor.update(base64.b64decode(content))
    plain = padded[: -padded[-1]]
    length = int.from_bytes(plain[16:20], "big")
    assert plain[20 + length :].decode() == receiver
    return plain[20 : 20 + length]


def environment(platform: WechatPlatform) -> dict[str, str]:
    """Return the variables that connect an assistant with a platform."""
    return {
        "ZHIDA_WECHAT_APP_ID": APP_ID,
        "ZHIDA_WECHAT_SECRET": SECRET,
        "ZHIDA_WECHAT_TOKEN": TOKEN,
        "ZHIDA_WECHAT_AES_KEY": AES_KEY,
        "ZHIDA_WECHAT_API_BASE": platform.url,
    }
