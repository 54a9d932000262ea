"""Policy questions, answered in the documents' own words."""

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import (
    Card,
    Feature,
    Intent,
    Measurement,
    PersonalData,
    Slot,
)
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.tasks import Field, Task, Topic
from actions.dialogue.values import Region, Text
from actions.policies.called import POLICY_TOPICS

_CHAT = "actions.policies.chat"
MAX_QUESTION = 4000
"""A button gives back what was asked, and a message may be so long."""

POLICIES = Feature(
    name="policies",
    menu=("问政策", "ask_policy"),
    intents=(
        Intent(
            "ask_policy",
            "问政策规定",
            "action_policy",
            task="policy",
            aside=True,
        ),
    ),
    actions={"action_policy": Deferred(f"{_CHAT}.answers:ask_policy")},
    button_keys=(
        *(Text("question", MAX_QUESTION), Text("doc_id"), Region("region"), Text("related")),
        Text("helpful"),
        *(Text("rest"), Text("asked_before")),
    ),
    slots=(Slot("question", Remembered("正在问的问题")),),
    tasks=(
        Task(
            "policy",
            "ask_policy",
            "问政策",
            (
                Field("region", Deferred(f"{_CHAT}.elsewhere:regions"), several=True),
                Field(
                    "question",
                    Deferred(f"{_CHAT}.elsewhere:questions"),
                    merged=Deferred(f"{_CHAT}.follow_up:merged"),
                ),
            ),
            begins=False,
            keeps=False,
        ),
    ),
    topics=tuple(
        Topic(name, words, within=("policy",), of="policy:")
        for name, words in POLICY_TOPICS.items()
    ),
    tells=Deferred(f"{_CHAT}.told:tell"),
    sure=Deferred(f"{_CHAT}.surety:sure"),
    warm=Deferred("actions.policies.warm:warm"),
    cards=(
        Card("policy_answer", Deferred("actions.policies.cards:PolicyAnswerCard")),
        Card("policy_feedback", Deferred("actions.policies.cards:FeedbackCard")),
    ),
    personal_data=(
        PersonalData("policy_feedback", "conversation", "谁说这条答复有没有帮助"),
        PersonalData("policy_feedback", "question", "问的是什么，供工作人员改进"),
    ),
    holdings=(Deferred("actions.policies.holding:FeedbackHolding"),),
    retention=(Deferred("actions.policies.retention:rules"),),
    evaluations=(
        Measurement(
            "policy",
            "政策问答。",
            Deferred("actions.policies.measurement:run"),
            Deferred("actions.policies.measurement:show"),
        ),
        Measurement(
            "particulars",
            "从政策文件读出的标题、文号、日期等，与人工核对的表比较。",
            Deferred("actions.policies.measurement:run_particulars"),
        ),
    ),
    benches=(
        Measurement(
            "policy",
            "政策问答的速度和内存，与单用 bm25s 并排比较。",
            Deferred("bench.policy:run"),
            Deferred("bench.policy:table"),
        ),
        Measurement(
            "encoder",
            "句向量模型的速度和内存，与 32 位 torch 并排比较。",
            Deferred("bench.encoder:run"),
            Deferred("bench.encoder:table"),
        ),
    ),
)
