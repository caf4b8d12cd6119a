"""Weights in files: those of a finished network, and all that a training goes on from after a stop."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor

from training.encoder.network import Network, sizes_of
from training.encoder.together import rank

FILE_BYTES = 12_000_000
HELD = "held.pt"


class Part(Protocol):
    """A network or an optimiser."""

    def state_dict(self) -> Any: ...  # noqa: D102  # torch's own
    def load_state_dict(self, state_dict: Any, /) -> Any: ...  # noqa: D102  # torch's own


def save(net: Network, folder: Path) -> None:
    """Write the weights in half precision, in files of at most `FILE_BYTES` each."""
    write_state(net.state_dict(), folder)


def average(first: Path, second: Path, folder: Path, *, share: float) -> None:
    """Write the mean of two saved networks, the second a further training of the first ("model soup")."""
    one, other = read_state(first), read_state(second)
    write_state(
        {name: (1 - share) * one[name].float() + share * value.float() for name, value in other.items()},
        folder,
    )


def write_state(values: Mapping[str, Tensor], folder: Path) -> None:
    """Write named weights in half precision."""
    state = {name: value.detach().half().cpu() for name, value in values.items()}
    parts: list[dict[str, Tensor]] = [{}]
    room = FILE_BYTES
    for name, value in state.items():
        size = value.numel() * value.element_size()
        if parts[-1] and size > room:
            parts.append({})
            room = FILE_BYTES
        parts[-1][name] = value
        room -= size
    folder.mkdir(parents=True, exist_ok=True)
    for number, part in enumerate(parts):
        torch.save(part, folder / f"weights{number}.pt")


def load(labels: dict[str, Any], folder: Path) -> Network:
    """Read what `save` wrote."""
    state = read_state(folder)
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    net = Network(sizes_of(labels, layers))
    missing = net.load_state_dict({name: v.float() for name, v in state.items()}, strict=False)
    late = ("pairs.", "relating.")
    if [name for name in missing.missing_keys if not name.startswith(late)] or missing.unexpected_keys:
        raise ValueError(f"{folder}: weights of another network: {missing}")
    if any(name.startswith("relating.") for name in missing.missing_keys):
        net.fork()
    return net


def read_state(folder: Path) -> dict[str, Tensor]:
    """Return the named weights of a folder."""
    state: dict[str, Tensor] = {}
    for path in sorted(folder.glob("weights*.pt")):
        state |= torch.load(path, map_location="cpu")
    return state


class Held:
    """What a training goes on from after a stop, in a file of its folder; the first process writes it."""

    def __init__(self, parts: Mapping[str, Part], folder: Path | None) -> None:
        self.parts = parts
        self.file = folder / HELD if folder else None

    def restored(self) -> int:
        """Take up what is there; return how many steps it has behind it."""
        if not self.file or not self.file.exists():
            return 0
        state = torch.load(self.file, map_location="cpu")
        for name, part in self.parts.items():
            part.load_state_dict(state[name])
        print(f"goes on after {state['steps']}", flush=True)
        return int(state["steps"])

    def save(self, steps: int) -> None:
        """Write all parts after so many steps, whole or not at all."""
        if self.file and rank() == 0:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            new = self.file.with_suffix(".new")
            torch.save({"steps": steps} | {name: p.state_dict() for name, p in self.parts.items()}, new)
            new.replace(self.file)

    def done(self) -> None:
        """Delete the file: the next training begins anew."""
        if self.file and rank() == 0:
            self.file.unlink(missing_ok=True)
