"""Numbers of persons are kept encrypted, one placeholder each, in their conversation only."""

import base64
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from language.personal import find_personal
from store.database import Database
from store.settings import Settings
from store.vault.placeholders import ids_in
from store.vault.vault import Vault, shown, shown_each
from tests.database.messaging.support import NOW

OLD, NEW = "o" * 43, "n" * 43
ONE, OTHER = "web:one", "web:other"
PHONE = "13800138000"


def vault_of(database: Database, *keys: str) -> Vault:
    return Vault.over(database, Settings(_env_file=None, data_keys=",".join(keys)))


def hide(vault: Vault, database: Database, conversation: str, words: str) -> str:
    with database.write() as session:
        hidden = vault.hide(session, conversation, words, find_personal(words), NOW)
        session.commit()
        return hidden.text


def values(vault: Vault, database: Database, conversation: str = ONE) -> list[str | None]:
    with database.read() as session:
        return [kept.value for kept in vault.values_of(session, conversation)]


def test_the_same_number_has_the_same_placeholder(database: Database) -> None:
    vault = vault_of(database, NEW)
    first = hide(vault, database, ONE, f"打{PHONE}")
    again = hide(vault, database, ONE, "打幺三八 零零幺三 八零零零")
    elsewhere = hide(vault, database, OTHER, f"打{PHONE}")
    assert first == again != elsewhere
    assert PHONE not in first
    assert values(vault, database) == [PHONE]
    with database.read() as session:
        assert shown(session, ONE, first) == "打138****8000"


def test_nothing_of_it_is_readable_in_the_database(database: Database) -> None:
    hide(vault_of(database, NEW), database, ONE, f"打{PHONE}")
    with database.read() as session:
        (row,) = session.execute(text("SELECT * FROM personal_values")).all()
    raw = "".join(map(str, row)) + str([_decoded(str(each)) for each in row])
    assert PHONE not in raw


def _decoded(word: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(word)
    except ValueError:
        return b""


def test_a_placeholder_of_another_conversation_gains_nothing(database: Database) -> None:
    vault = vault_of(database, NEW)
    theirs = hide(vault, database, ONE, PHONE)
    assert hide(vault, database, ONE, theirs) == theirs
    typed = hide(vault, database, OTHER, theirs)
    assert ids_in(typed) == []
    with database.read() as session:
        assert shown(session, OTHER, theirs) == "〔手机号〕"


def test_what_is_forgotten_is_gone(database: Database) -> None:
    vault = vault_of(database, NEW)
    mine, theirs = (hide(vault, database, who, PHONE) for who in (ONE, OTHER))
    with database.write() as session:
        assert vault.forget(session, ONE) == 1
        session.commit()
    assert values(vault, database) == []
    assert values(vault, database, OTHER) == [PHONE]
    with database.read() as session:
        said = [(ONE, mine), (OTHER, theirs), (OTHER, "没有")]
        assert shown_each(session, said) == ["〔手机号〕", "138****8000", "没有"]


def test_after_a_rotation_the_new_key_is_enough(database: Database) -> None:
    before = hide(vault_of(database, OLD), database, ONE, PHONE)
    both = vault_of(database, NEW, OLD)
    assert hide(both, database, ONE, PHONE) == before
    assert both.rotate() == (1, 0)
    alone = vault_of(database, NEW)
    assert values(alone, database) == [PHONE]
    assert hide(alone, database, ONE, PHONE) == before
    assert values(vault_of(database, OLD), database) == [None]


def test_a_lost_key_is_said_and_no_failure(database: Database) -> None:
    hidden = hide(vault_of(database, OLD), database, ONE, PHONE)
    vault = vault_of(database, NEW)
    assert values(vault, database) == [None]
    assert vault.rotate() == (0, 1)
    with database.read() as session:
        assert shown(session, ONE, hidden) == "138****8000"


def test_keys_are_made_once_and_are_for_their_owner_only(
    sqlite_database: Database, tmp_path: Path
) -> None:
    settings = Settings(_env_file=None, var_dir=tmp_path / "var")
    assert settings.known_encryption_keys() == ()
    vault = Vault.over(sqlite_database, settings)
    hide(vault, sqlite_database, ONE, PHONE)
    (first,) = settings.known_encryption_keys()
    settings.add_encryption_key()
    assert settings.encryption_keys()[1:] == (first,)
    assert vault.rotate() == (1, 0)
    assert values(vault, sqlite_database) == [PHONE]
    assert stat.S_IMODE(settings.data_keys_path.stat().st_mode) == 0o600
    assert "data_keys" in repr(Settings(_env_file=None, data_keys=NEW))
    assert NEW not in repr(Settings(_env_file=None, data_keys=NEW))


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        Settings(_env_file=None, data_keys=f"{NEW},short")
