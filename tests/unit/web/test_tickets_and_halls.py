"""Tickets open for who has their address and for nobody else; halls are for everybody."""

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar
from PIL import Image
from sqlalchemy import update

from actions.appointments.booking.tables import WalkInRow
from actions.appointments.booking.tickets import qr, token
from actions.appointments.halls.tables import HallRow
from actions.appointments.records import Booking
from actions.appointments.service import Appointments
from bot.web import router
from bot.web.appointments.halls import halls_now
from store.clock import SHANGHAI, to_shanghai, utc_now
from store.database import Database
from store.settings import Settings
from tests.database.appointments.support import BUSINESS, HALL, one_slot

OWNER = "web:somebody"
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path)


@pytest.fixture
def booking(sqlite_database: Database) -> Booking:
    """A visit confirmed for the day after tomorrow."""
    now = to_shanghai(utc_now())
    slot = one_slot(sqlite_database, now, capacity=1, days=2)
    windows = Appointments(sqlite_database)
    held = windows.hold(owner=OWNER, slot_id=slot, business=BUSINESS, request_key="k", now=now)
    return windows.confirm(OWNER, held.code, now=now)


@pytest.fixture
def client(sqlite_database: Database, settings: Settings, booking: Booking) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(router(sqlite_database, settings))
    with TestClient(app) as client:
        yield client


@pytest.fixture
def ticket(booking: Booking, settings: Settings) -> str:
    return f"/bookings/{token(booking.code, settings.signing_key())}"


def test_the_calendar_entry(client: TestClient, ticket: str, booking: Booking) -> None:
    answer = client.get(f"{ticket}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; method=PUBLISH; charset=utf-8"
    assert f'filename="{booking.code}.ics"' in answer.headers["content-disposition"]
    (event,) = Calendar.from_ical(answer.content).events
    assert event["UID"] == f"{booking.code}@zhida"
    assert event.start == booking.start
    assert "somebody" not in answer.text


def test_the_entry_follows_the_booking(
    client: TestClient, ticket: str, booking: Booking, sqlite_database: Database
) -> None:
    Appointments(sqlite_database).cancel(OWNER, booking.code, now=utc_now())
    answer = client.get(f"{ticket}.ics")
    assert answer.headers["content-type"] == "text/calendar; method=CANCEL; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).events
    assert event["STATUS"] == "CANCELLED"


def test_the_qr_code(client: TestClient, ticket: str, booking: Booking) -> None:
    answer = client.get(f"{ticket}.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content == qr(booking.code)


@pytest.mark.parametrize("ending", ["ics", "png"])
def test_tickets_are_for_nobody_else(
    client: TestClient, ticket: str, booking: Booking, settings: Settings, ending: str
) -> None:
    key = settings.signing_key()
    forged = [
        f"/bookings/{booking.code}",
        f"/bookings/{token(booking.code, 'another key')}",
        f"/bookings/{token('YY-2222222', key)}",  # signed, but no such booking
        ticket[:-1] + ("A" if ticket[-1] != "A" else "B"),
        ticket.lower(),
        "/bookings/%E9%A2%84%E7%BA%A6",
    ]
    for address in forged:
        answer = client.get(f"{address}.{ending}")
        assert answer.status_code == 404, address
        assert "没有找到这个预约" in answer.text
        assert booking.code not in answer.text
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("ending", ["ics", "png"])
def test_nobody_in_between_keeps_a_ticket(client: TestClient, ticket: str, ending: str) -> None:
    headers = client.get(f"{ticket}.{ending}").headers
    assert headers["cache-control"].startswith("private")
    assert headers["x-robots-tag"] == "noindex"
    assert headers["x-content-type-options"] == "nosniff"


def test_every_hall_stands_on_the_page(client: TestClient, sqlite_database: Database) -> None:
    page = client.get("/halls")
    assert page.status_code == 200
    assert "content-security-policy" in page.headers
    (hall,) = Appointments(sqlite_database).halls()
    for said in (HALL, hall.address, hall.hours):
        assert said in page.text
    # At some hours no time is quieter than others, and nothing is said of it.
    (now,) = halls_now(Appointments(sqlite_database), utc_now())
    assert ("较空的时间" in page.text) == bool(now.quiet)
    (alt,) = re.findall(rf'src="/halls/{hall.id}/week.png" alt="([^"]+)"', page.text)
    assert HALL in alt
    assert OWNER not in page.text
    assert 'href="/halls"' in client.get("/policies").text


def test_people_are_told_apart_noted_from_expected(
    client: TestClient, sqlite_database: Database, booking: Booking
) -> None:
    windows = Appointments(sqlite_database)
    (quiet,) = halls_now(windows, MONDAY)
    assert quiet.crowd.is_open
    assert (quiet.people, quiet.share) == ("按预约估计现在约 0 人，容量 40 人", 0)
    with sqlite_database.write() as session:
        session.add_all(
            WalkInRow(
                code=f"P{number}", hall_id=1, business_id=1, priority=False, arrived_at=MONDAY
            )
            for number in range(50)
        )
        session.commit()
    (full,) = halls_now(windows, MONDAY)
    assert (full.people, full.share) == ("现在约 50 人，容量 40 人", 1)
    (closed,) = halls_now(windows, MONDAY + timedelta(hours=10))
    assert not closed.crowd.is_open


def test_a_name_with_markup_is_only_a_name(client: TestClient, sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        session.execute(update(HallRow).values(name='<b>"大厅"</b>'))
        session.commit()
    page = client.get("/halls").text
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_the_page_of_a_service_without_halls(sqlite_database: Database, settings: Settings) -> None:
    app = FastAPI()
    app.include_router(router(sqlite_database, settings))
    with TestClient(app) as client:
        page = client.get("/halls")
    assert page.status_code == 200
    assert "12333" in page.text


def test_the_week_is_a_picture_drawn_once(client: TestClient, sqlite_database: Database) -> None:
    (hall,) = Appointments(sqlite_database).halls()
    address = f"/halls/{hall.id}/week.png"
    first, second = client.get(address), client.get(address)
    assert first.headers["content-type"] == "image/png"
    assert "max-age" in first.headers["cache-control"]
    assert Image.open(io.BytesIO(first.content)).width >= 300
    assert second.content == first.content


@pytest.mark.parametrize("hall_id", ["999999", "0", "abc", "1e0", "9" * 40, "%00"])
def test_no_other_hall_has_a_picture(client: TestClient, hall_id: str) -> None:
    answer = client.get(f"/halls/{hall_id}/week.png")
    assert answer.status_code == 404
    assert "没有找到这个大厅" in answer.text
