"""``python -m bot.server``: serve the application on the address of the settings."""

import logging
import resource
from functools import partial
from typing import Any

import structlog
import uvicorn

from bot.app import create_app
from bot.limits.connections import MAX_HEADER_BYTES, Connections, GuardedProtocol
from store.modes import keep_private
from store.settings import Settings, get_settings

MANY_FILES = 65_536
OTHER_FILES = 200
"""Open files that are no connections: databases, indexes, logs."""
MAX_SOCKET_BYTES = 1024 * 1024
"""Of one message on the console's socket; Socket.IO takes no more either."""


def main() -> None:
    """Serve until SIGTERM; requests under way get five seconds."""
    keep_private()
    settings = get_settings()
    logging.basicConfig(level=settings.log_level, format="%(message)s")
    # One line per call between our own processes helps nobody.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings.log_level]
        ),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    uvicorn.run(create_app(settings), **options(settings))


def options(settings: Settings) -> dict[str, Any]:
    """Return what uvicorn is run with."""
    connections = Connections(
        most=min(settings.max_connections, _most_files() - OTHER_FILES),
        by_address=settings.max_connections_per_address,
        proxies=settings.proxies,
    )
    return {
        "host": settings.host,
        "port": settings.port,
        "http": partial(GuardedProtocol, connections=connections),
        "h11_max_incomplete_event_size": MAX_HEADER_BYTES,
        "ws_max_size": MAX_SOCKET_BYTES,
        "log_level": settings.log_level.lower(),
        "access_log": False,
        "proxy_headers": False,
        "server_header": False,
        "timeout_graceful_shutdown": 5,
        "timeout_keep_alive": 75,
    }


def _most_files() -> int:
    """Allow this process as many open files as the system lets it have; return how many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MANY_FILES if hard == resource.RLIM_INFINITY else min(hard, MANY_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


if __name__ == "__main__":
    main()
