"""What a server is told: where it listens, what it allows, and how much one request may cost."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one request, and all of them together, may cost."""

    seconds: float = 10.0
    answer_bytes: int = 32 << 20
    memory_bytes: int = 1 << 30
    queries: int = 4  # at the same time; as many again wait for a moment, more are turned away
    body_bytes: int = 1 << 20
    url_bytes: int = 16 << 10

    @property
    def upload_seconds(self) -> float:
        """Return how long a body may take to come."""
        return max(self.seconds, 5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where a server listens and whom it serves."""

    host: str = "127.0.0.1"
    port: int = 7878
    hosts: tuple[str, ...] = ()  # names beside its own under which it answers, as behind a proxy
    origins: tuple[str, ...] = ()  # of web pages that may read it: CORS
    log: bool = False
    token: str = ""  # with which updates are taken; none without one
    limits: Limits = field(default_factory=Limits)
