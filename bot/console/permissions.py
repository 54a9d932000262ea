"""Who may do what: permissions, what is done by each, and the roles that have them.

A page and a route of the console are declared with a permission (``feature``); whatever staff
change is a ``Deed``, which has one and is recorded (``acting``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Final


class Permission(StrEnum):
    """What somebody may do: ``feature.action``."""

    CONVERSATIONS_READ = "conversations.read"
    CONVERSATIONS_REPLY = "conversations.reply"
    CASES_CLOSE = "cases.close"
    TRANSCRIPTS_REVIEW = "transcripts.review"
    MODELS_PUBLISH = "models.publish"
    PERSONAL_REVEAL = "personal.reveal"
    APPOINTMENTS_READ = "appointments.read"
    APPOINTMENTS_SERVE = "appointments.serve"
    APPOINTMENTS_CLOSE_HALL = "appointments.close_hall"
    POLICIES_READ = "policies.read"
    POLICIES_EDIT = "policies.edit"
    POLICIES_PUBLISH = "policies.publish"
    VETTING_DECIDE = "vetting.decide"
    POSTINGS_READ = "postings.read"
    POSTINGS_EDIT = "postings.edit"
    APPLICATIONS_HANDLE = "applications.handle"
    ACCOUNT_OWN = "account.own"
    STAFF_MANAGE = "staff.manage"
    AUDIT_READ = "audit.read"
    CHANNELS_READ = "channels.read"


class Deed(Enum):
    """Everything that staff change: its name in the record, what staff call it, the permission."""

    CLAIM = "conversations.claim", "领取或放回", Permission.CONVERSATIONS_REPLY
    TAKE_FROM = "conversations.take_from", "从同事手中接过", Permission.CONVERSATIONS_REPLY
    TAKE_OVER = "conversations.take_over", "接管对话", Permission.CONVERSATIONS_REPLY
    GIVE_BACK = "conversations.give_back", "交还智能助手", Permission.CONVERSATIONS_REPLY
    SAY = "conversations.say", "回复来访者", Permission.CONVERSATIONS_REPLY
    CLOSE_CASE = "cases.close", "办结工单", Permission.CASES_CLOSE
    REOPEN_CASE = "cases.reopen", "重新打开工单", Permission.CASES_CLOSE
    NOTE_CASE = "cases.note", "添加备注", Permission.CASES_CLOSE
    SORT_CASE = "cases.sort", "给工单分类、加标签", Permission.CASES_CLOSE
    CANNED_ANSWER = "conversations.canned", "增删常用回复", Permission.CONVERSATIONS_REPLY
    REVIEW = "transcripts.review", "核对对话", Permission.TRANSCRIPTS_REVIEW
    PUBLISH_MODEL = "models.publish", "发布对话模型", Permission.MODELS_PUBLISH
    ROLL_BACK_MODEL = "models.roll_back", "退回上一个模型", Permission.MODELS_PUBLISH
    REVEAL = "personal.reveal", "查看完整号码", Permission.PERSONAL_REVEAL
    CHECK_IN = "appointments.check_in", "签到", Permission.APPOINTMENTS_SERVE
    WALK_IN = "appointments.walk_in", "登记现场来人", Permission.APPOINTMENTS_SERVE
    CALL = "appointments.call", "叫号", Permission.APPOINTMENTS_SERVE
    FINISH = "appointments.finish", "窗口办结", Permission.APPOINTMENTS_SERVE
    UNDO = "appointments.undo", "撤销叫号或办结", Permission.APPOINTMENTS_SERVE
    CLOSE_HALL = "appointments.close_hall", "临时停办", Permission.APPOINTMENTS_CLOSE_HALL
    REOPEN_HALL = "appointments.reopen_hall", "取消停办", Permission.APPOINTMENTS_CLOSE_HALL
    UPLOAD = "policies.upload", "上传文件", Permission.POLICIES_EDIT
    CORRECT = "policies.correct", "更正文件信息", Permission.POLICIES_EDIT
    ADD_ASK = "policies.add_ask", "添加问法", Permission.POLICIES_EDIT
    REMOVE_ASK = "policies.remove_ask", "删除问法", Permission.POLICIES_EDIT
    PUBLISH = "policies.publish", "发布文件", Permission.POLICIES_PUBLISH
    EXPIRE = "policies.expire", "设定文件失效日期", Permission.POLICIES_PUBLISH
    SUPERSEDE = "policies.supersede", "记录取代关系", Permission.POLICIES_PUBLISH
    REMOVE = "policies.remove", "移除文件", Permission.POLICIES_PUBLISH
    DECIDE_DRAFT = "vetting.decide", "审核招聘草稿", Permission.VETTING_DECIDE
    SET_WAGE = "vetting.set_wage", "登记最低工资", Permission.VETTING_DECIDE
    IMPORT_POSTINGS = "postings.import", "导入岗位", Permission.POSTINGS_EDIT
    SET_WAGE_GUIDE = "wages.set", "登记工资价位", Permission.POSTINGS_EDIT
    EDIT_COURSE = "training.edit", "登记培训班", Permission.POSTINGS_EDIT
    CLOSE_COURSE = "training.close", "撤下培训班", Permission.POSTINGS_EDIT
    SETTLE_SIGN_UP = "training.settle", "处理培训报名", Permission.POSTINGS_EDIT
    END_SHARE = "sharing.end", "结束用工余缺登记", Permission.POSTINGS_EDIT
    REMOVE_WAGE_GUIDE = "wages.remove", "撤下工资价位", Permission.POSTINGS_EDIT
    MOVE_POSTING = "postings.move", "变更岗位状态", Permission.POSTINGS_EDIT
    SETTLE_REPORT = "postings.settle_report", "核实岗位举报", Permission.POSTINGS_EDIT
    HAND_APPLICATION = "applications.hand", "转交报名", Permission.APPLICATIONS_HANDLE
    MOVE_APPLICATION = "applications.move", "变更报名状态", Permission.APPLICATIONS_HANDLE
    CHANGE_PASSWORD = "account.password", "更换密码", Permission.ACCOUNT_OWN
    TURN_TOTP_ON = "account.totp_on", "开启动态码", Permission.ACCOUNT_OWN
    TURN_TOTP_OFF = "account.totp_off", "关闭动态码", Permission.ACCOUNT_OWN
    ADD_STAFF = "staff.add", "新建账号", Permission.STAFF_MANAGE
    CHANGE_ROLE = "staff.role", "更换岗位", Permission.STAFF_MANAGE
    SET_PASSWORD = "staff.password", "重设密码", Permission.STAFF_MANAGE
    DISABLE_STAFF = "staff.disable", "停用账号", Permission.STAFF_MANAGE
    END_SESSIONS = "staff.end_sessions", "结束登录", Permission.STAFF_MANAGE
    RESET_TOTP = "staff.reset_totp", "重置动态码", Permission.STAFF_MANAGE

    def __init__(self, action: str, title: str, permission: Permission) -> None:
        self.action = action
        self.title = title
        self.permission = permission


class Role(StrEnum):
    """The post of a member of staff."""

    READER = "reader"
    REVIEWER = "reviewer"
    AGENT = "agent"
    COUNTER = "counter"
    MANAGER = "manager"
    ADMIN = "admin"


@dataclass(frozen=True)
class Post:
    """What a role is called, and what it may do."""

    title: str
    may: frozenset[Permission]


_OWN: Final = {Permission.ACCOUNT_OWN}
_READS: Final = _OWN | {
    Permission.CONVERSATIONS_READ,
    Permission.APPOINTMENTS_READ,
    Permission.POLICIES_READ,
    Permission.POSTINGS_READ,
}
_ANSWERS: Final = {
    Permission.CONVERSATIONS_REPLY,
    Permission.CASES_CLOSE,
    Permission.PERSONAL_REVEAL,
    Permission.APPLICATIONS_HANDLE,
}

_REVIEWS: Final = {
    Permission.POLICIES_EDIT,
    Permission.TRANSCRIPTS_REVIEW,
    Permission.VETTING_DECIDE,
}

POSTS: Mapping[Role, Post] = MappingProxyType(
    {
        Role.READER: Post("读者", frozenset(_READS)),
        Role.REVIEWER: Post("审阅员", frozenset(_READS | _REVIEWS)),
        Role.AGENT: Post("坐席", frozenset(_READS | _ANSWERS)),
        Role.COUNTER: Post(
            "窗口", frozenset(_OWN | {Permission.APPOINTMENTS_READ, Permission.APPOINTMENTS_SERVE})
        ),
        Role.MANAGER: Post("主管", frozenset(set(Permission) - {Permission.STAFF_MANAGE})),
        Role.ADMIN: Post("管理员", frozenset(Permission)),
    }
)


_MAY: Mapping[str, frozenset[Permission]] = {role: post.may for role, post in POSTS.items()}


def table() -> str:
    """Return which role has which permission, as Markdown."""
    heads = [f"`{role}` {post.title}" for role, post in POSTS.items()]
    lines = [["permission", *heads], ["---"] * (len(heads) + 1)]
    lines += [
        [f"`{one}`", *("✓" if one in post.may else "" for post in POSTS.values())]
        for one in Permission
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def may(role: str, permission: Permission) -> bool:
    """Tell whether a role, as it is stored, has a permission; one that we do not know has none."""
    return permission in _MAY.get(role, ())


if __name__ == "__main__":
    print(table())
