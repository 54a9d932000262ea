"""``python -m bot.server``: serve the application on the address of the settings."""

import logging

import structlog
import uvicorn

from bot.app import create_app
from store.modes import keep_private
from store.settings import get_settings


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
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level.lower(),
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=75,
    )


if __name__ == "__main__":
    main()
