"""What the dialogue itself declares: yes, no, a bare piece of information, and what is shared."""

from datetime import timedelta

from actions.dialogue.background import Metric, ScheduledJob
from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Card, Feature, Intent, PersonalData, Slot
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.values import Region, Text, Whole

_PLACE_IN = Deferred("language.places:place_in")

CORE = Feature(
    name="dialogue",
    intents=(
        Intent("affirm", "是的，可以", "action_affirm", offered=False, aside=True),
        Intent("deny", "不用了", "action_deny", offered=False),
        Intent("inform", "补充信息", "action_inform", offered=False, aside=True),
    ),
    entities=("place",),
    button_keys=(Region("place"), Whole("page", 0, 99_999), Text("ask"), Text("reset")),
    slots=(
        Slot("context"),
        Slot("place", Remembered("地点", Deferred("language.places:place_name"), _PLACE_IN)),
    ),
    cards=(Card("new_talk", Deferred("actions.dialogue.answers.restart:NewTalkCard")),),
    personal_data=(
        PersonalData("conversations", "id", "知道回复发给谁"),
        PersonalData("inbox", "conversation_id", "按顺序回复您，转人工时工作人员能看到前文"),
        PersonalData("outbox", "conversation_id", "把回复送到，您能翻看"),
        PersonalData("reach", "conversation_id", "还能给谁发几条，微信等平台有规定"),
        PersonalData("personal_values", "conversation_id", "工作人员有需要时联系您，已加密"),
        PersonalData("turn_reviews", "conversation", "核对助手有没有听对，改进以后的回答"),
        PersonalData("events", "sender_id", "接着上次说的往下办"),
    ),
    holdings=(
        Deferred("bot.console.transcripts.holding:ReviewHolding"),
        Deferred("bot.messaging.personal.holdings:Numbers"),
        Deferred("bot.messaging.personal.holdings:Transcripts"),
        Deferred("bot.messaging.personal.tracker:Tracker"),
    ),
    jobs=(
        ScheduledJob(
            "word index",
            Deferred("bot.messaging.search.turns:forget_words"),
            every=timedelta(minutes=1),
            nightly=timedelta(hours=4),
            counts=(Metric("zhida_word_index_steps", "Steps in which the index forgot"),),
        ),
    ),
    retention=(
        Deferred("bot.messaging.personal.retention:rules"),
        Deferred("bot.console.retention:rules"),
    ),
)
"""``context`` is where the conversation stands (``actions.dialogue.context``), ``place`` a GB/T
2260 code."""
