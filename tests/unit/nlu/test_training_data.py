"""The training data keeps its promises, and the held-out sentences are held out."""

import json
import re
from collections import Counter
from typing import Any, get_args

import yaml
from rapidfuzz import fuzz, process

from actions.features import FEATURES
from bot.contract import Danger
from language.dialects import standardised
from language.text import is_wordless, normalise
from store.settings import ROOT
from tests.support.training_data import examples, finder, lookups

EXAMPLES = examples()
HELD_OUT = [
    json.loads(line)
    for name in ("nlu", "nlu_strangers")
    for line in (ROOT / f"tests/evaluation/{name}.jsonl").read_text("utf-8").splitlines()
]
DESIGN = set(
    re.findall(
        r"[a-z_]+",
        """greet goodbye thank affirm deny ask_help ask_policy search_jobs recommend_jobs
        job_details apply_job subscribe_jobs unsubscribe find_training ask_wage book_window
        change_booking cancel_booking my_bookings hall_status post_job share_workers complain
        talk_to_staff distress privacy_request inform out_of_scope""",
    )
)


def test_every_intent_has_enough_to_learn_from() -> None:
    counts = Counter(example.intent for example in EXAMPLES)
    assert set(counts) == DESIGN
    assert min(counts.values()) >= 40
    assert counts["ask_policy"] >= 200
    assert counts["out_of_scope"] >= 150


def test_the_domain_knows_the_same_intents() -> None:
    assert set(FEATURES.intents) == DESIGN


def test_each_intents_sentences_stand_in_its_features_file() -> None:
    for feature in FEATURES:
        path = ROOT / "nlu/data" / f"{feature.name}.yml"
        blocks = yaml.safe_load(path.read_text("utf-8"))["nlu"]
        assert {block["intent"] for block in blocks} == {i.name for i in feature.intents}


def test_no_sentence_stands_twice() -> None:
    counts = Counter(example.text for example in EXAMPLES)
    assert [text for text, count in counts.items() if count > 1] == []


def test_annotations_agree_with_the_lookup_tables() -> None:
    find = finder().find
    wrong = [
        (example.text, span)
        for example in EXAMPLES
        for span in example.spans
        if span not in {(found.start, found.end, found.name) for found in find(example.text)}
    ]
    assert wrong == []


def test_training_text_looks_as_normalised_text_does() -> None:
    # The model reads normalised text: traditional or full-width training text would be lost.
    # Words of dialects stay as people write them here; training puts them in standard ones.
    odd = [
        example.text
        for example in EXAMPLES
        if not is_wordless(example.text)
        and fuzz.ratio(normalise(example.text).text, standardised(example.text)) < 60
    ]
    assert odd == []


def test_lookup_entries_are_clean() -> None:
    for name, entries in lookups().items():
        assert len(set(entries)) == len(entries), name
        assert all(entry == entry.strip() and len(entry) >= 2 for entry in entries), name


def test_held_out_sentences_are_labelled_and_enough() -> None:
    counts = Counter(entry["intent"] for entry in HELD_OUT)
    assert set(counts) == DESIGN
    assert min(counts.values()) >= 10
    assert counts["out_of_scope"] >= 50
    assert len(HELD_OUT) >= 1_400
    assert len({entry["id"] for entry in HELD_OUT}) == len(HELD_OUT)
    assert len({entry["text"] for entry in HELD_OUT}) == len(HELD_OUT)


def test_held_out_sentences_are_not_in_the_training_data_nor_close_to_it() -> None:
    trained = [example.text for example in EXAMPLES]
    close = [
        (entry["text"], match[0])
        for entry in HELD_OUT
        if (match := process.extractOne(entry["text"], trained, scorer=fuzz.ratio, score_cutoff=90))
    ]
    assert close == []


def lines(file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / file).read_text("utf-8").splitlines()]


def test_danger_is_told_from_what_only_sounds_like_it() -> None:
    sentences = lines("nlu/data/danger.jsonl")
    counts = Counter(sentence["danger"] for sentence in sentences)
    assert set(counts) == {*get_args(Danger), None}
    assert min(counts.values()) >= 40
    assert counts[None] >= sum(counts.values()) / 4
    texts = [sentence["text"] for sentence in sentences]
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if normalise(text).text != standardised(text)] == []


def test_held_out_danger_is_not_in_the_training_data_nor_close_to_it() -> None:
    trained = [sentence["text"] for sentence in lines("nlu/data/danger.jsonl")]
    held_out = [sentence["text"] for sentence in lines("tests/evaluation/danger.jsonl")]
    assert len(held_out) >= 400
    close = [
        text
        for text in held_out
        if process.extractOne(normalise(text).text, trained, scorer=fuzz.ratio, score_cutoff=90)
    ]
    assert close == []
