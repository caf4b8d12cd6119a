"""Work spread over processes: in order, and without anybody left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from kg.workers import spread

ROOT = Path(__file__).parents[1]
SCRIPT = """
import os, sys, time
from kg.workers import spread

def work(number):
    if number:
        time.sleep(600)
    return [os.getpid()]

if __name__ == "__main__":
    for pid in spread(work, [0, 1, 1, 1], processes=2):
        print(pid, flush=True)
"""


def shout(words: list[str]) -> list[str]:
    return [word.upper() for word in words]


def test_results_come_in_the_order_of_the_work() -> None:
    batches = [[f"{number} a", f"{number} b"] for number in range(9)]
    assert list(spread(shout, batches, processes=2)) == [word.upper() for batch in batches for word in batch]


def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, "utf8")
    command = [sys.executable, str(script)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)}
    ) as parent:
        assert parent.stdout
        worker = Path("/proc", parent.stdout.readline().strip(), "stat")
        assert runs(worker)
        parent.kill()
    until = time.monotonic() + 60
    while runs(worker):
        assert time.monotonic() < until
        time.sleep(0.05)


def runs(process: Path) -> bool:
    """Tell whether a process is there, and not only its entry that nobody has read."""
    try:
        return process.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
