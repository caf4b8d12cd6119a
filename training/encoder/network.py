"""The network: a BERT-style body of twelve layers and, on the first piece of each word, one head a task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder.base import HEADS, INNER, LAYERS, PLACES, WIDTH, Base
from training.encoder.batches import KINDS, NAME_STYLES, TREE_STYLES
from training.encoder.pairs import PairHead

ARC, RELATION, SPAN = 320, 96, 96
RELATING = 6
"""Layers that only the head of pairs reads: what it learns leaves trees and names as they are."""
SPAN_WIDTH = 16
"""Longest actor mention in words."""
MASK = 1 << 23
"""Chances in the row that masks of `Drop` are cut from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many labels each head has."""

    pos: int
    feats: int
    deps: int
    entities: int
    classes: int
    types: int
    modalities: int
    statuses: int
    layers: int = LAYERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the heads say; words count from 1, place 0 is the root.

    `arcs[b, d, h]`; the label of an arc needs its head first: `label(...)`; `spans[b, s, c, e]` with class 0
    for no mention; `words` are the vectors that `Network.pairs` takes.
    """

    pos: Tensor
    feats: Tensor
    entity: Tensor
    start: Tensor
    arcs: Tensor
    dependent: Tensor
    governor: Tensor
    spans: Tensor
    words: Tensor


class Drop(nn.Module):
    """Dropout whose masks a processor cuts out of one long row of chances.

    There, to draw each mask anew takes as long as the matrix product that it follows.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """Return `x` with a share of its numbers 0, the rest as much larger; not in training: `x`."""
        if x.is_cuda or not self.training or x.numel() > MASK // 2:
            return functional.dropout(x, self.share, self.training)
        start = int(torch.randint(MASK - x.numel(), ()))
        return x * _mask(self.share, x.dtype)[start : start + x.numel()].view(x.shape)


@cache
def _mask(share: float, kind: torch.dtype) -> Tensor:
    chances = torch.rand(MASK, generator=torch.Generator().manual_seed(MASK))
    return ((chances >= share) / (1 - share)).to(kind)


class Layer(nn.Module):
    """Attention and a feed-forward part, each followed by its norm."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.first = nn.LayerNorm(WIDTH, eps=1e-12)
        self.second = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Drop(0.1)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """Return the next layer's input; `bias` is 0 for pieces, very negative for padding."""
        batch, length, _ = x.shape
        parts = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if x.is_cuda:
            mask = None if bias is None else bias.to(parts.dtype)
            mixed = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)
        else:
            # The fused kernel's backward pass is slow on a CPU, and ONNX needs the plain form.
            with torch.autocast("cpu", enabled=False):
                weights = parts[0] * (HEADS / WIDTH) ** 0.5 @ parts[1].transpose(-1, -2)
                weights = weights if bias is None else weights + bias.to(weights.dtype)
                mixed = torch.softmax(weights, -1) @ parts[2]
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.first(x + self.drop(self.out(mixed)))
        inner = self.narrow(functional.gelu(self.widen(x)))
        return torch.as_tensor(self.second(x + self.drop(inner)))


