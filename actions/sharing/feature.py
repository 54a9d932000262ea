"""Shared staff: employers who lend or borrow (用工余缺调剂)."""

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Feature, Intent, PersonalData, Slot
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.tasks import Field, Task
from actions.dialogue.values import Region, Text, Whole
from actions.sharing import sentences as say

_CHAT = "actions.sharing.chat"
_SHARE = "action_share_workers"
_PLACE_IN = Deferred("language.places:place_in")
_REST = ("share_place", "share_period", "share_contact")


def _field(name: str, slot: str, read: str, *, called: str = "", counts: bool = False) -> Field:
    ask = Deferred(f"{_CHAT}.sharing:ask_{name}")
    reader = Deferred(f"{_CHAT}.values:{read}")
    return Field(name, reader, called=called, slots=(slot,), ask=ask, why=say.WHY, counts=counts)


SHARING = Feature(
    name="sharing",
    intents=(Intent("share_workers", say.TITLE, _SHARE, task="sharing", under_rules=True),),
    actions={_SHARE: Deferred(f"{_CHAT}.sharing:share_workers")},
    button_keys=(
        *(Text("share_side", 6), Text("share_trade", 30), Whole("share_count", 1, 9_999)),
        *(Region("share_place"), Text("share_period", 60), Text("share_contact", 400)),
        *(Text("share_do", 10), Text("share_code", 20)),
    ),
    slots=(
        Slot("share_side", Remembered(say.SLOT_SIDE, lambda side: say.SIDES.get(side, str(side)))),
        Slot("share_trade", Remembered(say.SLOT_TRADE)),
        Slot("share_count", Remembered(say.SLOT_COUNT)),
        Slot(
            "share_place",
            Remembered(say.SLOT_PLACE, Deferred("language.places:place_name"), _PLACE_IN),
        ),
        Slot("share_period", Remembered(say.SLOT_PERIOD)),
        Slot("share_contact", Remembered(say.SLOT_CONTACT)),
    ),
    tasks=(
        Task(
            "sharing",
            "share_workers",
            say.TITLE,
            (
                _field("side", "share_side", "sides"),
                _field("trade", "share_trade", "trades"),
                _field("count", "share_count", "counts", counts=True),
                _field("place", "share_place", "places"),
                _field("period", "share_period", "periods"),
                Field(
                    "share_contact",
                    Deferred(f"{_CHAT}.values:contacts"),
                    free=True,
                    ask=Deferred(f"{_CHAT}.sharing:ask_contact"),
                    why=say.WHY,
                ),
            ),
            closes=(*("share_side", "share_trade", "share_count"), *_REST),
            begins=False,
        ),
    ),
    personal_data=(
        PersonalData("staff_shares", "conversation", "谁登记的用工余缺，对接上了告诉谁"),
        PersonalData("staff_shares", "contact", "工作人员对接两边单位，号码已加密"),
    ),
    holdings=(Deferred("actions.sharing.holding:ShareHolding"),),
    retention=(Deferred("actions.sharing.retention:rules"),),
)
