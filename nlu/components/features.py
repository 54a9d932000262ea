"""What the intent classifier sees of a message: its shape, as character n-grams and pairs.

Names of the lookup tables, numbers and weekdays are replaced by one mark each, so that
「昆明电工」 helps to understand 「武汉月嫂」. Characters in place of words, since people
write with typos and jieba then cuts wrongly; unordered pairs, since they also write in any
order. Chosen by four-fold cross-validation on the training data: words by jieba or the
unmarked text beside it gained nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nlu.components.spans import Span

MARKS = {"place": "\ue000", "trade": "\ue001", "business": "\ue002", "hall": "\ue003"}
WEEKDAY = "\ue004"
COUNT = "\ue005"
FOREIGN = "\ue006"
"""Writing that is neither Chinese nor Latin."""

_DIGITS = 0xE010
"""Private-use marks: runs of digits keep their length, for a phone number is no pay."""

_LONGEST_RUN = 19
HIDDEN = {"手机": 11, "座机": 11, "身份证": 18, "银行卡": 19, "护照": 9, "通行证": 9, "邮箱": 11}
"""How long a number is that 「〔手机号#…〕」 stands for: its mark is that of such a number."""

_HIDDEN = re.compile(rf"〔({'|'.join(HIDDEN)})号#[a-z]+〕")
_NUMERALS = "一二两三四五六七八九十百千万零〇半几"
_COUNTED = re.compile(rf"[{_NUMERALS}]+(?=[点号月日千万百块元岁年天名人位]|个月|小时|以上|左右)")
_OTHER_SCRIPT = re.compile(r"[^\W\x00-\x7f\u3400-\u9fff]+")
_WEEKDAYS = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天](?!到)")
_NOISE = re.compile(r"[\s，。？！、；：,.?!;:~…\"'「」“”()（）]+")
_MAX_NGRAM = 4
_PAIRED = 30
_PAIR_WEIGHT = 0.7


def shape(text: str, spans: Iterable[Span]) -> str:
    """Return ``text`` with names and numbers replaced by marks and noise by single spaces."""
    pieces: list[str] = []
    end = 0
    for span in spans:
        if span.start >= end and span.name in MARKS:
            pieces += [text[end : span.start], MARKS[span.name]]
            end = span.end
    marked = "".join([*pieces, text[end:]]).lower()
    marked = _HIDDEN.sub(lambda number: chr(_DIGITS + HIDDEN[number[1]]), marked)
    marked = re.sub(r"\d+", lambda run: chr(_DIGITS + min(len(run.group()), _LONGEST_RUN)), marked)
    marked = _OTHER_SCRIPT.sub(FOREIGN, marked)
    marked = _COUNTED.sub(COUNT, _WEEKDAYS.sub(WEEKDAY, marked))
    return "^" + _NOISE.sub(" ", marked).strip() + "$"


def ngrams(shaped: str) -> "Counter[str]":
    """Count the character n-grams, n = 1 to 4."""
    return Counter(
        shaped[start : start + size]
        for size in range(1, _MAX_NGRAM + 1)
        for start in range(len(shaped) - size + 1)
    )


def pairs(shaped: str) -> "Counter[str]":
    """Count each unordered pair of different characters once (of the first 30 characters)."""
    letters = sorted(dict.fromkeys(shaped), key=shaped.index)[:_PAIRED]
    ordered = sorted(letters)
    return Counter(
        "\t" + one + other for at, one in enumerate(ordered) for other in ordered[at + 1 :]
    )


@dataclass(frozen=True)
class Vocabulary:
    """Columns and inverse document frequencies of the features seen at least twice."""

    columns: dict[str, int]
    idf: np.ndarray

    @classmethod
    def of(cls, shaped: Sequence[str], *, at_least: int = 2) -> "Vocabulary":
        """Learn from training texts; ``idf`` = ln((1 + n) / (1 + df)) + 1."""
        seen: Counter[str] = Counter()
        for text in shaped:
            seen.update(ngrams(text).keys())
            seen.update(pairs(text).keys())
        kept = sorted(feature for feature, count in seen.items() if count >= at_least)
        frequency = np.array([seen[feature] for feature in kept], dtype=np.float64)
        idf = np.log((1 + len(shaped)) / (1 + frequency)) + 1
        return cls({feature: column for column, feature in enumerate(kept)}, idf)

    def weigh(self, shaped: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the (columns, weights) of one text: tf-idf, unit length per kind of feature."""
        columns: list[np.ndarray] = []
        weights: list[np.ndarray] = []
        for counts, factor in ((ngrams(shaped), 1.0), (pairs(shaped), _PAIR_WEIGHT)):
            known = [(self.columns[f], c) for f, c in counts.items() if f in self.columns]
            if not known:
                continue
            at = np.array([column for column, _ in known], dtype=np.int64)
            weight = (1 + np.log([count for _, count in known])) * self.idf[at]
            columns.append(at)
            weights.append(factor * weight / np.linalg.norm(weight))
        if not columns:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        return np.concatenate(columns), np.concatenate(weights)
