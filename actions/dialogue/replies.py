"""Building replies: the shape of DESIGN section 4, payloads that Rasa can read."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from actions.dialogue import sentences as say
from actions.dialogue.cards import CardModel
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Reply

TITLE_LIMIT = 20


def reply(
    text: str,
    buttons: Iterable[Button] = (),
    data: CardModel | None = None,
    image: str | None = None,
) -> Reply:
    """Return one reply; ``data`` is its card, ``image`` a URL."""
    return {
        "text": text,
        "buttons": list(buttons),
        "image": image,
        "data": None if data is None else data.data(),
    }


def button(title: str, intent: str, **values: Any) -> Button:
    """Return a button whose tap says ``intent`` with these values; None is left out."""
    return {"title": shorten(title, TITLE_LIMIT), "payload": pressed(intent, values)}


def pressed(intent: str, values: Mapping[str, Any]) -> str:
    """Return the payload that says ``intent`` with these values; None is left out."""
    kept = {key: value for key, value in values.items() if value is not None}
    return f"/{intent}" + (json.dumps(kept, ensure_ascii=False) if kept else "")


def read_payload(payload: str) -> tuple[str, dict[str, Any]]:
    """Return intent and values of a payload of ours."""
    intent, brace, rest = payload.removeprefix("/").partition("{")
    return intent, dict(json.loads(brace + rest)) if brace else {}


def staff_button() -> Button:
    """Return 〔转人工〕."""
    return button(say.B_STAFF, "talk_to_staff")


def menu(services: Services) -> list[Button]:
    """Return what can be done, as buttons."""
    return [button(title, intent) for title, intent in services.menu]


def shorten(text: str, limit: int) -> str:
    """Cut ``text`` to ``limit`` characters, the last an ellipsis where something is lost."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
