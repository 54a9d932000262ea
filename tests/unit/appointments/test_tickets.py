"""What a person takes along is theirs alone, and calendars and scanners can read it."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from PIL import Image

from actions.appointments.booking.tickets import (
    MODULE_PIXELS,
    QUIET_MODULES,
    calendar,
    method,
    qr,
    read_token,
    token,
)
from actions.appointments.records import Booking
from actions.ids import ALPHABET, new_id
from store.clock import SHANGHAI

KEY = "a-key-of-this-test"
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
START = datetime(2026, 3, 4, 9, 20, tzinfo=SHANGHAI)
BOOKING = Booking(
    id=7,
    code="YY-7KM2P9X",
    owner="web:somebody",
    status="confirmed",
    hall="浦东大厅",
    address="测试路1号，三楼",
    business="失业登记",
    window="3号窗口",
    start=START,
    end=START + timedelta(minutes=20),
    bring=("身份证", "社保卡"),
)
CODES = st.text(st.sampled_from(ALPHABET), min_size=7, max_size=7).map(lambda body: f"YY-{body}")


@given(CODES)
def test_a_token_leads_back_to_its_code(code: str) -> None:
    made = token(code, KEY)
    assert read_token(made, KEY) == code
    assert len(made) - len(code) > 10
    assert read_token(made, KEY + "x") is None


@given(CODES, st.data())
def test_a_token_with_one_character_changed_is_refused(code: str, data: st.DataObject) -> None:
    made = token(code, KEY)
    place = data.draw(st.integers(0, len(made) - 1))
    other = data.draw(st.characters().filter(lambda char: char != made[place]))
    assert read_token(made[:place] + other + made[place + 1 :], KEY) is None


@given(st.text(max_size=60))
def test_no_text_of_others_is_a_token(text: str) -> None:
    assert read_token(text, KEY) is None


@pytest.mark.parametrize("given", ["", "-", "YY-7KM2P9X", "YY-7KM2P9X-", "\ud800", "预约-码"])
def test_odd_tokens_are_refused(given: str) -> None:
    assert read_token(given, KEY) is None


def parsed(booking: Booking, now: datetime = NOW) -> tuple[Calendar, Event]:
    read = Calendar.from_ical(calendar(booking, now=now))
    assert isinstance(read, Calendar)
    (event,) = read.events
    return read, event


def test_a_calendar_reads_the_visit_back() -> None:
    read, event = parsed(BOOKING)
    assert read["METHOD"] == "PUBLISH"
    assert event["UID"] == "YY-7KM2P9X@zhida"
    assert event.start == START
    assert event.end == START + timedelta(minutes=20)
    assert event["SUMMARY"] == "浦东大厅：失业登记"
    assert event["LOCATION"] == "测试路1号，三楼"
    assert event["STATUS"] == "CONFIRMED"
    for said in ("YY-7KM2P9X", "3号窗口", "身份证、社保卡"):
        assert said in event["DESCRIPTION"]
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=-2)


def test_nothing_of_the_person_stands_in_it() -> None:
    assert b"somebody" not in calendar(BOOKING, now=NOW)


def test_lines_are_folded_as_the_standard_wants() -> None:
    text = calendar(replace(BOOKING, bring=("一份很长的材料" * 20,)), now=NOW)
    lines = text.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert all(line.decode() for line in lines[:-1]), "no character is cut in two"
    assert lines[-1] == b"", "the last line ends like the others"


def test_all_that_the_standard_asks_for_is_there() -> None:
    """RFC 5545, 3.6, 3.6.1, 3.6.6: each once, times in UTC, so that no zone need be described."""
    read, event = parsed(BOOKING)
    assert read["VERSION"] == "2.0"
    assert read["PRODID"]
    for moment in ("DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND"):
        assert event[moment].to_ical().endswith(b"Z")
    assert event["DTSTAMP"].dt == NOW
    (alarm,) = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    assert alarm["DESCRIPTION"]


def test_a_file_taken_in_after_a_change_replaces_the_entry() -> None:
    _, before = parsed(BOOKING)
    moved = replace(
        BOOKING, start=START + timedelta(days=1), end=START + timedelta(days=1, hours=1)
    )
    _, after = parsed(moved, NOW + timedelta(seconds=1))
    assert after["UID"] == before["UID"]
    assert 0 <= before["SEQUENCE"] < after["SEQUENCE"] < 2**31
    assert before["LAST-MODIFIED"].dt < after["LAST-MODIFIED"].dt
    assert after.start == moved.start


@pytest.mark.parametrize(
    "off", [replace(BOOKING, status="cancelled"), replace(BOOKING, closed=True)]
)
def test_a_visit_that_will_not_be_takes_the_entry_away(off: Booking) -> None:
    read, event = parsed(off)
    assert read["METHOD"] == method(off) == "CANCEL"
    assert event["UID"] == "YY-7KM2P9X@zhida"
    assert event["STATUS"] == "CANCELLED"
    assert event.walk("VALARM") == []
    assert "身份证" not in event["DESCRIPTION"]


def test_a_held_seat_is_not_yet_sure() -> None:
    _, event = parsed(replace(BOOKING, status="held"))
    assert event["STATUS"] == "TENTATIVE"
    assert "确认" in event["DESCRIPTION"]


def test_the_qr_code_is_a_picture_with_a_quiet_zone() -> None:
    picture = Image.open(io.BytesIO(qr("YY-7KM2P9X")))
    assert picture.format == "PNG"
    assert picture.width == picture.height == (21 + 2 * QUIET_MODULES) * MODULE_PIXELS
    quiet = picture.convert("L").crop((0, 0, picture.width, QUIET_MODULES * MODULE_PIXELS))
    assert quiet.getextrema() == (255, 255)
    assert segno.make("YY-7KM2P9X", error="m", micro=False).error in "MQH"


def test_a_scanner_reads_the_code_back() -> None:
    for code in ("YY-7KM2P9X", *(new_id("YY") for _ in range(20))):
        assert scanned(qr(code)) == code


# --- a scanner for undamaged codes of version 1 (ISO/IEC 18004), to read what was drawn ---

SIZE = 21
MASKS = (
    lambda row, column: (row + column) % 2,
    lambda row, column: row % 2,
    lambda row, column: column % 3,
    lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
)
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def scanned(png: bytes) -> str:
    picture = Image.open(io.BytesIO(png)).convert("L")
    middle = MODULE_PIXELS // 2

    def dark(row: int, column: int) -> int:
        place = [(QUIET_MODULES + at) * MODULE_PIXELS + middle for at in (column, row)]
        return int(picture.getpixel((place[0], place[1])) == 0)

    # Three bits of the format, xor 101, name the mask; they stand in row 8 from column 2 on.
    mask = MASKS[int("".join(str(dark(8, column)) for column in (2, 3, 4)), 2) ^ 0b101]
    bits = "".join(str(dark(*at) ^ (mask(*at) == 0)) for at in _places())
    assert bits[:4] == "0010", "alphanumeric"
    count, rest = int(bits[4:13], 2), bits[13:]
    text = ""
    while len(text) < count:
        width = 11 if count - len(text) > 1 else 6
        number, rest = int(rest[:width], 2), rest[width:]
        pair = divmod(number, 45) if width == 11 else (number,)
        text += "".join(CHARACTERS[value] for value in pair)
    return text


def _places() -> list[tuple[int, int]]:
    """Where the data stands: columns in pairs from the right, up and down by turns."""
    places = []
    for turn, right in enumerate((20, 18, 16, 14, 12, 10, 8, 5, 3, 1)):
        rows = range(SIZE) if turn % 2 else range(SIZE - 1, -1, -1)
        places += [(row, column) for row in rows for column in (right, right - 1)]
    return [at for at in places if not _function(*at)]


def _function(row: int, column: int) -> bool:
    """Tell whether a module is not data: a finder with its margin and format, or timing."""
    finder = (row < 9 and column < 9) or (row < 9 and column > 12) or (row > 12 and column < 9)
    return finder or row == 6 or column == 6
