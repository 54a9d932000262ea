"""What work pays, in the chat: asked, asked on, compared with a posting, refused if too little."""

from datetime import date

import pytest

from actions.dialogue.replies import read_payload
from actions.dialogue.services import Services
from actions.dialogue.turn import Reply
from actions.jobs.service import Jobs, NewPosting
from actions.wages import sentences as say
from actions.wages.rules import Quartiles
from actions.wages.service import Guide, Wages
from tests.chat.conftest import NOW, Person

KUNMING, WUHAN, NATION = "530100", "420100", "100000"


def publish(services: Services, count: int, *, trade: str = "瓦工", city: str = KUNMING) -> None:
    """Publish postings of different employers: 3000, 3100, … yuan a month, all real ones."""
    for n in range(count):
        low = 3000 + 100 * n
        posting = NewPosting(
            employer=f"{city}第{n}物业公司",
            title=trade,
            trade=trade,
            city=city,
            district=None,
            salary_min=low,
            salary_max=low + 200,
            salary_text=f"{low}-{low + 200}",
            headcount=1,
            benefits=(),
            description="长期招聘。",
            contact="",
            published_on=date(2026, 3, 1),
            expires_on=date(2026, 5, 1),
        )
        services.of(Jobs).publish(posting, now=NOW)


def presses(person: Person, answer: Reply, title: str) -> Reply:
    button = next(each for each in answer["buttons"] if each["title"] == title)
    intent, values = read_payload(button["payload"])
    return person.taps(intent, **values)


def test_quartiles_of_our_own_postings_with_count_and_date(
    person: Person, services: Services
) -> None:
    publish(services, 11)
    answer = person.says("ask_wage", "昆明的瓦工一个月能拿多少")
    assert answer["data"] == {
        "kind": "wage",
        "trade": "瓦工",
        "city": "昆明市",
        "period": "2026-03-04",
        "source": "postings",
        "n": 11,
        "q1": 3350,
        "median": 3600,
        "q3": 3850,
    }
    assert "11 条" in answer["text"]
    assert "3350–3850" in answer["text"]
    assert "演示" not in answer["text"]


def test_nine_postings_are_too_few_and_the_whole_land_is_told_instead(
    person: Person, services: Services
) -> None:
    publish(services, 9)
    publish(services, 4, city=WUHAN)
    answer = person.says("ask_wage", "昆明瓦工工资多少")
    assert "只有 9 条" in answer["text"]
    assert (answer["data"]["city"], answer["data"]["n"]) == ("全国", 13)
    wider = presses(person, answer, say.B_NATION)
    assert wider["data"] == answer["data"]


def test_nine_postings_in_the_whole_land_tell_nothing(person: Person, services: Services) -> None:
    publish(services, 9)
    answer = person.says("ask_wage", "昆明瓦工工资多少")
    assert answer["data"] is None
    assert "元" not in answer["text"]


def test_nothing_at_all_is_said_to_be_nothing(person: Person) -> None:
    answer = person.says("ask_wage", "钟表修理师傅什么行情")
    assert answer["data"] is None
    assert "不敢乱说" in answer["text"]


def test_a_question_goes_on_for_another_place_trade_and_unit(
    person: Person, services: Services
) -> None:
    publish(services, 12)
    publish(services, 10, city=WUHAN)
    publish(services, 10, trade="钢筋工", city=WUHAN)
    person.says("ask_wage", "武汉瓦工工资多少")
    there = person.says("inform", "那昆明的呢")
    assert (there["data"]["city"], there["data"]["n"]) == ("昆明市", 12)
    yearly = person.says("nlu_fallback", "那一年多少")
    assert "一年按 12 个月" in yearly["text"]
    assert yearly["data"]["median"] == there["data"]["median"]
    person.says("inform", "武汉的呢")
    other = person.says("search_jobs", "钢筋工呢")
    assert (other["data"]["trade"], other["data"]["city"]) == ("钢筋工", "武汉市")


def test_a_wish_for_work_is_no_question_of_pay(person: Person, services: Services) -> None:
    publish(services, 10)
    person.says("ask_wage", "昆明瓦工工资多少")
    assert person.says("search_jobs", "那帮我找昆明的瓦工工作")["data"]["kind"] == "job_list"
    # And the question that follows is about what was looked for.
    assert person.says("ask_wage", "一般能拿多少钱")["data"]["trade"] == "瓦工"


def test_two_trades_are_answered_both(person: Person, services: Services) -> None:
    publish(services, 10)
    publish(services, 10, trade="钢筋工")
    person.says("ask_wage", "昆明瓦工和钢筋工哪个工资高")
    told = [reply["data"]["trade"] for reply in person.answered.replies]
    assert told == ["瓦工", "钢筋工"]


def test_pay_that_was_named_is_compared(person: Person, services: Services) -> None:
    publish(services, 11)
    text = person.says("ask_wage", "我给瓦工开六千，在昆明算高吗")["text"]
    assert "您说的 6000 元" in text
    assert "偏高" in text


@pytest.mark.parametrize("text", ["这个工资算高吗", "跟同行比怎么样", "这个钱给得算低吗"])
def test_a_posting_is_compared_honestly(person: Person, services: Services, text: str) -> None:
    publish(services, 11)
    person.says("search_jobs", "昆明瓦工")
    posting = person.says("inform", "第一个")["data"]
    told = person.says("ask_wage", text)["text"]
    middle = (posting["salary_min"] + posting["salary_max"]) // 2
    assert f"取中间 {middle} 元" in told
    assert "11 条" in told
    assert person.context.focus == f"posting:{posting['id']}"


def test_what_was_published_comes_first_and_postings_stay_within_reach(
    person: Person, services: Services
) -> None:
    publish(services, 10)
    today = date(2026, 3, 4)
    figures, source = Quartiles(3100, 3500, 4200), "昆人社〔2026〕1号"
    services.of(Wages).put(
        Guide(KUNMING, "泥瓦工", 2025, figures, source, date(2026, 1, 9), n=812), today
    )
    answer = person.says("ask_wage", "昆明瓦工工资多少")
    assert (answer["data"]["source"], answer["data"]["period"]) == ("published", "2025年")
    assert source in answer["text"]
    # A district has no figures of its own: it is said whose they are.
    district = person.says("inform", "昆明盘龙的呢")
    assert "这是昆明的" in district["text"]
    assert presses(person, answer, say.B_POSTED)["data"]["source"] == "postings"


def test_without_a_trade_it_asks(person: Person, services: Services) -> None:
    publish(services, 10)
    assert person.says("ask_wage", "昆明平均工资")["text"] == say.ASK
    assert person.says("inform", "瓦工")["data"]["city"] == "昆明市"


def test_made_up_postings_are_said_to_be(person: Person) -> None:
    assert "演示岗位" in person.says("ask_wage", "电工工资多少")["text"]


def test_by_the_year_whatever_else_it_sounds_like(person: Person, services: Services) -> None:
    publish(services, 10)
    person.says("ask_wage", "昆明瓦工工资多少")
    assert "一年按 12 个月" in person.says("search_jobs", "那一年下来多少")["text"]
