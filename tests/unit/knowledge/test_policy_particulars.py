"""What is read of real documents, against a table written by reading them."""

import json
from datetime import date
from pathlib import Path

import pytest

from knowledge.evaluation.particulars import FIELDS, measure

TABLE = Path(__file__).parents[2] / "evaluation" / "particulars.jsonl"
DAY = date(2026, 11, 30)
"""The day that the table's ``status`` is of."""


@pytest.mark.shared
def test_particulars_of_a_citys_documents_are_read_right(shared: Path) -> None:
    lines = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
    figures = measure(lines, shared / "data" / "city_documents", DAY)
    assert figures["n"] == len(lines) == 40
    below = {name: figures[name] for name in FIELDS if figures[name] < 0.95}
    assert not below, figures["errors"]


def test_what_is_wrong_is_counted_and_named(tmp_path: Path) -> None:
    notice = (
        "云溪就业服务中心关于市集的通知\n云就〔2031〕7号\n市集每周五举行，从十八时开到二十一时。\n"
    )
    (tmp_path / "a.txt").write_text(notice, "utf-8")
    line = {"file": "a.txt", **dict.fromkeys(FIELDS), "doc_no": "云就〔2031〕8号", "kind": "notice"}
    figures = measure([line, {**line, "file": "absent.txt"}], tmp_path, DAY)
    assert (figures["n"], figures["kind"], figures["doc_no"]) == (1, 1.0, 0.0)
    wrong = {error["field"]: error["found"] for error in figures["errors"]}
    assert wrong["doc_no"] == "云就〔2031〕7号"
