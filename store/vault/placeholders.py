"""What stands in a text in place of a number, and the mask that people see of it.

A placeholder, 〔手机号#bcdfghjl〕, has no digit, vowel or letter that a reader of times, pay or
places knows, and stays what it is in NFKC and in simplified characters. It says nothing but a
kind, and its id opens a value in the conversation in which it was written, and in no other.
"""

import re
import secrets
from collections.abc import Callable

LETTERS = "bcdfghjlmnpqrstvxz"
"""No vowel, so that no word comes about; no k and w, which are thousands and ten thousands."""

LENGTH = 8
LABELS = {
    "phone": "手机号",
    "landline": "座机号",
    "id_card": "身份证号",
    "bank_card": "银行卡号",
    "passport": "护照号",
    "hk_macao_permit": "通行证号",
    "taiwan_permit": "通行证号",
    "email": "邮箱号",
}
_PLACEHOLDER = re.compile(
    rf"〔({'|'.join(dict.fromkeys(LABELS.values()))})#([{LETTERS}]{{{LENGTH}}})〕"
)
_LIKE_ONE = re.compile(r"[〔﹝︹]([^〔﹝︹〕﹞︺]{0,60}[#＃﹟][^〔﹝︹〕﹞︺]{0,60})[〕﹞︺]")


def new_id() -> str:
    """Return an id that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def placeholder(kind: str, value_id: str) -> str:
    """Return what stands for a value in every text."""
    return f"〔{LABELS[kind]}#{value_id}〕"


def ids_in(text: str) -> list[str]:
    """Return the ids of the placeholders in a text, in order."""
    return [match[2] for match in _PLACEHOLDER.finditer(text)] if "〔" in text else []


def spans_in(text: str) -> list[tuple[int, int]]:
    """Return where the placeholders in a text stand, in order."""
    return [match.span() for match in _PLACEHOLDER.finditer(text)] if "〔" in text else []


def replaced(text: str, with_what: Callable[[str, str], str]) -> str:
    """Return ``text`` with ``with_what(label, id)`` in place of each placeholder."""
    if "〔" not in text:
        return text
    return _PLACEHOLDER.sub(lambda match: with_what(match[1], match[2]), text)


def disarmed(text: str, known: Callable[[str], bool]) -> str:
    """Return ``text`` in which what looks like a placeholder and is not ``known`` is none.

    Its brackets are others: length and all else stay. What would only look like one once it
    is normalised is changed as well.
    """

    def changed(match: "re.Match[str]") -> str:
        real = _PLACEHOLDER.fullmatch(match.group())
        return match.group() if real and known(real[2]) else f"[{match[1]}]"

    return _LIKE_ONE.sub(changed, text)


def masked(kind: str, value: str) -> str:
    """Return what is shown of a value: enough for its owner to know it again."""
    if kind == "email":
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain}"[:100]
    if kind == "landline":
        return f"{value[:-8]}****{value[-4:]}"
    ends = {"phone": (3, 4), "id_card": (3, 4), "bank_card": (4, 4)}
    first, last = ends.get(kind, (2, 2))
    return value[:first] + "*" * (len(value) - first - last) + value[-last:]
