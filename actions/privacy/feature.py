"""A person rules over their own data, and what nobody needs is forgotten."""

from datetime import timedelta

from actions.dialogue.background import Metric, ScheduledJob
from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Card, Feature, Intent, PersonalData
from actions.dialogue.values import Text

_CHAT = "actions.privacy.chat.requests"
_BACKGROUND = "actions.privacy.background"
_ANSWER = "action_privacy"

PRIVACY = Feature(
    name="privacy",
    intents=(Intent("privacy_request", "查看或删除我的信息", _ANSWER),),
    actions={_ANSWER: Deferred(f"{_CHAT}:privacy_request")},
    button_keys=(Text("privacy", 20), Text("field", 40)),
    exact=(
        Deferred(f"{_CHAT}:typed_receipt"),
        Deferred(f"{_CHAT}:asked_who_reads"),
        Deferred("actions.privacy.chat.linking:linking"),
    ),
    cards=(
        Card("profile", Deferred("actions.dialogue.personal.cards:ProfileCard")),
        Card("privacy_receipt", Deferred("actions.privacy.cards:ReceiptCard")),
    ),
    jobs=(
        ScheduledJob(
            "forget",
            Deferred(f"{_BACKGROUND}:forget"),
            every=timedelta(seconds=2),
            counts=(
                Metric("zhida_people_forgotten", "Wishes to be forgotten that were fulfilled"),
            ),
        ),
        ScheduledJob(
            "retention",
            Deferred(f"{_BACKGROUND}:grow_old"),
            every=timedelta(minutes=1),
            nightly=timedelta(hours=3),
            counts=(Metric("zhida_rows_forgotten", "Rows whose time was over"),),
            last_run=Metric("zhida_retention_timestamp_seconds", "Last run of the rules"),
        ),
    ),
    personal_data=(
        PersonalData("privacy_requests", "conversation", "谁要求删除，删完就没有了"),
        PersonalData("linked_conversations", "conversation", "您自己关联的渠道，彼此看到预约"),
        PersonalData("link_codes", "conversation", "关联码，十分钟后失效"),
        PersonalData("privacy_exports", "conversation", "导出的文件给谁，十分钟后失效"),
    ),
    holdings=(
        Deferred("actions.privacy.holding:RequestHolding"),
        Deferred("actions.dialogue.personal.links:LinkHolding"),
    ),
    retention=(Deferred("actions.privacy.retention:rules"),),
)
