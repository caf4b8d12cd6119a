"""A connection that breaks: what stands between a client and a server, and cuts the wire when it is told."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit


class Unsteady:
    """Passes on all that goes to and from the server, by a port of its own, until it is cut or closed."""

    def __init__(self, target: str) -> None:
        place = urlsplit(target)
        self._server = (place.hostname or "", place.port or 0)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._wires: list[socket.socket] = []
        self.url = f"{place.scheme}://127.0.0.1:{self._door.getsockname()[1]}"
        self.cuts = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Unsteady:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def cut(self) -> None:
        """Break all connections; new ones are let through."""
        wires, self._wires = self._wires, []
        for wire in wires:
            with suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)
            wire.close()
        self.cuts += 1

    def close(self) -> None:
        """Break all connections and let none through any more."""
        with suppress(OSError):  # wakes the thread that waits at the door
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.cut()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
                server = socket.create_connection(self._server)
            except OSError:
                return
            self._wires += [client, server]
            for one, two in ((client, server), (server, client)):
                threading.Thread(target=_pass_on, args=(one, two), daemon=True).start()


def _pass_on(one: socket.socket, two: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            two.sendall(data)
    for wire in (one, two):
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)
