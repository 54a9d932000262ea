"""From an item of ``sync_msg`` to what messaging takes in; no I/O. Unknown ones are taken, too."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.wecom import sentences as say
from bot.messaging.messages import Grant, Kind

MESSAGE = Grant(5, timedelta(hours=48))
BY_PERSON, BY_CLERK = 3, 5
NAME = "wecom"
_ID = re.compile(r"[\w@.-]{1,80}", re.ASCII)
MODES = {1: "staff", 2: "staff", 3: "bot"}
"""Who answers after a session was taken from the pool, passed on, ended."""
FAILED_FOR_NOW, FAILED_FOR_GOOD = frozenset({4, 5, 6}), frozenset({10})
"""Receipts: over 48 hours, session closed, over five; the person refuses."""


@dataclass(frozen=True)
class Said:
    """What a person sent; ``menu`` names the choice that was tapped."""

    key: str
    peer: str
    kind: Kind
    text: str
    at: datetime
    menu: str = ""
    details: dict[str, Any] | None = None


@dataclass(frozen=True)
class Entered:
    """Somebody opened the conversation; with a ``code`` they may be welcomed, within 20 seconds."""

    key: str
    peer: str
    scene: str
    code: str
    at: datetime


@dataclass(frozen=True)
class Spoke:
    """A clerk's words, which the person has already."""

    key: str
    peer: str
    staff: str
    text: str


@dataclass(frozen=True)
class Recalled:
    """A message was taken back: the person's own, or a clerk's."""

    key: str
    by_clerk: bool


@dataclass(frozen=True)
class Changed:
    """From now on ``mode`` answers; ``staff`` is the clerk who has finished, where one has."""

    peer: str
    mode: str
    staff: str = ""


@dataclass(frozen=True)
class Failed:
    """What we sent did not arrive; ``sort`` is the platform's number for why."""

    peer: str
    message: str
    sort: int


Item = Said | Entered | Spoke | Recalled | Changed | Failed


def read(item: Mapping[str, Any]) -> Item | None:
    """Return what an item says; None for what concerns no conversation, or is unreadable."""
    sort = _text(item, "msgtype")
    if sort == "event":
        return _event(item, _part(item, "event"))
    peer, key = _peer(item), _text(item, "msgid")
    if peer is None or not _ID.fullmatch(key):
        return None
    if item.get("origin") == BY_CLERK:
        words = _text(_part(item, "text"), "content")
        words = words or say.ATTACHMENTS.get(sort, (say.UNKNOWN, ""))[0]
        return Spoke(key, peer, _text(item, "servicer_userid"), words)
    if item.get("origin") != BY_PERSON:
        return None
    return _said(item, key, peer, sort)


def _said(item: Mapping[str, Any], key: str, peer: str, sort: str) -> Said:
    part, at = _part(item, sort), _moment(item)
    if sort == "text":
        menu = _text(part, "menu_id")
        kind: Kind = "choice" if menu else "text"
        return Said(key, peer, kind, _text(part, "content"), at, menu)
    words, kind = say.ATTACHMENTS.get(sort, (say.UNKNOWN, "unknown"))
    details: dict[str, Any] = {"type": sort[:40]}
    if media := _text(part, "media_id"):
        details["media"] = [{"id": media[:200]}]
    if sort == "location":
        place = {"name": _text(part, "name")[:100], "address": _text(part, "address")[:200]}
        numbers = {"lat": part.get("latitude"), "lng": part.get("longitude")}
        found = {name: float(n) for name, n in numbers.items() if isinstance(n, int | float)}
        details |= found | place
        words = place["address"] or place["name"] or words
    elif sort == "link":
        words = _text(part, "title") or words
    return Said(key, peer, kind, words, at, details=details)


def _event(item: Mapping[str, Any], event: Mapping[str, Any]) -> Item | None:
    name, key = _text(event, "event_type"), _text(item, "msgid")
    peer = _peer(event)
    if peer is None:
        return None
    if name == "enter_session":
        scene = _text(event, "scene")
        return Entered(key, peer, scene, _text(event, "welcome_code"), _moment(item))
    if name == "msg_send_fail":
        sort = event.get("fail_type")
        return Failed(peer, _text(event, "fail_msgid"), sort if isinstance(sort, int) else 0)
    if name == "session_status_change":
        mode = MODES.get(event.get("change_type", 0))
        return None if mode is None else Changed(peer, mode, _text(event, "old_servicer_userid"))
    if name in ("user_recall_msg", "servicer_recall_msg"):
        return Recalled(_text(event, "recall_msgid"), name == "servicer_recall_msg")
    return None


def _peer(part: Mapping[str, Any]) -> str | None:
    """Return account and person; an event has both inside of it."""
    account, person = _text(part, "open_kfid"), _text(part, "external_userid")
    if not _ID.fullmatch(account) or not _ID.fullmatch(person):
        return None
    return f"{account}:{person}"


def _part(item: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = item.get(name)
    return part if isinstance(part, dict) else {}


def _text(part: Mapping[str, Any], name: str) -> str:
    value = part.get(name)
    return value if isinstance(value, str) else ""


NO_TIME = datetime.fromtimestamp(0, UTC)


def _moment(item: Mapping[str, Any]) -> datetime:
    """Return when an item was sent, by the platform's clock."""
    seconds = item.get("send_time")
    if not isinstance(seconds, int) or not 0 <= seconds < 2**33:
        seconds = 0
    return datetime.fromtimestamp(seconds, UTC)
