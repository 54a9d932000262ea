"""Every command says which words it came from, and those words are there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.dialogue.context import Context
from tests.unit.dialogue.reading import (
    ASKED_BUSINESS,
    HELD,
    LISTED,
    NOTHING,
    OFFERED,
    commands_of,
)

PARTS = (
    *("失业登记", "浦东大厅", "不去浦东", "明天下午", "除了周一", "第二个", "电工或者保洁"),
    *("包吃住", "给我儿子", "不对", "算了", "八千以上", "上海", "昆明", "，", " ", "办", "找"),
    *("最后一个", "😀"),
)
texts = st.lists(st.sampled_from(PARTS), min_size=1, max_size=7).map("".join)
contexts = st.sampled_from((NOTHING, LISTED, OFFERED, HELD, ASKED_BUSINESS))
intents = st.sampled_from(("book_window", "search_jobs", "inform", "deny", "nlu_fallback"))


@settings(max_examples=150, deadline=None)
@given(context=contexts, text=texts, intent=intents)
def test_the_words_of_a_command_stand_in_the_text(context: Context, text: str, intent: str) -> None:
    for command in commands_of(context, text, intent):
        assert 0 <= command.start <= command.end <= len(text), command


def test_several_values_are_told_from_the_first_word_to_the_last() -> None:
    text = "我要帮儿子约个号，办失业登记，到浦东的大厅去办，网上我们不会弄的"
    for command in commands_of(NOTHING, text, "book_window"):
        assert 0 <= command.start <= command.end <= len(text), command
