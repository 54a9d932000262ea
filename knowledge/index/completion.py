"""From a provisional index, found by the n-grams alone, to the one with the encoder's vectors."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from knowledge.index.builder import encoder_of, index_folder, is_provisional, rebuild_index
from knowledge.index.contents import collect
from knowledge.index.passages import passages
from store.database import Database
from store.settings import Settings

NICE = 15
"""Whoever asks meanwhile comes first."""


class Completion:
    """Completes the index in a thread of its own; whoever asks is answered meanwhile."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, where it is not being done."""
        if self._thread is None or not self._thread.is_alive():
            # It may be killed at any moment: what was read is kept, and goes on from there.
            self._thread = threading.Thread(target=self._run, name="completion", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        if sys.platform == "linux":  # where a thread has a priority, and its children inherit it
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        complete_index(self._database, self._settings)


def complete_index(database: Database, settings: Settings) -> None:
    """Let the encoder read what it has not read yet, then write the index with its vectors.

    The lock on documents is held only for the second. One process does it at a time; others
    leave it to that one.
    """
    with _alone(settings) as alone:
        if not alone:
            return
        encoder = encoder_of(settings)
        version = rebuild_index(database, settings, soon=True)
        while is_provisional(settings, version):  # also for what came in meanwhile
            for batch in passages(collect(database)):
                encoder.passages(batch)
            version = rebuild_index(database, settings, soon=True)


@contextmanager
def _alone(settings: Settings) -> Iterator[bool]:
    import fcntl

    with (index_folder(settings) / "completion").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True  # closing the file gives the lock back
