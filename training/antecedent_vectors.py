"""Learn what the encoder's vectors say of whom a pronoun means (`kg/actors/antecedent_vectors.py`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from kg.actors.antecedent_vectors import Array

RANK, INNER = 32, 64
DROP = 0.5
ROUNDS, BATCH = 12, 64
RATE, DECAY = 1e-3, 0.3
NEVER = -1e4
SHARE = 0.7
"""Of what the network says: as many are right as with all of it, and grammar keeps more of a say."""


class Reader(nn.Module):
    """The network, as `scores` of `kg` reckons it; its last score is nobody's."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.pronoun, self.candidate = nn.Linear(width, RANK), nn.Linear(width, RANK)
        self.inner, self.outer = nn.Linear(3 * RANK, INNER), nn.Linear(INNER, 1)
        self.nobody = nn.Linear(width, 1)
        self.drop = nn.Dropout(DROP)
        for layer in (self.outer, self.nobody):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, mine: Tensor, theirs: Tensor) -> Tensor:
        """Return the scores of one pronoun's candidates; `theirs` has a row for each."""
        one = self.pronoun(self.drop(mine)).expand(len(theirs), -1)
        two = self.candidate(self.drop(theirs))
        inner = torch.relu(self.inner(self.drop(torch.cat([one, two, one * two], -1))))
        return torch.cat([self.outer(self.drop(inner))[:, 0], self.nobody(self.drop(mine))])


def learn(
    words: Sequence[tuple[Array, Array]], right: Sequence[tuple[bool, ...]], before: Sequence[Array]
) -> dict[str, Array]:
    """Return the network's arrays, learned on top of the scores `before` that features give each choice."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    every = np.concatenate([np.vstack([mine, theirs]) for mine, theirs in words])
    mean, spread = every.mean(0), every.std(0) + 1e-3
    inputs = [(_tensor((a - mean) / spread), _tensor((b - mean) / spread)) for a, b in words]
    known = [_tensor(scores) for scores in before]
    wrong = [~torch.tensor(one) for one in right]
    net = Reader(len(mean)).train()
    descent = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = ROUNDS * -(-len(words) // BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(descent, lambda step: 1 - step / steps)
    for _ in range(ROUNDS):
        for batch in torch.randperm(len(words)).split(BATCH):
            loss = torch.zeros(())
            for n in batch.tolist():
                scores = known[n] + net(*inputs[n])
                loss = loss + scores.logsumexp(0) - scores.masked_fill(wrong[n], NEVER).logsumexp(0)
            descent.zero_grad()
            (loss / len(batch)).backward()
            descent.step()
            pace.step()
    return {"mean": mean, "spread": spread, **_arrays(net)}


def _tensor(array: Array) -> Tensor:
    return torch.from_numpy(array).float()


def _arrays(net: Reader) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for name in ("pronoun", "candidate", "inner", "outer", "nobody"):
        layer = getattr(net, name)
        found[name] = layer.weight.detach().numpy().T.squeeze().astype(float)
        found[f"{name}_bias"] = layer.bias.detach().numpy().squeeze().astype(float)
    for name in ("outer", "outer_bias", "nobody", "nobody_bias"):
        found[name] = found[name] * SHARE
    return found
