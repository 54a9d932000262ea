"""A document's particulars as staff correct them: fields of a form, and what they change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from bot.console.policies import sentences
from knowledge.sentences import DIGEST_MARK
from language.places import region_name, to_code

Kind = Literal["text", "long", "date", "region", "kind"]


@dataclass(frozen=True)
class Field:
    """One particular: the document's own ``name`` for it, its label, how it is written."""

    name: str
    label: str
    kind: Kind = "text"
    limit: int = 300


FIELDS = (
    Field("title", "标题", "long"),
    Field("kind", "类别", "kind"),
    Field("doc_no", "文号", limit=60),
    Field("issuer", "发文机关", limit=120),
    Field("addressees", "主送对象", "long", 2000),
    Field("region", "适用地区", "region", 60),
    Field("issued_on", "发文日期", "date"),
    Field("effective_on", "施行日期", "date"),
    Field("expired_on", "失效日期（当天起不再有效）", "date"),
    Field("occasion", "针对的特殊时期", limit=60),
)


class DocumentLike(Protocol):
    """A stored document: it has every particular in ``FIELDS``, and tells where they are from."""

    @property
    def guessed(self) -> tuple[str, ...]: ...
    @property
    def corrected(self) -> tuple[str, ...]: ...


class BadField(ValueError):
    """What was written into ``field`` cannot be; ``str()`` is a sentence for a person."""

    def __init__(self, field: Field, sentence: str) -> None:
        super().__init__(sentence.format(label=field.label, limit=field.limit))
        self.field = field


def written(document: DocumentLike) -> dict[str, str]:
    """Return every particular as the form shows it: the title without a digest's mark."""
    shown = {field.name: _write(field, getattr(document, field.name)) for field in FIELDS}
    return shown | {"title": shown["title"].removesuffix(DIGEST_MARK)}


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, object]:
    """Return what differs between two states of the form, as the document holds it.

    Raises BadField for a value that cannot be read.
    """
    return {
        field.name: _read(field, after[field.name].strip())
        for field in FIELDS
        if after[field.name].strip() != before[field.name]
    }


def mark(document: DocumentLike, name: str) -> str:
    """Tell where a particular comes from: derived, set by a person, or "" from the text."""
    if name in document.corrected:
        return sentences.CORRECTED
    return sentences.GUESSED if name in document.guessed else ""


def _write(field: Field, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return region_name(text) if field.kind == "region" and text else text


def _read(field: Field, text: str) -> object:
    if len(text) > field.limit:
        raise BadField(field, sentences.TOO_LONG)
    if field.kind == "date":
        return _day(field, text) if text else None
    if field.kind == "region" and text:
        code = to_code(text)
        if not code:
            raise BadField(field, sentences.NO_REGION)
        return code
    if field.name == "title" and not text:
        raise BadField(field, sentences.NO_TITLE)
    return text


def _day(field: Field, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadField(field, sentences.NO_DAY) from error
