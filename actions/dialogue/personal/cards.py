"""The card of what is kept of a person, which every feature that keeps something may show."""

from typing import Literal

from pydantic import Field

from actions.dialogue.cards import CardModel, CardPart

MOMENT = "ISO 时刻"


class HeldPart(CardPart):
    """Something that is kept of the person."""

    field: str = Field(description="哪一项")
    value: str = Field(description="存的是什么")
    since: str | None = Field(description=f"什么时候存的，{MOMENT}")
    why: str = Field(description="为了什么存")


class ProfileCard(CardModel):
    """What is kept of the person."""

    kind: Literal["profile"] = "profile"
    held: tuple[HeldPart, ...]
