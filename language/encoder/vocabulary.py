"""The pieces that Chinese needs, and a tokenizer of them.

The model knows a hundred languages; its table of pieces is four fifths of its weights. Kept are
pieces of Chinese characters, digits, signs and ASCII, of ASCII words only the commonest. Whatever
is written in kept characters alone is cut as the whole table cuts it, rare ASCII words apart.
"""

import re
from collections.abc import Sequence
from typing import Any

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

SPECIALS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
SPACE = "▁"
COMMON = 20_000  # pieces are in the order of how often they occur in all languages
LONGEST = 512  # tokens
WORDS = frozenset(
    {"passage", "APP", "App", "CAD", "CEO", "CET", "Excel", "ERP", "HR", "IT", "Java", "Linux"}
    | {"Office", "PPT", "Photoshop", "Python", "QC", "QQ", "SQL", "VIP", "WiFi", "Word", "WPS"}
)
"""A prompt's word, and what Chinese postings write in Latin letters."""
_KEPT = re.compile(
    "[!-~¡-¿×÷\u2000-\u2bff\u3000-\u303f\u30fb\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"
    "\U0001f000-\U0001faff]*"
)
_LATIN = re.compile("[A-Za-z]")


def kept_pieces(pieces: Sequence[str]) -> list[int]:
    """Return the ids of the pieces that are kept, in their order."""
    plain = _plain()
    return [at for at, piece in enumerate(pieces) if piece in SPECIALS or _kept(at, piece, plain)]


def _kept(at: int, piece: str, plain: Any) -> bool:
    text = piece.removeprefix(SPACE)
    if not _KEPT.fullmatch(text) or plain.normalize_str(text) != text:
        return False
    return at < COMMON or not _LATIN.search(text) or text in WORDS


def make_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """Return a tokenizer that writes sentences as the model was taught, ``<s> … </s>``."""
    known = list(zip(pieces, map(float, scores), strict=True))
    start, end, unknown = (list(pieces).index(special) for special in ("<s>", "</s>", "<unk>"))
    tokenizer = Tokenizer(models.Unigram(known, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [_plain(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(SPACE, prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(SPACE, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", start), ("</s>", end)],
    )
    tokenizer.add_special_tokens(list(SPECIALS))
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def _plain() -> Any:
    return normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
