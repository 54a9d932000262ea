"""Titles to occupations: cleaned, read by name, by the model, or left unknown; and measured."""

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bot.cli import app
from language.occupations.baseline import Bm25Reader
from language.occupations.classification import Classification
from language.occupations.codes import group_of, is_within, plain_code
from language.occupations.errors import OccupationsUnavailable
from language.occupations.evaluation import is_group_right, is_right, score
from language.occupations.everyday import no_work, words
from language.occupations.model import SHIPPED, Model
from language.occupations.package import fetch_table
from language.occupations.reader import Reader, classification_at, load_reader
from language.occupations.shared_data import is_left_out, read_titles
from language.occupations.titles import clean
from store.settings import Settings

ROWS = """level,code,code_num,name,definition,tasks,csco_code_num,alias
3,9-01-01-00,9010100,造云人员,,,9010100,造云人员
4,9-01-01-01,9010101,造云工L,把水汽做成云。,1.吹气,9010101,"造云工L,吹云师傅"
4,9-01-01-02,9010102,染云工S,把云染红。,1.染,9010102,染云工S
4,9-01-01-03,9010103,霁月云染工,染。,1.染,9010103,霁月云染工
4,9-01-02-00,9010200,数星员,数星星。,1.数,9010200,数星员
"""


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.load()


@pytest.fixture
def sky(tmp_path: Path) -> Classification:
    (tmp_path / "sky.csv").write_text(ROWS, "utf-8")
    return Classification.read(tmp_path / "sky.csv")


def test_codes_of_groups_and_occupations() -> None:
    assert plain_code("6-31-01-00") == "6-31-01"
    assert plain_code("6-31-01-03") == "6-31-01-03"
    assert plain_code("6-00-00-00") == "6"
    assert group_of("6-31-01-03") == group_of("6-31-01") == "6-31-01"
    assert group_of("6-31-00-00") == "6-31"
    assert is_within("6-31-01-03", "6-31-01-00")
    assert is_within("6-31-01-03", "6-00-00-00")
    assert not is_within("6-31-01-03", "6-31-02")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("【急招】电工6000-8000元/月（包吃住）", "电工"),
        ("普工 6k-8k 五险一金 双休", "普工"),
        ("保安（男女不限）日结200", "保安"),
        ("Ｃ＋＋开发工程师", "c++开发工程师"),
        ("急诊科护士", "急诊科护士"),
        ("4S店销售", "4s店销售"),
        ("包吃住，高薪急聘！", ""),
    ],
)
def test_noise_is_taken_off_a_title(title: str, said: str) -> None:
    assert clean(title) == said


def test_the_tree_knows_names_aliases_and_neighbours(sky: Classification) -> None:
    assert sky.codes == {
        "造云工": "9-01-01-01",
        "染云工": "9-01-01-02",
        "霁月云染工": "9-01-01-03",
        "数星员": "9-01-02",
    }
    assert sky.occupations["9-01-01-01"].names == ("造云工", "吹云师傅")
    assert sky.name_of("9-01-01-02") == "染云工"
    assert sky.name_of("9-01-02-00") == "数星员"
    assert [one.name for one in sky.near("9-01-01-01")] == ["染云工", "霁月云染工"]
    assert sky.near("9-01-02") == ()


def test_what_only_the_classification_names_is_found_within_a_title(
    model: Model, sky: Classification
) -> None:
    by_name, within, other = Reader(model, sky).read(
        ["急招染云工，包吃住", "蓬莱 霁月云染工", "云"]
    )
    assert by_name is not None
    assert (by_name.code, by_name.name, by_name.group) == ("9-01-01-02", "染云工", "9-01-01")
    assert within is not None
    assert within.code == "9-01-01-03"
    assert other is None or not other.code.startswith("9")


def test_without_the_classification_one_line_says_so_and_titles_are_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(var_dir=tmp_path)
    classification_at.cache_clear()
    reader = load_reader(settings)
    assert [line.count("\n") for line in caplog.messages] == [0]
    [mason, cleaner] = reader.read(["泥瓦匠", "小区保洁员"])
    assert mason is not None
    assert (mason.code, mason.name) == ("6-29-01-01", None)
    assert cleaner is not None
    assert cleaner.code == "4-09-08-01"


