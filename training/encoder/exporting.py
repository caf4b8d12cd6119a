"""After training: one file with an ONNX graph in 8 bits, piece vectors in 4, and the labels."""

from __future__ import annotations

import tempfile
from dataclasses import fields
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime import (  # type: ignore[import-untyped]  # ships no types
    GraphOptimizationLevel,
    InferenceSession,
    SessionOptions,
)
from onnxruntime.quantization import (  # type: ignore[import-untyped]  # ships no types
    QuantType,
    quantize_dynamic,
)
from torch import Tensor, nn

from training.encoder.base import WIDTH, piece_arrays
from training.encoder.batches import KINDS, NAME_STYLES, TREE_STYLES, load_corpus
from training.encoder.keeping import load
from training.encoder.network import Network, Scores
from training.encoder.ordered import ordered
from training.encoder.rowwise import rowwise

TARGET = Path(__file__).parents[2] / "kg" / "understand" / "models" / "encoder" / "encoder.npz"
OUTPUTS = tuple(f.name for f in fields(Scores))
_AXES = {
    "vectors": {0: "batch", 1: "pieces"},
    "first": {0: "batch", 1: "words"},
    "arcs": {0: "batch", 1: "words", 2: "words"},
    "spans": {0: "batch", 1: "words", 3: "words"},
}
OPSET = 17


class _Traced(nn.Module):
    """The network without padding, with a tuple for its result and chances instead of scores for spans."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, vectors: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        scores = self.net.scores(vectors, None, first)
        out = {name: getattr(scores, name) for name in OUTPUTS}
        out["spans"] = torch.softmax(out["spans"], 2)
        return tuple(out.values())


def export(work: Path, weights: Path, target: Path | None, *, bits: int = 8) -> Path:
    """Write the model file; `bits` 32 keeps the graph in single precision, to compare."""
    corpus = load_corpus(work)
    base = corpus.base
    net = load(corpus.labels, weights).eval()
    graph = graph_of(net, bits=bits)
    target = target or TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        target,
        allow_pickle=False,
        graph=np.frombuffer(graph, np.uint8),
        styles=net.styles.detach().numpy(),
        label_trees=np.array(TREE_STYLES),
        label_names=np.array(NAME_STYLES),
        relation=net.relation_weight.detach().numpy().astype(np.float16),
        **piece_arrays(base),
        **{f"label_{name}": np.array(corpus.labels[name]) for name in KINDS},
        **{
            f"pairs_{name}": value.detach().numpy().astype(np.float16)
            for name, value in net.pairs.state_dict().items()
        },
    )
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
    return target


def graph_of(net: Network, *, bits: int) -> bytes:
    """Return the serialised ONNX graph, its matrices in 8 bits with a scale a column, words with one each."""
    with tempfile.TemporaryDirectory() as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        axes = {name: _AXES.get(name, {0: "batch", 1: "words"}) for name in ("vectors", "first", *OUTPUTS)}
        torch.onnx.export(
            _Traced(net).eval(),
            (torch.randn(2, 9, WIDTH), torch.tensor([[0, 1, 2, 3], [0, 2, 3, 4]])),
            str(plain),
            input_names=["vectors", "first"],
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
        if bits == 32:
            return optimised(plain.read_bytes())
        # Seven bits of the eight: processors without VNNI add two products in 16 bits, which would overflow.
        quantize_dynamic(
            plain,
            small,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
        )
        return optimised(bytes(ordered(rowwise(onnx.load(small))).SerializeToString()))


def optimised(graph: bytes) -> bytes:
    """Return the graph as onnxruntime would make it whenever it loads it: half of the time of loading."""
    with tempfile.TemporaryDirectory() as folder:
        options = SessionOptions()
        options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(Path(folder) / "optimised.onnx")
        InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        return Path(options.optimized_model_filepath).read_bytes()
