"""Transcripts that teach: find a turn, correct it, see it counted, publish a model, roll back."""

import pytest
from playwright.sync_api import Page, expect

from bot import model_versions
from bot.console.transcripts.reviews import reviews_of
from bot.messaging import answers, leases
from bot.messaging.messages import Incoming
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.browser.axe import grave
from tests.browser.pictures import Picture
from tests.support.messaging import PULLED, plain, take_in
from tests.unit.bot.test_model_versions import made

PERSON = "web:visitor"
POLICY = {"kind": "policy_answer", "status": "not_covered", "citations": []}


def talk(database: Database) -> int:
    now = utc_now()
    accepted = take_in(database, Incoming("web", "1", "visitor", "上海瓦匠一天几张", now))
    message = leases.claim(database, PERSON, "me", now=now)
    assert message is not None
    nlu = {
        "intent": "ask_policy",
        "confidence": 0.52,
        "entities": [{"entity": "place", "value": "上海", "start": 0, "end": 2}],
        "ranking": [
            {"intent": "ask_policy", "confidence": 0.52},
            {"intent": "ask_wage", "confidence": 0.41},
        ],
    }
    reply = {**plain("我手上的文件没有写。"), "data": POLICY}
    answers.finish(database, message, "me", replies=[reply], nlu=nlu, now=now, pulled=PULLED)
    return accepted.inbox_id


@pytest.mark.usefixtures("signed_in")
def test_a_turn_is_found_and_corrected(
    page: Page, console: str, staffed_database: Database, picture: Picture
) -> None:
    turn = talk(staffed_database)
    page.goto(f"{console}/console/transcripts?kind=not_covered")
    page.get_by_label("找说过的话").fill("文件没有")
    expect(page).to_have_url(
        f"{console}/console/transcripts?words=%E6%96%87%E4%BB%B6%E6%B2%A1%E6%9C%89&kind=not_covered"
    )
    assert grave(page) == []
    picture(page, "transcripts")
    page.get_by_role("button", name="存为常用视图").click()
    page.get_by_role("dialog").get_by_label("给这组条件起个名字").last.fill("文件里没有的")
    assert grave(page, "[role=dialog]") == []
    page.get_by_role("button", name="存下").click()
    expect(page.get_by_role("link", name="文件里没有的")).to_be_visible()

    page.locator("body").press("j")
    expect(page.get_by_role("link", name="上海瓦匠一天几张")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("怎么理解的").click()
    expect(page.get_by_text("问工资行情 · 41%")).to_be_visible()
    expect(page.locator(".is-entity")).to_have_text("上海")
    page.get_by_role("button", name="听错了…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("应当听成").click()
    page.get_by_role("option", name="问工资行情").click()
    dialog.get_by_label("选中或填写句中的词").fill("瓦匠")
    dialog.get_by_label("是什么").click()
    page.get_by_role("option", name="工种").click()
    dialog.get_by_role("button", name="加上").click()
    expect(dialog.get_by_text("工种 瓦匠")).to_be_visible()
    assert grave(page, "[role=dialog]") == []
    picture(page, "correction")
    dialog.get_by_role("button", name="记下").click()
    expect(page.get_by_text("听错了，应为「问工资行情」")).to_be_visible()
    page.get_by_role("button", name="答得对").first.click()
    expect(page.locator(".judged")).to_have_count(2)
    review = reviews_of(staffed_database, PERSON)[turn]
    assert (review.intent, review.answer_right) == ("ask_wage", True)
    assert [mark.entity for mark in review.entities] == ["place", "trade"]
    picture(page, "conversation-reviewed")


@pytest.mark.usefixtures("signed_in")
def test_a_model_is_published_after_a_look_and_taken_back(
    page: Page, console: str, settings: Settings, staffed_database: Database, picture: Picture
) -> None:
    talk(staffed_database)
    version = made(settings, "a" * 12)
    page.goto(f"{console}/console/models")
    expect(page.get_by_text("听对 0% → 100%")).to_be_visible()
    page.get_by_role("button", name="发布…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("请先看过变化")).to_be_visible()
    assert grave(page, "[role=dialog]") == []
    dialog.get_by_role("checkbox").click()
    dialog.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("button", name="退回上一个")).to_be_visible()
    assert model_versions.published(settings).name == version.name
    picture(page, "models")
    assert grave(page) == []
    page.get_by_role("button", name="退回上一个").click()
    expect(page.get_by_text("出厂模型")).to_be_visible()
    assert model_versions.published(settings).name == ""
