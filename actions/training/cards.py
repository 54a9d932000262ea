"""The card of courses."""

from typing import Literal

from pydantic import Field

from actions.dialogue.cards import CardModel, CardPart


class CoursePart(CardPart):
    """A course."""

    id: str
    title: str
    provider: str
    city: str = Field(description="城市的名称；线上")
    starts_on: str | None = Field(description="ISO 日期，null：随到随学")
    seats_left: int | None = Field(description="null：不限人数")
    fee: int | None = Field(description="整数元，0：免费，null：没有写明")
    subsidised: bool | None = Field(description="能不能领培训补贴，null：没有写明")


class TrainingListCard(CardModel):
    """Courses for a wish, the best first; one alone is a course in full."""

    kind: Literal["training_list"] = "training_list"
    total: int = Field(description="一共多少个，不只这一页")
    courses: tuple[CoursePart, ...]
