"""Service guides: what to bring, where to go, how long it takes.

A guide comes as one line of JSON and becomes one document: its title, then a line for each
field that the record states. Every field is a unit of its own, so that its line can be quoted.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator

from knowledge import sentences
from knowledge.parsing.guide_fields import FIELDS, Record, words
from knowledge.parsing.issuers import region_of_issuer
from knowledge.parsing.metadata import Metadata
from knowledge.parsing.reader import ParsedDocument, UnreadableFile
from knowledge.parsing.sections import Unit
from language import places

_logger = logging.getLogger(__name__)
_DOUBLE_BRACKETS = re.compile(r"[(（]{2}([^()（）]+)[)）]{2}")
# Of these a record that is a guide at all has some.
_TELLING = ("material_intro", "handle_location", "handle_time_limit", "accept_standard")


def parse_guides(
    text: str, *, refused: Callable[[str], None] = _logger.warning
) -> tuple[ParsedDocument, ...]:
    """Return the guides in ``text``, one a line, in order.

    ``refused`` gets one line for a person about each line that is no guide. Raises
    UnreadableFile where no line is one. Guides of one name stay apart unless issuer and
    region are the same, too (``identity.same_document``); then the first is kept.
    """
    guides: list[ParsedDocument] = []
    reasons: list[UnreadableFile] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            guides.append(_guide(_record(line)))
        except UnreadableFile as reason:
            reasons.append(UnreadableFile("guide_line", number=number, reason=reason.sentence))
    if not guides:
        raise reasons[0] if len(reasons) == 1 else UnreadableFile("no_guides")
    for unread in reasons:
        refused(unread.sentence)
    return tuple(guides)


def _record(line: str) -> Record:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("guide_not_json") from error
    if not isinstance(record, dict):
        raise UnreadableFile("guide_not_json")
    if not words(record.get("TASK_NAME")):
        raise UnreadableFile("guide_no_title")
    if not any(record.get(name) for name in _TELLING):
        raise UnreadableFile("guide_no_fields")
    return record


def _guide(record: Record) -> ParsedDocument:
    title = _DOUBLE_BRACKETS.sub(r"（\1）", words(record.get("TASK_NAME")))
    text, units = f"{title}\n", [Unit("head", "head", (sentences.HEAD,), 0, len(title) + 1)]
    for kind, key, path, line in _lines(title, record):
        units.append(Unit(kind, key, path, len(text), len(text) + len(line)))
        text += line
    data = Metadata(
        title=title,
        doc_no="",
        issuer=words(record.get("DEPT_NAME")),
        issued_on=None,
        region=_region(record),
    )
    return ParsedDocument("guide", data, text, tuple(units))


def _lines(title: str, record: Record) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Yield kind, key, path and line of each field that the record states."""
    for field in FIELDS:
        value = field.read(record)
        if value:
            # What the item is called and whose it is answers only where no field does.
            kind = "preamble" if field.key == "about" else "item"
            yield kind, field.key, (title, field.label), f"{field.label}：{value}\n"


def _region(record: Record) -> str:
    """Return the record's code, else that of its place's name, else its department's region."""
    code = words(record.get("AREACODE"))[:6]
    if re.fullmatch(r"\d{6}", code) and (code == places.NATIONAL or places.place_name(code)):
        return code
    named = places.to_code(words(record.get("AREA_CODE_TEXT")))
    return named or region_of_issuer(words(record.get("DEPT_NAME")), "")
