"""``python -m actions.cards_page``: write docs/cards.md and its JSON schema from the models."""

import json
from collections.abc import Iterator
from typing import Any

from actions.features import FEATURES
from store.settings import ROOT

PAGE = ROOT / "docs" / "cards.md"
SCHEMA = ROOT / "docs" / "cards.schema.json"

HEAD = """\
# Cards

A reply's `data` is null or one of these, told apart by `kind`. A client that does not know a kind
shows the reply's `text`, which says the same. This page and [cards.schema.json](cards.schema.json)
are written from the models (`python -m actions.cards_page`); fields marked 可缺 are left out
where they do not apply.
"""


def schema() -> dict[str, Any]:
    """Return one JSON schema for every kind of ``data``."""
    kinds: dict[str, Any] = {}
    parts: dict[str, Any] = {}
    for kind, card in FEATURES.cards.items():
        model = card.model.load().model_json_schema(ref_template="#/$defs/{model}")
        parts.update(model.pop("$defs", {}))
        kinds[kind] = model
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds],
        "$defs": {**kinds, **parts},
    }


def page() -> str:
    """Return the page about every kind of ``data``."""
    definitions = schema()["$defs"]
    kinds = [f"\n## `{kind}`\n\n{_table(definitions[kind])}" for kind in FEATURES.cards]
    parts = [
        f"\n### {name}\n\n{_table(part)}"
        for name, part in definitions.items()
        if name not in FEATURES.cards
    ]
    return "".join([HEAD, *kinds, "\n## Parts\n", *parts])


def _table(model: dict[str, Any]) -> str:
    rows = "".join(_rows(model))
    return f"{model['description']}\n\n| field | type | |\n|---|---|---|\n{rows}"


def _rows(model: dict[str, Any]) -> Iterator[str]:
    required = model.get("required", [])
    for name, field in model["properties"].items():
        about = field.get("description", "")
        optional = "" if name in required or name == "kind" else "可缺"
        words = "；".join(word for word in (about, optional) if word)
        yield f"| `{name}` | {_type(field)} | {words} |\n"


def _type(field: dict[str, Any]) -> str:
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return " · ".join(f"`{value}`" for value in field["enum"])
    if "anyOf" in field:
        return " · ".join(map(_type, field["anyOf"]))
    if "$ref" in field:
        return str(field["$ref"].rpartition("/")[2])
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    return str(field.get("type", "any"))


def main() -> None:
    """Write both files."""
    PAGE.write_text(page(), "utf-8")
    SCHEMA.write_text(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
