"""The process that holds the graph, and forks a child for each job: `python -m kg.serve.forking FD GRAPH`.

A child shares the graph's memory and can be killed at any moment without harm. It cannot open a file or a
socket any more when it reads the query, so that nothing in a query leaves the machine.
"""

from __future__ import annotations

import json
import os
import resource
import selectors
import signal
import socket
import struct
import sys
import traceback
from pathlib import Path
from typing import Any, Final, NoReturn

from kg.errors import KgError
from kg.serve.jobs import do, warm
from kg.store import Store
from kg.store.answering import open_store
from kg.store.updating import replace

# From the server: what to do and with which job. "J" brings the socket on which the job is read and answered,
# "U" the one on which the user's own graphs come, after an update.
ORDER: Final = struct.Struct("!cQ")
# To the server: which job has ended, and its exit status as `os.waitpid` gives it.
ENDED: Final = struct.Struct("!QI")
LENGTH: Final = struct.Struct("!I")
MEMORY_EXIT: Final = 3


def main(control: socket.socket, source: Path) -> None:
    """Load the graph, say so, and fork for each job until the server closes the control socket."""
    try:
        store = open_store(source)
    except KgError as error:
        _say(control, {"error": str(error)})
        return
    warm(store)
    _say(control, {"quads": len(store)})
    children: dict[int, int] = {}
    woken, wake = socket.socketpair()
    for end in (woken, wake):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server decides
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is woken:
                    woken.recv(4096)
                    _reap(control, children)
                elif not _obey(control, children, store=store, source=source):
                    for pid in children:
                        os.kill(pid, signal.SIGKILL)
                    return


def _obey(control: socket.socket, children: dict[int, int], *, store: Store, source: Path) -> bool:
    """Do what the server orders; False when it is gone."""
    order, descriptors, _, _ = socket.recv_fds(control, ORDER.size, 1)
    if len(order) < ORDER.size:
        return False
    verb, job = ORDER.unpack(order)
    if verb == b"K":
        for pid in (pid for pid, one in children.items() if one == job):
            os.kill(pid, signal.SIGKILL)
        return True
    with socket.socket(fileno=descriptors[0]) as channel:
        if verb == b"U":
            replace(store, _everything(channel))
            return True
        pid = os.fork()
        if not pid:
            control.close()
            _child(channel, store, source)
        children[pid] = job
    return True


def _reap(control: socket.socket, children: dict[int, int]) -> None:
    for pid in list(children):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            control.sendall(ENDED.pack(children.pop(pid), status))


def _child(channel: socket.socket, store: Store, source: Path) -> NoReturn:
    """Read one job, do it within its limits, send the answer, and end without the parent's clean-up."""
    code = 1
    try:
        for number in (signal.SIGCHLD, signal.SIGALRM, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        channel.setblocking(True)
        job = json.loads(_everything(channel))
        _confine(job)
        head, body = do(job, store, source)
        signal.setitimer(signal.ITIMER_REAL, job["seconds"])  # to hand the answer over
        text = json.dumps(head).encode()
        channel.sendall(LENGTH.pack(len(text)) + text)
        channel.sendall(body)
        code = 0
    except MemoryError:
        code = MEMORY_EXIT
    except Exception:
        text = json.dumps(
            {"status": 500, "message": "internal error", "trace": traceback.format_exc()}
        ).encode()
        channel.sendall(LENGTH.pack(len(text)) + text)
    finally:
        os._exit(code)


def _confine(job: dict[str, Any]) -> None:
    """Bound the time and, for what a user wrote, the memory; and take away all means to open anything."""
    signal.setitimer(signal.ITIMER_REAL, job["seconds"])  # unhandled, SIGALRM kills even inside of the store
    os.nice(5)
    if not job.get("confined", True):
        return
    seconds = int(job["seconds"]) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if used := _address_space():
        limit = used + job["memory"]
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _address_space() -> int:
    """Return the bytes of address space in use; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _everything(channel: socket.socket) -> bytes:
    parts = []
    while part := channel.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


def _say(control: socket.socket, message: dict[str, Any]) -> None:
    text = json.dumps(message).encode()
    control.sendall(LENGTH.pack(len(text)) + text)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2]))
