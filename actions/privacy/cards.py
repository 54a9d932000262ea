"""The card of a wish to be forgotten."""

from typing import Literal

from pydantic import Field

from actions.dialogue.cards import CardModel
from actions.dialogue.personal.cards import MOMENT


class ReceiptCard(CardModel):
    """The receipt of a wish to be forgotten; it holds nothing of the person."""

    kind: Literal["privacy_receipt"] = "privacy_receipt"
    receipt: str = Field(description="回执号")
    asked_at: str = Field(description=f"何时提出，{MOMENT}")
    erased_at: str | None = Field(description=f"何时删完，{MOMENT}；null：正在删")
