"""Conversations as an evaluation file writes them (DESIGN section 8, ``dialogue``)."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot.talks.talk import Answer


class ScriptFailed(ValueError):
    """The file cannot be read; the message says where."""


class Expectation(BaseModel):
    """What an answer must be; what is not stated may be anything.

    ``kinds_any``: one of the replies has one of these kinds, None being a reply that is only
    words. ``text_any``: one of these stands in the answer. ``text_none``: none of these does.
    ``data``: a part of one reply's ``data`` (see ``is_part``). ``mode``: ``bot`` or ``staff``.
    """

    # What is misspelt would else be an expectation that is always met.
    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds_any: list[str | None] | None = None
    text_any: list[str] | None = None
    text_none: list[str] | None = None
    data: dict[str, Any] | None = None
    mode: Literal["bot", "staff"] | None = None

    def unmet(self, answer: Answer) -> dict[str, Any]:
        """Return those expectations that ``answer`` does not meet."""
        met: dict[str, Callable[[Any], bool]] = {
            "kinds_any": lambda kinds: any(kind in kinds for kind in answer.kinds),
            "text_any": lambda words: any(word in answer.text for word in words),
            "text_none": lambda words: not any(word in answer.text for word in words),
            "data": lambda part: any(is_part(part, reply.get("data")) for reply in answer.replies),
            "mode": lambda mode: mode == answer.mode,
        }
        stated = self.model_dump(exclude_none=True)
        return {name: wanted for name, wanted in stated.items() if not met[name](wanted)}


def is_part(part: Any, whole: Any) -> bool:
    """Whether ``whole`` has all of ``part``: an object its fields, a list its items, in any order.

    >>> is_part({"jobs": [{"city": "上海"}]}, {"total": 2, "jobs": [{"id": 1, "city": "上海"}]})
    True
    """
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and is_part(value, whole[name]) for name, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return all(any(is_part(item, other) for other in whole) for item in part)
    return bool(part == whole)


class Turn(BaseModel):
    """What a person says, or which button of the last answer they press, and what is expected.

    A writer's own remarks beside them are passed over.
    """

    model_config = ConfigDict(frozen=True)

    say: str | None = None
    press: Annotated[re.Pattern[str], BeforeValidator(re.compile)] | None = None
    expect: Expectation | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "Turn":
        if (self.say is None) == (self.press is None):
            raise ValueError("a turn says something or presses a button")
        return self

    @property
    def is_checked(self) -> bool:
        """Whether it can fail: a button that is pressed must be there."""
        return self.expect is not None or self.press is not None

    @property
    def said(self) -> dict[str, str]:
        """What is done, as the file has it."""
        return {"say": self.say or ""} if self.press is None else {"press": self.press.pattern}


class Conversation(BaseModel):
    """One line of the file."""

    id: Annotated[str, BeforeValidator(str)]
    turns: tuple[Turn, ...] = Field(min_length=1)


def read_conversations(file: Path) -> list[Conversation]:
    """Return the conversations of ``file``; raises ScriptFailed with the line that is wrong."""
    try:
        written = file.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptFailed(f"读不了 {file}") from error
    found = []
    for number, line in enumerate(written, start=1):
        if line.strip():
            try:
                found.append(Conversation.model_validate(json.loads(line)))
            except (ValidationError, ValueError, re.error) as error:
                raise ScriptFailed(f"{file} 第 {number} 行格式不对：{_reason(error)}") from error
    if not found:
        raise ScriptFailed(f"{file} 里没有会话")
    return found


def _reason(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))} {first['msg']}"


def find_button(pattern: re.Pattern[str], answer: Answer) -> dict[str, str] | None:
    """Return the button of an answer whose title has ``pattern``, the latest reply's first."""
    return next(
        (
            button
            for reply in reversed(answer.replies)
            for button in reply.get("buttons") or ()
            if pattern.search(button["title"])
        ),
        None,
    )
