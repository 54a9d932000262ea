"""What a person has with us and must be able to find again from another device."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Belonging:
    """A booking or a case that is not over: what it is, its number, the path that opens it."""

    title: str
    code: str
    link: str | None
