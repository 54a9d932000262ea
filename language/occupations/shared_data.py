"""The labelled titles that training reads, and which of them are left out for the figures."""

import csv
import hashlib
from pathlib import Path

from language.occupations.evaluation import LabelledTitle

TITLES = Path("occupations") / "job_titles_csco22.csv"
LEFT_OUT = 0.3
"""The share of titles, by their own hash, that is never trained on."""


def read_titles(folder: Path) -> list[LabelledTitle]:
    """Return the titles in a folder of shared data that have a code. Raises OSError, KeyError."""
    with (folder / TITLES).open(encoding="utf-8-sig", newline="") as rows:
        return [
            LabelledTitle(str(at), row["job_name"], row["expected_code"])
            for at, row in enumerate(csv.DictReader(rows))
            if row["expected_code"]
        ]


def is_left_out(title: str) -> bool:
    """Tell by its hash whether a title is kept from training."""
    first = int.from_bytes(hashlib.sha256(title.encode()).digest()[:4], "big")
    return first / 2**32 < LEFT_OUT
