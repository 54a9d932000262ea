"""The table of ``zhida eval policy``: the same figures on a terminal and in a file."""

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from actions.policies.figures import print_figures

RATES = {
    "hit_at_1": 0.812,
    "hit_at_3": 0.934,
    "refused_unanswerable": None,
    "refused_answerable": 0.056,
}
STYLE = {"n": 7, **RATES, "characters": {"hit_at_1": 0.1, "hit_at_3": 0.2}}
RESULT: dict[str, Any] = {
    **STYLE,
    "quotes_verbatim": 1.0,
    "p50_ms": 2.5,
    "p95_ms": 4.75,
    "intervals": {**{name: [0.25, 0.75] for name in RATES}, "refused_unanswerable": None},
    "per_style": {"colloquial": STYLE},
    "calibration": {
        "n": 3,
        "brier": 0.125,
        "ece": None,
        "bins": [{"from": 0.0, "to": 0.2, "n": 0, "confidence": None, "right": None}],
    },
    "confusions": [
        {"count": 2, "gold": ("甲通知", "一、招聘 › （二）线上"), "cited": ("乙通知", "#3")},
        {"count": 1, "gold": None, "cited": ("乙通知", "#4")},
    ],
    "without_gold": 2,
    "errors": [{}, {}],
}


@pytest.mark.parametrize("terminal", [True, False])
def test_every_figure_is_printed(terminal: bool) -> None:
    written = StringIO()
    print_figures(RESULT, Console(file=written, force_terminal=terminal, width=118))
    text = written.getvalue()
    for wanted in ("0.812", "0.934", "–", "0.056", "0.100", "0.250–0.750", "口语", "0.125"):
        assert wanted in text
    for wanted in ("p50 2.5 毫秒", "p95 4.75 毫秒", "《乙通知》#3", "（二）线上", "2 题的答案"):
        assert wanted in text
    assert ("\x1b[" in text) is terminal


def test_nothing_to_confuse_prints_no_such_table() -> None:
    written = StringIO()
    print_figures({**RESULT, "confusions": [], "without_gold": 0}, Console(file=written))
    assert "引错" not in written.getvalue()
    assert "注意" not in written.getvalue()
