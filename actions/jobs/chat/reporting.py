"""A posting that somebody reports: a finding of ours, and what the case is about."""

import re

from actions.dialogue.services import Services
from actions.dialogue.subjects import Subject
from actions.dialogue.turn import Turn
from actions.jobs.applications import sentences as say
from actions.jobs.applications.reports import FRAUD, OTHER, PostingReports
from actions.jobs.called import POSTING
from actions.jobs.service import Jobs

ABOUT = re.compile(
    "岗位|招聘|招工|职位|工作|公司|单位|企业|厂|老板|中介|这家|那家|这个|那个|它|举报"
    "|骗|假|坑|押金|保证金|培训费|体检费|服装费|收费|收钱|交钱|传销|刷单|黑"
)
ELSEWHERE = re.compile("窗口|大厅|工作人员|办事员|客服|你们(?:的)?(?:态度|服务)|排队|预约|机器人")
FRAUDULENT = re.compile("骗|假|押金|保证金|[费钱]|传销|刷单|贷款|扣.{0,3}(?:证|身份)|黑中介")


def subject(turn: Turn, services: Services) -> Subject | None:
    """Return the posting that is looked at, where the words are about one."""
    focus = turn.context.focus or ""
    about = not turn.text or (ABOUT.search(turn.text) and not ELSEWHERE.search(turn.text))
    if not focus.startswith(POSTING) or not about:
        return None
    posting = services.of(Jobs).get(focus.removeprefix(POSTING), now=turn.now)
    if posting is None:
        return None
    category = FRAUD if FRAUDULENT.search(turn.text) or turn.danger else OTHER
    named = {"code": posting.id, "title": posting.title, "employer": posting.employer}

    def filed(ticket: str) -> None:
        reports = services.of(PostingReports)
        reports.file(posting.id, turn.conversation, ticket, category, turn.now)

    return Subject(say.SUBJECT.format(**named), say.TITLE.format(**named), "posting", filed)