def test_stray_words_are_unknown_and_everyday_words_are_their_codes(model: Model) -> None:
    reader = Reader(model)
    assert reader.read([*no_work(), "", "，。！", "别低于五千"]) == [None] * (len(no_work()) + 3)
    read = reader.read(list(words()))
    wrong = [
        word
        for (word, code), one in zip(words().items(), read, strict=True)
        if clean(word) and (one is None or one.code != plain_code(code))
    ]
    assert wrong == []


def test_words_that_name_no_work_and_were_never_learnt_are_unknown(model: Model) -> None:
    unseen = ["别太低", "最好近点", "不是急招的", "缺钱用", "哪儿都成", "越快越好"]
    assert Reader(model).read(unseen) == [None] * len(unseen)


def test_probabilities_are_such_and_a_batch_reads_as_one_by_one(model: Model) -> None:
    titles = [clean(title) for title in ("会计", "叉车司机", "短视频运营", "护士长")]
    likely = model.probabilities(titles)
    assert likely.shape == (4, len(model.codes))
    assert np.allclose(likely.sum(axis=1), 1, atol=1e-5)
    for row, title in enumerate(titles):
        assert np.allclose(model.probabilities([title])[0], likely[row], atol=1e-6)
    assert all(0 <= one.probability <= one.group_probability <= 1 for one in model.guess(titles))
    assert model.guess([]) == []


def test_a_group_label_is_met_by_any_occupation_in_it_an_occupations_by_itself_alone(
    sky: Classification,
) -> None:
    assert is_right("4-01-02-03", "4-01-02-00")
    assert is_right("4-01-02-03", "4-01-02")
    assert not is_right("4-01-02", "4-01-02-03")
    assert is_group_right("4-01-02", "4-01-02-03")
    assert not is_group_right(None, "4-01-02")
    assert is_right("2-06-03", "2-06-03-00")
    assert Bm25Reader(sky).read(["造云", "太阳"]) == ["9-01-01-01", None]


def test_the_weights_are_small_and_read_without_torch() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 8 * 2**20
    program = (
        "import sys; from language.occupations.reader import Reader, Model;"
        "Reader(Model.load()).read(['电工']); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.shared
def test_titles_left_out_are_read_better_than_by_bm25(model: Model, shared: Path) -> None:
    table = Classification.read(shared / "data" / "occupations" / "csco22.csv")
    left_out = [one for one in read_titles(shared / "data") if is_left_out(one.title)]
    titles = [one.title for one in left_out]
    began = time.perf_counter()
    found = Reader(model, table).read(titles)
    assert len(titles) / (time.perf_counter() - began) > 200  # ten times that on an idle core
    ours = score([None if one is None else one.code for one in found], left_out)
    bm25 = score(Bm25Reader(table).read(titles), left_out)
    assert ours.n > 1_300
    assert ours.right / ours.n >= 0.60
    assert ours.group_right / ours.n >= 0.64
    assert ours.right - bm25.right > 0.15 * ours.n


def test_the_command_prints_the_agreed_figures(tmp_path: Path) -> None:
    try:
        fetch_table(Settings())
    except OccupationsUnavailable as error:
        pytest.skip(str(error))
    file = tmp_path / "titles.jsonl"
    lines = [("1", "泥瓦匠", "6-29-01-01"), ("2", "会计主管", "2-06-03"), ("3", "最好", "1-01")]
    file.write_text(
        "\n".join(json.dumps({"id": i, "title": t, "code": c}) for i, t, c in lines), "utf-8"
    )
    done = CliRunner().invoke(app, ["eval", "occupation", "--file", str(file), "--json"])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.output)
    assert figures["n"] == 3
    assert figures["unknown"] == 1
    assert figures["accuracy"] == figures["group_accuracy"] == pytest.approx(0.6667, abs=1e-4)
    assert [error["id"] for error in figures["errors"]] == ["3"]
    assert figures["bm25"]["n"] == 3
    file.write_text('{"id": 1}', "utf-8")
    failed = CliRunner().invoke(app, ["eval", "occupation", "--file", str(file)])
    assert failed.exit_code == 1
