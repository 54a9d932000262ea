"""The envelope of WeChat's and WeCom's callbacks: AES-256-CBC, and SHA-1 over sorted parts.

Plain: 16 random bytes, the length (4 bytes, big-endian), the message, whom it is for; padded to
blocks of 32. The key is the configured 43 characters of base64, the IV its first 16 bytes.
"""

import base64
import binascii
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
HEAD = 20
"""Bytes before the message: the random ones and the length."""


class BadEnvelope(Exception):
    """What is not sealed as the platform seals, or not for us."""


def signature_of(*parts: str) -> str:
    """Return the SHA-1 of the sorted parts, in hexadecimal digits."""
    return hashlib.sha1("".join(sorted(parts)).encode(errors="replace")).hexdigest()  # noqa: S324


def same(right: str, given: str) -> bool:
    """Compare two signatures, in the same time wherever they differ."""
    return hmac.compare_digest(right.encode(), given.encode(errors="replace"))


def aes_key_of(written: str) -> bytes:
    """Return the 32 bytes of a configured key of 43 letters and digits."""
    return base64.b64decode(f"{written}=")


class Envelope:
    """Opens and seals what one account exchanges with its platform."""

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        self._token = token
        self._receiver = receiver.encode()
        key = aes_key_of(aes_key)
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def open(self, sealed: str, *, timestamp: str, nonce: str, signature: str) -> bytes:
        """Return the message in an envelope; raise BadEnvelope whatever is wrong with it."""
        if not same(signature_of(self._token, timestamp, nonce, sealed), signature):
            raise BadEnvelope("signature")
        try:
            content = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadEnvelope("base64") from error
        if not content or len(content) % 16:
            raise BadEnvelope("length")
        decryptor = self._cipher.decryptor()
        return self._message(decryptor.update(content) + decryptor.finalize())

    def _message(self, padded: bytes) -> bytes:
        pad = padded[-1]
        if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
            raise BadEnvelope("padding")
        plain = padded[:-pad]
        end = HEAD + int.from_bytes(plain[16:HEAD], "big")
        if len(plain) < HEAD or end > len(plain):
            raise BadEnvelope("length")
        if not hmac.compare_digest(plain[end:], self._receiver):
            raise BadEnvelope("receiver")
        return plain[HEAD:end]

    def seal(
        self, message: bytes, *, timestamp: str, nonce: str, random: bytes = b""
    ) -> tuple[str, str]:
        """Return a sealed message and its signature; ``random`` has 16 bytes, where a test's."""
        head = (random or secrets.token_bytes(16)) + len(message).to_bytes(4, "big")
        plain = head + message + self._receiver
        pad = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        content = encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()
        sealed = base64.b64encode(content).decode()
        return sealed, signature_of(self._token, timestamp, nonce, sealed)
