"""Words that are written by their sound are read as they are meant, words that exist are not."""

import pytest

from knowledge.answering.misspelt import as_meant

KNOWN = ("身份", "份证", "统一", "保管", "今年", "开出", "押金", "仲裁", "赔偿")


def rarity(term: str) -> float:
    return 1.0 if term in KNOWN else 9.0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("老板扣了我身份正不还", "老板扣了我身份证不还"),
        ("进厂要交压金", "进厂要交押金"),
        ("仲才收不收费", "仲裁收不收费"),
        ("压金", "押金"),
    ],
)
def test_a_word_by_its_sound_is_the_word(written: str, meant: str) -> None:
    assert as_meant(written, rarity) == meant


@pytest.mark.parametrize(
    "text", ["公司统一保管", "把证明开出来", "工亡赔偿今年多少", "身份证", "", "金"]
)
def test_words_that_documents_have_stay(text: str) -> None:
    assert as_meant(text, rarity) == text
