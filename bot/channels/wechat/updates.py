"""From a callback's fields to what messaging takes in; no I/O.

The platform tries up to three times: a message's key is its number with its sender and second
(numbers alone have collided between people), an event's its sender, second and what it was about.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.callbacks.fields import Fields, first
from bot.channels.wechat import sentences as say
from bot.messaging.messages import Grant, Kind

MESSAGE = Grant(5, timedelta(hours=48))
ACT = Grant(3, timedelta(minutes=1))
NOTHING = Grant(0, timedelta())
"""What the platform allows after a message; after a tap, a follow or a scan; after anything else.
A tapped item of a menu message counts as a tap, too."""

LONGEST_KEY = 100
_SCENE = "qrscene_"
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,12})?", re.ASCII)
_PEER = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_MENU_GRANTS = frozenset({"CLICK", "scancode_push", "scancode_waitmsg"})


@dataclass(frozen=True)
class Happened:
    """An event: its ``type`` in our words, the ``key`` or ``scene`` it names, how it went.

    ``consents`` are a person's answers to notices, by their template.
    """

    type: str
    key: str = ""
    scene: str = ""
    template: str = ""
    ok: bool | None = None
    result: str = ""
    consents: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Seen:
    """What a callback says; ``menu`` names the button of a tapped choice.

    ``details`` are what is kept of it beside its words; ``at`` when, by the platform's clock.
    """

    peer: str
    key: str
    kind: Kind
    text: str = ""
    menu: str = ""
    happened: Happened | None = None
    grant: Grant = NOTHING
    details: dict[str, Any] | None = None
    url: str = ""
    at: datetime | None = None


def read(fields: Fields) -> Seen | None:
    """Return what a callback says; None for what has no sender or is none of ours."""
    peer = first(fields, "FromUserName")
    if not _PEER.fullmatch(peer) or not first(fields, "MsgType"):
        return None
    is_event = first(fields, "MsgType") == "event"
    seen = _event(fields, peer) if is_event else _message(fields, peer)
    return None if seen is None else replace(seen, at=_moment(fields))


def _moment(fields: Fields) -> datetime | None:
    created = first(fields, "CreateTime")
    known = created.isascii() and created.isdigit() and len(created) <= LONGEST_TIME
    return datetime.fromtimestamp(int(created), UTC) if known else None


LONGEST_TIME = 10
"""Digits of a time in seconds; more would be no year of ours."""


def _message(fields: Fields, peer: str) -> Seen:
    key = _short(f"{first(fields, 'MsgId')}:{peer}:{first(fields, 'CreateTime')}")
    sort = first(fields, "MsgType")
    if sort == "text":
        menu = first(fields, "bizmsgmenuid")
        grant = ACT if menu else MESSAGE
        kind: Kind = "choice" if menu else "text"
        return Seen(peer, key, kind, first(fields, "Content"), menu, grant=grant)
    words, kind = say.ATTACHMENTS.get(sort, (say.UNKNOWN, "unknown"))
    details: dict[str, Any] = {"type": sort[:40]}
    if sort == "voice":
        words = first(fields, "Recognition").strip() or words
    elif sort == "location":
        words = first(fields, "Label").strip() or words
        details |= _place(fields, "Location_X", "Location_Y", "Label")
    elif sort == "link":
        words = first(fields, "Title").strip() or words
    if media := _media(fields):
        details["media"] = media
    url = first(fields, "Url") if sort == "link" else ""
    return Seen(peer, key, kind, words, grant=MESSAGE, details=details, url=url)


def _media(fields: Fields) -> list[dict[str, str]]:
    """Return what can be fetched by its id: the platform's public addresses are not kept."""
    media_id, clear = first(fields, "MediaId"), first(fields, "MediaId16K")
    if not media_id:
        return []
    found = {"id": (clear or media_id)[:200]}
    if clear:
        found["fallback_id"] = media_id[:200]
    if sort := first(fields, "Format"):
        found["format"] = sort[:20]
    return [found]


def _event(fields: Fields, peer: str) -> Seen | None:
    name, event_key = first(fields, "Event"), first(fields, "EventKey")
    about = event_key or first(fields, "MsgID") or _template(fields, name)
    key = _short(f"{peer}:{first(fields, 'CreateTime')}:{name}:{_hashed(about)}")
    if name == "location_select":
        place = _place(
            fields,
            "SendLocationInfo/Location_X",
            "SendLocationInfo/Location_Y",
            "SendLocationInfo/Label",
        )
        words = place.get("address") or say.ATTACHMENTS["location"][0]
        return Seen(peer, key, "location", words, details=place)
    happened = _happened(fields, name, event_key)
    if name.startswith("scancode_"):
        words = happened.result or say.SCANNED
        return Seen(peer, key, "event", words, happened=happened, grant=ACT)
    words, grant = say.TAPPED, ACT if name in _MENU_GRANTS else NOTHING
    details = _place(fields, "Latitude", "Longitude") if name == "LOCATION" else None
    if name in ("subscribe", "SCAN"):
        words, grant = say.SCANNED if happened.scene else say.FOLLOWED, ACT
    return Seen(peer, key, "event", words, happened=happened, grant=grant, details=details)


def _happened(fields: Fields, name: str, event_key: str) -> Happened:
    if name == "subscribe":
        return Happened("subscribe", scene=event_key.removeprefix(_SCENE))
    if name == "SCAN":
        return Happened("scan", scene=event_key)
    if name.startswith("scancode_"):
        result = first(fields, "ScanCodeInfo/ScanResult")
        return Happened("scancode", key=event_key, result=result)
    if name == "TEMPLATESENDJOBFINISH":
        status = first(fields, "Status")
        return Happened("template_sent", ok=status == "success", result=status)
    if name in ("subscribe_msg_popup_event", "subscribe_msg_change_event"):
        answers = _listed(fields, name, "SubscribeStatusString")
        agreed = tuple(answer == "accept" for answer in answers)
        asked = _listed(fields, name, "TemplateId")
        return Happened(
            "notice_consent",
            template=_template(fields, name),
            ok=bool(agreed) and agreed[-1],
            consents=tuple(zip(asked, agreed, strict=False)),
        )
    if name == "subscribe_msg_sent_event":
        errors = _listed(fields, name, "ErrorCode")
        sent = all(code == "0" for code in errors)
        return Happened("notice_sent", template=_template(fields, name), ok=sent)
    return Happened(name.lower(), key=event_key)


def _template(fields: Fields, name: str) -> str:
    return ",".join(_listed(fields, name, "TemplateId"))


def _listed(fields: Fields, name: str, leaf: str) -> list[str]:
    """Return a field of a notice event's list, which occurs once or many times."""
    folder = "".join(part.capitalize() for part in name.split("_"))
    return fields.get(f"{folder}/List/{leaf}", [])


def _place(fields: Fields, lat: str, lng: str, label: str = "") -> dict[str, Any]:
    """Return a place; the platform's X is the latitude."""
    found: dict[str, Any] = {}
    for name, field in (("lat", lat), ("lng", lng)):
        if _NUMBER.fullmatch(written := first(fields, field)):
            found[name] = float(written)
    if label:
        found["address"] = first(fields, label).strip()[:200]
    return found


def _hashed(about: str) -> str:
    """Return an event's key as it is or, as a whole page's address may be one, its digest."""
    if len(about) <= LONGEST_KEY:
        return about
    return hashlib.sha256(about.encode(errors="replace")).hexdigest()


def _short(key: str) -> str:
    return key if len(key) <= 200 else hashlib.sha256(key.encode(errors="replace")).hexdigest()
