"""Writes the model as a graph of 8-bit integers that onnxruntime runs without torch.

One sentence at a time: ``ids`` (tokens,) to ``vector`` (width,), and to ``inner`` (width,), which
is the same of an earlier layer. So there is no padding, no mask, and a vector does not depend on
what else is encoded. A matrix has one scale for each output. What goes into it is rounded too,
with one scale for each token: one for all of them, as ``DynamicQuantizeLinear`` has it, loses
three times as much to the few wide dimensions.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from language.encoder.base import WORDS
from language.encoder.packed import Shape, Tensors
from language.encoder.serving import INNER, VECTOR

OPSET, IR = 18, 9
ABOVE_INNER = 2
"""How many layers there are above the one that ``inner`` is read from."""

_CONTRIB = "com.microsoft"  # onnxruntime's own operators, on every CPU build of it
_LARGEST = 127
_ZERO = 128  # of unsigned 8-bit activations


def make_graph(shape: Shape, tensors: Tensors) -> onnx.ModelProto:
    """Return the whole encoder from token ids to a unit vector."""
    graph = _Graph(shape, tensors)
    hidden = graph.embeddings()
    for layer in range(shape.layers):
        hidden = graph.layer(hidden, f"encoder.layer.{layer}")
        if layer == max(shape.layers - 1 - ABOVE_INNER, 0):
            graph.pooled(hidden, "ReduceMean", INNER)
    graph.pooled(hidden, "ReduceSum", VECTOR)
    body = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [shape.width])
            for name in (VECTOR, INNER)
        ],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(_CONTRIB, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=IR)


def rounded(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return ``matrix`` (rows, columns) in 8 bits and each row's scale (rows,)."""
    scales = np.maximum(np.abs(matrix).max(axis=1), 1e-12) / _LARGEST
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales.astype(np.float32)


class _Graph:
    """Nodes and constants; every method adds some and returns the name of what comes out."""

    def __init__(self, shape: Shape, tensors: Tensors) -> None:
        self._shape, self._tensors = shape, tensors
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._one = self._constant("one", np.float32(1))
        self._zero = self._constant("zero", np.array([_ZERO], np.uint8))
        self._zero_scalar = self._constant("zero.scalar", np.uint8(_ZERO))
        self._step = self._constant("step", np.float32(1 / _LARGEST))
        self._first = self._constant("first", np.array([0]))
        self._last = self._constant("last", np.array([-1]))

    def embeddings(self) -> str:
        """Words, places and the one kind of sentence there is."""
        words, scales = rounded(self._tensors[WORDS])
        taken = self._op("Gather", [self._constant("words", words), "ids"])
        taken = self._op("Cast", [taken], to=TensorProto.FLOAT)
        scale = self._constant("words.scales", scales[:, None])
        taken = self._op("Mul", [taken, self._op("Gather", [scale, "ids"])])
        places = self._tensors["embeddings.position_embeddings.weight"]
        places = places + self._tensors["embeddings.token_type_embeddings.weight"][0]
        count = self._op("Shape", ["ids"])
        place = self._op("Slice", [self._constant("places", places), self._first, count])
        norm = self._norm("embeddings.LayerNorm")
        return self._op(
            "LayerNormalization",
            [self._op("Add", [taken, place]), *norm],
            axis=-1,
            epsilon=self._shape.epsilon,
        )

    def layer(self, hidden: str, name: str) -> str:
        """Attention and the inner layer, each added to what came in."""
        attended = self._attention(hidden, f"{name}.attention.self")
        output = f"{name}.attention.output"
        hidden = self._added(hidden, attended, f"{output}.dense", f"{output}.LayerNorm")
        inner = self._product(hidden, f"{name}.intermediate.dense")
        bias = self._weight(f"{name}.intermediate.dense.bias")
        inner = self._op("BiasGelu", [inner, bias], domain=_CONTRIB)
        return self._added(hidden, inner, f"{name}.output.dense", f"{name}.output.LayerNorm")

    def pooled(self, hidden: str, reduced: str, name: str) -> None:
        """Bring the mean over the tokens to length one; their sum has the same direction."""
        total = self._op(reduced, [hidden, self._first], keepdims=0)
        self._op("LpNormalization", [total], [name], axis=-1, p=2)

    def _attention(self, hidden: str, name: str) -> str:
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        bias = np.concatenate([self._tensors[f"{part}.bias"] for part in parts])
        together = self._op("Unsqueeze", [self._product(hidden, *parts), self._first])
        heads = [f"{part}.heads" for part in parts]
        self._op("Split", [together], heads, axis=-1, num_outputs=len(parts))
        read = self._op(
            "MultiHeadAttention",
            [*heads, self._constant(f"{name}.bias", bias)],
            domain=_CONTRIB,
            num_heads=self._shape.heads,
        )
        return self._op("Squeeze", [read, self._first])

    def _added(self, hidden: str, other: str, dense: str, norm: str) -> str:
        product, bias = self._product(other, dense), self._weight(f"{dense}.bias")
        return self._op(
            "SkipLayerNormalization",
            [hidden, product, *self._norm(norm), bias],
            domain=_CONTRIB,
            epsilon=self._shape.epsilon,
        )

    def _product(self, hidden: str, *names: str) -> str:
        """Multiply (tokens, in) by the matrices one above the other, without their biases."""
        matrix = np.concatenate([self._tensors[f"{name}.weight"] for name in names])
        weights, scales = rounded(matrix)
        label = names[0]
        largest = self._op("ReduceMax", [self._op("Abs", [hidden]), self._last], keepdims=1)
        step = self._op("Mul", [largest, self._step])
        steps = self._op("Squeeze", [step, self._last])
        zeros = self._op("Expand", [self._zero, self._op("Shape", [steps])])
        integers = self._op("QuantizeLinear", [hidden, steps, zeros], axis=0)
        inputs = [
            integers,
            self._constant(f"{label}.matrix", np.ascontiguousarray(weights.T)),
            self._one,
            self._constant(f"{label}.scales", scales),
            self._zero_scalar,
        ]
        product = self._op("MatMulIntegerToFloat", inputs, domain=_CONTRIB)
        return self._op("Mul", [product, step])

    def _norm(self, name: str) -> list[str]:
        return [self._weight(f"{name}.weight"), self._weight(f"{name}.bias")]

    def _weight(self, name: str) -> str:
        return self._constant(name, self._tensors[name])

    def _constant(self, name: str, value: NDArray[np.generic] | np.generic) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def _op(
        self, kind: str, inputs: Sequence[str], outputs: Sequence[str] = (), **attributes: Any
    ) -> str:
        names = list(outputs) or [f"{kind}.{len(self.nodes)}"]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0]
