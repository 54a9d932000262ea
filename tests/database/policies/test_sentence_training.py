"""The sentence encoder's training, on a small model made up here: what it learns is what serves."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file
from transformers import AutoModel, BertConfig, BertModel

from knowledge.training.sentences.learner import Learner, Recipe
from knowledge.training.sentences.material import Group, Material
from knowledge.training.sentences.tower import LOWER, Text, Tower, passage, question
from language.encoder.adapter import FILE, merge
from language.encoder.base import Model
from language.encoder.library_folder import write_library_folder
from language.encoder.packed import Shape
from language.encoder.vocabulary import SPECIALS, make_tokenizer

PASSAGES = [
    "用人单位应当及时足额支付劳动报酬",
    "失业人员应当到指定机构办理失业登记",
    "职工因工作遭受事故伤害享受工伤医疗待遇",
    "现场招聘活动应当控制人数分批入场",
]
QUESTIONS = ["老板拖着钱不发", "没活干了去哪", "干活摔了谁管", "摆摊招人行吗"]
SHAPE = Shape(16, LOWER + 2, 2, 32, 0, 64, 2, 1e-12)
RECIPE = Recipe(seed=3, rank=8, rate=0.01, size=4, temperature=0.2, passes=150.0)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of random weights that knows the characters of the texts."""
    chars = sorted(set("".join((*PASSAGES, *QUESTIONS, "querypassage: "))) - {" "})
    pieces = [*SPECIALS, "▁", *chars]
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=SHAPE.width,
        num_hidden_layers=SHAPE.layers,
        num_attention_heads=SHAPE.heads,
        intermediate_size=SHAPE.inner,
        max_position_embeddings=SHAPE.positions,
        initializer_range=0.5,
    )
    torch.manual_seed(1)
    weights = BertModel(config, add_pooling_layer=False).state_dict()
    tensors = {
        name: value.numpy().copy() for name, value in weights.items() if value.is_floating_point()
    }
    shape = Shape(**{**SHAPE.__dict__, "vocabulary": len(pieces)})
    folder = tmp_path_factory.mktemp("base")
    write_library_folder(
        Model(shape, tensors, make_tokenizer(pieces, [-1.0] * len(pieces))), folder
    )
    return folder


@pytest.fixture
def material() -> Material:
    rows = [[row] for row in range(len(PASSAGES))]
    decoys = [[(row + 1) % len(PASSAGES)] for row in range(len(PASSAGES))]
    return Material(PASSAGES, [Group("all", QUESTIONS, rows, decoys, 1.0)])


def learner(base: Path, material: Material, folder: Path, recipe: Recipe = RECIPE) -> Learner:
    torch.manual_seed(recipe.seed)
    return Learner(Tower(base, recipe.rank), material, recipe, folder)


def found_first(tower: Tower) -> int:
    with torch.no_grad():
        asked = tower.vectors([question(text) for text in QUESTIONS])
        there = tower.vectors([passage(text) for text in PASSAGES])
    return int((asked @ there.T).argmax(1).eq(torch.arange(len(PASSAGES))).sum())


def test_it_learns_which_passage_answers(base: Path, material: Material, tmp_path: Path) -> None:
    taught = learner(base, material, tmp_path)
    before = found_first(taught.tower)
    assert taught.learn(lambda _: None) == RECIPE.passes
    assert before < found_first(taught.tower)


def test_what_is_saved_makes_the_same_model(base: Path, material: Material, tmp_path: Path) -> None:
    """The adapter merged into the weights, read by the library, gives the tower's vectors."""
    taught = learner(base, material, tmp_path)
    taught.learn(lambda _: None)
    taught.tower.save(tmp_path / FILE)
    plain = load_file(base / "model.safetensors")
    texts = [passage(text) for text in PASSAGES]
    with torch.no_grad():
        ours = taught.tower.vectors(texts).numpy()
    # The tower keeps its lower half in 16 bits, and so is the adapter written.
    assert alike(ours, by_library(base, merge(plain, tmp_path / FILE), taught.tower, texts)) > 0.97
    assert alike(ours, by_library(base, plain, taught.tower, texts)) < 0.9


def by_library(
    base: Path, weights: dict[str, np.ndarray], tower: Tower, texts: list[Text]
) -> np.ndarray:
    """Return the unit vectors of the model with other weights, one text at a time."""
    model = AutoModel.from_pretrained(base).eval()
    model.load_state_dict({k: torch.from_numpy(v) for k, v in weights.items()}, strict=False)
    found = []
    with torch.no_grad():
        for text in texts:
            ids = torch.tensor([tower.cut(text)])
            found.append(model(input_ids=ids).last_hidden_state[0].mean(0).numpy())
    return np.stack([vector / np.linalg.norm(vector) for vector in found])


def alike(one: np.ndarray, other: np.ndarray) -> float:
    return float((one * other).sum(1).min())


def test_a_training_that_was_broken_off_ends_as_one_that_was_not(
    base: Path, material: Material, tmp_path: Path
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    whole = learner(base, material, tmp_path / "one")
    whole.learn(lambda _: None)
    first = learner(base, material, tmp_path / "two")
    steps = first._steps()
    for number in range(7):
        first._learn(number, steps[number], len(steps))
    first._keep(7)
    second = learner(base, material, tmp_path / "two")
    second.learn(lambda _: None)
    for one, other in zip(whole.tower.parameters(), second.tower.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-5)


def test_a_vector_depends_on_its_own_text_only(base: Path) -> None:
    tower = Tower(base, 4)
    texts = [passage(text) for text in (*PASSAGES, *QUESTIONS)]
    with torch.no_grad():
        together = tower.vectors(texts)
        alone = torch.cat([tower.vectors([text]) for text in texts])
    assert torch.allclose(together, alone, atol=1e-5)
    assert json.loads((base / "config.json").read_text())["hidden_size"] == together.shape[1]
