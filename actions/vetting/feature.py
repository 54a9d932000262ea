"""Vetting: ads are looked at before they are published, in the chat and in files."""

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Card, Feature, Intent, Measurement, PersonalData, Slot
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.tasks import Field, Task
from actions.dialogue.values import Text
from actions.vetting.chat import sentences as say

_CHAT = "actions.vetting.chat"
_POST = "action_post_job"
LONGEST = 4_000

VETTING = Feature(
    name="vetting",
    intents=(Intent("post_job", "发布招聘", _POST, task="posting", under_rules=True),),
    actions={_POST: Deferred(f"{_CHAT}.posting:post_job")},
    button_keys=(Text("posting_do", 10), Text("posting_ref", 12), Text("posting_ad", LONGEST)),
    slots=(Slot("posting_ad", Remembered("正在写的招聘")),),
    tasks=(
        Task(
            "posting",
            "post_job",
            "发布招聘",
            (
                Field(
                    "posting_ad",
                    Deferred(f"{_CHAT}.adverts:ads"),
                    free=True,
                    ask=Deferred(f"{_CHAT}.posting:question"),
                    why=say.WHY,
                ),
            ),
            begins=False,
            says="招聘|招工|招人|广告|启事|岗位",
        ),
    ),
    exact=(Deferred(f"{_CHAT}.posting:typed_ad"),),
    cards=(Card("posting_review", Deferred("actions.vetting.cards:PostingReviewCard")),),
    personal_data=(
        PersonalData("posting_drafts", "conversation", "谁提交的招聘，核对后告诉谁"),
        PersonalData("posting_drafts", "text", "要发布的招聘内容，可能有联系方式"),
    ),
    holdings=(Deferred("actions.vetting.holding:DraftHolding"),),
    retention=(Deferred("actions.vetting.retention:rules"),),
    evaluations=(
        Measurement(
            "vetting",
            "招聘信息审核。",
            Deferred("actions.vetting.measurement:run"),
        ),
    ),
    benches=(
        Measurement(
            "vetting",
            "招聘信息审核的速度，与只用几条正则并排比较。",
            Deferred("bench.vetting:run"),
            Deferred("bench.vetting:table"),
        ),
    ),
)
