"""``python -m knowledge.parsing.sheets.child FILE``: a file's tables as JSON lines, within limits.

A line ``{"sheet": …}`` begins a table, ``{"row": [number, cells, formulas]}`` is a row, merged
cells filled, and ``{"end": true}`` or ``{"refused": …}`` the last. What a hostile file can do
ends here: memory, time, files and further processes are bounded, where the system can do that.
"""

import json
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.parsing.child import bound
from knowledge.parsing.sheets.refusal import UnreadableTable
from knowledge.parsing.sheets.spreadsheets import MAX_ROWS, Row, Sheet, read_sheets

MAX_DATA_BYTES = 1_200 * 2**20
MAX_SECONDS = 120


def main() -> int:
    """Write the tables of the file that is named."""
    answering, sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8"), sys.stderr
    bound(MAX_DATA_BYTES, MAX_SECONDS)
    try:
        for line in tables(Path(sys.argv[1])):
            answering.write(json.dumps(line, ensure_ascii=False) + "\n")
    except UnreadableTable as reason:
        answering.write(_refused(reason))
    except MemoryError:
        answering.write(_refused(UnreadableTable("bomb")))
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        answering.write(_refused(UnreadableTable("broken")))
    answering.flush()
    return 0


def _refused(reason: UnreadableTable) -> str:
    return json.dumps({"refused": reason.code, "sentence": reason.sentence}) + "\n"


def tables(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what is written, line by line."""
    for sheet in read_sheets(path):
        yield {"sheet": sheet.name, "macros": sheet.macros}
        formulas: dict[int, list[int]] = {}
        for line, at in sheet.formulas:
            formulas.setdefault(line + 1, []).append(at)
        for number, row in enumerate(filled(sheet), 1):
            if number > MAX_ROWS:
                yield {"cut": MAX_ROWS}
                break
            if any(row):
                yield {"row": [number, row, formulas.get(number, [])]}
    yield {"end": True}


def filled(sheet: Sheet) -> Iterator[Row]:
    """Yield the rows of a table with a merged cell's text in each place that it covers."""
    starts: dict[int, list[tuple[int, int, int]]] = {}
    for top, left, bottom, right in sheet.merged:
        if bottom - top < MAX_ROWS:
            starts.setdefault(top, []).append((left, bottom, right))
    open_: list[tuple[int, int, int, str]] = []
    for number, row in enumerate(sheet.rows):
        open_ = [one for one in open_ if one[1] >= number]
        for left, bottom, right in starts.get(number, ()):
            if left < len(row) and row[left]:
                open_.append((left, bottom, right, row[left]))
        for left, _, right, text in open_:
            row.extend([""] * (right + 1 - len(row)))
            for at in range(left, right + 1):
                row[at] = row[at] or text
        yield row


if __name__ == "__main__":
    sys.exit(main())
