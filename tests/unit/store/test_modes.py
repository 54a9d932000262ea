"""What is written is read by us alone, also what an older release had left open."""

import os
import stat
from pathlib import Path

from store.modes import keep_private, open_to_others, tighten


def test_what_is_made_from_now_on_is_private(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        keep_private()
        (tmp_path / "folder").mkdir()
        (tmp_path / "file").touch()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


def test_what_was_left_open_is_found_and_tightened(tmp_path: Path) -> None:
    var = tmp_path / "var"
    outside = tmp_path / "outside"
    (var / "log").mkdir(parents=True)
    (var / "log/a.log").touch()
    (var / "key").touch()
    outside.touch()
    (var / "link").symlink_to(outside)
    for path, mode in ((var, 0o755), (var / "log", 0o750), (var / "log/a.log", 0o640)):
        path.chmod(mode)
    (var / "key").chmod(0o600)
    outside.chmod(0o644)
    assert set(open_to_others(var)) == {var, var / "log", var / "log/a.log"}
    tighten(var)
    assert list(open_to_others(var)) == []
    assert stat.S_IMODE((var / "log").stat().st_mode) == 0o700
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644
