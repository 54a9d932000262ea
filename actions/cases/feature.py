"""Handing over to a person: at a wish, at a complaint, in distress."""

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Card, Feature, Intent, PersonalData

_CHAT = "actions.cases.chat.handoff"

CASES = Feature(
    name="cases",
    menu=("转人工", "talk_to_staff"),
    intents=(
        Intent("complain", "投诉", "action_complain"),
        Intent("talk_to_staff", "转人工", "action_talk_to_staff"),
        Intent("distress", "我遇到难处", "action_distress"),
    ),
    actions={
        "action_talk_to_staff": Deferred(f"{_CHAT}:talk_to_staff"),
        "action_complain": Deferred(f"{_CHAT}:complain"),
        "action_distress": Deferred(f"{_CHAT}:distress"),
    },
    exact=(Deferred("actions.cases.chat.case_codes:named_case"),),
    belongings=Deferred("actions.cases.belongings:open_cases"),
    cards=(Card("staff_case", Deferred("actions.cases.cards:CaseCard")),),
    personal_data=(
        PersonalData("cases", "conversation", "在哪个会话里答复"),
        PersonalData("case_requests", "conversation", "同一请求不重复开单"),
        PersonalData("cases", "summary", "来人最后说的话，供工作人员了解情况"),
    ),
    holdings=(Deferred("actions.cases.holding:CaseHolding"),),
    retention=(Deferred("actions.cases.retention:rules"),),
)
