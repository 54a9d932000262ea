"""What a pressed button sends, checked before it goes to Rasa."""

import json
import re
from typing import Any, NoReturn

from actions.dialogue.values import Values, sound

MAX_PAYLOAD = 4000
"""Characters of a button's payload."""

_PAYLOAD = re.compile(r"/([a-z_]+)(\{.*\})?", re.DOTALL)


class BadPayload(ValueError):
    """A button's payload that no button of ours can have."""


def read_payload(payload: str, intents: frozenset[str], declared: Values) -> str:
    """Return a button's payload in the form that goes to Rasa, ``/intent{json}``.

    Raises BadPayload unless it names one of ``intents``, is at most ``MAX_PAYLOAD``
    characters long, and carries nothing or a flat JSON object of plain values, of which those
    that are ``declared`` are what they may be.
    """
    match = _PAYLOAD.fullmatch(payload) if len(payload) <= MAX_PAYLOAD else None
    if match is None or match[1] not in intents:
        raise BadPayload(payload[:MAX_PAYLOAD])
    if match[2] is None:
        return payload
    values = _flat_object(match[2])
    if not all(sound(declared, key, value) for key, value in values.items()):
        raise BadPayload(payload)
    if not values:
        return f"/{match[1]}"
    return f"/{match[1]}{json.dumps(values, ensure_ascii=False)}"


def _flat_object(written: str) -> dict[str, Any]:
    try:
        values = json.loads(written, parse_constant=_no_such_number)
        written.encode()
        json.dumps(values, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise BadPayload(written) from error
    if not isinstance(values, dict):
        raise BadPayload(written)
    # bool is an int; None, lists and objects carry nothing that a button of ours says.
    if not all(isinstance(value, str | int | float) for value in values.values()):
        raise BadPayload(written)
    return values


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
