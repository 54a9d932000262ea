"""Reading files at a safe distance: in a process of its own that may be killed.

Whoever hands in a file may have made it to take all memory or never to be done with: the bot
only waits for the answer, so long and no longer.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from knowledge.parsing.child import MAX_SECONDS, Answer, answers, paths, seconds_for
from knowledge.parsing.formats.refusal import UnreadableFile
from store.settings import ROOT

START_SECONDS = 60
"""Loading the parsers takes half a second; on a busy machine much longer."""


class FileReader:
    """Reads files in a child, one after the other; a child that died is followed by another.

    Nothing is started before the first file. For one thread at a time.
    """

    def __init__(self, seconds: float = MAX_SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def read(self, path: Path) -> Answer:
        """Return what is in a file; raise UnreadableFile with a reason."""
        child = self.started()
        line = self._asked(child, path)
        if not line.endswith(b"\n"):
            # It took more memory or time than it was allowed, or crashed the interpreter.
            self.close()
            raise UnreadableFile("bomb")
        answer = answers.validate_json(line)
        if answer.refused:
            if answer.refused == "bomb":
                self.close()
            raise UnreadableFile.told(answer.refused, answer.sentence)
        return answer

    def _asked(self, child: subprocess.Popen[bytes], path: Path) -> bytes:
        late = threading.Event()
        seconds = self._seconds - MAX_SECONDS + seconds_for(path)
        line = _line(child, paths.dump_json(os.fsdecode(path.absolute())), seconds, late)
        if late.is_set():
            self.close()
            raise UnreadableFile("too_slow", seconds=round(seconds))
        return line

    def started(self) -> subprocess.Popen[bytes]:
        """Return the child, which is ready; raise UnreadableFile where none can be started."""
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "knowledge.parsing.child"],
                cwd=ROOT,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            if not _line(self._child, None, START_SECONDS, threading.Event()):
                self.close()
                raise UnreadableFile("not_read")
        return self._child


def _line(
    child: subprocess.Popen[bytes], asked: bytes | None, seconds: float, late: threading.Event
) -> bytes:
    """Return the child's next line, cut short where it died; it is killed when ``late``."""
    into, out = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)

    def kill() -> None:
        late.set()
        child.kill()

    timer = threading.Timer(seconds, kill)
    timer.start()
    try:
        if asked is not None:
            into.write(asked + b"\n")
            into.flush()
        return out.readline()
    except BrokenPipeError:
        return b""
    finally:
        timer.cancel()


def environment() -> dict[str, str]:
    """Return ours without what is secret: the child needs no key and no password."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ZHIDA_")}
