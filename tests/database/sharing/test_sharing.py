"""Entries of staff to lend or to borrow: kept once, matched with the other side, ended."""

from datetime import datetime

import pytest

from actions.dialogue.personal.holdings import Erasure
from actions.sharing.holding import ShareHolding
from actions.sharing.service import BORROW, CLOSED, LEND, MATCHED, NewShare, Sharing
from store.clock import SHANGHAI
from store.database import Database

NOW = datetime(2026, 3, 4, 10, tzinfo=SHANGHAI)
SUZHOU, KUNSHAN, NANJING, WUHAN = "320500", "320583", "320100", "420100"


@pytest.fixture
def sharing(database: Database) -> Sharing:
    return Sharing(database)


def keep(sharing: Sharing, who: str, side: str, trade: str = "焊工", place: str = SUZHOU) -> str:
    new = NewShare(side, trade, 20, place, "两个月", f"{who}厂")
    return sharing.keep(new, f"web:{who}", "1", NOW).code


def test_a_request_that_comes_twice_is_kept_once(sharing: Sharing) -> None:
    assert keep(sharing, "a", LEND) == keep(sharing, "a", LEND)
    assert len(sharing.open_entries()) == 1


def test_the_other_side_nearest_first(sharing: Sharing) -> None:
    keep(sharing, "same-side", LEND)
    far = keep(sharing, "far", BORROW, place=NANJING)
    here = keep(sharing, "here", BORROW, place=KUNSHAN)
    keep(sharing, "abroad", BORROW, place=WUHAN)
    keep(sharing, "else", BORROW, trade="会计")
    keep(sharing, "me", LEND)
    (mine,) = sharing.of("web:me")
    found = sharing.fitting(mine)
    assert [each.code for each in found] == [here, far]
    # Who it is nobody is told before staff have spoken to both.
    assert {each.contact for each in found} == {""}


def test_what_has_ended_is_matched_no_more(sharing: Sharing) -> None:
    other = keep(sharing, "other", BORROW)
    keep(sharing, "me", LEND)
    assert not sharing.end(other, CLOSED, NOW, conversation="web:me")
    assert sharing.end(other, MATCHED, NOW)
    assert not sharing.end(other, CLOSED, NOW)
    (mine,) = sharing.of("web:me")
    assert sharing.fitting(mine) == ()
    with pytest.raises(ValueError, match="no end"):
        sharing.end(other, "open", NOW)


def test_who_is_forgotten_is_gone(sharing: Sharing, database: Database) -> None:
    keep(sharing, "me", LEND)
    holding = ShareHolding(database)
    (held,) = holding.show("web:me", NOW)
    assert "me厂" in held.value
    assert holding.export("web:me")["staff_shares"][0]["contact"] == "me厂"
    with database.write() as session:
        holding.erase(session, Erasure("web:me", NOW, NOW))
        session.commit()
    assert sharing.open_entries() == ()
