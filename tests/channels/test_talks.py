"""``zhida eval dialogue`` and ``zhida replay`` with the real web channel over HTTP.

What Rasa would answer is scripted; settings, limits, inbox and dispatcher are real.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from actions.dialogue.feature import MeasurementFailed
from actions.dialogue.turn import Reply
from bot.cli import app
from bot.commands.data import run_export_transcripts
from bot.supervision.sandbox import environment_for, free_port, zhida
from bot.talks.evaluation import run, show
from bot.talks.replay import replay
from bot.talks.talk import Talk, assistant_at
from store.database import Database
from store.settings import Settings
from tests.support.messaging import plain
from tests.support.scripted_rasa import ScriptedRasa
from tests.support.serving import serving

OFFER: list[Reply] = [
    {
        **plain("这几个时段较空："),
        "buttons": [
            {"title": "9:00", "payload": '/book_window{"slot_id":12}'},
            {"title": "看下周", "payload": "/book_window"},
        ],
        "data": {"kind": "slot_list", "hall": "浦东大厅", "slots": [{"id": 12}, {"id": 13}]},
    },
    {**plain("也可以网上办。"), "buttons": [{"title": "网上办", "payload": "/ask_policy"}]},
]
BOOKED = [{**plain("约好了。"), "data": {"kind": "booking", "code": "YY-1", "status": "held"}}]


def answer(text: str) -> list[Reply]:
    """Offer times, book one that is tapped, repeat everything else."""
    if "约" in text:
        return OFFER
    return BOOKED if text.startswith("/book_window{") else [plain(f"收到：{text}")]


@contextmanager
def assistant(
    tmp_path: Path, database: Database, **settings: Any
) -> Iterator[tuple[str, ScriptedRasa]]:
    """Serve the whole application in front of ``answer``; yield its address."""
    with ScriptedRasa().serving() as rasa:
        rasa.answer = answer
        ports = {"rasa_port": rasa.port, "actions_port": rasa.port}
        with serving(tmp_path, database, lifespan="on", **ports, **settings) as (host, port):
            yield f"http://{host}:{port}", rasa


def written(tmp_path: Path, *lines: Any) -> Path:
    """Write a file of JSON lines."""
    file = tmp_path / "lines.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return file


def measure(file: Path, url: str, **options: Any) -> dict[str, Any]:
    return run(Settings(_env_file=None), lambda _line: None, file, url=url, **options)


SLOTS = {"kind": "slot_list", "slots": [{"id": 13}]}
GOOD = [
    {"say": "我要约号", "expect": {"kinds_any": ["slot_list"], "data": SLOTS, "mode": "bot"}},
    {"press": "^9:", "expect": {"kinds_any": ["booking"], "text_any": ["没约", "约好"]}},
    {"say": "谢谢"},
]
BAD = [
    {"say": "我要约号", "expect": {"text_none": ["网上办"], "data": {"slots": [{"id": 99}]}}},
    {"press": "取消"},
    {"say": "好", "expect": {"kinds_any": ["slot_list"], "text_any": ["时段"], "mode": "staff"}},
    {"say": "好吧", "expect": {"kinds_any": [None]}},
]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A conversation that goes as expected, and one that does not."""
    return written(tmp_path, {"id": 1, "turns": GOOD}, {"id": "b", "turns": BAD})


def test_whole_conversations_are_measured(
    two: Path, tmp_path: Path, sqlite_database: Database
) -> None:
    with assistant(tmp_path, sqlite_database) as (url, rasa):
        figures = measure(two, url)
    assert figures["n"] == 6
    assert (figures["turns_right"], figures["turns_ok"]) == (3, pytest.approx(3 / 6))
    assert figures["conversations"] == 2
    assert (figures["conversations_right"], figures["conversations_ok"]) == (1, 0.5)
    assert [(error["id"], error["turn"], set(error["failed"])) for error in figures["errors"]] == [
        ("b", 1, {"text_none", "data"}),
        ("b", 2, {"press"}),
        ("b", 3, {"kinds_any", "text_any", "mode"}),
    ]
    assert figures["errors"][0]["say"] == "我要约号"
    assert figures["errors"][0]["answered"]["buttons"] == ["9:00", "看下周", "网上办"]
    assert figures["errors"][2]["failed"]["kinds_any"] == ["slot_list"]
    assert len({person for person, _ in rasa.heard}) == 2


def test_a_press_takes_the_latest_reply_first(tmp_path: Path, sqlite_database: Database) -> None:
    turns = [{"say": "约"}, {"press": "看|网", "expect": {"text_any": ["/ask_policy"]}}]
    with assistant(tmp_path, sqlite_database) as (url, _):
        assert measure(written(tmp_path, {"id": 1, "turns": turns}), url)["errors"] == []


def test_kept_conversations_are_read_from_end_to_end(
    two: Path, tmp_path: Path, sqlite_database: Database
) -> None:
    with assistant(tmp_path, sqlite_database) as (url, _):
        kept = show(measure(two, url, keep=True))
    good = kept.partition("—— b")[0]
    assert (
        good.index("人：我要约号") < good.index("〔9:00〕〔看下周〕") < good.index("人：〔9:00〕")
    )
    assert "职达：约好了。　[booking]" in good
    assert "✗ mode：staff" in kept
    assert "会话 1/2 全对，轮次 3/6 对。" in kept


