"""Processes of the benchmarks: started, waited for, measured from outside, ended; their folder."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = [
    "ROOT",
    "as_the_program",
    "child",
    "cpu_seconds",
    "ended",
    "free_port",
    "memory_mib",
    "scratch",
    "wait_for",
]

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """Have an empty folder below ``build`` while the block runs."""
    folder = ROOT / "build" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def child(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process while the block runs, with what it says in a file, and end it."""
    with log.open("wb") as says:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=says, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin is not None:
            process.stdin.close()


def as_the_program() -> None:
    """Look for garbage as seldom as ``app.py`` has it done."""
    gc.set_threshold(20_000, 50, 100)


def wait_for(process: subprocess.Popen[bytes], port: int, seconds: float) -> None:
    """Return when somebody listens on ``port``."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"ended with {process.returncode} before it answered")
        if _listens(port):
            return
        time.sleep(0.01)
    raise TimeoutError(f"nothing answered on port {port}")


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            # a port that nobody has may be given to the probe itself, which then meets itself
            return bool(probe.getsockname() != probe.getpeername())
    except OSError:
        return False


def free_port() -> int:
    """Return a port that nobody has, for now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def memory_mib(pid: int) -> float:
    """Return the resident memory of a process; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    line = next(row for row in status.read_text().splitlines() if row.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def cpu_seconds(pid: int) -> float:
    """Return the processor time a process has used; 0 where the system does not tell."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ended(process: subprocess.Popen[bytes]) -> tuple[int, float, float]:
    """Wait for a process; return its exit code, processor seconds and peak memory in MiB.

    The last two are 0 where the system does not tell.
    """
    cpu, peak = 0.0, 0.0
    while process.poll() is None:
        # What ``wait4`` calls the peak holds that of the parent too, from before the exec.
        peak = max(peak, _peak_mib(process.pid))
        cpu = max(cpu, cpu_seconds(process.pid))
        time.sleep(0.005)
    return process.returncode, cpu, peak


def _peak_mib(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
