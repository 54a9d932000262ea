"""Which numbers belong to a person, by their digits alone: check digits, regions, dates, lengths.

Identity cards: GB 11643 (the check digit is ISO 7064 MOD 11-2), provinces of GB/T 2260, the
permanent residence card of 2023 for foreigners (a 9 before the province). Bank cards: ISO/IEC
7812 (Luhn) and the ranges that cards of mainland banks have. Telephones: the numbering plan.
"""

from datetime import date

_OF_EACH = {1: "12345", 2: "123", 3: "1234567", 4: "123456", 5: "01234", 6: "12345", 7: "1"}
PROVINCES = frozenset(
    f"{first}{second}" for first, seconds in _OF_EACH.items() for second in seconds
) | {"81", "82", "83"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_BORN = (1880, 2100)

_CARDS: dict[str, range] = {
    "62": range(16, 20),
    "60": range(16, 20),
    "95": range(16, 20),
    "94": range(16, 20),
    "35": range(16, 17),
    **{str(first): range(16, 20) for first in range(40, 60)},
    **{str(first): range(16, 17) for first in range(22, 28)},
}
"""First two digits, and how long such a card's number is."""

_ONCE = bytes.maketrans(b"0123456789", bytes(range(10)))
_TWICE = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
"""Twice a digit, and of what has two digits their sum."""

_LONG_LOCAL = frozenset({"010", *(f"02{digit}" for digit in "0123456789")} - {"026"})
_AREA_SECOND = frozenset("3456789")


def _beginnings() -> dict[int, frozenset[str]]:
    """Return by length which two digits a number that is put together may begin with."""
    areas = {f"0{digit}" for digit in "123456789"}
    identities = PROVINCES | {f"9{digit}" for digit in "0123456789"}
    found: dict[int, set[str]] = {
        11: areas | {f"1{digit}" for digit in "3456789"},
        12: areas,
        13: {"86"},
        14: {"86"},
        15: {"00"} | PROVINCES,
        16: {"00"},
        17: set(identities),
        18: set(identities),
        19: set(),
    }
    for first, lengths in _CARDS.items():
        seconds = (first,) if len(first) > 1 else tuple(f"{first}{digit}" for digit in "0123456789")
        for length in lengths:
            found[length].update(seconds)
    return {length: frozenset(digits) for length, digits in found.items()}


BEGINNINGS = _beginnings()
"""A look at two digits spares most places of a long row of them a closer one."""


def is_identity(digits: str) -> bool:
    """Whether 18 characters (the last may be X), or 15 of the cards before 1999, are one."""
    if len(digits) == 15:
        return digits[:2] in PROVINCES and _is_date(f"19{digits[6:12]}")
    if len(digits) != 18 or "X" in digits[:17]:
        return False
    province = digits[1:3] if digits[0] == "9" else digits[:2]
    return province in PROVINCES and _is_date(digits[6:14]) and identity_check(digits) == digits[17]


def identity_check(digits: str) -> str:
    """Return the check character, 0 to 9 or X, of an identity number's first 17 digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECKS[total % 11]


def is_bank_card(digits: str) -> bool:
    """Whether 16 to 19 digits are a bank card's, by their first two, length and check digit."""
    return len(digits) in _CARDS.get(digits[:2], ()) and luhn(digits) == 0


def luhn(digits: str) -> int:
    """Return the Luhn sum modulo 10; 0 where the last digit is right."""
    written = digits.encode()
    return sum(written[::-2].translate(_ONCE) + written[-2::-2].translate(_TWICE)) % 10


def is_mobile(digits: str) -> bool:
    """Whether 11 digits are a mainland mobile telephone's."""
    return len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789"


def is_landline(digits: str) -> bool:
    """Whether digits are an area code with a number of seven or eight; 010-12333 is none."""
    area = 3 if digits[:3] in _LONG_LOCAL else 4
    if area == 4 and (digits[:1] != "0" or digits[1:2] not in _AREA_SECOND):
        return False
    local = digits[area:]
    return len(local) in ((8,) if area == 3 else (7, 8)) and local[0] in "2345678"


def _is_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return _BORN[0] <= born.year < _BORN[1]
