"""The card of a case."""

from typing import Literal

from pydantic import Field

from actions.dialogue.cards import CardModel


class CaseCard(CardModel):
    """A case that waits for a person."""

    kind: Literal["staff_case"] = "staff_case"
    ticket: str = Field(description="工单号")
    reason: Literal["handoff", "complaint", "distress"]
    reply_by: str = Field(description="最晚何时答复，ISO 时刻")
    link: str | None = Field(None, description="工单页的地址，在任何设备上都能看到办到哪一步")
