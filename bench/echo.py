"""The plain Rasa bots that our turn is measured beside: they say back what they hear.

Same training examples as ours, one rule per intent, one custom action on an action server,
Rasa's own REST channel and in-memory tracker store. One reads by Rasa's stock pipeline for
Chinese, the other by ours. What the stock one needs beyond our environment is put into its
folder when it is measured, and no part of the installation.
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
from bot.training import rasa_environment, rasa_python
from store.settings import ROOT, Settings

START_SECONDS = 90.0
PIPELINES: dict[str, list[dict[str, Any]] | None] = {
    "stock": [
        {"name": "JiebaTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "LogisticRegressionClassifier"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "plain": None,
}
"""What each plain bot reads by; None: what stands in config.yml."""

STOCK_LIBRARIES = ("jieba==0.42.1", "skops==0.13.0", "prettytable==3.18.0")


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


def _environment(folder: Path, settings: Settings) -> dict[str, str]:
    path = f"{ROOT}{os.pathsep}{folder / 'libraries'}"
    return {**rasa_environment(settings), "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def train(folder: Path, pipeline: list[dict[str, Any]] | None, settings: Settings) -> Path:
    """Train a plain bot into ``folder`` and return its model; EchoFailed."""
    folder.mkdir(parents=True, exist_ok=True)
    if pipeline is not None:
        install = [sys.executable, "-m", "pip", "install", "-qq", "--no-deps", *STOCK_LIBRARIES]
        _run([*install, "--target", str(folder / "libraries")], None)
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
    config |= {"policies": [{"name": "RulePolicy"}], "pipeline": pipeline or config["pipeline"]}
    _write(folder / "config.yml", config)
    command = [str(rasa_python()), "-m", "rasa", "train", "--out", str(folder)]
    command += ["--config", str(folder / "config.yml"), "--domain", str(folder / "domain.yml")]
    command += ["--data", str(ROOT / "nlu/data"), str(folder / "generated" / LOOKUPS)]
    command += [str(folder / "rules.yml"), "--fixed-model-name", "echo"]
    _run(command, _environment(folder, settings))
    return folder / "echo.tar.gz"


def _run(command: list[str], environment: dict[str, str] | None) -> None:
    done = subprocess.run(  # noqa: S603  our own command
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise EchoFailed((done.stderr or done.stdout).strip().splitlines()[-1])


@contextmanager
def running(
    folder: Path, pipeline: list[dict[str, Any]] | None, settings: Settings
) -> Iterator[str]:
    """Train and start a plain bot and its action server; yield its REST channel's address.

    ``pipeline`` is one of ``PIPELINES``. Raises EchoFailed.
    """
    model = train(folder, pipeline, settings)
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
                command, cwd=ROOT, env=_environment(folder, settings), stdout=log, stderr=log
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
