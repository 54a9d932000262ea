"""``zhida vet``: a file of ads, each with what vetting says of it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.commands.data import opened
from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say
from store.settings import Settings

WORDS = {"pass": "通过", "review": "待人工", "reject": "不通过"}
LINE_EVERY = 5_000  # ads
SPAN_SHOWN = 30


def run_vet(settings: Settings, file: Path, *, everything: bool, as_json: bool) -> None:
    """Print a report by row; exit 1 where the file cannot be read or holds no ad.

    What is wrong with the ads is no failure of the command: the report says it.
    """
    from actions.vetting.files import SUFFIXES, read_ads
    from actions.vetting.service import wages_on_file
    from actions.vetting.vetter import vet
    from knowledge.parsing.formats.refusal import UnreadableFile

    if file.suffix.lower() not in SUFFIXES:
        fail(f"只能审核 {'、'.join(each[1:] for each in SUFFIXES)} 文件", 2)
    try:
        ads = list(read_ads(file))
    except UnreadableFile as error:
        fail(error.sentence)
    if not ads:
        fail(f"{file.name} 里没有找到招聘信息：表格要有「岗位名称」「工作内容」这样的表头")
    wages = wages_on_file(settings)
    counts: Counter[str] = Counter()
    rows = []
    with _progress(len(ads), quiet=as_json) as step:
        for place, ad in ads:
            review = vet(ad, wages)
            counts[review.decision] += 1
            if as_json:
                rows.append({"place": place, "title": ad.title, **asdict(review)})
            elif everything or review.findings:
                rows.append({"place": place, "title": ad.title, "review": review})
            step()
    if as_json:
        print_json({"n": len(ads), **{each: counts[each] for each in WORDS}, "rows": rows})
        return
    for row in rows:
        _show(row)
    told = "，".join(f"{word} {counts[decision]}" for decision, word in WORDS.items())
    say(f"共 {len(ads)} 条：{told}")


def run_export_vetting(settings: Settings, out: Path) -> None:
    """Write what staff decided as lines of DESIGN's ``vetting`` file."""
    from actions.vetting.service import Vetting, as_case
    from bot.console.deeds import COMMAND, record

    with opened(settings) as database:
        record(database, COMMAND, "vetting.export", "vetting")
        cases = [as_case(each) for each in Vetting(database).decided()]
    lines = [json.dumps(case, ensure_ascii=False) for case in cases]
    if str(out) == "-":
        for line in lines:
            say(line)
        return
    out.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    say(f"导出 {len(lines)} 条到 {out}")


def _show(row: dict[str, Any]) -> None:
    review = row["review"]
    say(f"{row['place']} {row['title']}：{WORDS[review.decision]}".replace(" ：", "："))
    for each in review.findings:
        span = f"「{each.span[:SPAN_SHOWN]}」" if each.span else ""
        say(f"    {each.category} {span}{each.reason}（{each.basis}）→ {each.line}")


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Yield what is called after each ad: a bar on a terminal, else a line now and then."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    if console.is_terminal and not quiet:
        columns = (TextColumn("审核招聘信息"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("", total=total)
            yield lambda: bar.advance(task)
        return
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % LINE_EVERY == 0 and not quiet:
            say(f"已审 {done} / {total} 条")

    yield step
