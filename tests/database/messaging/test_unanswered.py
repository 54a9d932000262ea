"""A message nobody could answer becomes one case, however often it is given up."""

from actions.cases.service import Cases
from bot.unanswered import open_case
from store.database import Database
from tests.database.messaging.support import claimed, incoming
from tests.support.messaging import take_in


def test_the_person_reads_the_ticket_of_the_case(database: Database) -> None:
    take_in(database, incoming("k", "长" * 100))
    message, cases = claimed(database), Cases(database)
    apology, again = open_case(cases, message), open_case(cases, message)
    (case,) = cases.for_conversation("web:one")
    assert case.ticket in apology["text"]
    assert apology == again
    assert (case.reason, case.summary) == ("handoff", f"智能助手未能处理：{'长' * 80}")
