"""When the graph is loaded anew, by whom, and what a look at the disk says."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest

from kg.errors import GraphError
from kg.serve import answering
from kg.serve.answering import Answerers, BusyError, Done, Holder
from kg.serve.forking import ORDER
from kg.serve.settings import Limits
from kg.serve.stamp import stamp_of
from tests.serve.servers import children, eventually, kg, serving

LOOK = 0.2
T = TypeVar("T")
QUICK = f"import kg.serve.answering; kg.serve.answering._LOOK = {LOOK}"


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine gives; in a thread of its own, since a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_a_look_loads_the_graph_only_when_it_has_changed(small_store: Path) -> None:
    with serving(small_store, patched=QUICK) as served:
        before = children(served.process.pid)
        time.sleep(5 * LOOK)
        kg("list", str(small_store))
        time.sleep(5 * LOOK)
        assert children(served.process.pid) == before
        os.utime(small_store / "records.sqlite")
        assert eventually(lambda: len(now := children(served.process.pid)) == 1 and now != before)
        after = children(served.process.pid)
        time.sleep(5 * LOOK)
        assert children(served.process.pid) == after
        assert served.ask("ASK {}").status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "tells"),
    [
        ("records.sqlite-shm", "x", False),
        ("records.sqlite-wal", "", False),
        ("records.sqlite-wal", "x", True),
        ("graph.nq.part", "x", False),
        ("graph.nq", "", True),
        ("annotations.nq", "x", False),
        ("annotations.nq.lock", "", False),
    ],
)
def test_what_readers_and_the_server_write_is_no_change(
    tmp_path: Path, name: str, content: str, tells: bool
) -> None:
    before = stamp_of(tmp_path)
    (tmp_path / name).write_text(content, "utf8")
    assert (stamp_of(tmp_path) != before) is tells


def test_a_file_may_go_during_a_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stays").write_text("x", "utf8")
    (tmp_path / "going").write_text("x", "utf8")
    stat = Path.stat

    def last(path: Path, **options: Any) -> os.stat_result:
        found = stat(path, **options)
        if path.name == "going":
            path.unlink()
        return found

    monkeypatch.setattr(Path, "stat", last)
    stamp_of(tmp_path)
    assert [name for name, _, _ in stamp_of(tmp_path)] == ["stays"]
    assert stamp_of(tmp_path / "nowhere") == ()


class Fake:
    """A holder without a process: it knows the user's own graphs as they were when it began to load."""

    made: list[Fake]
    loading: Callable[[Fake], None]

    def __init__(self, source: Path) -> None:
        self.ended = self.retired = False
        self.quads = 0
        path = source / "annotations.nq"
        self.own = path.read_bytes() if path.exists() else b""
        type(self).loading(self)
        self.made.append(self)

    async def do(self, _job: Mapping[str, Any]) -> Done:
        return Done(status=200, body=b"new")

    async def replace(self, nquads: bytes) -> None:
        if self.ended:
            raise BrokenPipeError
        self.own = nquads

    def retire(self) -> None:
        self.retired = True


@pytest.fixture
def answerers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Answerers:
    monkeypatch.setattr(Fake, "made", [], raising=False)
    monkeypatch.setattr(Fake, "loading", lambda _self: None, raising=False)
    monkeypatch.setattr(answering, "Holder", Fake)
    monkeypatch.setattr(answering, "_LOOK", 0.01)
    return Answerers(tmp_path, Limits())


def test_an_update_is_never_lost_to_a_holder_that_loaded_before(
    answerers: Answerers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "annotations.nq"

    def slowly(_self: Fake) -> None:
        end = time.monotonic() + 0.5
        while not kept.exists() and time.monotonic() < end:
            time.sleep(0.01)

    monkeypatch.setattr(Fake, "loading", slowly)

    class Dying(Fake):
        async def do(self, _job: Mapping[str, Any]) -> Done:
            self.ended = True  # when the update has been worked out
            await asyncio.sleep(0.1)  # in which another query finds the holder dead
            return Done(status=200, body=b"new")

    async def scene() -> None:
        answerers._holder = Dying(tmp_path)  # type: ignore[assignment]
        update = asyncio.create_task(answerers.update({}))
        await asyncio.sleep(0.01)
        await asyncio.gather(update, answerers.do({}))

    finished(scene())
    assert kept.read_bytes() == b"new"
    assert answerers._holder.own == b"new"  # type: ignore[attr-defined]


def test_an_update_outlives_the_holder_that_worked_it_out(answerers: Answerers, tmp_path: Path) -> None:
    async def scene() -> Done:
        update = asyncio.create_task(answerers.update({}))
        await asyncio.sleep(0)
        answerers._holder.ended = True  # type: ignore[misc]
        return await update

    assert finished(scene()).status == 200
    assert (tmp_path / "annotations.nq").read_bytes() == b"new"


def test_a_holder_goes_on_loading_when_the_client_goes(
    answerers: Answerers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Fake, "loading", lambda _self: time.sleep(0.1))

    async def scene() -> None:
        answerers._holder.ended = True  # type: ignore[misc]
        impatient = asyncio.create_task(answerers.do({}))
        await asyncio.sleep(0.05)
        impatient.cancel()
        await answerers.do({})

    finished(scene())
    first, second = Fake.made
    assert first.retired
    assert answerers._holder is second  # type: ignore[comparison-overlap]


@pytest.mark.parametrize("fault", [PermissionError("no"), GraphError("torn")])
def test_the_watch_goes_on_whatever_happens(
    answerers: Answerers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    faults = [fault]

    def once(_self: Fake) -> None:
        if faults:
            raise faults.pop()

    async def scene() -> None:
        watch = asyncio.create_task(answerers.watch())
        for name in ("one", "two"):
            (tmp_path / name).write_text("x", "utf8")
            await asyncio.sleep(0.2)
        watch.cancel()

    monkeypatch.setattr(Fake, "loading", once)
    finished(scene())
    assert not faults
    assert Fake.made[-1] is not Fake.made[0]
    assert answerers._holder is Fake.made[-1]  # type: ignore[comparison-overlap]
    assert answerers.version


@pytest.fixture
def orphan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Holder, socket.socket]]:
    """A holder whose process may be dying, but is not known to be dead; and the end that the process has."""
    ends: list[socket.socket] = []

    def start(_command: object, *, pass_fds: list[int], **_options: object) -> SimpleNamespace:
        ends.append(socket.socket(fileno=os.dup(pass_fds[0])))
        return SimpleNamespace(poll=lambda: None, wait=lambda: 0)

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(Holder, "_ready", lambda _self, _source: 0)
    yield Holder(tmp_path), ends[0]
    ends[0].close()


def test_a_query_to_a_dying_process_is_to_be_tried_again(orphan: tuple[Holder, socket.socket]) -> None:
    holder, end = orphan
    end.close()
    with pytest.raises(BusyError, match="try again"):
        finished(holder.do({}))


def test_no_query_waits_for_a_process_that_has_died(orphan: tuple[Holder, socket.socket]) -> None:
    holder, end = orphan

    async def scene() -> Sequence[Done | BaseException]:
        first = asyncio.create_task(holder.do({}))
        await asyncio.sleep(0.1)
        _, (channel,), _, _ = socket.recv_fds(end, ORDER.size, 1)
        second = asyncio.create_task(holder.do({}))  # whose order is never read
        await asyncio.sleep(0.1)
        with socket.socket(fileno=channel) as job:
            job.recv(4096)
        end.close()
        async with asyncio.timeout(20):
            return await asyncio.gather(first, second, return_exceptions=True)

    assert [type(one) for one in finished(scene())] == [BusyError, BusyError]
