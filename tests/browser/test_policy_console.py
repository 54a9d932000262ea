"""Staff look after policy documents in a browser: the real services, database and index."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from bot.console.policies.changes import list_changes
from bot.messaging.messages import Incoming
from knowledge.answering.answerer import PolicyAnswerer
from knowledge.documents.editing import remove_document
from knowledge.documents.feedback import record_feedback
from knowledge.documents.repository import Document, get_document, list_documents
from knowledge.documents.sample_questions import staff_sample_questions
from knowledge.documents.tables import PolicyDocument, PolicyUnit
from knowledge.parsing.formats.kinds import MAX_BYTES
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.browser.pictures import Picture
from tests.browser.staff import NAME
from tests.support.messaging import take_in

# The encoder takes long to load: in a parallel run one process does it.
pytestmark = [pytest.mark.usefixtures("signed_in"), pytest.mark.xdist_group("encoder")]

LIVE_MS = 120_000  # the first index of a process loads the encoder; a bound, not a measure
TITLE = "某市人力资源和社会保障局关于规范现场招聘会的通知"
NOTICE = f"""{TITLE}
各区人力资源和社会保障局：
为规范现场招聘会，现将有关事项通知如下：
一、提前报告。主办单位应当在招聘会举办前二十日，向所在区的人社部门报告时间、地点和规模。
二、如实发布。招聘信息应当写明单位、岗位、人数和工资，不得含有歧视性内容。
三、分时段入场。入场人数按场地面积控制，求职者可以提前预约入场时段，不用现场排队。
某市人力资源和社会保障局
2026年1月5日
"""


@dataclass(frozen=True)
class Office:
    """A console, and the answers that people get meanwhile."""

    url: str
    database: Database
    library: PolicyAnswerer

    def document(self) -> Document:
        """Return the one document there is."""
        (found,) = list_documents(self.database)
        whole = get_document(self.database, found.doc_id)
        assert whole is not None
        return whole

    def answers(self, question: str) -> list[str]:
        """Return the quotes of the answer to ``question``."""
        answer = self.library.answer(question, now=utc_now())
        return [citation.quote for citation in answer.citations]


@pytest.fixture
def office(staffed_database: Database, settings: Settings, console: str) -> Office:
    return Office(console, staffed_database, PolicyAnswerer(staffed_database, settings))


def shelved(number: int) -> PolicyDocument:
    """Return a document for the database, the higher the newer."""
    return PolicyDocument(
        id=f"p{number:02}",
        version=1,
        kind="notice",
        title=f"通知 {number:02}",
        doc_no=f"某人社发〔2026〕{number}号",
        issuer="某市人社局",
        region="310000",
        issued_on=date(2026, 1, 1) + timedelta(days=number),
        occasion="",
        guessed=[],
        text="一、正文。",
        source=str(number),
        content_hash=str(number),
        added_at=utc_now(),
        updated_at=utc_now(),
        units=[PolicyUnit(number=1, kind="item", key="1", path=["一、正文"], start=0, end=5)],
    )


def enter(page: Page, office: Office) -> None:
    page.goto(f"{office.url}/console/policies")


def hand_in(page: Page, name: str, content: bytes) -> None:
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    page.locator("input[type=file]").set_input_files(file)


def live(page: Page) -> None:
    expect(page.get_by_text("起已按最新内容回答")).to_be_visible(timeout=LIVE_MS)


def upload(page: Page) -> None:
    hand_in(page, "通知.txt", NOTICE.encode())
    outcome = page.get_by_text("已存为草稿，请核对后发布")
    expect(outcome).to_be_visible(timeout=LIVE_MS)


def publish(page: Page, office: Office) -> None:
    """Bring the notice from a file to the answers."""
    enter(page, office)
    upload(page)
    page.get_by_role("link", name="打开").click()
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("button", name="确认发布").click()
    live(page)


def test_from_a_file_to_the_answers(page: Page, office: Office, picture: Picture) -> None:
    page.goto(f"{office.url}/console")
    page.get_by_role("link", name="政策", exact=True).click()
    expect(page.get_by_text("还没有文件")).to_be_visible()
    upload(page)
    expect(page.locator(".documents").get_by_text("草稿")).to_be_visible()
    picture(page, "console-policies")
    assert list_documents(office.database) == []

    page.get_by_role("link", name="打开").click()
    title = page.get_by_label("标题")
    expect(title).to_have_value(TITLE)
    expect(page.get_by_text("一、提前报告。主办单位")).to_be_visible()
    picture(page, "console-draft")
    page.get_by_label("适用地区").fill("上海市")
    page.get_by_label("文号").fill("某人社发〔2026〕3号")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("人工填写")).to_have_count(2)

    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("button", name="确认发布").click()
    live(page)
    document = office.document()
    assert (document.region, document.doc_no) == ("310000", "某人社发〔2026〕3号")
    assert document.status == "published"
    assert any("前二十日" in quote for quote in office.answers("招聘会要提前多少天报告"))
    expect(page.get_by_role("link", name="公开页面")).to_have_attribute("href", document.url)
    who = [
        (change.staff, change.action) for change in list_changes(office.database, document.doc_id)
    ]
    assert who == [(NAME, "publish"), (NAME, "correct"), (NAME, "upload")]
    expect(page.get_by_text("王芳 更正信息")).to_be_visible()
    picture(page, "console-document")


def test_a_new_version_takes_the_place_of_the_published_one(
    page: Page, office: Office, picture: Picture
) -> None:
    publish(page, office)
    published = office.document()
    page.get_by_role("link", name="政策文件", exact=True).click()
    hand_in(page, "新版.txt", NOTICE.replace("二十日", "三十日").encode())
    expect(page.get_by_text("新版已存为草稿")).to_be_visible(timeout=LIVE_MS)
    page.get_by_role("link", name="打开").click()
    note = page.locator(".warning", has_text="这是一份已发布文件的新版本")
    expect(note.get_by_role("link", name=TITLE)).to_have_attribute(
        "href", f"/console/policy?id={published.doc_id}"
    )
    picture(page, "console-new-version")
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("button", name="确认发布").click()
    page.wait_for_url(f"{office.url}/console/policy?id={published.doc_id}", timeout=LIVE_MS)
    expect(page.get_by_text("三十日")).to_be_visible()
    now = office.document()
    assert (now.doc_id, now.version) == (published.doc_id, 2)
    assert list_documents(office.database, drafts=True) == list_documents(office.database)
    record = [change.action for change in list_changes(office.database, now.doc_id)]
    assert record == ["publish", "upload", "publish", "upload"]


def test_one_is_found_among_many(page: Page, office: Office) -> None:
    with office.database.write() as session:
        session.add_all(shelved(number) for number in range(60))
        session.commit()
    remove_document(office.database, "p07", now=utc_now())
    enter(page, office)
    titles = page.locator(".documents .row-link")
    expect(page.get_by_text("共 59 份")).to_be_visible()
    expect(titles).to_have_count(25)
    expect(titles.first).to_have_text("通知 59")
    page.get_by_role("button", name="3", exact=True).click()
    expect(titles).to_have_count(9)
    page.get_by_label("查找文件").fill("某人社发[2026]42號")
    expect(page.get_by_text("共 1 份")).to_be_visible()
    expect(titles).to_have_text(["通知 42"])
    page.get_by_label("查找文件").fill("")
    page.get_by_role("button", name="已移除").click()
    expect(titles).to_have_text(["通知 07"])
    page.get_by_role("button", name="只看草稿").click()
    expect(page.get_by_text("没有符合条件的文件")).to_be_visible()


def test_what_a_document_supersedes_is_looked_for(page: Page, office: Office) -> None:
    with office.database.write() as session:
        session.add_all(shelved(number) for number in range(60))
        session.commit()
    enter(page, office)
    page.get_by_role("link", name="通知 59").click()
    page.get_by_role("button", name="取代另一份文件").click()
    page.get_by_label("被取代的文件").fill("2026 3号")
    page.get_by_role("option", name="通知 03").click()
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_role("link", name="通知 03")).to_have_attribute(
        "href", "/console/policy?id=p03"
    )
    live(page)
    older = get_document(office.database, "p03")
    assert older is not None
    assert older.superseded_by == "p59"


def test_what_cannot_be_read_is_refused_with_a_reason(
    page: Page, office: Office, tmp_path: Path
) -> None:
    enter(page, office)
    hand_in(page, "扫描.pdf", b"not a pdf at all, whatever it is called")
    expect(page.get_by_text("扫描.pdf：没有导入，")).to_be_visible(timeout=LIVE_MS)
    large = tmp_path / "太大.txt"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_text("文件没有上传")).to_be_visible()
    expect(page.get_by_text("还没有文件")).to_be_visible()


def test_a_mistake_in_the_form_is_said_and_nothing_changes(page: Page, office: Office) -> None:
    enter(page, office)
    upload(page)
    page.get_by_role("link", name="打开").click()
    page.get_by_label("适用地区").fill("没有这个地方")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("请写全称")).to_be_visible()
    (draft,) = list_documents(office.database, drafts=True)
    assert (draft.corrected, draft.revision) == ((), 1)


def test_asks_are_added_and_taken_back(page: Page, office: Office, picture: Picture) -> None:
    publish(page, office)
    third = page.locator(".section", has_text="分时段入场")
    third.get_by_role("button", name="添加问法").click()
    page.get_by_label("一种问法").fill("去逛招聘会要不要等很久")
    page.get_by_role("button", name="添加", exact=True).click()
    expect(third.get_by_text("去逛招聘会要不要等很久")).to_be_visible()
    live(page)
    (ask,) = staff_sample_questions(office.database)
    assert (ask.sections, ask.added_by) == (("3",), NAME)
    picture(page, "console-asks")
    third.get_by_role("button", name="删除问法").click()
    expect(third.get_by_text("去逛招聘会要不要等很久")).to_have_count(0)
    assert staff_sample_questions(office.database) == ()


def test_a_document_lapses_and_goes(page: Page, office: Office) -> None:
    publish(page, office)
    doc_id = office.document().doc_id
    page.get_by_role("button", name="设定失效日期").click()
    page.get_by_label("从哪天起不再有效").fill("2026-02-01")
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_text("自2026年2月1日起不再适用")).to_be_visible()
    live(page)
    page.get_by_role("button", name="移除").click()
    page.get_by_role("button", name="确认移除").click()
    expect(page.get_by_role("button", name="重新发布")).to_be_visible()
    live(page)
    assert list_documents(office.database) == []
    assert office.answers("招聘会要提前多少天报告") == []
    gone = page.request.get(f"{office.url}/policies/{doc_id}")
    assert gone.status == 410


def test_an_unhelpful_answer_becomes_an_ask(page: Page, office: Office, picture: Picture) -> None:
    publish(page, office)
    document = office.document()
    take_in(office.database, Incoming("web", "1", "visitor", "逛招聘会得排多久", utc_now()))
    for helpful, question in ((False, "逛招聘会得排多久"), (True, "招聘会要提前几天报告")):
        record_feedback(
            office.database,
            conversation="web:visitor",
            question=question,
            doc_id=document.doc_id,
            section="一、提前报告",
            quote="主办单位应当在招聘会举办前二十日",
            status="answered",
            confidence=0.62,
            helpful=helpful,
            now=utc_now(),
        )
    page.get_by_role("link", name="政策", exact=True).click()
    page.get_by_role("link", name="答案反馈").click()
    expect(page.get_by_text("近 30 天：1 次有帮助，1 次没帮助。")).to_be_visible()
    judgement = page.get_by_role("article")
    expect(judgement).to_have_count(1)
    expect(judgement).to_contain_text("逛招聘会得排多久")
    picture(page, "console-feedback")
    judgement.get_by_role("button", name="加成某一节的问法").click()
    expect(page.get_by_label("问法", exact=True)).to_have_value("逛招聘会得排多久")
    page.get_by_label("哪一节").click()
    page.get_by_role("option", name="分时段入场").click()
    picture(page, "console-feedback-ask")
    page.get_by_role("button", name="添加", exact=True).click()
    live(page)
    assert [ask.text for ask in staff_sample_questions(office.database)] == ["逛招聘会得排多久"]
    judgement.get_by_role("link", name="看对话").click()
    expect(page.get_by_role("log")).to_contain_text("逛招聘会得排多久")
