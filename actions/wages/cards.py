"""The card of what work pays."""

from typing import Literal

from pydantic import Field

from actions.dialogue.cards import CardModel


class WageCard(CardModel):
    """What a trade pays at a place, whole yuan a month."""

    kind: Literal["wage"] = "wage"
    trade: str
    city: str = Field(description="地方的名称；全国")
    period: str = Field(description="公布的年份（2025年），或统计在招岗位的那一天（ISO 日期）")
    source: Literal["published", "postings"]
    n: int | None = Field(description="按多少条算的；公布的没写是 null")
    q1: int
    median: int
    q3: int
