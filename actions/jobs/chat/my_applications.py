"""What has become of applications: how they stand, and taking one back."""

import re
from collections.abc import Sequence

from actions.dialogue.context import Item, Shown
from actions.dialogue.replies import button, pressed, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from actions.jobs.applications import sentences as say
from actions.jobs.applications.service import Application, Applications
from actions.jobs.applications.states import OPEN, SUBMITTED, UNANSWERED
from actions.jobs.called import POSTING
from actions.jobs.cards import ApplicationCard
from actions.jobs.chat import sentences as jobs_say
from language.wording import day

APPLY = "apply_job"
APPLICATIONS = "applications"


def standing(turn: Turn, services: Services) -> Outcome:
    """Tell how somebody's applications stand, the newest first."""
    mine = services.of(Applications).of(turn.conversation, turn.now)
    if not mine:
        return Outcome((reply(say.NONE_YET, [search_button()]),))
    if len(mine) == 1:
        text = say.LINE.format(**_fields(mine[0], turn, services, 1)).removeprefix("1. ")
        return Outcome((reply(text, _ways(mine[0]), application_card(mine[0])),))
    lines = [say.LIST_HEAD]
    lines += [say.LINE.format(**_fields(each, turn, services, n)) for n, each in enumerate(mine, 1)]
    buttons = [each for one in mine[:MOST_SHOWN] for each in _ways(one, long=True)]
    card = application_card(mine[0])
    return Outcome((reply("\n".join(lines[: MOST_SHOWN + 1]), buttons, card),))


MOST_SHOWN = 6


def take_back(turn: Turn, services: Services) -> Outcome:
    """Ask whether an application is to be taken back, and do it once that was said yes to."""
    wanted = turn.value("withdraw")
    mine = services.of(Applications).of(turn.conversation, turn.now)
    open_ = [each for each in mine if each.state in OPEN]
    one = next((each for each in mine if each.code == wanted), None) or _looked_at(open_, turn)
    if one is None:
        return _back_which(open_)
    if one.state not in OPEN:
        told = _standing_words(one, turn, services)
        late = say.BACK_LATE.format(title=one.title, standing=told)
        return Outcome((reply(late, [status_button()]),))
    if turn.value("seen") == one.state and wanted == one.code:
        return _taken_back(one, turn, services)
    yes = button(say.B_BACK, APPLY, withdraw=one.code, seen=one.state)
    no = button(say.B_STAYS, "deny")
    text = say.BACK_ASK.format(title=one.title, employer=one.employer)
    return Outcome((reply(text, [yes, no]),), yes=yes, no=no)


def _looked_at(open_: Sequence[Application], turn: Turn) -> Application | None:
    """Return the application that a typed wish means: of the posting in view, or the only one."""
    focus = turn.context.focus
    seen = [each for each in open_ if f"{POSTING}{each.posting_id}" == focus]
    found = seen or list(open_)
    return found[0] if len(found) == 1 else None


def _back_which(open_: Sequence[Application]) -> Outcome:
    if not open_:
        return Outcome((reply(say.BACK_NONE, [search_button()]),))
    ways = [button(each.title, APPLY, withdraw=each.code) for each in open_]
    items = tuple(Item(each.title, pressed(APPLY, {"withdraw": each.code})) for each in open_)
    return Outcome((reply(say.BACK_WHICH, ways),), lists=(Shown(APPLICATIONS, items),))


def _taken_back(one: Application, turn: Turn, services: Services) -> Outcome:
    gone = services.of(Applications).withdraw(one.code, turn.conversation, turn.now)
    handed = gone.handed_at
    told = say.BACK_TOLD.format(day=day(handed, turn.now)) if handed else ""
    text = say.BACK_DONE.format(title=gone.title, told=told)
    again = button(say.B_AGAIN, APPLY, posting_id=gone.posting_id)
    return Outcome((reply(text, [again, search_button()], application_card(gone)),))


