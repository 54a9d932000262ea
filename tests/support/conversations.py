"""Ids of conversations as a client chooses them, and how a client says whose it reads."""

import hashlib


def conversation_of(name: str) -> str:
    """Return an id that nobody guesses who does not know ``name``; for ever the same."""
    return f"{name}-{hashlib.sha256(name.encode()).hexdigest()[:24]}"


def bearer(conversation: str) -> dict[bytes, bytes]:
    """Return the header that opens a conversation to its reader."""
    return {b"Authorization": f"Bearer {conversation}".encode()}
