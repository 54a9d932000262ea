"""How a case stands: by its number where it was opened, by its link anywhere."""

from datetime import timedelta

from actions.cases.chat import sentences as say
from actions.cases.service import Cases
from actions.dialogue.services import Services
from tests.chat.conftest import NOW, Person


def test_by_number_at_home_and_by_link_anywhere(person: Person, services: Services) -> None:
    card = person.says("talk_to_staff", "转人工")["data"]
    other = Person(services, "telegram:7")
    link = f"{services.settings.web_url}{card['link']}"
    assert person.says("out_of_scope", f"我的工单 {card['ticket']} 怎么样了")["data"] == card
    assert other.says("out_of_scope", card["ticket"])["text"] == say.CASE_UNKNOWN
    assert other.says("out_of_scope", link)["data"] == card
    assert other.says("out_of_scope", link[:-1] + "?")["text"] == say.CASE_UNKNOWN
    services.of(Cases).close(card["ticket"], staff="li", now=NOW, answer="周三来")
    assert other.says("out_of_scope", link)["text"] == say.CASE_CLOSED.format(
        **card, answer="答复：周三来\n"
    )
    other.now = NOW + timedelta(days=1)
    assert other.says("out_of_scope", link)["text"] == say.CASE_UNKNOWN


def test_who_complains_about_a_case_is_heard(person: Person) -> None:
    ticket = person.says("talk_to_staff", "转人工")["data"]["ticket"]
    answer = person.says("complain", f"我要投诉，{ticket} 没人回")
    assert answer["data"]["reason"] == "complaint"
