"""The loop closed with a model that is really trained: heard wrongly, corrected, learnt, published.

Rasa learns a small project of the same pipeline (see ``small_model``): seconds, not minutes.
"""

from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot import training
from bot.console import names
from bot.console.transcripts.reviews import MEASURE, TRAIN, hash_of, judge_reading, use_of
from bot.corrections import train_with_corrections
from bot.evaluation.sentences import Reading, readings_of
from bot.messaging import answers, leases
from bot.messaging.messages import Incoming
from bot.model_versions import current_model
from bot.training import model_path, rasa_python, train
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.browser.axe import grave
from tests.browser.pictures import Picture
from tests.browser.staff import NAME
from tests.support.messaging import PULLED, plain, take_in
from tests.support.small_model import make_small_project

PERSON = "web:visitor"
RIGHT = "ask_wage"
WORDINGS = (
    *("干这活到手几个子", "这个活路一天几张票子", "搬砖的一天几张", "跑这个车落几个子"),
    *("带娃的一天几张票子", "烧菜的到手几个子", "踩缝纫的落几张", "看大门的到手几张票子"),
    *("开挖机的一天落几个子", "刷墙的到手几张", "扎钢筋的落几张票子", "送水的一天几个子"),
)
"""Ways to ask what work pays that no training sentence has; some are read wrongly."""


@pytest.fixture
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa is taught a small project."""
    if not rasa_python().is_file():
        pytest.skip("Rasa's environment is not there (make setup)")
    make_small_project(tmp_path / "project")
    monkeypatch.setattr(training, "ROOT", tmp_path / "project")


def said(database: Database, read: dict[str, Reading]) -> dict[str, int]:
    """Have a person say each wording, read as the model reads it; return the messages' numbers."""
    numbers = {}
    for text, reading in read.items():
        now = utc_now()
        accepted = take_in(database, Incoming("web", text, "visitor", text, now))
        message = leases.claim(database, PERSON, "me", now=now)
        assert message is not None
        nlu = {"intent": reading.intent, "confidence": reading.confidence, "entities": []}
        replies = [plain("没听懂，换个说法试试？")]
        answers.finish(database, message, "me", replies=replies, nlu=nlu, now=now, pulled=PULLED)
        numbers[text] = accepted.inbox_id
    return numbers


@pytest.mark.usefixtures("signed_in", "small_project")
def test_what_was_heard_wrongly_is_corrected_learnt_and_published(
    page: Page, console: str, staffed_database: Database, settings: Settings, picture: Picture
) -> None:
    base = train(settings, progress=print)
    read = dict(zip(WORDINGS, readings_of(settings, base, WORDINGS), strict=True))
    numbers = said(staffed_database, read)
    wrong = [text for text in WORDINGS if read[text].intent != RIGHT]
    assert {use_of(hash_of(text)) for text in wrong} == {TRAIN, MEASURE}
    first = next(text for text in wrong if use_of(hash_of(text)) == TRAIN)
    find_and_correct(page, console, first)
    for text in WORDINGS:  # the others as the same dialog writes them down
        if text != first:
            judge = partial(judge_reading, staffed_database, numbers[text], intent=RIGHT)
            judge(right=read[text].intent == RIGHT, staff=NAME, now=utc_now())

    version = train_with_corrections(settings, staffed_database, now=utc_now(), progress=print)
    assert (version.before or 0) < (version.after or 0)
    page.goto(f"{console}/console/models")
    expect(page.get_by_text(f"留作测量的 {version.measured} 句")).to_be_visible()
    page.get_by_text("近来的").click()
    change = page.locator("details.reading .case-head", has=page.get_by_text(first, exact=True))
    heard = f"{names.intent(read[first].intent)} → {names.intent(RIGHT)}"
    expect(change.locator(".chip")).to_have_text(heard)
    assert grave(page) == []
    picture(page, "loop-replay")

    publish(page)
    assert reading_now(settings, first) == RIGHT
    page.get_by_role("button", name="退回上一个").click()
    expect(page.get_by_text("出厂模型")).to_be_visible()
    assert current_model(settings) == base == model_path(settings)  # which hears it wrongly


def find_and_correct(page: Page, console: str, text: str) -> None:
    """Find a message by its words, and say in the dialog what it meant."""
    page.goto(f"{console}/console/transcripts")
    page.get_by_label("找说过的话").fill(text)
    page.get_by_role("link", name=text).click()
    page.locator(".line.is-sought").get_by_role("button", name="听错了…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("应当听成").click()
    page.get_by_role("option", name=names.intent(RIGHT), exact=True).click()
    dialog.get_by_role("button", name="记下").click()
    expect(page.get_by_text(f"听错了，应为「{names.intent(RIGHT)}」")).to_be_visible()


def publish(page: Page) -> None:
    """Publish the candidate, having looked."""
    page.get_by_role("button", name="发布…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox").click()
    dialog.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("button", name="退回上一个")).to_be_visible()


def reading_now(settings: Settings, text: str) -> str:
    """Return what the published model hears in words."""
    (reading,) = readings_of(settings, current_model(settings), [text])
    return reading.intent
