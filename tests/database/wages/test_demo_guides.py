"""Made-up wage guidance: marked, there once, and gone where real guidance is."""

from datetime import UTC, date, datetime

from actions.wages.demo import LEAST, demo_guides, seed_guides
from actions.wages.rules import Quartiles
from actions.wages.service import MADE_UP, Guide, Wages
from language.places import NATIONAL
from store.database import Database

NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)


def test_it_is_marked_and_there_once(database: Database) -> None:
    made = demo_guides(NOW.date())
    assert min(guide.quartiles.q1 for guide in made) >= LEAST
    assert seed_guides(database, now=NOW) == len(made)
    assert seed_guides(database, now=NOW) == 0
    told = Wages(database).published("跑外卖", "530102", NOW.date())
    assert told is not None
    assert (told.source, told.place) == (MADE_UP, "530100")
    assert "示例" in told.period


def test_beside_real_guidance_there_is_none(database: Database) -> None:
    real = Guide(NATIONAL, "厨师", 2025, Quartiles(4000, 5000, 6000), "某厅", date(2025, 12, 1))
    Wages(database).put(real, NOW.date())
    assert seed_guides(database, now=NOW) == 0
