"""What visit a person wants: which business, which hall, when, and who comes."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from actions.appointments.offering.unwanted import suits
from actions.appointments.service import VisitWish
from actions.dialogue.turn import Turn

YES = "yes"

EARLIEST = re.compile(r"越[早快]越好|最[早快近]|尽[早快]|赶[紧快]|[早快]点[办约]|第一个号")
COMING = re.compile(
    r"(?:不|唔)(会|用|想|愿意|在|识|懂)(用|搞|弄)?(网上|上网|网办|线上|电脑)"
    r"|(网上|手机上?|线上).{0,4}(不会|唔识|不懂|办不|弄不|搞不|不行|太麻烦|不来)"
    r"|还是(想|要|得|我)?(去|来|到)|(要|想|得|直接|自己|就|去|来|到)(大厅|现场|窗口|柜台|你们那)"
    r"|(现场|窗口|柜台|当面)(去)?(办|搞|弄|登记|申请|排)"
    r"|(一定|必须|只能|坚持).{0,3}(去|来|到)(大厅|现场|窗口)"
)
"""Who says so wants to come, whatever may be done from home."""

PRIORITY = re.compile(
    r"老(年)?人|老[头太]|[6-9]\d岁|[六七八九]十[一二三四五六七八九多几来]*岁|年纪(大|很大|比较大)|上了?年纪|岁数大"
    r"|残疾|残障|轮椅|拄拐|腿脚|行动不(方)?便|走不[动了]|看不见|视力不|盲人|听不见|听力不|聋"
    r"|不(会|太会|怎么会)(用|使|玩|弄)?(智能)?手机|没有?(智能)?手机|(智能)?手机不会"
)
"""People for whom seats are reserved: 老年人、残疾人, and who cannot use a telephone for it."""

FOR_OTHER = re.compile(
    r"[替代帮给为](我|咱|俺)?(家里?|们)?的?(爸|妈|爹|娘|父|母|爷|奶|姥|外公|外婆|公公|婆婆|岳|老公"
    r"|老婆|老伴|丈夫|妻|爱人|对象|儿子|女儿|孩子|哥|姐|弟|妹|叔|伯|姑|舅|姨|老人|亲戚|朋友|同事"
    r"|邻居|别人|他|她)|代[办约]"
)
"""Who says so books for somebody else."""

_DIGIT = "一二三四五六七八九"
_TENS = rf"[{_DIGIT}]?十[{_DIGIT}几多]?|几十|[{_DIGIT}几]百"
_NUMBER = rf"(?:[2-9]|[1-9]\d{{1,4}}|[两{_DIGIT[1:]}]|{_TENS})"
GROUP = re.compile(
    rf"(?<![\d第]){_NUMBER}(?:多|来)?(?:个|名|位|口)?(?:人|员工|工人|职工)(?!社|才|力|流|少|多)"
)


@dataclass(frozen=True)
class BookingRequest:
    """What is known of a visit; times are aware, half-open.

    ``come`` says that the person wants to come though the business may be done from home;
    ``priority`` that somebody comes for whom seats are reserved, ``for_other`` that somebody
    else comes than who books. Halls and times that are ``not_`` wanted are joined by 、.
    """

    business: str | None = None
    hall: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    earliest: bool = False
    priority: bool = False
    come: bool = False
    for_other: bool = False
    not_hall: str | None = None
    not_time: str | None = None

    def as_slots(self) -> dict[str, Any]:
        """Return it as Rasa slots (also as a button's values)."""
        return {
            "business": self.business,
            "hall": self.hall,
            "visit_from": self.start.isoformat() if self.start else None,
            "visit_until": self.end.isoformat() if self.end else None,
            "earliest": YES if self.earliest else None,
            "priority": YES if self.priority else None,
            "come": YES if self.come else None,
            "for_other": YES if self.for_other else None,
            "not_hall": self.not_hall,
            "not_time": self.not_time,
        }

    def as_wish(self) -> VisitWish:
        """Return it as the window service wants it; ValueError without a business."""
        if self.business is None:
            raise ValueError("a visit without a business")
        return VisitWish(
            business=self.business,
            hall=self.hall,
            start=self.start,
            end=self.end,
            earliest=self.earliest,
            priority=self.priority,
            not_halls=_several(self.not_hall),
            not_times=_several(self.not_time),
        )


FORGOTTEN: dict[str, Any] = {name: None for name in BookingRequest().as_slots() if name != "hall"}
"""Slots of a visit that is settled: the next 「帮我预约」 is about something else, in this hall."""


def _several(joined: str | None) -> tuple[str, ...]:
    return tuple(each for each in (joined or "").split("、") if each)


def remembered(turn: Turn) -> BookingRequest:
    """Return the visit as it is remembered after this message; a time that has passed is
    not, unless it was said just now."""
    slots = turn.slots
    said_now = turn.value("visit_from") is not None
    start, end = remembered_times(turn)
    if said_now:
        start, end = moment_of(slots.get("visit_from")), moment_of(slots.get("visit_until"))
    not_times = _several(slots.get("not_time"))
    if start is not None and end is not None and _is_refused(start, end, not_times):
        start = end = None
    return BookingRequest(
        business=slots.get("business"),
        hall=slots.get("hall"),
        start=start,
        end=end,
        earliest=slots.get("earliest") == YES,
        priority=slots.get("priority") == YES,
        come=slots.get("come") == YES,
        for_other=slots.get("for_other") == YES,
        not_hall=slots.get("not_hall"),
        not_time=slots.get("not_time"),
    )


def _is_refused(start: datetime, end: datetime, not_times: tuple[str, ...]) -> bool:
    """Whether nothing is left of a wished stretch without the times that are not wanted."""
    fits = suits(not_times)
    return not (fits(start) or fits(end - timedelta(minutes=1)))


def said(turn: Turn) -> BookingRequest:
    """Return what this message alone says of a visit, typed or pressed."""
    return BookingRequest(
        business=turn.value("business"),
        hall=turn.value("hall"),
        start=moment_of(turn.value("visit_from")),
        end=moment_of(turn.value("visit_until")),
        earliest=turn.value("earliest") == YES,
        priority=turn.value("priority") == YES,
        come=turn.value("come") == YES,
        for_other=turn.value("for_other") == YES,
    )


def comes_in_group(turn: Turn) -> bool:
    """Whether the message speaks of several people who come together."""
    return bool(GROUP.search(turn.text))


def remembered_times(turn: Turn) -> tuple[datetime | None, datetime | None]:
    """Return the remembered time of the visit, unless it has passed."""
    start = moment_of(turn.slots.get("visit_from"))
    end = moment_of(turn.slots.get("visit_until"))
    if start is None or (end or start) <= turn.now:
        return None, None
    return start, end


def moment_of(text: object) -> datetime | None:
    """Read an ISO moment; None when it is absent, damaged or without a zone."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
