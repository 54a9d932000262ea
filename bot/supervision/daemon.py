"""supervisord, made to outlive a full disk: ``python -m bot.supervision.daemon -c FILE``.

What its logs cannot take it prints to stderr with a traceback. Where that is a file on the same
disk the printing fails, too, and ends supervisord, and with it everything that it runs.
"""

from pathlib import Path
from typing import BinaryIO

from supervisor import loggers, supervisord
from supervisor.loggers import LogRecord, RotatingFileHandler


class LossyFile(RotatingFileHandler):  # type: ignore[misc]
    """A log file that loses lines where the disk is full, and goes on when it is not."""

    stream: BinaryIO

    def emit(self, record: LogRecord) -> None:
        """Write one line, if that can be."""
        try:
            if self.stream.closed:  # the disk was full as it was about to be turned over
                self.stream = Path(self.baseFilename).open("ab")  # noqa: SIM115  kept open
            super().emit(record)
        except (OSError, ValueError):
            return

    def handleError(self) -> None:
        """Say nothing: there is nowhere to say it."""


if __name__ == "__main__":
    # Every log, supervisord's own and those of what it runs, is made by this name.
    loggers.RotatingFileHandler = LossyFile
    supervisord.main()
