"""What the stand-in Bot API server accepts: methods, their parameters and their shapes.

Taken from https://core.telegram.org/bots/api, and stricter than it: a parameter that the
stand-in does not check is refused, so that no test passes on something nobody looked at.
Lengths are in UTF-16 code units where Telegram counts so (texts), in bytes where it
counts bytes (``callback_data``).
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

UPDATE_TYPES = frozenset({"message", "edited_message", "callback_query"})
MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_BUTTONS = 100


class Refused(Exception):
    """The Bot API's error envelope: ``error_code``, ``description``, ``parameters``."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(why: str) -> Refused:
    """Return a 400 in the Bot API's wording."""
    return Refused(400, f"Bad Request: {why}")


def utf16_length(text: str) -> int:
    """Return the length of ``text`` as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Upload:
    """A file sent as multipart/form-data."""

    filename: str
    content: bytes


Raw = str | Upload
Check = Callable[[Raw], Any]


def _text(raw: Raw) -> str:
    if isinstance(raw, Upload):
        raise bad("a file where a string belongs")
    return raw


def _whole(low: int | None = None, high: int | None = None) -> Check:
    def check(raw: Raw) -> int:
        text = _text(raw)
        if not re.fullmatch(r"-?\d{1,19}", text):
            raise bad(f"not an Integer: {text[:40]!r}")
        value = int(text)
        if (low is not None and value < low) or (high is not None and value > high):
            raise bad(f"Integer out of range: {value}")
        return value

    return check


def _boolean(raw: Raw) -> bool:
    text = _text(raw)
    if text not in ("true", "false"):
        raise bad(f"not a Boolean: {text[:40]!r}")
    return text == "true"


def _string(low: int, high: int, pattern: str = "") -> Check:
    def check(raw: Raw) -> str:
        text = _text(raw)
        if not low <= utf16_length(text) <= high or (pattern and not re.fullmatch(pattern, text)):
            raise bad(f"not a String of {low} to {high} characters as documented")
        return text

    return check


def _message_text(raw: Raw) -> str:
    text = _text(raw).strip()
    if not text:
        raise bad("message text is empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad("message is too long")
    return text


def _caption(raw: Raw) -> str:
    text = _text(raw).strip()
    if utf16_length(text) > MAX_CAPTION:
        raise bad("message caption is too long")
    return text


def _json(raw: Raw, kind: type) -> Any:
    try:
        value = json.loads(_text(raw))
    except ValueError:
        raise bad("can't parse JSON object") from None
    if not isinstance(value, kind):
        raise bad(f"expected a JSON {kind.__name__}")
    return value


def _keys(value: Any, required: set[str], optional: set[str], what: str) -> None:
    if not isinstance(value, dict):
        raise bad(f"{what} must be an Object")
    missing, unknown = required - value.keys(), value.keys() - required - optional
    if missing or unknown:
        raise bad(f"{what}: missing {sorted(missing)}, unknown {sorted(unknown)}")


def _web_address(url: Any) -> bool:
    if not isinstance(url, str) or not url.isascii() or " " in url:
        return False
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _button(button: Any) -> None:
    _keys(button, {"text"}, {"callback_data", "url"}, "InlineKeyboardButton")
    if not isinstance(button["text"], str) or not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    if len(button) != 2:
        raise bad("Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
    elif not _web_address(button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _markup(raw: Raw) -> list[list[dict[str, str]]]:
    value = _json(raw, dict)
    _keys(value, {"inline_keyboard"}, set(), "InlineKeyboardMarkup")
    rows = value["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) and row for row in rows):
        raise bad("inline_keyboard must be an Array of Arrays of InlineKeyboardButton")
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _button(button)
    return [list(row) for row in rows]


def _update_types(raw: Raw) -> list[str]:
    types = _json(raw, list)
    if not all(isinstance(kind, str) for kind in types):
        raise bad("allowed_updates must be an Array of String")
    if unknown := set(types) - UPDATE_TYPES:
        raise bad(f"update types the stand-in does not send: {sorted(unknown)}")
    return [str(kind) for kind in types]


def _commands(raw: Raw) -> list[dict[str, str]]:
    commands = _json(raw, list)
    if not 1 <= len(commands) <= 100:
        raise bad("1 to 100 commands")
    for command in commands:
        _keys(command, {"command", "description"}, set(), "BotCommand")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command["command"])):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(str(command["description"])) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return [dict(command) for command in commands]


def _link_preview(raw: Raw) -> dict[str, bool]:
    value = _json(raw, dict)
    _keys(value, {"is_disabled"}, set(), "LinkPreviewOptions")
    if not isinstance(value["is_disabled"], bool):
        raise bad("is_disabled must be a Boolean")
    return dict(value)


def _photo(raw: Raw) -> Raw:
    if isinstance(raw, Upload):
        if not raw.content.startswith((b"\x89PNG", b"\xff\xd8")):
            raise bad("IMAGE_PROCESS_FAILED")
        return raw
    if not raw.startswith(("https://", "http://")) or not _web_address(raw):
        raise bad("wrong remote file identifier specified")
    return raw


def _webhook_url(raw: Raw) -> str:
    url = _text(raw)
    if url and not url.startswith("https://"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    return url


_CHAT = {"chat_id": _whole()}
_SENDING = {
    "disable_notification": _boolean,
    "protect_content": _boolean,
    "reply_markup": _markup,
}

# method -> (required, optional)
METHODS: Mapping[str, tuple[Mapping[str, Check], Mapping[str, Check]]] = {
    "getMe": ({}, {}),
    "getUpdates": (
        {},
        {
            "offset": _whole(),
            "limit": _whole(1, 100),
            "timeout": _whole(0, 50),
            "allowed_updates": _update_types,
        },
    ),
    "sendMessage": (
        {**_CHAT, "text": _message_text},
        {**_SENDING, "link_preview_options": _link_preview},
    ),
    "sendPhoto": ({**_CHAT, "photo": _photo}, {**_SENDING, "caption": _caption}),
    "sendChatAction": (
        {**_CHAT, "action": _string(1, 30, "typing|upload_photo|upload_document|find_location")},
        {},
    ),
    "editMessageText": (
        {**_CHAT, "message_id": _whole(1), "text": _message_text},
        {"reply_markup": _markup, "link_preview_options": _link_preview},
    ),
    "editMessageReplyMarkup": (
        {**_CHAT, "message_id": _whole(1)},
        {"reply_markup": _markup},
    ),
    "answerCallbackQuery": (
        {"callback_query_id": _string(1, 64)},
        {"text": _string(0, 200), "show_alert": _boolean, "cache_time": _whole(0)},
    ),
    "setWebhook": (
        {"url": _webhook_url},
        {
            "secret_token": _string(1, 256, r"[A-Za-z0-9_-]+"),
            "max_connections": _whole(1, 100),
            "allowed_updates": _update_types,
            "drop_pending_updates": _boolean,
        },
    ),
    "deleteWebhook": ({}, {"drop_pending_updates": _boolean}),
    "getWebhookInfo": ({}, {}),
    "setMyCommands": (
        {"commands": _commands},
        {"language_code": _string(0, 2, "[a-z]*")},
    ),
}


def read_parameters(method: str, raw: Mapping[str, Raw]) -> dict[str, Any]:
    """Return a call's parameters, checked and parsed; raise Refused on anything undocumented."""
    if method not in METHODS:
        raise Refused(404, "Not Found")
    required, optional = METHODS[method]
    if unknown := raw.keys() - required.keys() - optional.keys():
        raise bad(f"{method} has no parameter {sorted(unknown)}")
    if missing := required.keys() - raw.keys():
        raise bad(f"{method} needs {sorted(missing)}")
    checks = {**required, **optional}
    return {name: checks[name](value) for name, value in raw.items()}
