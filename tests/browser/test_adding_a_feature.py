"""The walk through adding a feature, done in a scratch copy and talked to on every channel.

The copy runs its own code with a model, a database and ports of its own.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from actions.features import FEATURES
from bot.console.accounts import add_staff
from bot.supervision import sandbox
from bot.supervision.sandbox import environment_for
from store.clock import utc_now
from store.database import Database
from store.settings import ROOT
from tests.browser.chatting import say
from tests.browser.staff import NAME, PASSWORD, sign_in
from tests.support.assistant import Assistant, hands_on
from tests.support.bot_api import BotApi
from tests.support.telegram_person import PATIENCE, Person
from tests.support.walkthrough import LISTS, follow

pytestmark = pytest.mark.xdist_group("scratch")

ENVIRONMENTS = (".venv", ".venv-rasa")
NOT_COPIED = ("var", "artifacts", "__pycache__", ".*")
WALKED_BY = (
    "tests/unit/actions/test_features.py",
    "tests/unit/bot/test_features.py",
    "tests/unit/web/test_cards.py",
    "tests/database/test_migrations.py",
)
"""Tests of all features, at every point where they plug in."""

LOST = "我把伞忘在你们大厅了"
THING = "黑色雨伞落在二楼等候区"
VALIDATE = """
import sys
from actions.features import FEATURES
FEATURES.cards["lost_item"].model.load().model_validate_json(sys.stdin.read())
"""


class Scratch:
    """A copy of this checkout that the walk has been done in; ``edited`` are its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*NOT_COPIED))
        for name in ENVIRONMENTS:
            (root / name).symlink_to((ROOT / name).resolve())
        self.edited = follow(root)
        self.python("-m", "actions.cards_page")

    def environment(self, **settings: str) -> dict[str, str]:
        """Return what its processes are started with."""
        return environment_for(self.root / "var", PYTHONPATH=str(self.root), **settings)

    def python(self, *arguments: str, given: str = "") -> str:
        """Run Python in it to a good end and return the output."""
        return self._run(sys.executable, *arguments, given=given)

    def tool(self, name: str, *arguments: str) -> str:
        """Run a tool of the environment in it to a good end and return the output."""
        return self._run(str(Path(sys.executable).with_name(name)), *arguments)

    def _run(self, *command: str, given: str = "") -> str:
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root)},
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    missing = [name for name in ENVIRONMENTS if not (ROOT / name / "bin/python").exists()]
    if missing:
        pytest.skip(f"no environment {', '.join(missing)} here: run `make setup` first")
    return Scratch(tmp_path_factory.mktemp("walk") / "scratch")


@pytest.fixture(scope="module")
def telegram() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture(scope="module")
def plugged(scratch: Scratch, telegram: BotApi) -> Iterator[Assistant]:
    """The assistant with the new feature, running."""
    environment = scratch.environment(
        ZHIDA_TELEGRAM_TOKEN=telegram.token, ZHIDA_TELEGRAM_API_BASE=telegram.url
    )
    for command in (("train",), ("migrate", "--demo")):
        done = sandbox.zhida(*command, environment=environment, root=scratch.root)
        assert done.returncode == 0, done.stdout + done.stderr
    with sandbox.started(environment, scratch.root) as started, hands_on(started) as assistant:
        yield assistant


@pytest.fixture
def database(plugged: Assistant) -> Iterator[Database]:
    database = Database(plugged.database_url)
    yield database
    database.close()


@pytest.fixture
def conversation() -> str:
    return f"walk-{uuid4()}"


def card_of(body: dict[str, Any]) -> dict[str, Any]:
    return next(reply["data"] for reply in body["replies"] if reply["data"])


def text_of(body: dict[str, Any]) -> str:
    return "\n".join(reply["text"] for reply in body["replies"])


def test_only_lists_are_edited_and_rooms_import_downwards(scratch: Scratch) -> None:
    assert scratch.edited == LISTS
    scratch.tool("lint-imports", "--no-cache")


