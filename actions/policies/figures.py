"""The figures of ``zhida eval policy`` as people read them."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from knowledge.sentences import PATH_SEPARATOR

PLAIN_WIDTH = 118  # columns where there is no terminal to ask
SHOWN_CONFUSIONS = 10
SHOWN_LETTERS = 16  # of a title or heading in the table
STYLES = {"official": "公文用语", "keyword": "关键词", "colloquial": "口语", "unstated": "未注明"}
NO_DOCUMENT = "（没有文件能回答）"


def print_figures(result: Mapping[str, Any], console: Console | None = None) -> None:
    """Print the figures as tables; where there is no terminal, without lines and colours."""
    own = console or Console()
    if not own.is_terminal and console is None:
        own = Console(width=PLAIN_WIDTH)
    edges = box.SIMPLE if own.is_terminal else None
    own.print(_rates(result, edges))
    _say(own, _speed(result))
    if result["without_gold"]:
        _say(own, f"注意：{result['without_gold']} 题的答案所在文件不在文件夹里，按未命中计。")
    calibration = result["calibration"]
    scores = f"Brier {_share(calibration['brier'])}，ECE {_share(calibration['ece'])}"
    _say(own, f"\n把握是否可信（{calibration['n']} 个给出的回答）：{scores}")
    own.print(_calibration(calibration, edges))
    if result["confusions"]:
        _say(own, f"\n引错的地方（最多列 {SHOWN_CONFUSIONS} 类）")
        own.print(_confusions(result["confusions"], edges))


def _say(console: Console, line: str) -> None:
    console.print(line, highlight=False, markup=False)


def _rates(result: Mapping[str, Any], edges: box.Box | None) -> Table:
    table = Table(box=edges, pad_edge=False)
    table.add_column("问法")
    for name in ("题数", "hit@1", "hit@3", "该拒已拒", "误拒", "BM25 @1", "BM25 @3"):
        table.add_column(name, justify="right")
    table.add_row("全部", *_row(result))
    intervals = result["intervals"]
    spans = [
        _span(intervals[name])
        for name in ("hit_at_1", "hit_at_3", "refused_unanswerable", "refused_answerable")
    ]
    table.add_row("　95% 区间", "", *spans, "", "")
    for style, figures in result["per_style"].items():
        table.add_row(STYLES.get(style, style), *_row(figures))
    return table


def _row(figures: Mapping[str, Any]) -> list[str]:
    characters = figures["characters"]
    return [
        str(figures["n"]),
        _share(figures["hit_at_1"]),
        _share(figures["hit_at_3"]),
        _share(figures["refused_unanswerable"]),
        _share(figures["refused_answerable"]),
        _share(characters["hit_at_1"]),
        _share(characters["hit_at_3"]),
    ]


def _speed(result: Mapping[str, Any]) -> str:
    verbatim = _share(result["quotes_verbatim"])
    times = f"p50 {result['p50_ms']} 毫秒，p95 {result['p95_ms']} 毫秒"
    return f"引文逐字相符 {verbatim}；每题 {times}；错 {len(result['errors'])} 题"


def _calibration(calibration: Mapping[str, Any], edges: box.Box | None) -> Table:
    table = Table(box=edges, pad_edge=False)
    for name in ("把握", "回答数", "平均把握", "实际答对"):
        table.add_column(name, justify="right")
    for entry in calibration["bins"]:
        bounds = f"{entry['from']:.1f}–{entry['to']:.1f}"
        figures = (_share(entry["confidence"]), _share(entry["right"]))
        table.add_row(bounds, str(entry["n"]), *figures)
    return table


def _confusions(confusions: Sequence[Mapping[str, Any]], edges: box.Box | None) -> Table:
    table = Table(box=edges, pad_edge=False)
    table.add_column("次数", justify="right")
    table.add_column("应引", ratio=1)
    table.add_column("实引", ratio=1)
    for entry in confusions[:SHOWN_CONFUSIONS]:
        gold = _place(entry["gold"]) if entry["gold"] else NO_DOCUMENT
        table.add_row(str(entry["count"]), gold, _place(entry["cited"]))
    return table


def _place(place: Sequence[str]) -> str:
    title, section = place
    return f"《{_short(title)}》{_short(section.rsplit(PATH_SEPARATOR, 1)[-1])}"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_LETTERS else text[: SHOWN_LETTERS - 1] + "…"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _span(bounds: Sequence[float] | None) -> str:
    return "–" if bounds is None else f"{bounds[0]:.3f}–{bounds[1]:.3f}"
