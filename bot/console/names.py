"""What things of the assistant are called in the console: channels, intents, outcomes."""

from collections.abc import Mapping
from typing import Any, Final

from actions.features import FEATURES
from actions.jobs.applications import states

CHANNELS: Final = {
    "web": "网页",
    "telegram": "Telegram",
    "wechat": "公众号",
    "wecom": "微信客服",
    "bridge": "对接",
    "bridge2": "对接",
    "terminal": "终端",
}
_INTENTS: Final = {"nlu_fallback": "没听懂", "out_of_scope": "不在服务范围"}
_OUTCOMES: Final = {
    "fallback": "没听懂",
    "policy_answer:answered": "引文件作答",
    "policy_answer:not_covered": "文件里没有",
    "policy_answer:outdated": "只有失效的规定",
    "policy_answer:which_region": "问了是哪里",
    "staff_case:handoff": "转人工",
    "staff_case:complaint": "开了投诉单",
    "staff_case:distress": "请人关怀",
    "job_list": "给了岗位",
    "slot_list": "给了时段",
    "booking:held": "占了号",
    "booking:confirmed": "约上了",
    "booking:cancelled": "取消了预约",
    "silent": "人工答复",
    "crowd": "说了人流",
    "profile": "给看了资料",
    "new_talk": "新的对话",
}
APPLICATION_STATES: Final = {
    states.SUBMITTED: "待转交",
    states.HANDED: "已转交",
    states.INVITED: "约面试",
    states.HIRED: "已录用",
    states.DECLINED: "未录用",
    states.WITHDRAWN: "已撤回",
}
_COMMANDS: Final = {
    "start": "要办",
    "set": "填",
    "correct": "改成",
    "exclude": "不要",
    "drop": "不再要求",
    "choose": "选",
    "page": "翻页",
    "confirm": "同意",
    "decline": "不同意",
    "cancel": "不办了",
    "resume": "接着办",
    "ask": "问",
    "repeat": "再说一遍",
    "clarify": "追问",
    "hand_off": "找人工",
    "chat": "闲谈",
}
DANGERS: Final = {
    "self_harm": "轻生",
    "threat": "扬言伤人",
    "violence": "受到暴力",
    "coercion": "被强迫",
    "fraud": "受骗",
    "abuse": "受虐待、骚扰",
    "destitution": "生活无着",
}
ENTITIES: Final = {"place": "地点", "trade": "工种", "business": "业务", "hall": "大厅"}


def intent(name: str) -> str:
    """Return an intent in words that a clerk understands."""
    known = FEATURES.intents.get(name)
    return _INTENTS.get(name) or (known.title if known else name)


def reading(name: str, confidence: float | None) -> str:
    """Return how a message was understood, and how surely."""
    return intent(name) if confidence is None else f"{intent(name)} · {confidence:.0%}"


def outcome(name: str | None) -> str:
    """Return what became of a message; empty for what needs no word."""
    return "" if name in (None, "words") else _OUTCOMES.get(name or "", "")


def entity(name: str) -> str:
    """Return the kind of a name found in a message."""
    return ENTITIES.get(name, name)


def command(given: Mapping[str, Any]) -> str:
    """Return what a message was read as, one command of it."""
    verb = _COMMANDS.get(str(given.get("command")), str(given.get("command")))
    about = str(given.get("task") or "")
    tasks = {task.name: task.intent for task in FEATURES.tasks}
    words = [verb, intent(tasks.get(about, about)) if about else ""]
    value = given.get("value", given.get("item"))
    return " ".join([*(word for word in words if word), *([f"“{value}”"] if value else [])])
