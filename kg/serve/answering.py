"""The server's side of the processes that answer: start them, hand out jobs, turn away what is too much."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import GraphError, KgError
from kg.serve.forking import ENDED, LENGTH, MEMORY_EXIT, ORDER
from kg.serve.settings import Limits
from kg.serve.stamp import stamp_of
from kg.store.updating import keep_annotations

_PATIENCE: Final = 2.0  # seconds that a job waits for its turn
_LOOK: Final = 2.0  # seconds between two looks at whether the graph has changed
_LOG: Final = logging.getLogger("kg.serve")


class BusyError(KgError):
    """All turns are taken; the client may try again in a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The answer to a job: an HTTP status, and either a body with its media type or an error's message."""

    status: int
    media_type: str = ""
    body: bytes = b""
    message: str = ""
    line: int | None = None
    column: int | None = None


class Answerers:
    """Hands each job to a forked child of the process that holds the graph."""

    def __init__(self, source: Path, limits: Limits) -> None:
        """Load the graph; raises `GraphError` if it cannot be read."""
        self._source, self._limits = source, limits
        self._turns = asyncio.Semaphore(limits.queries)
        self._waiting = 0
        self._changing = asyncio.Lock()  # held by an update, and by a look that finds a change
        self._taking_over = asyncio.Lock()  # held by what changes the holder, or what the next one loads
        self.version = 0  # which goes up when the graph has changed
        self._stamp = stamp_of(source)
        self._holder = Holder(source)

    @property
    def quads(self) -> int:
        """Return how many quads the graph has, the ontology's included."""
        return self._holder.quads

    async def do(self, job: Mapping[str, Any]) -> Done:
        """Do one job within the limits; raises `BusyError` if too many are waiting already."""
        limits = self._limits
        whole = {
            "seconds": limits.seconds,
            "memory": limits.memory_bytes,
            "limit": limits.answer_bytes,
            **job,
        }
        if self._waiting >= limits.queries:
            raise BusyError("too many queries are waiting; try again in a moment")
        self._waiting += 1
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._turns.acquire()
        except TimeoutError as error:
            raise BusyError("all queries that may run at the same time are running; try again") from error
        finally:
            self._waiting -= 1
        try:
            if self._holder.ended:
                # Clients that go away while it loads take nothing away from those that stay.
                await asyncio.shield(self._revive())
            return await self._holder.do(whole)
        finally:
            self._turns.release()

    async def update(self, job: Mapping[str, Any]) -> Done:
        """Carry out an update, one at a time: on the disk first, then where the next query sees it."""
        async with self._changing:
            done = await self.do(job)
            if done.status == 200:
                async with self._taking_over:  # or who loads meanwhile brings the older graphs back
                    await asyncio.to_thread(keep_annotations, self._source, done.body)
                    with suppress(ConnectionError):  # of a dead holder; the next one loads what was kept
                        await self._holder.replace(done.body)
            return done

    async def watch(self) -> None:
        """Load the graph anew whenever it has changed on the disk; until then the old one answers."""
        while True:
            await asyncio.sleep(_LOOK)
            try:
                await self._look()
            except Exception:
                _LOG.exception("the graph cannot be looked at")

    async def _look(self) -> None:
        stamp = stamp_of(self._source)
        if stamp == self._stamp:
            return
        async with self._changing, self._taking_over:
            try:
                await self._load()
            except KgError as error:
                _LOG.warning("the graph has changed, but cannot be read: %s", error)
            else:
                self.version += 1
        self._stamp = stamp

    async def _revive(self) -> None:
        """Start the process that holds the graph again, unless another query has done so meanwhile."""
        async with self._taking_over:
            if not self._holder.ended:
                return
            _LOG.warning("the process that holds the graph is gone; it is started again")
            try:
                await self._load()
            except KgError as error:
                _LOG.warning("the graph cannot be read: %s", error)
                raise BusyError("the graph cannot be read at the moment; try again") from error

    async def _load(self) -> None:
        """Have a new process load the graph, and end the old one when its jobs are done."""
        new = await asyncio.to_thread(Holder, self._source)
        old, self._holder = self._holder, new
        old.retire()

    def close(self) -> None:
        """End the process that holds the graph, and with it all that are forked from it."""
        self._holder.close()


