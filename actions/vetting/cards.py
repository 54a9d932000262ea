"""The card of an ad's review."""

from typing import Literal

from pydantic import Field

from actions.dialogue.cards import CardModel, CardPart


class BasisPart(CardPart):
    """Where the law says so; without ``doc_id`` the library has no such law now."""

    doc_id: str
    title: str
    doc_no: str
    issuer: str
    region: str = Field(description="GB/T 2260 代码，100000 为全国")
    issued_on: str | None = Field(description="ISO 日期")
    in_force: bool | None
    section: str
    quote: str = Field(description="原文，逐字")
    url: str = Field(description="阅读页的地址，已指到引文")


class FindingPart(CardPart):
    """Something in the ad that may not stay, or that a person looks at."""

    category: str
    decision: str = Field(description="reject 或 review")
    span: str = Field(description="招聘内容里的原话")
    start: int
    end: int
    basis: BasisPart
    advice: str = Field(description="改写后的内容，本身能通过审核")
    reason: str = Field(description="为什么，一句话")


class PostingReviewCard(CardModel):
    """What vetting says of an ad; the gravest finding comes first."""

    kind: Literal["posting_review"] = "posting_review"
    decision: Literal["pass", "review", "reject"]
    findings: tuple[FindingPart, ...]
    code: str | None = Field(None, description="已留给工作人员的草稿号")
