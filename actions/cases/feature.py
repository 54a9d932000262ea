"""Handing over to a person: at a wish, at a complaint, in distress."""

from actions.cases.called import TOPICS
from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Card, Feature, Intent, PersonalData
from actions.dialogue.tasks import Task, Topic
from actions.dialogue.values import Text

_CHAT = "actions.cases.chat.handoff"

CASES = Feature(
    name="cases",
    menu=("转人工", "talk_to_staff"),
    intents=(
        Intent("complain", "投诉", "action_complain", task="case", under_rules=True),
        Intent("talk_to_staff", "转人工", "action_talk_to_staff", task="case"),
        Intent("distress", "我遇到难处", "action_distress", task="case"),
    ),
    actions={
        "action_talk_to_staff": Deferred(f"{_CHAT}:talk_to_staff"),
        "action_complain": Deferred(f"{_CHAT}:complain"),
        "action_distress": Deferred(f"{_CHAT}:distress"),
    },
    button_keys=(Text("close", 20), Text("rate", 20), Text("rated", 20)),
    tasks=(Task("case", "talk_to_staff", "转人工", (), begins=False),),
    topics=tuple(
        Topic(name, words, within=("case",), of="case:", takes_rest=name == "case_more")
        for name, words in TOPICS.items()
    ),
    tells=Deferred("actions.cases.chat.follow_up:tell"),
    exact=(Deferred("actions.cases.chat.case_codes:named_case"),),
    belongings=Deferred("actions.cases.belongings:open_cases"),
    cards=(Card("staff_case", Deferred("actions.cases.cards:CaseCard")),),
    offers={"open_case": Deferred(f"{_CHAT}:open_case")},
    personal_data=(
        PersonalData("cases", "conversation", "在哪个会话里答复"),
        PersonalData("case_requests", "conversation", "同一请求不重复开单"),
        PersonalData("cases", "summary", "来人最后说的话，供工作人员了解情况"),
    ),
    holdings=(Deferred("actions.cases.holding:CaseHolding"),),
    retention=(Deferred("actions.cases.retention:rules"),),
)
