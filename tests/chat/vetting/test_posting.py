"""An ad in the chat: vetted at once, rewritten, handed in; questions about ads stay questions."""

import pytest

from actions.dialogue.replies import read_payload
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Reply
from actions.vetting.chat import sentences as say
from actions.vetting.chat.adverts import is_ad, is_piece
from actions.vetting.service import Vetting
from tests.chat.conftest import Person

BAD = "汉口沿江酒店招前台两名，限女性，35岁以下，包吃住，月薪4500元，缴五险，联系电话面谈。"
GOOD = "武昌食堂招帮厨两名，男女不限，包吃住，月薪4200元，缴五险，健康证店里办，到店面试。"
SCAM = "诚聘兼职两名，在家给店铺刷单，先垫付货款，佣金秒返，日结200元，手机操作，加微信联系。"


def findings(reply: Reply) -> list[str]:
    assert reply["data"] is not None
    assert reply["data"]["kind"] == "posting_review"
    return [each["category"] for each in reply["data"]["findings"]]


def presses(person: Person, title: str) -> Reply:
    """Press a button of the last reply."""
    buttons = person.answered.replies[-1]["buttons"]
    return taps(person, next(each for each in buttons if each["title"] == title))


def taps(person: Person, button: Button) -> Reply:
    intent, values = read_payload(button["payload"])
    return person.taps(intent, **values)


def titles(reply: Reply) -> list[str]:
    return [each["title"] for each in reply["buttons"]]


@pytest.mark.parametrize("intent", ["post_job", "search_jobs", "ask_policy", "out_of_scope"])
def test_a_pasted_ad_is_vetted_whatever_it_was_taken_for(person: Person, intent: str) -> None:
    answer = person.says(intent, BAD)
    data = answer["data"]
    assert data is not None
    assert data["decision"] == "reject"
    assert findings(answer) == ["gender", "age"]
    first = data["findings"][0]
    assert BAD[first["start"] : first["end"]] == first["span"] == "限女性"
    assert first["basis"]["section"].endswith("第四十三条")
    assert "妇女权益保障法" in answer["text"]
    assert first["advice"] in answer["text"]
    assert titles(answer) == [say.B_REWRITE, say.B_BASIS, "转人工"]


def test_the_rewriting_is_vetted_again_and_kept(person: Person, services: Services) -> None:
    person.says("post_job", BAD)
    kept = presses(person, say.B_REWRITE)
    assert kept["data"] is not None
    assert kept["data"]["decision"] == "pass"
    (draft,) = services.of(Vetting).waiting()
    assert draft.code == kept["data"]["code"]
    assert draft.code in kept["text"]
    assert "女性" not in draft.text
    assert "4500元" in draft.text


def test_a_clean_ad_is_handed_in_by_a_tap(person: Person, services: Services) -> None:
    answer = person.says("post_job", GOOD)
    assert findings(answer) == []
    assert titles(answer) == [say.B_SUBMIT, "转人工"]
    presses(person, say.B_SUBMIT)
    assert [draft.text for draft in services.of(Vetting).waiting()] == [GOOD]


@pytest.mark.parametrize("text", ["那好好好 男女都要 年纪不写了 行了吧", "那去掉 改完了你看看"])
def test_who_gives_in_gets_the_rewriting(person: Person, services: Services, text: str) -> None:
    person.says("post_job", BAD)
    answer = person.says("complain", text)
    assert findings(answer) == []
    assert "限女性" not in answer["text"]
    assert services.of(Vetting).waiting() == ()
    person.says("unsubscribe", "那就发吧")
    assert len(services.of(Vetting).waiting()) == 1


def test_who_gives_in_and_publishes_hands_the_rewriting_in(
    person: Person, services: Services
) -> None:
    person.says("post_job", BAD)
    person.says("unsubscribe", "那不写 发吧")
    (draft,) = services.of(Vetting).waiting()
    assert "限女性" not in draft.text


def test_what_may_not_be_published_is_not_by_a_word(person: Person, services: Services) -> None:
    person.says("post_job", SCAM)
    person.says("affirm", "发吧")
    person.says("affirm", "那不写了 发吧")
    assert services.of(Vetting).waiting() == ()


def test_a_scam_is_neither_rewritten_nor_kept(person: Person, services: Services) -> None:
    answer = person.says("post_job", SCAM)
    assert "fake_order" in findings(answer)
    assert say.B_REWRITE not in titles(answer)
    presses(person, say.B_NEW)
    assert services.of(Vetting).waiting() == ()


def test_an_ad_in_pieces(person: Person) -> None:
    assert person.says("post_job", "我要招人")["text"] == say.ASK
    first = person.says("inform", "武昌小学旁餐馆招服务员两名，包吃住")
    assert findings(first) == ["missing_info"]
    second = person.says("search_jobs", "月薪4000到5000元")
    assert findings(second) == []
    third = person.says("inform", "只要女的，35岁以下")
    assert findings(third) == ["gender", "age"]


def test_the_ground_is_quoted(person: Person) -> None:
    person.says("post_job", BAD)
    ground = presses(person, say.B_BASIS)
    assert "《妇女权益保障法》第四十三条" in ground["text"]
    assert titles(ground) == [say.B_REWRITE, "转人工"]


def test_a_stale_button_shows_the_ad_as_it_is_now(person: Person, services: Services) -> None:
    old = next(b for b in person.says("post_job", BAD)["buttons"] if b["title"] == say.B_REWRITE)
    person.says("post_job", GOOD)
    answer = taps(person, old)
    assert answer["text"].startswith(say.CHANGED)
    assert services.of(Vetting).waiting() == ()


QUESTIONS = [
    "招聘写限35岁以下行不行",
    "我们公司招聘前台要求女性、身高165以上、月薪5000，这样写违法吗？",
    "招聘广告里能不能写只要本地户口",
    "有家公司招打字员，先交押金199元，日结，是不是骗子",
    "我想找武汉的服务员工作，月薪4000以上，包吃住",
    "帮我找个招电工的，六千以上，包住",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_or_a_wish_is_no_ad(text: str) -> None:
    assert not is_ad(text)
    assert not is_piece(text)
