"""Small talk: greeting, thanks, help, and what is none of ours."""

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Feature, Intent

_CHAT = "actions.smalltalk.chat.small_talk"

SMALLTALK = Feature(
    name="smalltalk",
    intents=(
        Intent("greet", "打个招呼", "action_greet", offered=False, aside=True),
        Intent("goodbye", "结束对话", "action_goodbye", offered=False),
        Intent("thank", "道谢", "action_thank", offered=False, aside=True),
        Intent("ask_help", "看看能办什么", "action_help", aside=True),
        Intent("out_of_scope", "别的事", "action_out_of_scope", offered=False, aside=True),
    ),
    exact=(Deferred(f"{_CHAT}:asked_who"),),
    actions={
        "action_greet": Deferred(f"{_CHAT}:greet"),
        "action_goodbye": Deferred(f"{_CHAT}:goodbye"),
        "action_thank": Deferred(f"{_CHAT}:thank"),
        "action_help": Deferred(f"{_CHAT}:ask_help"),
        "action_out_of_scope": Deferred(f"{_CHAT}:out_of_scope"),
    },
)
