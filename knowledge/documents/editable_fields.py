"""The fields of a document that a person may set, and what may be written into them."""

from collections.abc import Mapping
from datetime import date

from language.places import NATIONAL, UNKNOWN, place_name
from store.errors import ZhidaError

KINDS = frozenset(("notice", "statute", "guide", "digest"))
DATES = frozenset(("issued_on", "effective_on", "expired_on"))
LIMITS = {
    "title": 300,
    "doc_no": 60,
    "issuer": 120,
    "addressees": 2000,
    "occasion": 60,
    "region": 6,
    "kind": 10,
}
EDITABLE_FIELDS = DATES | LIMITS.keys()


class DocumentError(ZhidaError):
    """What was asked of a document cannot be done.

    ``code`` is stable; ``sentences.DOCUMENT_ERRORS`` has its sentence, in which ``name`` is
    the field (or the document) it is about.
    """

    code = "document_error"

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code, name)
        self.code = code
        self.name = name


def check(changes: Mapping[str, object]) -> None:
    """Raise DocumentError unless every value fits its field.

    Codes: ``unknown_field``, ``not_a_date``, ``too_long``, ``no_title``, ``unknown_region``,
    ``unknown_kind``, ``not_a_text``.
    """
    for name, value in changes.items():
        if name not in EDITABLE_FIELDS:
            raise DocumentError("unknown_field", name)
        if name in DATES:
            if value is not None and type(value) is not date:
                raise DocumentError("not_a_date", name)
        elif not isinstance(value, str):
            raise DocumentError("not_a_text", name)
        else:
            _check_text(name, value)


def _check_text(name: str, text: str) -> None:
    if len(text) > LIMITS[name]:
        raise DocumentError("too_long", name)
    if name == "title" and not text.strip():
        raise DocumentError("no_title", name)
    if name == "region" and text not in (NATIONAL, UNKNOWN) and not place_name(text):
        raise DocumentError("unknown_region", name)
    if name == "kind" and text not in KINDS:
        raise DocumentError("unknown_kind", name)
