"""Wage guidance: what a trade pays at a place."""

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Card, Feature, Intent, Slot
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.tasks import Field, Task, Topic
from actions.dialogue.values import Region, Text, Whole
from actions.wages import sentences as say
from actions.wages.called import BY_UNIT, COMPARED

_CHAT = "actions.wages.chat"
_ASK = "action_ask_wage"
_PLACE_IN = Deferred("language.places:place_in")

WAGES = Feature(
    name="wages",
    intents=(Intent("ask_wage", "问工资行情", _ASK, task="wage"),),
    actions={_ASK: Deferred(f"{_CHAT}.wage:ask_wage")},
    button_keys=(
        *(Text("wage_trade", 60), Region("wage_place"), Text("wage_unit", 5)),
        *(Text("wage_wide", 1), Text("wage_posted", 1), Whole("wage_amount", 0, 10_000_000)),
    ),
    slots=(
        Slot("wage_trade", Remembered(say.TRADE)),
        Slot(
            "wage_place", Remembered(say.PLACE, Deferred("language.places:region_name"), _PLACE_IN)
        ),
        *(Slot("wage_unit"), Slot("wage_amount")),
    ),
    tasks=(
        Task(
            "wage",
            "ask_wage",
            say.TITLE,
            (
                Field(
                    "trade",
                    Deferred(f"{_CHAT}.values:trades"),
                    slots=("wage_trade",),
                    several=True,
                    ask=Deferred(f"{_CHAT}.wage:question"),
                    why=say.WHY,
                ),
                Field("place", Deferred(f"{_CHAT}.values:places"), slots=("wage_place",)),
                Field("unit", Deferred(f"{_CHAT}.values:units"), slots=("wage_unit",)),
                Field("amount", Deferred(f"{_CHAT}.values:amounts"), slots=("wage_amount",)),
            ),
            begins=False,
        ),
    ),
    topics=(
        Topic("wage_compared", COMPARED, of="posting:"),
        Topic("wage_by_unit", BY_UNIT, of="wage:"),
    ),
    tells=Deferred(f"{_CHAT}.told:tell"),
    demo=Deferred("actions.wages.demo:seed_guides"),
    cards=(Card("wage", Deferred("actions.wages.cards:WageCard")),),
)
