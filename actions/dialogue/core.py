"""What the dialogue itself declares: yes, no, a bare piece of information, and what is shared."""

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Card, Feature, Intent, Slot
from actions.dialogue.values import Region, Text, Whole

UNSURE = "action_unsure"
"""Answers what no intent was believed for."""

COMING_SOON = "action_coming_soon"
"""Answers every intent with a ``coming`` word."""

CORE = Feature(
    name="dialogue",
    intents=(
        Intent("affirm", "是的，可以", "action_affirm", offered=False),
        Intent("deny", "不用了", "action_deny", offered=False),
        Intent("inform", "补充信息", "action_inform", offered=False),
    ),
    entities=("place",),
    button_keys=(Region("place"), Whole("page", 0, 99_999), Text("ask"), Text("reset")),
    slots=(
        Slot("journey"),
        Slot("place"),
        Slot("pending", for_one_turn=True),
        Slot("unsure", for_one_turn=True),
    ),
    cards=(Card("new_talk", Deferred("actions.dialogue.restart:NewTalkCard")),),
)
"""``journey`` is what was talked of last, ``place`` a GB/T 2260 code, ``pending`` what was asked
just now (「好的」 affirms only that), ``unsure`` how often nothing was understood in a row."""
