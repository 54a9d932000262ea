"""When a document holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.validity import Validity, ValidityDates, is_in_force, validity_on

DAY = date(2026, 1, 5)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
days = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("dates", "validity", "in_force"),
    [
        (ValidityDates(), "in_force", True),
        (ValidityDates(effective_on=DAY), "in_force", True),
        (ValidityDates(effective_on=AFTER), "not_yet", False),
        (ValidityDates(expired_on=DAY), "lapsed", False),
        (ValidityDates(expired_on=AFTER), "in_force", True),
        (ValidityDates(superseded_on=DAY, expired_on=BEFORE), "superseded", False),
        (ValidityDates(superseded_on=AFTER), "in_force", True),
        (ValidityDates(occasion="疫情防控期间"), "unknown", None),
        (ValidityDates(occasion="疫情防控期间", expired_on=AFTER), "in_force", True),
        (ValidityDates(occasion="疫情防控期间", expired_on=BEFORE), "lapsed", False),
    ],
)
def test_what_a_document_is_on_a_day(
    dates: ValidityDates, validity: Validity, in_force: bool | None
) -> None:
    assert validity_on(dates, DAY) == validity
    assert is_in_force(validity) is in_force


@given(days, days, days, st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_what_is_over_stays_over(
    begins: date | None, ends: date | None, replaced: date | None, day: date
) -> None:
    dates = ValidityDates(begins, ends, replaced)
    if validity_on(dates, day) in ("lapsed", "superseded"):
        assert validity_on(dates, day + timedelta(days=1)) in ("lapsed", "superseded")
