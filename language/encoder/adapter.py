"""What this project taught the base model, as a small file of differences.

``adapter.safetensors`` holds for a matrix W the pair ``<name>.A`` (rank, in) and ``<name>.B``
(out, rank), which make W + scale · B A, and for any other weight ``<name>``, what is added to it.
Names are those of ``packed``; ``scale`` is in the file's metadata, 1 where it is not.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from language.encoder.errors import EncoderUnavailable
from language.encoder.packed import Tensors

FILE = "adapter.safetensors"
_DOWN, _UP = ".A", ".B"


def merge(tensors: Tensors, file: Path) -> Tensors:
    """Return ``tensors`` with what the adapter adds; raise EncoderUnavailable if it cannot be."""
    merged = dict(tensors)
    try:
        with safe_open(file, framework="numpy") as opened:
            names = opened.offset_keys()
            found = {name: opened.get_tensor(name).astype(np.float32) for name in names}
            scale = float((opened.metadata() or {}).get("scale", "1"))
        for name, added in _differences(found, scale):
            merged[name] = _sum(tensors[name], added)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise EncoderUnavailable(f"{file.name}: 与基础模型不符。") from error
    return merged


def _differences(found: Tensors, scale: float) -> list[tuple[str, NDArray[np.float32]]]:
    pairs = [name.removesuffix(_DOWN) for name in found if name.endswith(_DOWN)]
    products = [(name, scale * (found[name + _UP] @ found[name + _DOWN])) for name in pairs]
    return products + [
        (name, added) for name, added in found.items() if not name.endswith((_DOWN, _UP))
    ]


def _sum(weights: NDArray[np.float32], added: NDArray[np.float32]) -> NDArray[np.float32]:
    if weights.shape != added.shape:
        raise ValueError(f"{added.shape} does not fit {weights.shape}")
    total: NDArray[np.float32] = weights + added
    return total
