"""How fast a table of postings is imported, each line vetted; occupations follow in background."""

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from actions.jobs.imports.importer import Importer, Order
from actions.jobs.service import Jobs
from actions.vetting.service import Vetting
from bench.vetting import made_ads
from store.clock import utc_now
from store.database import Database
from store.migrate import upgrade

LINES = 6_000
SEED = 24
_TITLES = (
    "电工",
    "焊工",
    "收银员",
    "仓库管理员",
    "会计",
    "保安",
    "厨师",
    "客服专员",
    "文员",
    "质检员",
)
_PLACES = ("武汉市洪山区", "武汉市江夏区纸坊", "宜昌市", "襄阳市樊城区", "黄石市")


def imported(jobs: Jobs, progress: Callable[[str], None]) -> dict[str, float]:
    """Return the lines a second of a table into a database of its own."""
    progress(f"导入 {LINES} 行")
    draw = random.Random(SEED)  # noqa: S311
    lines = ["岗位名称,招聘单位,工作地点,薪资,学历,经验,招聘人数,岗位描述,联系电话"]
    for number, ad in enumerate(made_ads(LINES)):
        low = draw.randrange(4, 12) * 1000
        cells = (
            f"{draw.choice(_TITLES)}{number % 700}",
            f"测量{number % 900}公司",
            draw.choice(_PLACES),
            f"{low}-{low + 2000}元/月",
            draw.choice(("不限", "高中", "大专", "本科")),
            draw.choice(("不限", "1-3年", "3年以上")),
            f"{draw.randrange(1, 9)}人",
            ad.text,
            f"027{draw.randrange(10**7, 10**8)}",
        )
        lines.append(",".join(f'"{cell}"' for cell in cells))
    with tempfile.TemporaryDirectory(prefix="zhida-bench-") as folder:
        path = Path(folder) / "postings.csv"
        path.write_text("\n".join(lines), "utf-8")
        database = Database(f"sqlite:///{folder}/zhida.db")
        upgrade(database)
        into = Jobs(database, titles=jobs.titles, vetter=Vetting(database))
        began, worked = time.perf_counter(), time.process_time()
        Importer(database, into).run(path, Order("bench", "bench"), now=utc_now())
        seconds, spent = time.perf_counter() - began, time.process_time() - worked
        database.close()
    return {
        "import_rows": LINES,
        "import_rows_per_second": round(LINES / seconds),
        "import_rows_per_cpu_second": round(LINES / spent),
    }
