"""What is taught on top of the base model, merged into it."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from language.encoder.adapter import merge
from language.encoder.errors import EncoderUnavailable
from language.encoder.packed import Tensors

MATRIX, BIAS = "encoder.layer.0.output.dense.weight", "encoder.layer.0.output.dense.bias"
_chance = np.random.default_rng(0)


def _noise(*shape: int) -> np.ndarray:
    return _chance.normal(size=shape).astype(np.float32)


@pytest.fixture
def base() -> Tensors:
    return {MATRIX: _noise(4, 6), BIAS: _noise(4), "other": _noise(2)}


def test_a_pair_adds_its_scaled_product_and_the_rest_is_added_as_it_is(
    base: Tensors, tmp_path: Path
) -> None:
    down, up, bias = _noise(2, 6), _noise(4, 2), _noise(4).astype(np.float16)
    added = {f"{MATRIX}.A": down, f"{MATRIX}.B": up, BIAS: bias}
    save_file(added, tmp_path / "adapter.safetensors", metadata={"scale": "0.5"})
    merged = merge(base, tmp_path / "adapter.safetensors")
    assert np.allclose(merged[MATRIX], base[MATRIX] + 0.5 * up @ down)
    assert np.allclose(merged[BIAS], base[BIAS] + bias.astype(np.float32))
    assert merged["other"] is base["other"]


@pytest.mark.parametrize(
    "added",
    [
        {f"{MATRIX}.A": _noise(2, 6)},
        {f"{MATRIX}.A": _noise(2, 5), f"{MATRIX}.B": _noise(4, 2)},
        {BIAS: _noise(1)},
        {"unknown": _noise(4)},
    ],
    ids=["half a pair", "another width", "would be spread out", "no such weight"],
)
def test_an_adapter_of_another_model_is_refused(
    base: Tensors, tmp_path: Path, added: Tensors
) -> None:
    save_file(added, tmp_path / "adapter.safetensors")
    with pytest.raises(EncoderUnavailable):
        merge(base, tmp_path / "adapter.safetensors")


def test_a_torn_file_is_refused(base: Tensors, tmp_path: Path) -> None:
    (tmp_path / "adapter.safetensors").write_bytes(b"torn")
    with pytest.raises(EncoderUnavailable):
        merge(base, tmp_path / "adapter.safetensors")