_THING = "岗位|职位|工作|单位|公司|厂|活"
_SENT = (
    rf"(?:投|报)(?:了|过)?的?(?:名|简历|那个|那家|那份|的|{_THING})*"
    rf"|(?:应聘|申请)(?:了|过)?的?(?:那个|那家|那份)*(?:{_THING})"
)
_BETWEEN = r"(?:[，,\s]|现在|到底|都|的|了|呢|啊|后来|今天)*"
_HOW = (
    "怎么样了?|咋样了?|怎样了|如何了|什么情况|到哪一?步"
    "|有(?:没有)?(?:消息|回音|回信|结果|回复|动静|下文|信)"
    "|结果(?:呢|出来|怎么样)|进展|进度|成没成|成了没|中了没|选上没"
)
_MINE = "(?:报名|投递|应聘)(?:记录|进度|情况|状态|结果)?$"
ASKS_STANDING = re.compile(
    rf"(?:{_SENT}){_BETWEEN}(?:{_HOW})"
    rf"|我(?:都)?(?:投|报)(?:了|过)(?:哪些|什么|几个|啥|多少)(?:{_THING})?[了呢吗？?]*$"
    rf"|(?:查|看)(?:一?下|看)?我?(?:的)?{_MINE}|^我的{_MINE}"
)
TAKES_BACK = re.compile(
    "(?:撤回|撤销|撤掉|取消|收回|退掉)(?:一?下|掉)?(?:我|刚才|之前|上次|那个|这个|岗位|的)*"
    "(?:报名|投递|应聘|岗位申请|简历)"
    "|(?:报名|投递|应聘|投的简历|报的名)(?:给我|帮我|我|想|要)*"
    "(?:撤回|撤销|撤了|取消|收回|退了|不要了|作废)"
    "|(?:不想|不|别)(?:再)?(?:投|报名|应聘)(?:那|这)?(?:个|家)?了"
)
GIVES_BACK = re.compile("不(?:想|打算|准备)?(?:再)?去了?.{0,6}(?:撤|退|取消)")
"""「那个岗位我不想去了，帮我撤了」: meant where it sounds like an application; a visit is not."""

ELSEWHERE = re.compile("培训|考试|预约|大厅|窗口|课|班|比赛|投诉|工单|退订")


GIVES_UP = re.compile("^(?:不想|不|别)")
"""「不报名了」 while the question of consent waits is a no to it."""


def asked_after(turn: Turn, services: Services) -> Outcome | None:
    """Tell how applications stand, or take one back, where a message asks for just that."""
    if not turn.text or turn.danger or ELSEWHERE.search(turn.text):
        return None
    if GIVES_UP.search(turn.text) and turn.context.no is not None:
        return None
    gives_back = turn.intent == APPLY and GIVES_BACK.search(turn.text)
    if TAKES_BACK.search(turn.text) or gives_back:
        return take_back(turn, services)
    return standing(turn, services) if ASKS_STANDING.search(turn.text) else None


def already(one: Application, turn: Turn, services: Services) -> Outcome:
    """Say that somebody has applied for a posting before, and how that stands."""
    told = _standing_words(one, turn, services)
    text = say.ALREADY.format(title=one.title, code=one.code, standing=f"现在：{told}。")
    said = reply(text, _ways(one), application_card(one))
    return Outcome((said,), {"apply_posting": None}, focus=f"{POSTING}{one.posting_id}")


def _standing_words(one: Application, turn: Turn, services: Services) -> str:
    moment = one.handed_at if one.handed_at and one.state != SUBMITTED else one.applied_at
    words = say.STANDING[one.state].format(day=day(moment, turn.now))
    if one.state in UNANSWERED and one.silent_days >= services.settings.employer_answer_days:
        words += say.SILENT.format(days=one.silent_days)
    return words if one.open_posting or one.state not in OPEN else words + say.POSTING_GONE


def _fields(one: Application, turn: Turn, services: Services, n: int) -> dict[str, object]:
    told = _standing_words(one, turn, services)
    return {
        "n": n,
        "title": one.title,
        "employer": one.employer,
        "code": one.code,
        "standing": told,
    }


def _ways(one: Application, *, long: bool = False) -> list[Button]:
    if one.state not in OPEN:
        return [] if long else [search_button()]
    title = f"{say.B_BACK}：{one.title}" if long else say.B_BACK
    back = button(title, APPLY, withdraw=one.code)
    return [back] if long else [back, staff_button()]


def status_button() -> Button:
    """Return the button that tells how somebody's applications stand."""
    return button(say.B_STATUS, APPLY, applied="1")


def search_button() -> Button:
    """Return the button that begins a search anew."""
    return button(jobs_say.B_WIDER, "search_jobs", ask="wish")


def application_card(one: Application) -> ApplicationCard:
    """Return an application as a card."""
    return ApplicationCard(id=one.code, posting_id=one.posting_id, status=one.state)
