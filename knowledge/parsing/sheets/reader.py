"""A file's tables, read in a process of their own that may be killed."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from knowledge.parsing.sandbox import environment
from knowledge.parsing.sheets.child import MAX_SECONDS
from knowledge.parsing.sheets.refusal import UnreadableTable
from store.settings import ROOT


@dataclass(frozen=True)
class Line:
    """A row of a table: its number as people count, its cells, the columns that are formulas."""

    number: int
    cells: list[str]
    formulas: frozenset[int] = frozenset()


@dataclass
class Table:
    """One table of a file; its lines are read once, before the next table."""

    name: str
    lines: Iterator[Line]
    macros: bool = False
    cut: list[int] = field(default_factory=list)


@contextmanager
def opened(path: Path, seconds: float = MAX_SECONDS) -> Iterator[Iterator[Table]]:
    """Yield the tables of a file. Reading them raises UnreadableTable with a reason."""
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "knowledge.parsing.sheets.child", str(path.absolute())],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        late = threading.Event()

        def kill() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(seconds, kill)
        timer.start()
        try:
            yield _tables(cast("IO[bytes]", child.stdout), late, round(seconds))
        finally:
            timer.cancel()
            child.kill()
            child.communicate()


def _tables(out: IO[bytes], late: threading.Event, seconds: int) -> Iterator[Table]:
    """Yield the tables; of one that is left before its end the rest is passed over."""
    waiting: list[dict[str, object]] = []

    def lines(table: Table) -> Iterator[Line]:
        for line in _answers(out, late, seconds):
            if "row" in line:
                number, cells, formulas = cast("tuple[int, list[str], list[int]]", line["row"])
                yield Line(number, cells, frozenset(formulas))
            elif "cut" in line:
                table.cut.append(cast("int", line["cut"]))
            else:
                waiting.append(line)
                return

    waiting.append(next(_answers(out, late, seconds)))
    while "sheet" in waiting[-1]:
        head = waiting.pop()
        table = Table(str(head["sheet"]), iter(()), bool(head["macros"]))
        rest = lines(table)
        table.lines = rest
        yield table
        for _ in rest:
            pass


def _answers(out: IO[bytes], late: threading.Event, seconds: int) -> Iterator[dict[str, object]]:
    for raw in out:
        if not raw.endswith(b"\n"):
            break
        line = json.loads(raw)
        if "refused" in line:
            raise UnreadableTable.told(line["refused"], line["sentence"])
        yield line
        if "end" in line:
            return
    # It took more memory or time than it was allowed, or crashed the interpreter.
    if late.is_set():
        raise UnreadableTable("too_slow", seconds=seconds)
    raise UnreadableTable("bomb")
