"""The ways people ask for the fields of a guide, made from its names."""

from knowledge.asks import Ask
from knowledge.tables import PolicyDocument


def guide_asks(document: PolicyDocument) -> tuple[Ask, ...]:
    """Return the ways people ask for the fields of a guide."""
    del document
    return ()
