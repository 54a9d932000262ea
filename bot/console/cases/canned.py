"""Answers that staff have ready, with placeholders that the conversation fills."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from bot.console.cases.tables import CannedAnswerRow
from store.database import Database
from store.errors import ZhidaError

TITLE_MAX, TEXT_MAX = 40, 1000
_PLACEHOLDER = re.compile(r"\{([^{}\n]{1,20})\}")
_OPEN = "〔请填：{name}〕"
_LEFT = re.compile(r"〔请填：[^〕]*〕")

BUILT_IN = (
    ("问候", "您好，我是{我的姓名}，您的事我来跟进，请稍等。"),
    ("请补充", "为了尽快办好，请补充一下：时间、单位名称、经过。"),
    ("已转有关科室", "您反映的事（{工单号}）已转有关科室，最晚{答复时限}前答复您。"),
    ("预约提醒", "您{预约时间}在{预约大厅}的预约有效，请带好材料按时来。"),
    ("咨询电话", "更多问题可以拨 12333 咨询，工作日有人接听。"),
)
"""What there is before staff write their own."""


@dataclass(frozen=True)
class CannedAnswer:
    """An answer that is ready; ``id`` is None for those that come with the console."""

    id: int | None
    title: str
    text: str


class TitleTaken(ZhidaError):
    """An answer has this title already."""

    code = "title_taken"


def canned_answers(database: Database) -> tuple[CannedAnswer, ...]:
    """Return staff's own answers by title, then those that come with the console (blocking)."""
    with database.read() as session:
        rows = session.scalars(select(CannedAnswerRow).order_by(CannedAnswerRow.title)).all()
    own = [CannedAnswer(row.id, row.title, row.text) for row in rows]
    titles = {each.title for each in own}
    shipped = [CannedAnswer(None, *each) for each in BUILT_IN if each[0] not in titles]
    return (*own, *shipped)


def add_canned(database: Database, title: str, text: str, *, staff: str, now: datetime) -> None:
    """Keep an answer (blocking). Raises TitleTaken."""
    row = CannedAnswerRow(title=title[:TITLE_MAX], text=text[:TEXT_MAX], staff=staff, at=now)
    with database.write() as session:
        session.add(row)
        try:
            session.commit()
        except IntegrityError as error:
            raise TitleTaken from error


def remove_canned(database: Database, answer_id: int) -> None:
    """Remove one of staff's own answers (blocking)."""
    with database.write() as session:
        session.execute(delete(CannedAnswerRow).where(CannedAnswerRow.id == answer_id))
        session.commit()


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return an answer with its placeholders filled; what is not known is left to be written."""
    return _PLACEHOLDER.sub(lambda one: values.get(one[1]) or _OPEN.format(name=one[1]), text)


def has_gaps(text: str) -> bool:
    """Tell whether a placeholder still waits to be filled by hand."""
    return _LEFT.search(text) is not None