def test_limits_are_waited_for(tmp_path: Path, sqlite_database: Database) -> None:
    turns = [{"say": f"第{n}句", "expect": {"text_any": [f"第{n}句"]}} for n in range(3)]
    lines = [{"id": n, "turns": turns} for n in range(2)]
    limits = {"limit_messages": "1/0.2", "limit_conversations": "1/0.2"}
    with assistant(tmp_path, sqlite_database, **limits) as (url, _):
        figures = measure(written(tmp_path, *lines), url)
    assert (figures["turns_right"], figures["conversations_right"]) == (6, 2)


def test_a_late_answer_is_waited_for(tmp_path: Path, sqlite_database: Database) -> None:
    with assistant(tmp_path, sqlite_database, reply_wait_seconds=0.2) as (url, rasa):
        rasa.hold()
        with assistant_at(url) as http:
            answers = Talk(http).send("在吗")
            assert next(answers).is_pending
            rasa.go_on()
            (late,) = answers
    assert (late.text, late.kinds) == ("收到：在吗", [None])


def test_what_may_not_be_said_is_an_error_of_its_turn(
    tmp_path: Path, sqlite_database: Database
) -> None:
    file = written(tmp_path, {"id": 1, "turns": [{"say": "长" * 4001}, {"say": "好"}]})
    with assistant(tmp_path, sqlite_database) as (url, _):
        figures = measure(file, url)
    assert (figures["n"], figures["turns_right"]) == (1, 0)
    assert "太长" in figures["errors"][0]["failed"]["refused"]


@pytest.mark.parametrize(
    "line",
    [
        {"id": 1},
        {"id": 1, "turns": []},
        {"id": 1, "turns": [{"say": "好", "press": "好"}]},
        {"id": 1, "turns": [{"expect": {}}]},
        {"id": 1, "turns": [{"press": "("}]},
        {"id": 1, "turns": [{"say": "好", "expect": {"kind_any": ["booking"]}}]},
        {"id": 1, "turns": [{"say": "好", "expect": {"text_any": "约"}}]},
        [],
    ],
)
def test_a_wrong_line_is_named(line: Any, tmp_path: Path) -> None:
    file = written(tmp_path, {"id": 0, "turns": [{"say": "好"}]}, line)
    with pytest.raises(MeasurementFailed, match="第 2 行"):
        measure(file, "http://127.0.0.1:1")


def test_nobody_there_is_one_line(two: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    done = CliRunner().invoke(app, ["eval", "dialogue", "--file", str(two), "--url", url])
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [f"错误：{url} 上没有助手，请先运行 zhida up。"]


def test_json_is_one_object(two: Path, tmp_path: Path, sqlite_database: Database) -> None:
    with assistant(tmp_path, sqlite_database) as (url, _):
        command = ["eval", "dialogue", "--file", str(two), "--url", url, "--json"]
        done = zhida(*command, environment=environment_for(tmp_path))
    assert done.returncode == 0, done.stderr
    assert {"n", "conversations_ok", "turns_ok", "errors"} <= json.loads(done.stdout).keys()


def exported(tmp_path: Path, url: str, database: Database, *turns: dict[str, Any]) -> Path:
    """Have a conversation and export it as the command does."""
    measure(written(tmp_path, {"id": 1, "turns": turns}), url)
    out = tmp_path / "transcripts.jsonl"
    stored = database.url.render_as_string(hide_password=False)
    run_export_transcripts(Settings(_env_file=None, var_dir=tmp_path, database_url=stored), out)
    return out


def test_a_replay_shows_what_changed(tmp_path: Path, sqlite_database: Database) -> None:
    with assistant(tmp_path, sqlite_database) as (url, rasa):
        file = exported(tmp_path, url, sqlite_database, *GOOD)
        assert replay(file, url)["changed"] == 0
        tomorrow = [{**OFFER[0], "buttons": [{**OFFER[0]["buttons"][0], "title": "10:30"}]}]
        rasa.answer = lambda text: tomorrow if "约" in text else answer(text)
        figures = replay(file, url)
    assert (figures["n"], figures["conversations"], figures["changed"]) == (3, 1, 1)
    (turn,) = figures["turns"]
    assert (turn["turn"], turn["said"], turn["changed"]) == (1, "我要约号", ["kind", "text"])
    assert turn["before"]["kinds"] == ["slot_list", None]
    assert turn["now"]["kinds"] == ["slot_list"]


def test_a_replay_tells_dates_from_changes(tmp_path: Path, sqlite_database: Database) -> None:
    with assistant(tmp_path, sqlite_database) as (url, rasa):
        rasa.answer = lambda _: [plain("为您留到11月30日（周一）9:00，编号 YY-7K2-MQP。")]
        file = exported(tmp_path, url, sqlite_database, {"say": "留号"})
        rasa.answer = lambda _: [plain("为您留到12月1日（周二）14:30，编号 YY-3XA-TTR。")]
        assert replay(file, url)["changed"] == 0
        rasa.answer = lambda _: [plain("没有号了。")]
        assert replay(file, url)["turns"][0]["changed"] == ["text"]


def test_no_transcript_is_one_line(tmp_path: Path) -> None:
    file = written(tmp_path, {"id": 1})
    done = CliRunner().invoke(app, ["replay", str(file), "--url", "http://127.0.0.1:1"])
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [f"错误：{file} 第 1 行不是导出的会话"]
