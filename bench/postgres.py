"""A throw-away PostgreSQL cluster, for one run of tests or measurements."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.supervision.sandbox import free_port


def binaries() -> Path | None:
    """Return the folder of PostgreSQL's server programs, or None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _as_server_user(command: list[str]) -> list[str]:
    # PostgreSQL refuses to run as root, as which containers and CI usually run.
    if os.geteuid() != 0:
        return command
    # Where administrators' programs are, whatever PATH this run was given.
    runuser = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    return [runuser or "runuser", "-u", "postgres", "--", *command]


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster on loopback; yield its URL without a database name; remove it after."""
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("PostgreSQL's server programs")
    home = Path(tempfile.mkdtemp(prefix="zhida-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    port = free_port()

    def run(*command: str) -> None:
        subprocess.run(  # noqa: S603  # our own words only
            _as_server_user([str(programs / command[0]), *command[1:]]),
            check=True,
            cwd=home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    data = str(home / "data")
    try:
        run("initdb", "-D", data, "-U", "zhida", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {home} -c max_connections=200"
        run("pg_ctl", "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://zhida@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
