"""Log lines of the action server: one JSON object a line, tracebacks as plain text."""

import logging
import sys

import structlog


def log_to_stderr(level: str) -> None:
    """Log from ``level`` (its name) upwards to stderr.

    Plain text on purpose: structlog's coloured tracebacks took most of a second to draw,
    in the one event loop everybody waits for.
    """
    logging.basicConfig(stream=sys.stderr, level=level)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
