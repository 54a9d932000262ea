"""The plain Rasa bot that our turn is measured beside: it says back what it hears.

Same pipeline and same training examples as ours, one rule per intent, one custom action on
an action server, Rasa's own REST channel and in-memory tracker store.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.dialogue.domain import domain
from actions.dialogue.turn import FALLBACK
from actions.features import FEATURES
from bot.generated import LOOKUPS, write_generated
from bot.supervision.sandbox import free_port
from bot.training import rasa_python
from store.settings import ROOT

START_SECONDS = 90.0


class EchoFailed(Exception):
    """The plain bot could not be trained or started."""


class Echo(Action):  # type: ignore[misc]
    """Says back what it heard."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_echo"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the latest message's text."""
        dispatcher.utter_message(text=tracker.latest_message.get("text") or "")
        return []


def _environment() -> dict[str, str]:
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OMP_NUM_THREADS": "1",
    }
    return {**os.environ, "PYTHONPATH": str(ROOT), **quiet}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def train(folder: Path) -> Path:
    """Train the plain bot into ``folder`` and return its model."""
    model = folder / "echo.tar.gz"
    if model.is_file():
        return model
    folder.mkdir(parents=True, exist_ok=True)
    ours = domain(FEATURES)
    declared = {
        **{name: ours[name] for name in ("version", "entities")},
        "intents": sorted(FEATURES.intents),
        "actions": ["action_echo"],
    }
    rules = [
        {"rule": name, "steps": [{"intent": name}, {"action": "action_echo"}]}
        for name in [*sorted(FEATURES.intents), FALLBACK]
    ]
    _write(folder / "domain.yml", declared)
    _write(folder / "rules.yml", {"version": "3.1", "rules": rules})
    write_generated(folder / "generated")
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    config["policies"] = [{"name": "RulePolicy"}]
    _write(folder / "config.yml", config)
    command = [str(rasa_python()), "-m", "rasa", "train", "--out", str(folder)]
    command += ["--config", str(folder / "config.yml"), "--domain", str(folder / "domain.yml")]
    command += ["--data", str(ROOT / "nlu/data"), str(folder / "generated" / LOOKUPS)]
    command += [str(folder / "rules.yml"), "--fixed-model-name", "echo"]
    done = subprocess.run(  # noqa: S603  our own command
        command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode or not model.is_file():
        raise EchoFailed((done.stderr or done.stdout).strip().splitlines()[-1])
    return model


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start the plain bot and its action server; yield the address of its REST channel."""
    model = train(folder)
    rasa_port, actions_port = free_port(), free_port()
    endpoints = {"action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"}}
    _write(folder / "endpoints.yml", endpoints)
    _write(folder / "credentials.yml", {"rest": None})
    rasa = [str(rasa_python()), "-m", "rasa", "run", "--interface", "127.0.0.1"]
    rasa += ["--port", str(rasa_port), "--model", str(model)]
    rasa += ["--endpoints", str(folder / "endpoints.yml")]
    rasa += ["--credentials", str(folder / "credentials.yml")]
    actions = [sys.executable, "-m", "bench.echo", str(actions_port)]
    with (folder / "echo.log").open("ab") as log:
        processes = [
            subprocess.Popen(  # noqa: S603  our own commands
                command, cwd=ROOT, env=_environment(), stdout=log, stderr=log
            )
            for command in (rasa, actions)
        ]
        try:
            _wait(f"http://127.0.0.1:{rasa_port}/webhooks/rest/")
            _wait(f"http://127.0.0.1:{actions_port}/health")
            yield f"http://127.0.0.1:{rasa_port}/webhooks/rest/webhook"
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(20)


def _wait(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.3)
    raise EchoFailed(f"{url} does not answer")


if __name__ == "__main__":
    executor = ActionExecutor()
    executor.register_action(Echo())
    asyncio.set_event_loop(asyncio.new_event_loop())
    create_app(executor).run("127.0.0.1", int(sys.argv[1]), single_process=True)
