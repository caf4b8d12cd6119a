"""Run the server: bind, say where, serve until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import errno
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.serve.settings import Settings
from kg.store import is_store
from kg.store.updating import FILE

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_LONGEST_HEAD = 64 << 10
_CONNECTIONS = 100
_GRACE = 3  # seconds for requests that are being answered when the server is told to stop


def serve(source: Path, settings: Settings, *, started: Callable[[str], None] = lambda _: None) -> None:
    """Serve the graph at `source` until SIGINT or SIGTERM; `started` is told the address."""
    _require()
    from kg.serve.answering import Answerers
    from kg.serve.app import application

    with _bound(settings) as listener, _sole_writer(source, settings):
        answerers = Answerers(source, settings.limits)
        try:
            app = application(answerers, settings, explorer=source.is_dir())
            started(_address(listener))
            _run(app, listener, log=settings.log)
        finally:
            answerers.close()


@contextlib.contextmanager
def _sole_writer(source: Path, settings: Settings) -> Iterator[None]:
    """Hold, while updates are taken, the lock by which no second server takes them for the same store."""
    import fcntl

    if not settings.token:
        yield
        return
    if not is_store(source):
        raise KgError(f"{source} is no store; only a store takes updates: `kg build … --store` makes one")
    with (source / f"{FILE}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise KgError(f"{source}: another server takes updates of this store already") from error
        yield


def _require() -> None:
    if not hasattr(os, "fork"):
        raise KgError("`kg serve` needs Linux, macOS or WSL: queries run in forked processes")
    try:
        import starlette
        import uvicorn
    except ImportError as error:
        raise KgError("`kg serve` needs more packages: pip install 'polkg[serve]'") from error
    del starlette, uvicorn


def _bound(settings: Settings) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return socket.create_server((settings.host, settings.port), family=family, backlog=_CONNECTIONS)
    except (OSError, OverflowError) as error:
        place = f"{settings.host}:{settings.port}"
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise KgError(f"{place} is in use; --port 0 takes a free port") from error
        raise KgError(f"cannot listen on {place}: {getattr(error, 'strerror', None) or error}") from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _run(app: ASGIApp, listener: socket.socket, *, log: bool) -> None:
    import uvicorn
    from uvicorn.config import LOGGING_CONFIG

    from kg.serve.heads import Hurried

    logging = copy.deepcopy(LOGGING_CONFIG)
    # Results alone go to standard output.
    logging["handlers"]["access"]["stream"] = logging["handlers"]["default"]["stream"]
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=Hurried,
            ws="none",
            lifespan="on",
            access_log=log,
            log_config=logging,
            log_level="info" if log else "warning",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_CONNECTIONS,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=_GRACE,
        )
    )

    def stop(_number: int, _frame: Any) -> None:
        server.should_exit = True

    # uvicorn hands the signal on to whoever was there before, who would end the process as if by a fault.
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        asyncio.run(server.serve(sockets=[listener]))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
