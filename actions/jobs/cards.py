"""The cards of a list of postings, and of one posting."""

from typing import Literal

from pydantic import Field

from actions.dialogue.cards import CardModel, CardPart

MONTHLY = "整数元/月，null：没有写明"


class JobPart(CardPart):
    """A posting as it matches a wish."""

    id: str
    title: str
    employer: str
    city: str
    district: str | None
    salary_min: int | None = Field(description=MONTHLY)
    salary_max: int | None = Field(description=MONTHLY)
    gig_pay: str = Field("", description="零工按天或小时的工钱；不是零工没有")
    score: int = Field(description="0–100，只算双方都写明的")
    reasons: tuple[str, ...] = Field(description="为什么合适")
    unknown: tuple[str, ...] = Field(description="岗位没有写明的")


class JobListCard(CardModel):
    """Postings for a wish, the best first."""

    kind: Literal["job_list"] = "job_list"
    total: int = Field(description="一共多少个，不只这一页")
    jobs: tuple[JobPart, ...]


class JobCard(CardModel):
    """One posting in full."""

    kind: Literal["job"] = "job"
    id: str
    title: str
    employer: str
    trade: str
    place: str = Field(description="区县或城市的 GB/T 2260 代码")
    city: str
    district: str | None
    salary_min: int | None = Field(description=MONTHLY)
    salary_max: int | None = Field(description=MONTHLY)
    salary_text: str = Field(description="原文怎么写的")
    gig_pay: str = Field("", description="零工按天或小时的工钱；不是零工没有")
    headcount: int
    benefits: tuple[str, ...]
    description: str
    contact: str
    is_demo: bool = Field(description="演示数据，不是真岗位")
    published_on: str = Field(description="ISO 日期")
    expires_on: str = Field(description="ISO 日期，这一天起不再展示")


class ApplicationCard(CardModel):
    """An application for a posting: sent, taken back, or what has become of it."""

    kind: Literal["application"] = "application"
    id: str = Field(description="报名号")
    posting_id: str
    status: Literal["submitted", "handed", "invited", "hired", "declined", "withdrawn"]


class SubscriptionPart(CardPart):
    """A wish whose new postings are told of."""

    id: str
    wish: str = Field(description="想要的岗位，用话说")
    active: bool


class SubscriptionCard(CardModel):
    """A subscription that was begun or ended, or all that somebody has."""

    kind: Literal["subscription"] = "subscription"
    id: str | None = None
    wish: str | None = None
    active: bool | None = None
    subscriptions: tuple[SubscriptionPart, ...] | None = None
