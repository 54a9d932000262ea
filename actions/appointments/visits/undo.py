"""Taking back the last step of a visit: a call, or an end, that was noted by mistake."""

from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from actions.appointments.booking.insertion import free_place
from actions.appointments.booking.queries import CHECKED_IN, SERVED
from actions.appointments.booking.tables import BookingRow, UndoneRow
from actions.appointments.errors import BookedSince, NotInHall, StepOvertaken, UndoTooLate
from actions.appointments.lock_retry import within_time
from actions.appointments.visits.call_order import CALL, Step, may_undo
from actions.appointments.visits.steps import VisitTable, in_hall
from store.database import Database


@within_time
def undo(database: Database, code: str, step: Step, *, by: str, now: datetime) -> None:
    """Take back ``step``, as it was seen, of the visit ``code``; ``by`` names the member of staff.

    Who was served is being served again; who was called waits again, where they stood. One
    UPDATE looks whether the step is still the visit's last and takes it back: of two clerks
    one does it and leaves a trail in ``undone_steps``, and repeating it changes nothing. No
    seat changes, so no slot is locked.

    Raises UndoTooLate (see ``may_undo``), StepOvertaken where somebody has gone on since,
    BookedSince where the person has booked what the visit now bars, NotInHall for a code that
    is none; WindowsBusy.
    """
    if not may_undo(step, now):
        raise UndoTooLate
    try:
        database.transact(partial(_undo, code=code, step=step, by=by, now=now))
    except IntegrityError:
        raise BookedSince from None


def _undo(connection: Connection, *, code: str, step: Step, by: str, now: datetime) -> None:
    table, here = in_hall(code)
    visit = connection.execute(select(table.called_to).where(table.code == code)).first()
    if visit is None:
        raise NotInHall
    if step.kind == CALL:
        taken_back = _take_back_call(connection, table, here, step.at)
        here.append(table.called_at.is_(None))
    else:
        taken_back = _take_back_end(connection, table, code, step.at)
    if taken_back:
        connection.execute(
            insert(UndoneRow),
            {
                "code": code,
                "step": step.kind,
                "at": step.at,
                "called_to": visit.called_to,
                "undone_at": now,
                "undone_by": by,
            },
        )
    elif connection.scalar(select(table.id).where(*here)) is None:
        # It is not as if it had been taken back before, either.
        raise StepOvertaken


def _take_back_call(
    connection: Connection,
    table: VisitTable,
    here: list[ColumnElement[bool]],
    called_at: datetime,
) -> bool:
    undone = connection.execute(
        update(table)
        .where(*here, table.called_at == called_at)
        .values(called_at=None, called_to=None)
    )
    return undone.rowcount > 0


def _take_back_end(
    connection: Connection, table: VisitTable, code: str, ended_at: datetime
) -> bool:
    ended: list[ColumnElement[bool]] = [table.code == code, table.ended_at == ended_at]
    if table is not BookingRow:
        return connection.execute(update(table).where(*ended).values(ended_at=None)).rowcount > 0
    owner = connection.scalar(select(BookingRow.owner).where(BookingRow.code == code))
    # It stands again, in any place its owner has free: that there is one, is the schema's to say.
    undone = connection.execute(
        update(BookingRow)
        .where(*ended, BookingRow.status == SERVED)
        .values(status=CHECKED_IN, active=True, place=free_place(), ended_at=None, ended_by=None),
        {"of_owner": owner},
    )
    return undone.rowcount > 0
