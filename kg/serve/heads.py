"""Connections that bring no request are closed, so that they keep no place from those that do."""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS: Final = 5.0  # that the head of a request may take


class Hurried(H11Protocol):
    """HTTP in which a head must come in time: uvicorn waits for one for ever."""

    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give the first head its time."""
        super().connection_made(transport)
        self._mind()

    def data_received(self, data: bytes) -> None:
        """Stop the clock if a request is there to be answered; the start of a further one starts it again."""
        super().data_received(data)
        self._mind()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        super().connection_lost(exc)
        self._stop()

    def _mind(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop()
        elif self._clock is None:
            self._clock = self.loop.call_later(SECONDS, self.timeout_keep_alive_handler)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