def test_it_passes_what_every_feature_passes(scratch: Scratch) -> None:
    options = ("-q", "-p", "no:cacheprovider", "-k", "not postgresql")
    assert "passed" in scratch.python("-m", "pytest", *options, *WALKED_BY)


def test_it_is_measured(scratch: Scratch, tmp_path: Path) -> None:
    file = tmp_path / "numbers.jsonl"
    file.write_text(json.dumps({"id": "1", "text": "SW-AAAAAAA呢", "code": None}) + "\n", "utf-8")
    assert "--file" in scratch.python("-m", "bot.cli", "eval", "lost", "--help")
    told = scratch.python("-m", "bot.cli", "eval", "lost", "--file", str(file), "--json")
    assert json.loads(told) == {"n": 1, "accuracy": 1.0, "errors": []}


def test_it_is_talked_to_over_http(plugged: Assistant, scratch: Scratch, conversation: str) -> None:
    asked = plugged.say(conversation, LOST)
    assert asked["nlu"]["intent"] == "report_lost"
    question = text_of(asked)
    assert "丢的是什么" in question
    assert question in text_of(plugged.say(conversation, "你好")), "asked again"

    reported = plugged.say(conversation, THING)
    card = card_of(reported)
    scratch.python("-c", VALIDATE, given=json.dumps(card))
    assert (card["kind"], card["thing"], card["found"]) == ("lost_item", THING, False)
    (status,) = reported["replies"][0]["buttons"]
    assert "还没有找到" in text_of(plugged.press(conversation, status))
    assert card_of(plugged.say(conversation, "浦东大厅"))["thing"] == f"{THING}；浦东大厅"
    plugged.say(conversation, "谢谢")
    assert card_of(plugged.say(conversation, f"{card['code']}怎么样了"))["code"] == card["code"]
    assert "没有查到" in text_of(plugged.say(f"other-{conversation}", card["code"]))


def test_its_job_is_counted(plugged: Assistant) -> None:
    assert "zhida_lost_items_forgotten_total" in plugged.http.get("/metrics").text


def test_everybody_opens_its_page(plugged: Assistant) -> None:
    page = plugged.http.get("/lost-and-found")
    assert page.status_code == 200
    assert "现在在找" in page.text
    assert 'href="/lost-and-found"' in plugged.http.get("/halls").text


def test_staff_find_it_and_the_person_is_told_on_telegram(
    plugged: Assistant, telegram: BotApi, database: Database, page: Page
) -> None:
    person = Person(telegram, database)
    person.says(LOST)
    (answer,) = person.says(THING)
    code = answer.text.removeprefix("已登记，登记号 ").partition("：")[0]
    assert "找到了吗" in answer.titles

    add_staff(database, NAME, PASSWORD, now=utc_now())
    sign_in(page, plugged.url)
    page.get_by_role("link", name="大厅", exact=True).click()
    page.get_by_role("link", name="失物").click()
    row = page.locator(".tags", has_text=code)
    expect(row).to_contain_text(THING)
    expect(page.get_by_text("示例：蓝色水杯")).to_be_visible()
    row.get_by_role("button", name="找到了").click()
    expect(row).to_have_count(0)
    told = f"找到了，登记号 {code}"
    telegram.wait_for(
        lambda: any(sent.text.startswith(told) for sent in telegram.sent(person.chat)), PATIENCE
    )


def test_the_chat_page_draws_its_card(plugged: Assistant, page: Page) -> None:
    page.goto(plugged.url)
    say(page, LOST)
    say(page, THING)
    card = page.get_by_label("失物登记")
    expect(card).to_contain_text("寻找中")
    expect(card).to_contain_text(THING)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("现场招聘会还能办吗", "policy_answer"), ("我想在上海找电工的活", "job_list"), ("你好", None)],
)
def test_others_answer_as_before(
    plugged: Assistant, conversation: str, text: str, kind: str | None
) -> None:
    first = plugged.say(conversation, text)["replies"][0]
    assert (first["data"] or {}).get("kind") == kind
    if kind is None:
        titles = {button["title"] for button in first["buttons"]}
        assert titles == {"失物招领", *(title for title, _ in FEATURES.menu)}