class Network(nn.Module):
    """Body and heads; the vectors of pieces come from outside, since they are never trained."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.places = nn.Parameter(torch.zeros(PLACES, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(sizes.layers))
        self.styles = nn.Parameter(torch.randn(len(TREE_STYLES) + len(NAME_STYLES), WIDTH) * 0.02)
        self.drop = Drop(0.1)
        self.head_drop = Drop(0.25)
        self.pos = nn.Linear(WIDTH, sizes.pos)
        self.feats = nn.Linear(WIDTH, sizes.feats)
        self.entity = nn.Linear(WIDTH, sizes.entities)
        self.start = nn.Linear(WIDTH, 1)
        self.arc_dependent, self.arc_governor = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.dependent, self.governor = nn.Linear(WIDTH, RELATION), nn.Linear(WIDTH, RELATION)
        self.span_start, self.span_end = nn.Linear(WIDTH, SPAN), nn.Linear(WIDTH, SPAN)
        self.arc_weight = nn.Parameter(torch.empty(ARC + 1, ARC))
        nn.init.xavier_uniform_(self.arc_weight)
        self.relation_weight = nn.Parameter(torch.empty(RELATION + 1, sizes.deps * (RELATION + 1)))
        self.span_weight = nn.Parameter(torch.empty(SPAN + 1, (sizes.classes + 1) * (SPAN + 1)))
        for weight in (self.relation_weight, self.span_weight):
            nn.init.normal_(weight, std=0.05)
        self.relating = nn.ModuleList(Layer() for _ in range(RELATING))
        self.pairs = PairHead(WIDTH, types=sizes.types, modalities=sizes.modalities, statuses=sizes.statuses)

    def body(self, vectors: Tensor, bias: Tensor | None) -> tuple[Tensor, Tensor]:
        """Return the last layer's pieces, and those of the layer on which `relating` goes on."""
        x = fork = self.below(vectors, bias)
        for layer in self.layers[-RELATING:]:
            x = layer(x, bias)
        return torch.as_tensor(x), fork

    def below(self, vectors: Tensor, bias: Tensor | None) -> Tensor:
        """Return the pieces of the layer on which `relating` goes on."""
        x = self.drop(self.norm(vectors + self.places[: vectors.shape[1]]))
        for layer in self.layers[:-RELATING]:
            x = layer(x, bias)
        return torch.as_tensor(x)

    def fork(self) -> None:
        """Let the layers for pairs begin as the last ones of the body."""
        self.relating.load_state_dict(self.layers[-RELATING:].state_dict())

    def related(self, fork: Tensor, bias: Tensor | None, first: Tensor) -> Tensor:
        """Return the words that the head of pairs reads."""
        for layer in self.relating:
            fork = layer(fork, bias)
        return words_of(fork, first)

    def forward(self, vectors: Tensor, bias: Tensor, first: Tensor, styles: Tensor) -> Scores:
        """Score windows; `styles[b]` are the numbers of a tree style and a name style.

        The layers for pairs are left out: nothing here reads them.
        """
        return self.scores(self.styled(vectors, styles), bias, first, paired=False)

    def styled(self, vectors: Tensor, styles: Tensor) -> Tensor:
        """Return the vectors of pieces with those of their windows' styles."""
        style = self.styles[styles[:, 0]] + self.styles[len(TREE_STYLES) + styles[:, 1]]
        return vectors + style[:, None]

    def scores(self, vectors: Tensor, bias: Tensor | None, first: Tensor, *, paired: bool = True) -> Scores:
        """Score windows with styles added; `first[b, w]` is word w's first piece, place 0 the root."""
        pieces, fork = self.body(vectors, bias)
        words = self.head_drop(words_of(pieces, first))

        def project(layer: nn.Module) -> Tensor:
            return torch.as_tensor(self.head_drop(functional.gelu(layer(words))))

        arcs = with_one(project(self.arc_dependent)) @ self.arc_weight
        arcs = arcs @ project(self.arc_governor).transpose(1, 2)
        batch, size, _ = words.shape
        kinds = self.sizes.classes + 1
        starts = with_one(project(self.span_start)) @ self.span_weight
        ends = with_one(project(self.span_end))
        spans = starts.view(batch, size * kinds, SPAN + 1) @ ends.transpose(1, 2)
        return Scores(
            pos=self.pos(words),
            feats=self.feats(words),
            entity=self.entity(words),
            start=self.start(words)[:, :, 0],
            arcs=arcs,
            dependent=with_one(project(self.dependent)),
            governor=with_one(project(self.governor)),
            spans=spans.view(batch, size, kinds, size),
            words=self.related(fork, bias, first) if paired else words,
        )

    def label(self, scores: Scores, heads: Tensor) -> Tensor:
        """Return the scores of the labels of each word's arc to its head; head 0 is the root."""
        governors = scores.governor.gather(1, heads[:, :, None].expand(-1, -1, RELATION + 1))
        mixed = (scores.dependent @ self.relation_weight).view(*heads.shape, self.sizes.deps, RELATION + 1)
        return torch.as_tensor((mixed @ governors[..., None])[..., 0])


def words_of(pieces: Tensor, first: Tensor) -> Tensor:
    """Return the first piece of each word."""
    return pieces.gather(1, first[:, :, None].expand(-1, -1, WIDTH))


def with_one(x: Tensor) -> Tensor:
    """Return `x` with a last column of ones, which gives a bilinear form its linear part."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def make_network(base: Base, sizes: Sizes) -> Network:
    """Return a network whose body has the weights of the base."""
    net = Network(sizes)
    state: dict[str, Any] = {
        "places": base.get("emb.pos") + base.get("emb.type"),
        "norm.weight": base.get("emb.ln.w"),
        "norm.bias": base.get("emb.ln.b"),
    }
    names = {"ao": "out", "fi": "widen", "fo": "narrow", "aln": "first", "oln": "second"}
    for layer in range(sizes.layers):
        for kind, long in (("w", "weight"), ("b", "bias")):
            parts = [torch.from_numpy(base.get(f"l{layer}.{part}.{kind}")) for part in "qkv"]
            state[f"layers.{layer}.qkv.{long}"] = torch.cat(parts)
            for short, name in names.items():
                state[f"layers.{layer}.{name}.{long}"] = base.get(f"l{layer}.{short}.{kind}")
    tensors = {name: torch.as_tensor(value) for name, value in state.items()}
    wrong = net.load_state_dict(tensors, strict=False).unexpected_keys
    net.fork()
    if wrong:
        raise ValueError(f"the base has weights that the network lacks: {wrong}")
    return net


def shrunk(net: Network, layers: int) -> Network:
    """Return a copy that keeps every n-th layer, the last among them, for a student of this network."""
    small = Network(replace(net.sizes, layers=layers)).to(net.places.device)
    step = net.sizes.layers // layers
    state = {k: v for k, v in net.state_dict().items() if not k.startswith("layers.")}
    for layer in range(layers):
        for name, value in net.layers[step * (layer + 1) - 1].state_dict().items():
            state[f"layers.{layer}.{name}"] = value
    small.load_state_dict(state)
    return small


def sizes_of(labels: dict[str, Any], layers: int = LAYERS) -> Sizes:
    """Return the number of labels of each kind."""
    return Sizes(layers=layers, **{name: len(labels[name]) for name in KINDS})
