"""The head that reads two mentions of a sentence: what one does to the other, how certain, and who says so.

Both mentions' first and last words and what the sentence says around them (attention from the pair to its
words) give one vector for a pair. From that come a chance for each type of relation, negation, modality and
status, and a pointer to the mention that claims it. Pairs of spans as in Lee et al. 2017 ("End-to-end neural
coreference"), types as independent chances since several may hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.understand.encoder_pairs import BEFORE, BEHIND, CLAIM, CROSS, DISTANCES, HEADS, KEY, PAIR


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScores:
    """What the head says of each pair; `claims[p, 0]` is the narrator, `claims[p, m + 1]` mention m."""

    types: Tensor
    negated: Tensor
    modalities: Tensor
    statuses: Tensor
    claims: Tensor


class PairHead(nn.Module):
    """From words and pairs of mentions to scores of types, qualifiers and claimants."""

    def __init__(self, width: int, *, types: int, modalities: int, statuses: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.25)
        self.source = nn.Linear(2 * width, PAIR + CROSS)
        self.target = nn.Linear(2 * width, PAIR + CROSS)
        self.distance = nn.Parameter(torch.zeros(2 * len(DISTANCES) + 2, PAIR))
        self.query = nn.Linear(PAIR, HEADS * KEY)
        self.key = nn.Linear(width, HEADS * KEY)
        self.value = nn.Linear(width, HEADS * KEY)
        self.mix = nn.Linear(PAIR + CROSS + HEADS * KEY, PAIR)
        self.types = nn.Linear(PAIR, types)
        self.negated = nn.Linear(PAIR, 1)
        self.modalities = nn.Linear(PAIR, modalities)
        self.statuses = nn.Linear(PAIR, statuses)
        self.asks = nn.Linear(PAIR, CLAIM)
        self.claims = nn.Linear(2 * width, CLAIM)
        self.narrator = nn.Parameter(torch.randn(CLAIM) * 0.1)
        self.near = nn.Parameter(torch.zeros(BEFORE + BEHIND + 3))
        nn.init.constant_(self.types.bias, -4.0)

    def forward(self, words: Tensor, mentions: Tensor, pairs: Tensor) -> PairScores:
        """Score `pairs[p]` (row, source, target, first word and end of the sentence) of `mentions[b, m]`."""
        row, source, target, start, end = pairs[:, :5].unbind(1)
        batch, most, _ = mentions.shape
        width = words.shape[2]
        ends = mentions[:, :, :2].reshape(batch, 2 * most, 1).expand(-1, -1, width)
        spans = words.gather(1, ends).view(batch, most, 2 * width)
        one, other = self.source(spans)[row, source], self.target(spans)[row, target]
        gap = steps(mentions[row, target, 0] - mentions[row, source, 0])
        both = functional.gelu(one[:, :PAIR] + other[:, :PAIR] + self.distance[gap])
        cross = one[:, PAIR:] * other[:, PAIR:]
        around = self.attend(self.query(self.drop(both)), words, row, (start, end))
        pair = functional.gelu(self.mix(self.drop(torch.cat([both, cross, around], 1))))
        pair = self.drop(pair)
        return PairScores(
            types=self.types(pair),
            negated=self.negated(pair)[:, 0],
            modalities=self.modalities(pair),
            statuses=self.statuses(pair),
            claims=self.point(self.asks(pair), self.claims(spans), mentions, (row, source, target)),
        )

    def attend(self, query: Tensor, words: Tensor, row: Tensor, bounds: tuple[Tensor, Tensor]) -> Tensor:
        """Return what the words of each pair's own sentence say to its question."""
        batch, size, _ = words.shape
        keys = self.key(words).view(batch, size, HEADS, KEY)[row]
        values = self.value(words).view(batch, size, HEADS, KEY)[row]
        place = torch.arange(size, device=words.device)
        outside = (place[None] < bounds[0][:, None]) | (place[None] >= bounds[1][:, None])
        scores = torch.einsum("phk,pwhk->phw", query.view(-1, HEADS, KEY), keys).float() * KEY**-0.5
        weights = scores.masked_fill(outside[:, None], -1e4).softmax(-1).to(values.dtype)
        return torch.einsum("phw,pwhk->phk", weights, values).flatten(1)

    def point(
        self, asks: Tensor, keys: Tensor, mentions: Tensor, pair: tuple[Tensor, Tensor, Tensor]
    ) -> Tensor:
        """Return the scores of the narrator and of each mention near enough as the one who claims it."""
        row, source, target = pair
        scores = torch.einsum("pk,pmk->pm", asks, keys[row]) * CLAIM**-0.5
        sentence = mentions[:, :, 2]
        off = sentence[row] - sentence[row, source][:, None]
        far = (off < -BEFORE) | (off > BEHIND)
        number = torch.arange(mentions.shape[1], device=asks.device)
        scores = scores + self.near[off.clamp(-BEFORE, BEHIND) + BEFORE]
        scores = scores + self.near[-2] * (number[None] == source[:, None])
        scores = scores + self.near[-1] * (number[None] == target[:, None])
        narrator = (asks @ self.narrator * CLAIM**-0.5)[:, None]
        return torch.cat([narrator, scores.float().masked_fill(far, -1e4).to(narrator.dtype)], 1)


def steps(gap: Tensor) -> Tensor:
    """Return the number of the step in which a signed distance in words falls."""
    bounds = torch.as_tensor(DISTANCES, device=gap.device)
    step = torch.bucketize(gap.abs(), bounds, right=True)
    return torch.where(gap < 0, step + len(DISTANCES) + 1, step)


def pair_losses(scores: PairScores, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the losses of types, of the qualifiers of what holds and of who claims it; 0 without pairs."""
    pairs, facts, claims = batch["pairs"], batch["facts"], batch["claims"]
    right = torch.zeros_like(scores.types, dtype=torch.float32)
    known = torch.ones_like(right)
    right[facts[:, 0], facts[:, 1]] = facts[:, 2].float()
    known[facts[:, 0], facts[:, 1]] = facts[:, 2].float()
    each = functional.binary_cross_entropy_with_logits(scores.types.float(), right, reduction="none")
    parts = {"types": (each * known).sum() / max(1, len(pairs))}
    holds = pairs[:, 5] >= 0
    number = holds.sum().clamp(min=1)
    negated = functional.binary_cross_entropy_with_logits(
        scores.negated.float(), pairs[:, 5].clamp(min=0).float(), reduction="none"
    )
    parts["negated"] = (negated * holds).sum() / number
    for name, column in (("modalities", 6), ("statuses", 7)):
        parts[name] = (
            functional.cross_entropy(
                getattr(scores, name).float(), pairs[:, column], ignore_index=-100, reduction="sum"
            )
            / number
        )
    chosen = torch.zeros_like(scores.claims, dtype=torch.bool)
    chosen[claims[:, 0], claims[:, 1]] = True
    logits = scores.claims.float()
    there = (chosen & (logits > -9e3)).any(1)
    wanted = logits.masked_fill(~chosen, -1e4).logsumexp(1) - logits.logsumexp(1)
    parts["claims"] = -(wanted * there).sum() / there.sum().clamp(min=1)
    return parts
