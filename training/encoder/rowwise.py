"""Quantisation of what goes into a matrix, word by word instead of batch by batch."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from onnx import helper, numpy_helper

_STEP, _ZERO, _LEAST = "row_step", "row_zero", "row_least"


def rowwise(model: Any) -> Any:
    """Give each row of a matrix product in a dynamically quantised graph a scale of its own.

    onnxruntime's own way has one scale for all that is read at a time: one word's outlier makes all others
    coarse, so that three times as many labels differ from single precision's, and texts sway each other.
    """
    graph = model.graph
    uses = defaultdict(list)
    makers = {name: node for node in graph.node for name in node.output}
    for node in graph.node:
        for name in node.input:
            uses[name].append(node)
    gone: set[str] = set()
    nodes = []
    for node in graph.node:
        if node.op_type == "DynamicQuantizeLinear":
            nodes += _quantised(node.input[0], node.output[0])
        elif node.op_type == "MatMulInteger":
            (cast,) = uses[node.output[0]]
            (scaled,) = uses[cast.output[0]]
            scales = makers[next(name for name in scaled.input if name != cast.output[0])]
            gone |= {cast.name, scaled.name, scales.name}
            nodes += _product(node, scale=scales.input[1], output=scaled.output[0])
        else:
            nodes.append(node)
    kept = [node for node in nodes if not node.name or node.name not in gone]
    del graph.node[:]
    graph.node.extend(kept)
    for name, value in ((_STEP, np.float32(1 / 127)), (_ZERO, np.uint8(128)), (_LEAST, np.float32(1e-9))):
        graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    return model


def _quantised(source: str, name: str) -> list[Any]:
    """Return the nodes that bring each row to ±127 around 128, its largest number in `<name>_most`."""
    top, low, most = f"{name}_top", f"{name}_low", f"{name}_most"
    return [
        helper.make_node("ReduceMax", [source], [top], axes=[-1], keepdims=1),
        helper.make_node("ReduceMin", [source], [low], axes=[-1], keepdims=1),
        helper.make_node("Neg", [low], [f"{low}_up"]),
        helper.make_node("Max", [top, f"{low}_up", _LEAST], [most]),
        helper.make_node("Div", [source, most], [f"{name}_unit"]),
        helper.make_node("QuantizeLinear", [f"{name}_unit", _STEP, _ZERO], [name]),
    ]


def _product(node: Any, *, scale: str, output: str) -> list[Any]:
    rows, matrix, _, zero = node.input
    inputs = [rows, matrix, _STEP, scale, _ZERO, zero]
    return [
        helper.make_node("MatMulIntegerToFloat", inputs, [f"{output}_unit"], domain="com.microsoft"),
        helper.make_node("Mul", [f"{output}_unit", f"{rows}_most"], [output]),
    ]
