"""What was not answered is grouped by its words, and what staff took up comes last."""

from datetime import UTC, datetime

from bot.console.unanswered.groups import Asked, grouped
from bot.console.unanswered.page import as_list

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def asked(*texts: str) -> list[Asked]:
    people = {text: f"web:{number % 3}" for number, text in enumerate(texts)}
    return [Asked(n, people[text], AT, text) for n, text in enumerate(texts)]


def test_alike_questions_are_one() -> None:
    found = grouped(
        asked(
            "高温津贴多少钱一天",
            "请问高温津贴一天多少钱？",
            "高温津贴一天是多少钱",
            "退休金什么时候发",
            "高溫津貼多少錢一天",
            "？？",
        )
    )
    assert [(one.question, one.times) for one in found] == [
        ("高温津贴多少钱一天", 4),
        ("退休金什么时候发", 1),
    ]
    assert found[0].people == 3
    assert found[0].newest.id == 0


def test_who_many_ask_comes_first_and_what_was_taken_up_last() -> None:
    found = grouped(asked("甲怎么办理", "甲怎么办理！", "乙"), done=["甲怎么办理"])
    assert [(one.question, one.taken_up) for one in found] == [("乙", False), ("甲怎么办理", True)]


def test_a_guide_is_a_list_of_one_question() -> None:
    content = as_list("瓦匠一天几张", "以合同为准，\n可拨 12333。")
    assert content.decode().splitlines()[0] == "问题,答案"
