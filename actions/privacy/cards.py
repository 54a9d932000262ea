"""The cards of a person's own data."""

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


class ReceiptCard(CardModel):
    """The receipt of a wish to be forgotten; it holds nothing of the person."""

    kind: Literal["privacy_receipt"] = "privacy_receipt"
    receipt: str = Field(description="回执号")
    asked_at: str = Field(description=f"何时提出，{MOMENT}")
    erased_at: str | None = Field(description=f"何时删完，{MOMENT}；null：正在删")
