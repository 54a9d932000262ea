"""What every kind of ``data`` in replies is made of (DESIGN section 4)."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class CardModel(BaseModel):
    """A kind of ``data``; its ``kind`` is a field with one value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str

    def data(self) -> dict[str, Any]:
        """Return it ready for JSON: fields that were not given are left out."""
        return {"kind": self.kind, **self.model_dump(mode="json", exclude_unset=True)}


class CardPart(BaseModel):
    """A part of a card."""

    model_config = ConfigDict(extra="forbid", frozen=True)
