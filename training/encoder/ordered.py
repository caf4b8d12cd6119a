"""Sums that every x86-64 processor adds in the same order, so that the same text gives the same bytes."""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import helper, numpy_helper


def ordered(model: Any) -> Any:
    """Write each softmax of a graph as the five operations that it is made of.

    onnxruntime's softmax adds as many numbers at a time as the processor has room for, 8 or 16. What it
    rounds differently reaches the next words' 8 bits, and in the end every hundredth digit of a confidence.
    All else in the graph (integer products, normalisation, single products in the order of their columns) is
    the same to the bit with AVX2 and AVX-512.
    """
    graph = model.graph
    nodes: list[Any] = []
    axes: set[int] = set()
    for node in graph.node:
        if node.op_type == "Softmax":
            axis = next(one.i for one in node.attribute if one.name == "axis")
            axes.add(axis)
            nodes += _softmax(node.input[0], node.output[0], axis)
        else:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    for axis in sorted(axes):
        graph.initializer.append(numpy_helper.from_array(np.array([axis]), _axes(axis)))
    return model


def _softmax(source: str, name: str, axis: int) -> list[Any]:
    top, less, raised, total = (f"{name}_{part}" for part in ("top", "less", "raised", "total"))
    return [
        helper.make_node("ReduceMax", [source], [top], axes=[axis], keepdims=1),
        helper.make_node("Sub", [source, top], [less]),
        helper.make_node("Exp", [less], [raised]),
        helper.make_node("ReduceSum", [raised, _axes(axis)], [total], keepdims=1),
        helper.make_node("Div", [raised, total], [name]),
    ]


def _axes(axis: int) -> str:
    return f"softmax_axes_{axis}"
