"""An encrypted backup: who has the key gets all of it, whoever has not, or changed it, nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from bot.commands import backup as command
from bot.messaging import transcripts
from store.backup.archive import opened, written
from store.backup.backup import Place, back_up
from store.backup.envelope import make_key, sealed, unsealed
from store.backup.errors import BackupRefused
from store.backup.restore import restore
from store.database import Database
from store.migrate import upgrade
from store.settings import ROOT, Settings
from tests.database.appointments.support import NOW
from tests.database.backup_support import filled
from tests.support import last_release

CHUNK = 2**16
"""Of age."""


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A key file, and its public key."""
    path = tmp_path_factory.mktemp("key") / "backup.key"
    return path, make_key(path)


def place_on(database: Database, folder: Path) -> Place:
    tracker = folder / "rasa.db" if database.is_sqlite else None
    return Place(database, tracker, folder / "uploads", "k" * 43)


@pytest.fixture
def place(bare_database: Database, tmp_path: Path) -> Place:
    """The last release's day, on either database."""
    return filled(place_on(bare_database, tmp_path))


def code_of(path: Path, key_file: Path | None) -> str:
    with pytest.raises(BackupRefused) as refused, opened(path, key_file):
        pass
    return refused.value.code


def test_what_comes_back_is_what_was_saved(
    place: Place, tmp_path: Path, key: tuple[Path, str]
) -> None:
    key_file, public = key
    path = tmp_path / "1.zip.age"
    saved = back_up(place, path, now=NOW, recipients=[public])
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.glob("*.age*")] == [path.name]
    content = path.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    assert b"manifest.json" not in content
    folder = tmp_path / "new"
    folder.mkdir()
    new = place_on(Database(f"sqlite:///{folder / 'zhida.db'}"), folder)
    before = set(tmp_path.iterdir())
    restore(new, path, key_file=key_file)
    assert set(tmp_path.iterdir()) == before  # nothing plain is left beside the backup
    again = back_up(new, tmp_path / "2.zip", now=NOW)
    assert sorted(again.parts, key=str) == sorted(saved.parts, key=str)
    new.database.close()


def test_without_its_key_nothing_is_opened_nor_touched(
    place: Place, tmp_path: Path, key: tuple[Path, str]
) -> None:
    path, other, none = tmp_path / "1.zip.age", tmp_path / "other.key", tmp_path / "none.key"
    back_up(place, path, now=NOW, recipients=[key[1]])
    make_key(other)
    none.write_text("# nothing\n", "ascii")
    before = len(transcripts.list_conversations(place.database))
    for key_file, code in ((None, "needs_key"), (other, "wrong_key"), (none, "no_key_file")):
        with pytest.raises(BackupRefused) as refused:
            restore(place, path, key_file=key_file, kept=tmp_path / "kept")
        assert refused.value.code == code
    assert len(transcripts.list_conversations(place.database)) == before
    assert not (tmp_path / "kept").exists()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, key: tuple[Path, str]) -> bytes:
    """What is encrypted in several chunks, the last one whole."""
    path = tmp_path_factory.mktemp("large") / "large"
    with path.open("w+b") as file, sealed(file, [key[1]]) as plain:
        plain.write(os.urandom(3 * CHUNK))
    return path.read_bytes()


def refused(content: bytes, path: Path, key_file: Path) -> str:
    path.write_bytes(content)
    with pytest.raises(BackupRefused) as error, unsealed(path, key_file):
        pass
    return error.value.code


def test_a_changed_byte_is_found_wherever_it_is(
    large: bytes, tmp_path: Path, key: tuple[Path, str]
) -> None:
    positions = [*range(len(b"age-encryption.org/"), 200), *range(200, len(large), 9973)]
    for position in [*positions, len(large) - 1]:
        changed = bytearray(large)
        changed[position] ^= 1
        assert refused(changed, tmp_path / "changed", key[0]) in {"damaged", "wrong_key"}, position


def test_chunks_are_neither_left_out_nor_moved(
    large: bytes, tmp_path: Path, key: tuple[Path, str]
) -> None:
    whole = CHUNK + 16  # with its tag
    head, chunks = large[: -3 * whole], large[-3 * whole :]
    first, second, third = (chunks[n * whole : (n + 1) * whole] for n in range(3))
    for parts in (
        [first],
        [first, second],
        [first, second, third[:-1]],
        [first, third],
        [second, first, third],
        [first, second, third, third],
        [],
    ):
        content = head + b"".join(parts)
        assert refused(content, tmp_path / "moved", key[0]) == "damaged"


def test_a_recipient_that_is_none_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused) as error, written(tmp_path / "1.zip.age", ["age1abc"]):
        pass
    assert error.value.code == "no_recipient"
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_for_its_owner_and_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "backup.key"
    make_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_text("ascii")
    with pytest.raises(BackupRefused, match="exists"):
        make_key(path)
    assert path.read_text("ascii") == before


MEGABYTES = 256
PROGRAM = f"""
import resource, sys
from pathlib import Path
from store.backup.envelope import make_key, sealed, unsealed
folder = Path(sys.argv[1])
public = make_key(folder / "key")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with (folder / "large").open("w+b") as file, sealed(file, [public]) as plain:
    for _ in range({MEGABYTES}):
        plain.write(bytes(2**20))
with unsealed(folder / "large", folder / "key") as plain:
    assert sum(len(piece) for piece in iter(lambda: plain.read(2**20), b"")) == {MEGABYTES} << 20
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the figure is in other units")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(done.stdout) < 20 * 2**10  # KB


def test_commands_encrypt_and_open(
    bare_database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last_release.install(bare_database)
    upgrade(bare_database)
    bare_database.close()
    key_file = tmp_path / "backup.key"
    command.run_backup_key(key_file)
    line = capsys.readouterr().out.splitlines()[-1]
    name, public = line.split("=")
    assert name == "ZHIDA_BACKUP_RECIPIENTS"
    url = bare_database.url.render_as_string(hide_password=False)
    settings = Settings(var_dir=tmp_path / "var", database_url=url, backup_recipients=public)
    command.run_backup(settings, None, None)
    assert "加密" in capsys.readouterr().out
    (path,) = (tmp_path / "var" / "backups").iterdir()
    assert path.name.endswith(".zip.age")
    new = settings.model_copy(update={"var_dir": tmp_path / "new", "database_url": ""})
    with pytest.raises(typer.Exit):
        command.run_restore(new, path, replace=False, yes=False)
    assert "--key" in capsys.readouterr().err
    command.run_restore(new, path, replace=False, yes=False, key=key_file)
    database = Database(new.database)
    assert len(transcripts.list_conversations(database)) == len(last_release.ROWS["conversations"])
    database.close()
