"""Every feature at every point where it plugs in; what two of them declare is refused."""

from collections import Counter

import pytest

from actions import cards_page
from actions.dialogue.cards import CardModel
from actions.dialogue.core import CORE
from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Card, Feature, Intent, Measurement, Slot
from actions.dialogue.registry import AlreadyRegistered, Features
from actions.dialogue.tasks import Task
from actions.features import FEATURES
from store.database import Database
from store.schema import Base
from tests.support.declared import references
from tests.support.messaging import services_of

ROOMS = [feature for feature in FEATURES if feature is not CORE]
PEOPLE = {"owner", "conversation", "conversation_id", "summary"}
"""Names of columns that tell something of a person."""

NAMING = {"owner", "conversation", "conversation_id", "person", "sender_id"}
"""Names of columns that say who a row is about."""

RASAS = {"events"}
"""Rasa's table of a conversation's events, in our database or beside it."""


REFERENCES = {found.path: found for feature in FEATURES for found in references(feature)}


@pytest.mark.parametrize("path", sorted(REFERENCES))
def test_what_a_feature_names_exists(path: str) -> None:
    assert callable(REFERENCES[path].load())


@pytest.mark.parametrize("feature", ROOMS, ids=lambda feature: feature.name)
def test_a_feature_answers_what_it_says_it_answers(feature: Feature) -> None:
    for intent in feature.intents:
        assert intent.action in feature.actions, intent.name
    for task in feature.tasks:
        assert FEATURES.task_of(task.intent) is task
        # What any answer is a value of is of that turn alone.
        held = {slot for f in task.fields if not f.free for slot in f.held_in}
        assert held & set(FEATURES.slots) or not held
    if feature.menu is not None:
        assert feature.menu[1] in {intent.name for intent in feature.intents}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Feature("a"), Feature("a")),
        *(
            (Feature("a", **{point: (part,)}), Feature("b", **{point: (part,)}))
            for point, part in (
                ("intents", Intent("x", "x", "action_x")),
                ("slots", Slot("x")),
                ("tasks", Task("x", "x", "x", ())),
                ("cards", Card("x", Deferred("x:y"))),
                ("evaluations", Measurement("x", "x", Deferred("x:y"))),
                ("benches", Measurement("x", "x", Deferred("x:y"))),
            )
        ),
        (
            Feature("a", actions={"x": Deferred("x:y")}),
            Feature("b", actions={"x": Deferred("x:z")}),
        ),
        (Feature("a"), Feature("b", intents=CORE.intents)),
    ],
)
def test_registering_twice_is_refused(one: Feature, other: Feature) -> None:
    with pytest.raises(AlreadyRegistered):
        Features(one, other)


def test_personal_data_is_declared_where_it_is_kept() -> None:
    for reference in REFERENCES.values():
        reference.load()
    tables = Base.metadata.tables
    declared = {(each.table, each.column) for room in FEATURES for each in room.personal_data}
    ours = {pair for pair in declared if pair[0] not in RASAS}
    assert {pair for pair in ours if pair[1] not in tables[pair[0]].columns} == set()
    kept = {
        (table.name, column.name)
        for table in tables.values()
        for column in table.columns
        if column.name in PEOPLE
    }
    assert kept <= declared


def test_whatever_names_a_person_is_shown_and_forgotten_by_one_holding() -> None:
    for reference in REFERENCES.values():
        reference.load()
    named = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in NAMING
    }
    made = services_of(Database("sqlite://")).holdings
    covered = Counter(pair for holding in made for pair in holding.tables.items())
    assert {pair: n for pair, n in covered.items() if n > 1} == {}
    # Whom a conversation belongs to stands in the row that is forgotten with the conversation.
    assert named - {("linked_conversations", "person")} <= covered.keys()
    assert {table for table, _ in covered} <= FEATURES.purposes.keys()


def test_the_page_of_cards_says_what_the_models_say() -> None:
    assert cards_page.PAGE.read_text("utf-8") == cards_page.page()


@pytest.mark.parametrize("kind", sorted(FEATURES.cards))
def test_a_card_says_its_kind(kind: str) -> None:
    model = FEATURES.cards[kind].model.load()
    assert issubclass(model, CardModel)
    assert model.model_fields["kind"].default == kind