class Holder:
    """The process that holds the graph, as seen from the server."""

    def __init__(self, source: Path) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "kg.serve.forking", str(theirs.fileno()), str(source.resolve())]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        self._control = ours
        self._numbers = itertools.count(1)
        self._ended: dict[int, asyncio.Future[int]] = {}
        self._listener: asyncio.Task[None] | None = None
        self._retired = False
        self.quads = self._ready(source)

    @property
    def ended(self) -> bool:
        """Return whether the process has died."""
        return self._process.poll() is not None

    async def do(self, job: Mapping[str, Any]) -> Done:
        """Have a child do the job; it is killed if the caller stops waiting."""
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen())
        number = next(self._numbers)
        status = self._ended[number] = asyncio.get_running_loop().create_future()
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [ORDER.pack(b"J", number)], [theirs.fileno()])
            reader, writer = await asyncio.open_connection(sock=ours)
            try:
                answer = await _exchange(reader, writer, job)
            finally:
                writer.close()
            return _done(answer, await status, job)
        except OSError as error:
            raise BusyError(f"the query was interrupted ({error.strerror}); try again") from error
        finally:
            if not status.done():
                self._order(b"K", number)
            del self._ended[number]
            if self._retired and not self._ended:
                self.close()

    async def replace(self, nquads: bytes) -> None:
        """Put these graphs in the place of the user's own ones."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [ORDER.pack(b"U", 0)], [theirs.fileno()])
        reader, writer = await asyncio.open_connection(sock=ours)
        writer.write(nquads)
        writer.write_eof()
        await reader.read(-1)  # nothing comes, but the end comes when it is done
        writer.close()

    def retire(self) -> None:
        """End the process when the jobs that it has are done."""
        self._retired = True
        if not self._ended:
            self.close()

    def close(self) -> None:
        """End the process; its children go with it."""
        if self._listener:
            self._listener.cancel()
        self._control.close()
        self._process.wait()

    def _order(self, verb: bytes, number: int) -> None:
        if not self.ended:
            with suppress(ConnectionError):  # of a process that is dying: `ended` knows only when it is dead
                self._control.sendall(ORDER.pack(verb, number))

    def _ready(self, source: Path) -> int:
        """Wait until the graph is loaded."""
        with self._control.makefile("rb", buffering=0) as stream:
            size = stream.read(LENGTH.size) or b""
            if len(size) < LENGTH.size:
                code = self._process.wait()
                raise GraphError(f"{source}: the process that loads the graph ended with {code}")
            message = json.loads(_whole(stream.read, LENGTH.unpack(size)[0]))
        if "error" in message:
            self._process.wait()
            raise GraphError(message["error"])
        return int(message["quads"])

    async def _listen(self) -> None:
        """Note each job that has ended; when the process dies, all of them."""
        loop = asyncio.get_running_loop()
        self._control.setblocking(False)
        rest = b""
        with suppress(ConnectionError):  # of a process that died before it had read its orders
            while part := await loop.sock_recv(self._control, 4096):
                rest += part
                while len(rest) >= ENDED.size:
                    number, status = ENDED.unpack(rest[: ENDED.size])
                    rest = rest[ENDED.size :]
                    self._note(number, status)
        for number in list(self._ended):
            self._note(number, signal.SIGKILL)

    def _note(self, number: int, status: int) -> None:
        future = self._ended.get(number)
        if future and not future.done():
            future.set_result(status)


def _whole(read: Any, size: int) -> bytes:
    parts = b""
    while len(parts) < size and (part := read(size - len(parts))):
        parts += part
    return parts


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, job: Mapping[str, Any]
) -> bytes:
    writer.write(json.dumps(job).encode())
    writer.write_eof()
    return await reader.read(-1)


def _done(answer: bytes, status: int, job: Mapping[str, Any]) -> Done:
    """Return what a child has answered, or why it could not."""
    size = LENGTH.unpack(answer[: LENGTH.size])[0] if len(answer) >= LENGTH.size else None
    if size is None or (os.waitstatus_to_exitcode(status) != 0 and b'"trace"' not in answer):
        return _fate(status, job)
    head = json.loads(answer[LENGTH.size : LENGTH.size + size])
    if trace := head.get("trace"):
        _LOG.error("%s", trace)
    return Done(
        status=head["status"],
        media_type=head.get("type", ""),
        body=answer[LENGTH.size + size :],
        message=head.get("message", ""),
        line=head.get("line"),
        column=head.get("column"),
    )


def _fate(status: int, job: Mapping[str, Any]) -> Done:
    code = os.waitstatus_to_exitcode(status)
    if code in (-signal.SIGALRM, -signal.SIGXCPU):
        seconds = f"{job['seconds']:g} second{'' if job['seconds'] == 1 else 's'}"
        return Done(status=422, message=f"the query takes longer than {seconds}")
    if code in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, MEMORY_EXIT):
        return Done(
            status=422,
            message=f"the query is nested too deeply or needs more than {job['memory'] >> 20:,} MB of memory",
        )
    if code == -signal.SIGKILL:
        raise BusyError("the query was stopped from outside, as for want of memory; try again")
    _LOG.error("a query's process ended with %s", code)
    return Done(status=500, message="internal error")
