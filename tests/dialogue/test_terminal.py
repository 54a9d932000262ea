"""``zhida chat`` and the other commands, as typed in a terminal."""

import json
import subprocess
import sys
from pathlib import Path

from bot.supervision.sandbox import environment_for, zhida
from store.settings import ROOT
from tests.support.assistant import Assistant
from tests.support.conversations import conversation_of


def chat(assistant: Assistant, lines: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat"],
        cwd=ROOT,
        env=assistant.sandbox.environment,
        input=lines,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_four_journeys_in_a_terminal(assistant: Assistant) -> None:
    shown = chat(
        assistant,
        "现场招聘会还能办吗\n我想在上海找电工的活，六千以上\n帮我约明天上午去浦东办失业登记\n1\n1\n1\n"
        "转人工\n",
    )
    assert "原文：「" in shown
    assert "电工" in shown
    assert "约好了" in shown
    assert "12333" in shown or "单号" in shown
    case = assistant.zhida("export", "transcripts")
    rows = [json.loads(line) for line in case.splitlines()]
    kinds = {(row["data"] or {}).get("kind") for row in rows if row["author"] == "bot"}
    assert {"policy_answer", "job_list", "slot_list", "booking", "staff_case"} <= kinds


def test_doctor_finds_nothing_wrong(assistant: Assistant) -> None:
    sandbox = assistant.sandbox
    shown = zhida("doctor", environment=sandbox.environment, root=sandbox.root).stdout
    # WeChat calls back from outside: the one thing that a machine without an address lacks.
    wrong = [line for line in shown.splitlines() if line.startswith("不对")]
    assert all("ZHIDA_PUBLIC_URL" in line for line in wrong), wrong
    assert "正在运行" in shown


def test_a_second_start_says_that_the_port_is_taken(assistant: Assistant) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "up"],
        cwd=ROOT,
        env=assistant.sandbox.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert str(assistant.settings.port) in done.stderr


def test_a_second_start_on_one_folder_says_who_runs_there(assistant: Assistant) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "up"],
        cwd=ROOT,
        env=environment_for(assistant.var_dir),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"进程 {assistant.sandbox.process.pid}，" in done.stderr
    assert assistant.http.get("/readyz").status_code == 200


def test_policies_are_listed_and_shown(assistant: Assistant) -> None:
    documents = json.loads(assistant.zhida("policies", "--json"))["documents"]
    assert len(documents) == 5
    assert documents[0]["title"] in assistant.zhida("policies", "show", documents[0]["doc_id"])


def test_an_original_replaces_its_digest_while_running(assistant: Assistant, shared: Path) -> None:
    before = json.loads(assistant.zhida("policies", "--json"))["documents"]
    assistant.zhida("ingest", str(shared / "policies"))
    after = json.loads(assistant.zhida("policies", "--json"))["documents"]
    kinds = [document["kind"] for document in after if document["in_force"]]
    assert "digest" in {document["kind"] for document in before} or kinds
    assert kinds.count("digest") == 0
    body = assistant.say(conversation_of("after-ingest"), "现场招聘会还能办吗")
    citation = body["replies"][0]["data"]["citations"][0]
    page = assistant.http.get(citation["url"].partition("#")[0])
    assert page.status_code == 200
    assert "<mark" in page.text
