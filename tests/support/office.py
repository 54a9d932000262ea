"""A console with everything in it: people who wait, what was said, postings, a hall's day.

Made of the demo data and of a morning's conversations, so that each page has what it is for.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from actions.appointments.records import VisitWish
from actions.appointments.service import Appointments, HallDesk
from actions.cases.desk import CaseDesk
from actions.cases.service import Cases
from actions.jobs.applications.reports import FRAUD, PostingReports
from actions.jobs.applications.service import Applications
from actions.jobs.desk import PostingDesk
from actions.jobs.life import PUBLISHED
from actions.sharing.service import BORROW, LEND, NewShare, Sharing
from actions.training.service import Training
from actions.vetting.service import Vetting
from actions.vetting.vetter import Ad
from bot.console.cases.canned import add_canned
from bot.console.transcripts.filters import Filters
from bot.console.transcripts.reviews import judge_reading
from bot.console.transcripts.saved_views import save_view
from bot.messaging import answers, leases
from bot.messaging.messages import Incoming
from knowledge.documents.feedback import record_feedback
from knowledge.documents.repository import list_documents
from store.database import Database
from store.settings import Settings
from tests.support.messaging import PULLED, handover, plain, take_in
from tests.support.numbers import hidden

Said = tuple[str, str, float, str, dict[str, Any] | None]
"""Words, intent, confidence, the answer, and its card."""

NOT_COVERED = {"kind": "policy_answer", "status": "not_covered", "citations": []}
MINUTE = timedelta(minutes=1)
LONG_AGO = timedelta(days=30)
"""No holiday between is so long: overdue at whatever hour this is done."""

TALKS: dict[str, Sequence[Said]] = {
    "zhang": (
        ("你好", "greet", 0.99, "您好，我是职达。想找工作、问政策，还是约窗口？", None),
        (
            "老板欠我三个月工资，我快撑不下去了",
            "distress",
            0.71,
            "听到您这样说，我很担心您。心理援助热线 12356 全天有人接听；我已请同事尽快联系您。",
            {"kind": "staff_case", "ticket": "GD-1", "reason": "distress"},
        ),
    ),
    "li": (
        (
            "浦东大厅排了两个小时队，没人管",
            "complain",
            0.93,
            "很抱歉让您久等。已为您登记投诉，工作人员会在今天下班前答复您。",
            {"kind": "staff_case", "ticket": "GD-2", "reason": "complaint"},
        ),
    ),
    "wang": (
        (
            "武汉有没有包住的电工",
            "search_jobs",
            0.98,
            "找到 3 个岗位，最合适的在前。",
            {"kind": "job_list", "total": 3, "jobs": []},
        ),
        ("瓦匠一天几张", "ask_policy", 0.48, "我手上的文件没有写这件事，不敢乱说。", NOT_COVERED),
        (
            "我要找人工",
            "talk_to_staff",
            0.97,
            "好的，已请工作人员，最晚今天 17:00 前答复您。",
            {"kind": "staff_case", "ticket": "GD-3", "reason": "handoff"},
        ),
    ),
    "zhao": (
        (
            "失业金怎么领",
            "ask_policy",
            0.96,
            "可以在网上申领，也可以到窗口办。",
            {"kind": "policy_answer", "status": "answered", "citations": []},
        ),
        ("高温津贴多少钱一天", "ask_policy", 0.88, "我手上的文件没有写具体金额。", NOT_COVERED),
        (
            "约明天上午去办社保转移",
            "book_window",
            0.95,
            "给您找到三个时段，点一个就能约上。",
            {"kind": "slot_list", "slots": []},
        ),
    ),
    "chen": (
        ("高温津贴什么时候发", "ask_policy", 0.84, "我手上的文件没有写这件事。", NOT_COVERED),
        ("哦谢谢", "thank", 0.99, "不客气，有事随时找我。", None),
    ),
}


def fill(
    database: Database, settings: Settings, *, staff: str, staff_id: int, now: datetime
) -> None:
    """Let a morning pass; the demo data are there already."""
    _talk(database, now)
    _wait(database, staff, now)
    _review(database, staff, staff_id, now)
    _apply(database, settings, now)
    _sign_up(database, now)
    _visit(database, now)


def person(name: str) -> str:
    """Return whose conversation it is."""
    return f"web:{name}"


def _talk(database: Database, now: datetime) -> None:
    begin = now - 150 * MINUTE
    for days in range(6, -1, -1):
        for number, (name, said) in enumerate(TALKS.items()):
            if days and number % 4 == days % 4:
                continue
            who = name if days == 0 else f"{name}-{days}"
            for turn, one in enumerate(said):
                at = begin - timedelta(days=days) + (20 * number + turn) * MINUTE
                _say(database, who, f"{days}-{number}-{turn}", one, at)


def _say(database: Database, who: str, key: str, said: Said, at: datetime) -> None:
    words, intent, confidence, answer, card = said
    take_in(database, Incoming("web", key, who, words, at))
    message = leases.claim(database, person(who), "me", now=at)
    assert message is not None
    entities = [
        {
            "entity": kind,
            "value": name,
            "start": words.index(name),
            "end": words.index(name) + len(name),
        }
        for kind, name in (
            ("place", "武汉"),
            ("trade", "电工"),
            ("trade", "瓦匠"),
            ("hall", "浦东大厅"),
        )
        if name in words
    ]
    others = [each for each in ("ask_wage", "ask_policy", "search_jobs") if each != intent]
    ranking = [(intent, confidence), (others[0], round(0.8 * (1 - confidence), 3))]
    nlu = {
        "intent": intent,
        "confidence": confidence,
        "entities": entities,
        "ranking": [{"intent": name, "confidence": sure} for name, sure in ranking],
        "commands": [{"command": "start", "task": intent}],
    }
    answers.finish(
        database,
        message,
        "me",
        replies=[{**plain(answer), "data": card}],
        nlu=nlu,
        now=at + timedelta(seconds=0.4),
        pulled=PULLED,
    )


def _wait(database: Database, staff: str, now: datetime) -> None:
    """Open cases of each kind, one of them taken, one of them closed with an answer."""
    cases, desk = Cases(database), CaseDesk(database)

    def opened(name: str, reason: str, summary: str, at: datetime) -> str:
        case = cases.open(
            conversation=person(name), reason=reason, summary=summary, request_key=name, now=at
        )
        return case.ticket

    opened("zhang", "distress", "老板欠薪三个月，情绪低落，请尽快联系", now - LONG_AGO)
    complaint = opened("li", "complaint", "浦东大厅排了两个小时队，没人管", now - LONG_AGO)
    desk.sort(complaint, "waiting")
    desk.label(complaint, ["待补材料", "等回电"])
    desk.note(complaint, "已请大厅主任核实当天窗口开放情况。", staff="李强", now=now - 20 * MINUTE)
    opened("wang", "handoff", "来访者要求转人工：问瓦匠日工资", now - 5 * MINUTE)
    handover(database).claim(person("wang"), staff=staff)
    closed = opened("zhao", "handoff", "问高温津贴的金额和发放月份", now - timedelta(days=1))
    answer = "上海每月 300 元，6 至 9 月发，用人单位不发可以投诉。"
    cases.close(closed, staff="李强", now=now - 30 * MINUTE, answer=answer)
    cases.rate(closed, conversation=person("zhao"), satisfied=True)


def _review(database: Database, staff: str, staff_id: int, now: datetime) -> None:
    save_view(database, staff_id, "文件里没有的", Filters(kind="not_covered"))
    add_canned(
        database,
        "欠薪先报这些",
        "请补充：单位全称、欠薪月份、金额、劳动合同照片。",
        staff=staff,
        now=now,
    )
    document = next(each for each in list_documents(database) if each.status == "published")
    for name, question, helpful in (
        ("zhao", "高温津贴多少钱一天", False),
        ("chen", "高温津贴什么时候发", False),
        ("zhao", "失业金怎么领", True),
    ):
        record_feedback(
            database,
            conversation=person(name),
            question=question,
            doc_id=document.doc_id,
            section="第三条",
            quote="",
            status="answered" if helpful else "not_covered",
            confidence=0.62,
            helpful=helpful,
            now=now - 15 * MINUTE,
        )
    from bot.messaging.search.turns import TurnFilter, find_turns

    for turn in find_turns(database, TurnFilter(words="瓦匠")).turns[:1]:
        judge_reading(
            database, turn.id, right=False, intent="ask_wage", entities=(), staff=staff, now=now
        )


def _apply(database: Database, settings: Settings, now: datetime) -> None:
    postings, _ = PostingDesk(database).listed(words="", states=(PUBLISHED,), page=1)
    applications = Applications.over(database, settings)
    for name, phone, line in zip(
        ("wang", "chen"), ("13812345678", "13987654321"), postings, strict=False
    ):
        number = hidden(database, settings, person(name), phone)
        applications.send(
            person(name),
            line.id,
            phone=number,
            name="王师傅",
            consent="同意把姓名和电话交给单位",
            now=now - 40 * MINUTE,
        )
    PostingReports(database).file(postings[-1].id, person("zhao"), "GD-9", FRAUD, now)
    vetting = Vetting(database)
    for number, text in enumerate(
        (
            "招前台，女，30岁以下，形象好，月薪 5000，武汉江汉",
            "招普工，先交 300 元服装费，日结 200，上海松江",
        )
    ):
        review = vetting.vet(Ad(text=text))
        vetting.keep(person("li"), text, review, request_key=str(number), now=now - 60 * MINUTE)


def _sign_up(database: Database, now: datetime) -> None:
    training, sharing = Training(database), Sharing(database)
    for course in [one for one in training.all() if one.seats][:2]:
        training.sign_up(course.id, person("wang"), "同意把报名信息交给学校", now - 25 * MINUTE)
    for name, side, firm in (("li", LEND, "示例机电厂"), ("zhao", BORROW, "示例船舶厂")):
        share = NewShare(side, "焊工", 20, "320500", "两个月", f"{firm} 陈经理")
        sharing.keep(share, person(name), "1", now - 70 * MINUTE)


def _visit(database: Database, now: datetime) -> None:
    """Let people book for today, as far as today's halls are open."""
    desk, windows = HallDesk(database), Appointments(database)
    hall = windows.halls()[0].name
    business = windows.businesses()[0].name
    for _ in range(3):
        desk.walk_in(hall, business, now=now)
    offered = windows.offer(VisitWish(business, hall), now=now, limit=3)
    for number, slot in enumerate(offered.slots):
        owner = person(("zhao", "wang", "chen")[number])
        held = windows.hold(
            owner=owner, slot_id=slot.id, business=business, request_key="v", now=now
        )
        windows.confirm(owner, held.code, now=now)
