"""Training: courses found, shown, signed up for."""

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Card, Feature, Intent, PersonalData, Slot
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.tasks import Field, Task, Topic
from actions.dialogue.values import Region, Text
from actions.training import sentences as say
from actions.training.called import COURSE_TOPICS, ON_CARD

_CHAT = "actions.training.chat"
_FIND = "action_find_training"
_PLACE_IN = Deferred("language.places:place_in")

TRAINING = Feature(
    name="training",
    intents=(Intent("find_training", "找培训", _FIND, task="training"),),
    actions={_FIND: Deferred(f"{_CHAT}.courses:find_training")},
    button_keys=(
        *(Text("training_subject", 30), Region("training_place"), Text("training_wants")),
        *(Text("training_not"), Text("course", 20), Text("course_do", 10)),
    ),
    slots=(
        Slot("training_subject", Remembered(say.SUBJECT)),
        Slot(
            "training_place",
            Remembered(say.PLACE, Deferred("language.places:region_name"), _PLACE_IN),
        ),
        Slot("training_wants", Remembered(say.WANTS)),
        Slot("training_not"),
    ),
    tasks=(
        Task(
            "training",
            "find_training",
            say.TITLE,
            (
                Field(
                    "trade",
                    Deferred(f"{_CHAT}.values:subjects"),
                    called="课程|专业|学什么|内容",
                    slots=("training_subject",),
                    renews=("training_wants", "training_not"),
                    why=say.WHY,
                ),
                Field(
                    "place",
                    Deferred(f"{_CHAT}.values:places"),
                    called="地方|地点|城市|哪里|哪儿|远近",
                    slots=("training_place",),
                ),
                Field(
                    "training_wants",
                    Deferred(f"{_CHAT}.values:wants"),
                    excluded="training_not",
                    several=True,
                    merged=Deferred(f"{_CHAT}.values:merged"),
                ),
            ),
            begins=False,
        ),
    ),
    topics=tuple(
        Topic(name, words, of="course:", in_view=name in ON_CARD)
        for name, words in COURSE_TOPICS.items()
    ),
    tells=Deferred(f"{_CHAT}.facts:tell"),
    exact=(Deferred(f"{_CHAT}.sign_up:typed_mine"),),
    cards=(Card("training_list", Deferred("actions.training.cards:TrainingListCard")),),
    personal_data=(
        PersonalData("course_sign_ups", "conversation", "给谁留了培训班的位子，有消息告诉谁"),
    ),
    holdings=(Deferred("actions.training.holding:SignUpHolding"),),
    retention=(Deferred("actions.training.retention:rules"),),
    demo=Deferred("actions.training.demo:seed_courses"),
)
