"""Reading a callback's XML, without DTD and entities of its own, as a flat list of fields."""

from collections import defaultdict
from xml.parsers import expat

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
MAX_FIELDS = 1000

Fields = dict[str, list[str]]
"""Texts by the path below the root, ``ScanCodeInfo/ScanResult``; each as often as it occurs."""


class BadXml(Exception):
    """What is no XML that a callback has."""


def read_fields(body: bytes) -> Fields:
    """Return the texts of a callback's elements, those that hold elements left out.

    Raise BadXml for what is malformed, too large, too deep, or brings a document type.
    """
    if len(body) > MAX_BYTES:
        raise BadXml("size")
    reader = _Reader()
    parser = expat.ParserCreate(encoding="utf-8")
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.buffer_text = True
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadXml("malformed") from error
    return dict(reader.fields)


def first(fields: Fields, name: str) -> str:
    """Return a field's text, empty where it is missing."""
    return next(iter(fields.get(name, ())), "")


class _Reader:
    def __init__(self) -> None:
        self.fields: defaultdict[str, list[str]] = defaultdict(list)
        self._path: list[str] = []
        self._texts: list[str] = []
        self._has_elements = False
        self._count = 0

    def refuse(self, *_: object) -> None:
        raise BadXml("document type")

    def start(self, name: str, _attributes: object) -> None:
        self._path.append(name)
        self._count += 1
        if len(self._path) > MAX_DEPTH or self._count > MAX_FIELDS:
            raise BadXml("depth")
        self._texts, self._has_elements = [], False

    def text(self, text: str) -> None:
        self._texts.append(text)

    def end(self, _name: str) -> None:
        if not self._has_elements and len(self._path) > 1:
            self.fields["/".join(self._path[1:])].append("".join(self._texts))
        self._path.pop()
        self._texts, self._has_elements = [], True
