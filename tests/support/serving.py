"""The whole web application behind the server that people reach."""

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import uvicorn

from bot.app import create_app
from bot.server import options
from bot.supervision.sandbox import free_port
from store.database import Database
from store.settings import Settings

Address = tuple[str, int]


@contextlib.contextmanager
def serving(
    tmp_path: Path, database: Database, *, lifespan: Literal["on", "off"] = "off", **more: Any
) -> Iterator[Address]:
    """Serve on a free port of this machine until the block ends.

    What works in the background does so only with ``lifespan`` on.
    """
    settings = Settings(
        _env_file=None,
        var_dir=tmp_path,
        port=free_port(),
        database_url=database.url.render_as_string(hide_password=False),
        **more,
    )
    config = uvicorn.Config(create_app(settings), lifespan=lifespan, **options(settings))
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield settings.host, settings.port
    finally:
        server.should_exit = True
        thread.join()
