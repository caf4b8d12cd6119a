"""A model file that ships, back to what training goes on from: vocabulary, labels and weights.

Its 8-bit matrices are multiples of a scale a column, so what is exported again is the same to the bit, and
whoever trains the head of pairs needs neither a GPU nor the weights of the body in higher precision.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.encoder.batches import KINDS
from training.encoder.packing import Labels

_PRODUCT, _SUFFIX = "/MatMul_output_0_unit", "_quantized"

Array = NDArray[Any]


def restored(path: Path) -> dict[str, Tensor]:
    """Return the named weights of a model file in single precision, as `Network` has them."""
    data = np.load(path, allow_pickle=False)
    graph = onnx.load_from_string(data["graph"].tobytes()).graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    state = {
        name.removeprefix("net."): value
        for name, value in arrays.items()
        if name.startswith("net.") and not name.endswith("_scale") and value.dtype == np.float32
    }
    for node in graph.node:
        if node.op_type == "MatMulIntegerToFloat":
            name, matrix = _matrix(node, arrays)
            state[name] = matrix
    state |= {"styles": data["styles"], "relation_weight": data["relation"]}
    state |= {
        f"pairs.{name.removeprefix('pairs_')}": data[name] for name in data.files if name.startswith("pairs_")
    }
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in state.items()}


def with_labels_of(path: Path, labels: Labels) -> Labels:
    """Return labels in which those of the heads are a model file's, whatever the texts have of them now."""
    data = np.load(path, allow_pickle=False)
    return replace(labels, **{name: tuple(data[f"label_{name}"].tolist()) for name in KINDS})


def _matrix(node: Any, arrays: dict[str, Array]) -> tuple[str, Array]:
    """Return the name of the weight with which a node multiplies, and its numbers."""
    stored, scales = arrays[node.input[1]], arrays[node.input[3]]
    numbers = stored.astype(np.float32) * scales
    if node.input[1].startswith("net."):
        return node.input[1].removeprefix("net.").removesuffix(_SUFFIX), numbers
    # A layer's matrix has no name in the graph, but its product has: "/layers.0/qkv/MatMul_output_0_unit".
    layer = node.output[0].removesuffix(_PRODUCT).strip("/").replace("/", ".")
    return f"{layer}.weight", numbers.T
