"""The cards of times to choose from, of a booking, and of how full halls are."""

from typing import Literal

from pydantic import Field

from actions.dialogue.cards import CardModel, CardPart

MOMENT = "ISO 时刻"


class SlotPart(CardPart):
    """A time that can be taken."""

    id: int
    start: str = Field(description=MOMENT)
    end: str = Field(description=MOMENT)
    expected_people: int = Field(description="预计那时大厅里多少人")
    capacity: int = Field(description="大厅可容多少人")
    reason: str = Field(description="为什么是这个时间")


class SlotListCard(CardModel):
    """Quiet times for a business, and how to do it without coming."""

    kind: Literal["slot_list"] = "slot_list"
    hall: str
    business: str
    alternatives: tuple[str, ...] = Field(description="不来大厅的办法：网上、邮寄")
    slots: tuple[SlotPart, ...]


class BookingCard(CardModel):
    """A booking, or a place on the waiting list."""

    kind: Literal["booking"] = "booking"
    code: str
    status: Literal[
        "held", "confirmed", "cancelled", "checked_in", "served", "no_show", "waitlisted"
    ]
    hall: str
    business: str
    window: str
    start: str = Field(description=MOMENT)
    end: str = Field(description=MOMENT)
    bring: tuple[str, ...]
    hold_until: str | None = Field(None, description=f"只有暂留的才有：留到何时，{MOMENT}")
    closed: bool = Field(False, description="大厅那时停办，请改约；照常时没有这一项")
    for_other: bool = Field(False, description="替别人约的；约自己的没有这一项")
    link: str | None = Field(
        None, description="预约页的地址，凭它在任何设备上查看、改约、取消；可带走的预约才有"
    )
    calendar: str | None = Field(None, description="日历文件的地址，可带走的预约才有")


class QuietPart(CardPart):
    """A calmer time."""

    start: str = Field(description=MOMENT)
    end: str = Field(description=MOMENT)
    expected_people: int


class HallPart(CardPart):
    """How full one hall is."""

    hall: str
    is_open: bool
    people: int = Field(description="现在多少人：数到的，否则预计的")
    counted: int | None
    predicted: int | None
    capacity: int
    hours: str
    quiet: tuple[QuietPart, ...]


class CrowdCard(CardModel):
    """How full halls are, or the week of one as a picture."""

    kind: Literal["crowd"] = "crowd"
    halls: tuple[HallPart, ...]
    hall: str | None = Field(None, description="图上是哪个大厅")
    page: str = Field(description="各大厅人流的页面")
