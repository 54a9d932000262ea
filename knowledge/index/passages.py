"""What an encoder has to read before an index can be written with its vectors."""

from collections.abc import Iterator
from itertools import islice

from knowledge.index.contents import Contents, searched_text
from knowledge.index.views import sentence_texts
from language.encoder.loading import unread
from language.encoder.vectors import Encoder

AT_ONCE = 600
"""Passages that an index waits for: some ten seconds."""

BATCH = 64


def passages(contents: Contents) -> Iterator[list[str]]:
    """Yield all texts that are encoded, in batches."""
    texts = _texts(contents)
    while batch := list(islice(texts, BATCH)):
        yield batch


def has_much_to_read(contents: Contents, encoder: Encoder) -> bool:
    """Tell whether more passages than an index waits for have yet to be read."""
    waiting = 0
    for batch in passages(contents):
        waiting += unread(encoder, batch)
        if waiting > AT_ONCE:
            return True
    return False


def _texts(contents: Contents) -> Iterator[str]:
    for unit in contents.units:
        yield searched_text(unit, contents.documents[unit.owner])
        yield from sentence_texts(unit)
    for some in (*contents.sample_questions.values(), contents.absent):
        yield from (asked.text for asked in some)
