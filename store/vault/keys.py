"""The keys of the vault: the newest encrypts and indexes, all of them are tried to read."""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from store.settings import Settings


class Keyring:
    """What the data keys do. They are read at each use: a rotation needs no restart."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def encrypt(self, value: str) -> str:
        """Return ``value`` encrypted with the newest key."""
        return _cipher(self._settings.encryption_keys()).encrypt(value.encode()).decode("ascii")

    def decrypt(self, ciphertext: str) -> str | None:
        """Return what was encrypted; None where the key is lost, or a byte is another."""
        keys = self._settings.encryption_keys()
        try:
            return _cipher(keys).decrypt(ciphertext).decode() if keys else None
        except InvalidToken:
            return None

    def blind_indexes(self, *parts: str) -> tuple[str, ...]:
        """Return the index of a value under every key, the newest first: 64 hex digits each."""
        said = "\0".join(parts).encode()
        return tuple(
            hmac.new(_derived(key, "blind index"), said, hashlib.sha256).hexdigest()
            for key in self._settings.encryption_keys()
        )


@lru_cache(maxsize=8)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(_derived(key, "encryption"))) for key in keys]
    )


@lru_cache(maxsize=32)
def _derived(key: str, purpose: str) -> bytes:
    return hmac.new(key.encode(), purpose.encode(), hashlib.sha256).digest()
