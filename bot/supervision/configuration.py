"""The files that supervisord and Rasa are started with, written anew at each start."""

import json
import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from bot.training import encoder_environment, model_path, rasa_python
from store.settings import ROOT, Settings


@dataclass(frozen=True)
class Paths:
    """Where a running assistant keeps its files."""

    run: Path
    logs: Path

    @property
    def supervisord(self) -> Path:
        """supervisord's configuration."""
        return self.run / "supervisord.conf"

    @property
    def endpoints(self) -> Path:
        """Rasa's endpoints: the action server and the tracker store."""
        return self.run / "endpoints.yml"

    @property
    def socket(self) -> Path:
        """The control socket; short-lived, 0600."""
        return self.run / "supervisor.sock"

    @property
    def lock(self) -> Path:
        """Held by the ``zhida up`` that runs here; says which one it is."""
        return self.run / "lock"

    @property
    def pid(self) -> Path:
        """supervisord's process id."""
        return self.run / "supervisord.pid"


def paths(settings: Settings) -> Paths:
    """Return the running assistant's paths, made if need be."""
    found = Paths(settings.var_dir / "run", settings.var_dir / "log")
    for folder in (found.run, found.logs):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def commands(settings: Settings) -> dict[str, list[str]]:
    """Return the command of each process, by its name."""
    files = paths(settings)
    rasa = [str(rasa_python()), "-m", "nlu.serve", "--interface", "127.0.0.1"]
    rasa += ["--port", str(settings.rasa_port), "--model", str(model_path(settings))]
    rasa += [
        "--endpoints",
        str(files.endpoints),
        "--credentials",
        str(ROOT / "nlu/credentials.yml"),
    ]
    return {
        "rasa": rasa,
        "actions": [sys.executable, "-m", "actions.server"],
        "bot": [sys.executable, "-m", "bot.server"],
    }


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment of all processes: ours, with what Rasa needs to know."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "ZHIDA_RASA_TOKEN": settings.signing_key(),
        **encoder_environment(settings),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        # One request uses one core: threads of numerical libraries only fight each other.
        "OMP_NUM_THREADS": "1",
    }


def write(settings: Settings) -> Paths:
    """Write both files and return where they are."""
    files = paths(settings)
    # JSON is YAML; the file carries the action server's token and the database's password.
    _private(files.endpoints, json.dumps(_endpoints(settings), indent=1))
    _private(files.supervisord, _supervisord(settings, files))
    return files


def _private(path: Path, text: str) -> None:
    """Write a file whole or not at all: a full disk must not leave half of one."""
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.touch(mode=0o600)
        aside.write_text(text, "utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _endpoints(settings: Settings) -> dict[str, object]:
    return {
        "action_endpoint": {
            "url": f"http://127.0.0.1:{settings.actions_port}/webhook",
            # In this file, which only we can read: a command line or a URL is seen by others.
            "headers": {"Authorization": f"Bearer {settings.actions_token()}"},
            "enable_selective_domain": True,
        },
        "tracker_store": _tracker_store(settings),
    }


def _tracker_store(settings: Settings) -> dict[str, object]:
    url = make_url(settings.database)
    path = settings.tracker_file
    if path is not None:
        with closing(sqlite3.connect(path)) as connection:
            # The mode stays with the file: Rasa's own engine finds it so.
            connection.execute("PRAGMA journal_mode=WAL")
        return {"type": "SQL", "dialect": "sqlite", "db": str(path)}
    return {
        "type": "SQL",
        "dialect": "postgresql",
        "url": url.host,
        "port": url.port or 5432,
        "db": url.database,
        "username": url.username,
        "password": url.password,
    }


def _supervisord(settings: Settings, files: Paths) -> str:
    tether = [sys.executable, "-m", "bot.supervision.parent_watch", "SIGKILL"]
    parts = [
        "[supervisord]",
        "nodaemon=true",
        "silent=true",
        f"directory={_escaped(str(ROOT))}",
        f"logfile={_escaped(str(files.logs / 'supervisord.log'))}",
        f"pidfile={_escaped(str(files.pid))}",
        f"childlogdir={_escaped(str(files.logs))}",
        *(["user=root"] if os.geteuid() == 0 else []),
        "[unix_http_server]",
        f"file={_escaped(str(files.socket))}",
        "chmod=0600",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface",
    ]
    for name, command in commands(settings).items():
        parts += [
            f"[program:{name}]",
            f"command={_escaped(' '.join(map(_quoted, [*tether, *command])))}",
            "autostart=true",
            "autorestart=true",
            "startsecs=2",
            "startretries=10",
            "stopwaitsecs=10",
            "stopasgroup=true",
            "killasgroup=true",
            "redirect_stderr=true",
            # This one value supervisord expands twice.
            f"stdout_logfile={_escaped(_escaped(str(files.logs / f'{name}.log')))}",
            "stdout_logfile_maxbytes=10MB",
            "stdout_logfile_backups=3",
        ]
    return "\n".join(parts) + "\n"


def _escaped(text: str) -> str:
    """Return ``text`` as supervisord's configuration reads it: it expands %(name)s."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
