"""Service guides: what to bring, where to go, how long it takes."""

from knowledge import sentences
from knowledge.asks import Ask
from knowledge.reading import ParsedDocument, UnreadableFile
from knowledge.tables import PolicyDocument


def guide_asks(document: PolicyDocument) -> tuple[Ask, ...]:
    """Return the ways people ask for the fields of a guide."""
    del document
    return ()


def parse_guides(text: str) -> tuple[ParsedDocument, ...]:
    """Return the guides in ``text``, one a line."""
    del text
    raise UnreadableFile(sentences.UNKNOWN_TYPE.format(suffix=".jsonl"))
