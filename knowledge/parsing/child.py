"""``python -m knowledge.parsing.child``: reads files one after the other, within limits.

Each line of its input is a file's path as JSON; each line of its output what became of it (an
``Answer``). It ends with its input. What a hostile file can do ends here: memory, time, files
and further processes are bounded by the system, where the system can do that.
"""

import contextlib
import logging
import os
import sys
import traceback
from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from knowledge.parsing.formats.kinds import MAX_BYTES
from knowledge.parsing.formats.refusal import UnreadableFile
from knowledge.parsing.guides import parse_guides
from knowledge.parsing.reader import ParsedDocument, read_document

MAX_DATA_BYTES = 224 * 2**20
"""Of its own; what is resident beside it (the interpreter, libraries) takes some 40 MB more."""

MAX_SECONDS = 9
"""A document of three hundred pages takes some five."""

GUIDES = ".jsonl"
"""Of these a file holds as many documents as it has lines, so what they may take grows with it."""

DATA_FOR_BYTE, BYTES_IN_A_SECOND = 12, 2**19

MAX_OPEN_FILES = 64


@dataclass(frozen=True)
class Answer:
    """The documents of a file and the lines of it that are none; or why it is refused."""

    documents: tuple[ParsedDocument, ...] = ()
    broken: tuple[str, ...] = ()
    refused: str = ""
    sentence: str = ""


answers = TypeAdapter(Answer)
paths = TypeAdapter(str)


def main() -> int:
    """Answer until the input ends, or until there is no telling what is left of the memory."""
    answering, sys.stdout = os.fdopen(os.dup(1), "wb"), sys.stderr
    logging.disable(logging.ERROR)  # parsers' remarks on the files are nobody's business
    bound(MAX_DATA_BYTES, None, most=MAX_DATA_BYTES + MAX_BYTES * DATA_FOR_BYTE)
    answering.write(b"\n")  # ready
    answering.flush()
    for line in sys.stdin.buffer:
        path = Path(paths.validate_json(line))
        _allow(path)
        answer = read(path)
        answering.write(answers.dump_json(answer) + b"\n")
        answering.flush()
        if answer.refused == "bomb":
            return 0
    return 0


def read(path: Path) -> Answer:
    """Read one file; whatever goes wrong with it is an answer."""
    broken: list[str] = []

    def guides(text: str) -> tuple[ParsedDocument, ...]:
        return parse_guides(text, refused=broken.append)

    try:
        documents = read_document(path, guides=guides)
    except UnreadableFile as reason:
        return _refused(reason)
    except MemoryError:
        return _refused(UnreadableFile("bomb"))
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        return _refused(UnreadableFile("not_read"))
    return Answer(tuple(documents), tuple(broken))


def _guides_bytes(path: Path) -> int:
    if path.suffix.lower() != GUIDES:
        return 0
    try:
        return min(path.stat().st_size, MAX_BYTES)
    except OSError:
        return 0


def seconds_for(path: Path) -> int:
    """Return how long reading a file may take."""
    return MAX_SECONDS + _guides_bytes(path) // BYTES_IN_A_SECOND


def data_for(path: Path) -> int:
    """Return how much memory of its own, in bytes, reading a file may take."""
    return MAX_DATA_BYTES + _guides_bytes(path) * DATA_FOR_BYTE


def _refused(reason: UnreadableFile) -> Answer:
    return Answer(refused=reason.code, sentence=reason.sentence)


def bound(data: int, seconds: int | None, most: int | None = None) -> None:
    """Bound this process: memory of its own in bytes (it may ask for up to ``most``), seconds of
    the processor, no further file or process. A system that has a limit not, or not for us, goes
    without it.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {
        "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_NPROC": (0, 0),
        "RLIMIT_NOFILE": (MAX_OPEN_FILES, MAX_OPEN_FILES),
        "RLIMIT_DATA": (data, most or data),
    }
    if seconds is not None:
        limits["RLIMIT_CPU"] = (seconds, seconds + 1)
    for name, limit in limits.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), limit)


def _allow(path: Path) -> None:
    """Allow what reading this file may take: memory in all, time of the processor from now on."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (data_for(path), hard))
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + seconds_for(path) + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


if __name__ == "__main__":
    sys.exit(main())
