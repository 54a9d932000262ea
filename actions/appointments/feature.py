"""Staggered visits to a hall's windows, from the wish to the end of the visit."""

from datetime import timedelta

from actions.appointments.called import (
    ASKS_OF_HALL,
    BOOKED_TOPIC,
    BOOKING,
    BRINGS,
    CROWD,
    CROWD_TOPIC,
    DESK,
    DESK_TOPICS,
    SHUNS_CROWDS,
)
from actions.appointments.chat import sentences as say
from actions.dialogue.background import Metric, ScheduledJob
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
from actions.dialogue.values import LARGEST_ID, Moment, Text, Whole

_CHAT = "actions.appointments.chat"
_VISITS = f"{_CHAT}.visits"
_BACKGROUND = "actions.appointments.background"
_OFFER = "action_offer_slots"

APPOINTMENTS = Feature(
    name="appointments",
    menu=("约窗口", "book_window"),
    intents=(
        Intent("book_window", "约办事窗口", _OFFER, task="booking"),
        Intent("change_booking", "改预约时间", "action_change_booking", task="booking"),
        Intent(
            *("cancel_booking", "取消预约", "action_cancel_booking"),
            task="booking",
            takes_away=True,
            done_to=("bookings", "取消|退[掉了]|不要了"),
        ),
        Intent("my_bookings", "查我的预约", "action_my_bookings", task="booking", aside=True),
        Intent(
            "hall_status",
            "看大厅人多不多",
            "action_hall_status",
            task="booking",
            aside=True,
            asked_by=ASKS_OF_HALL,
            told_by=SHUNS_CROWDS,
        ),
    ),
    actions={
        _OFFER: Deferred(f"{_CHAT}.booking:offer_slots"),
        "action_change_booking": Deferred(f"{_CHAT}.continuation:change_booking"),
        "action_cancel_booking": Deferred(f"{_CHAT}.my_bookings:cancel_booking"),
        "action_my_bookings": Deferred(f"{_CHAT}.continuation:my_bookings"),
        "action_hall_status": Deferred(f"{_CHAT}.hall_status:hall_status"),
    },
    entities=("business", "hall"),
    button_keys=(
        *(Whole("slot_id", 1, LARGEST_ID), Text("code")),
        *(Moment("visit_from"), Moment("visit_until")),
        *map(Text, ("come", "earliest", "priority", "wait", "arrived", "calendar", "week", "seen")),
        *(Text("for_other"), Text("visit"), Text("not_hall"), Text("not_time")),
    ),
    slots=(
        *(Slot("business", Remembered("业务")), Slot("hall", Remembered("大厅"))),
        *(Slot("visit_from"), Slot("visit_until")),
        *(Slot("earliest"), Slot("priority"), Slot("come"), Slot("held"), Slot("for_other")),
        *(Slot("moving"), Slot("not_hall"), Slot("not_time")),
    ),
    names=Deferred(f"{_CHAT}.visits:names"),
    topics=(
        *(
            Topic(name, words, f"{DESK}|{BRINGS}", within=("booking",), about=("business", "hall"))
            for name, words in DESK_TOPICS.items()
        ),
        Topic(
            "desk_hours",
            DESK_TOPICS["hours"],
            "^(?:那|请问)?(?:[你他]们|大厅|那边|你那)|有(?:没有)?厅",
        ),
        Topic("crowd", CROWD_TOPIC, of=CROWD),
        Topic("booked", BOOKED_TOPIC, of=BOOKING),
    ),
    tells=Deferred(f"{_CHAT}.desk:tell"),
    tasks=(
        Task(
            "booking",
            "book_window",
            "约窗口",
            (
                Field(
                    "business",
                    Deferred(f"{_VISITS}:businesses"),
                    renews=("visit_from", "visit_until", "earliest", "come", "for_other"),
                    ask=Deferred(f"{_CHAT}.questions:business_question"),
                    why=say.WHY_BUSINESS,
                ),
                Field(
                    "hall",
                    Deferred(f"{_VISITS}:halls"),
                    called="大厅|地方|地点|哪里|哪儿|哪个厅",
                    excluded="not_hall",
                    ask=Deferred(f"{_CHAT}.questions:hall_question"),
                    why=say.WHY_HALL,
                ),
                Field(
                    "time",
                    Deferred(f"{_VISITS}:times"),
                    called="时间|哪天|什么时候|几点|日期",
                    slots=("visit_from", "visit_until"),
                    excluded="not_time",
                    excludes=Deferred(f"{_VISITS}:excluded_time"),
                    merged=Deferred(f"{_VISITS}:merged"),
                    ask=Deferred(f"{_CHAT}.questions:time_question"),
                    why=say.WHY_TIME,
                ),
                Field(
                    "how",
                    Deferred(f"{_VISITS}:flags"),
                    slots=("earliest", "come", "priority", "for_other"),
                    several=True,
                ),
            ),
            closes=("moving",),
            says="约|挂.{0,2}号|排.{0,2}号|取.{0,2}号",
        ),
    ),
    exact=(
        Deferred(f"{_CHAT}.visit_links:pasted_link"),
        Deferred(f"{_CHAT}.booking_codes:typed_code"),
    ),
    affirmed=Deferred(f"{_CHAT}.continuation:affirmed"),
    denied=Deferred(f"{_CHAT}.continuation:denied"),
    afterword=Deferred(f"{_CHAT}.reminder:reminded"),
    warm=Deferred("actions.appointments.warm:warm"),
    cards=(
        Card("slot_list", Deferred("actions.appointments.cards:SlotListCard")),
        Card("booking", Deferred("actions.appointments.cards:BookingCard")),
        Card("crowd", Deferred("actions.appointments.cards:CrowdCard")),
    ),
    jobs=(
        ScheduledJob(
            "sweep",
            Deferred(f"{_BACKGROUND}:sweep"),
            every=timedelta(seconds=5),
            counts=(
                Metric("zhida_bookings_lapsed", "Holds and visits that lapsed"),
                Metric("zhida_seats_offered", "Free seats offered to the waiting list"),
            ),
            last_run=Metric("zhida_swept_timestamp_seconds", "Last look for lapses"),
        ),
        ScheduledJob(
            "open days",
            Deferred(f"{_BACKGROUND}:open_days"),
            every=timedelta(minutes=1),
            nightly=timedelta(hours=2),
        ),
    ),
    belongings=Deferred("actions.appointments.belongings:standing_bookings"),
    notices=Deferred(f"{_BACKGROUND}:booking_notices"),
    personal_data=(
        PersonalData("bookings", "owner", "约的是谁，凭会话识别"),
        PersonalData("booking_holders", "conversation", "凭链接在哪些会话里接着办"),
        PersonalData("waits", "owner", "谁在排候补"),
    ),
    holdings=(Deferred("actions.appointments.booking.holding:BookingHolding"),),
    retention=(Deferred("actions.appointments.booking.retention:rules"),),
    demo=Deferred("actions.appointments.demo.seed:seed_appointments"),
    evaluations=(
        Measurement("time", "时间理解。", Deferred("actions.appointments.measurement:run")),
    ),
    benches=(
        Measurement(
            "windows",
            "留位、给时段、排日程的速度，与裸写数据库并排比较。",
            Deferred("bench.windows:run"),
            Deferred("bench.windows:table"),
        ),
    ),
)
