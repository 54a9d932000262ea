"""What is posted to the bridge's second door."""

from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

KINDS = Literal[
    "text", "button", "image", "voice", "video", "file", "location", "link", "event", "unknown"
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore")

    v: Literal[2]


class MediaIn(BaseModel):
    """A picture, a voice message, a file: what it is, never fetched by us."""

    mime: str = Field("", max_length=100)
    name: str | None = Field(None, max_length=200)
    size: int | None = Field(None, ge=0, le=2**40)
    sha256: str | None = Field(None, max_length=64)


class PlaceIn(BaseModel):
    """A place; its words are read, its numbers kept."""

    lat: float = Field(ge=-90, le=90)
    lng: float = Field(ge=-180, le=180)
    name: str = Field("", max_length=200)
    address: str = Field("", max_length=200)
    datum: str = Field("", max_length=20)


class EventIn(BaseModel):
    """What somebody did: ``enter``, ``follow``, ``scan``, ``click``, ``leave``, or another."""

    type: str = Field(max_length=40)
    key: str = Field("", max_length=200)
    scene: str = Field("", max_length=200)


class WindowIn(BaseModel):
    """What may still be sent: ``left`` messages until Unix second ``until``."""

    until: int = Field(ge=0, le=2**33)
    left: int = Field(ge=0, le=10_000)


class MessageIn(_Body):
    """One message; ``context`` comes back with each reply, ``deadline_ms`` is how long to wait."""

    user: str = Field(min_length=1, max_length=100)
    message_id: str = Field(min_length=1, max_length=200)
    kind: KINDS = "text"
    text: str = Field("", max_length=4000)
    transcript: str | None = Field(None, max_length=4000)
    payload: str | None = Field(None, max_length=4000)
    media: list[MediaIn] = Field(default_factory=list, max_length=10)
    location: PlaceIn | None = None
    event: EventIn | None = None
    ticket: dict[str, Any] | None = None
    context: str | None = Field(None, max_length=2048)
    window: WindowIn | None = None
    deadline_ms: int | None = Field(None, ge=0, le=30_000)

    @field_validator("user")
    @classmethod
    def _printable(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("not printable")
        return value


class ButtonsIn(BaseModel):
    """How many buttons a messenger shows under a reply."""

    max: int = Field(ge=1, le=100)
    title_bytes: int = Field(128, ge=1, le=4096)


class PushIn(BaseModel):
    """How many messages a messenger takes after one of its person's, and for how long."""

    hours: float = Field(gt=0, le=24 * 365)
    count: int = Field(ge=1, le=10_000)


class CapabilitiesIn(_Body):
    """What an account's messenger can do; without ``callback_url`` replies are fetched."""

    max_text_bytes: int | None = Field(None, ge=200, le=1_000_000)
    buttons: ButtonsIn | None = None
    image: bool = True
    push: PushIn | None = None
    callback_url: str | None = Field(None, max_length=500)

    @field_validator("callback_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        inside = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
        if not parts.hostname or not (parts.scheme == "https" or inside):
            raise ValueError("https only")
        return value


class ReceiptIn(_Body):
    """What became of a pushed reply; its number alone names it, too."""

    user: str = Field("", max_length=100)
    reply_id: int = Field(ge=1, lt=2**31)
    status: Literal["sent", "failed", "retry"]
    code: str | None = Field(None, max_length=40)
    retry_after: float | None = Field(None, ge=0, le=86_400)
