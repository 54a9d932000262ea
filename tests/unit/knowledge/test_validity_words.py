"""A document's validity is told in one set of words, wherever it is told."""

from typing import get_args

from knowledge.documents.validity import PASSING, Validity, told_validity
from knowledge.sentences import VALIDITY


def test_every_validity_has_its_words() -> None:
    assert set(VALIDITY) == {*get_args(Validity), PASSING}


def test_unknown_because_of_an_occasion_is_told_as_passing() -> None:
    assert told_validity("unknown", "疫情防控期间") == PASSING
    assert told_validity("unknown", "") == "unknown"
    assert told_validity("lapsed", "疫情防控期间") == "lapsed"
