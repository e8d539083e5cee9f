"""Who is measured, and how: its start, its first search, then rounds of load."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import traffic
from bench.load import Order, Outcome
from bench.process import ROOT, child, cpu_seconds, free_port, memory_mib, wait_for

__all__ = ["Contender", "Measure", "Place", "Running"]

CONTENDERS = Path(__file__).parent / "contenders"
START_SECONDS = 900
"""Ours fills a contact list first."""
QUICK_MS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a match happens, and by which rules."""

    work_dir: Path
    peers_python: Path
    stub_url: str
    issuer: traffic.Issuer
    seconds: float
    warm_seconds: float
    connections: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One round of one kind of request."""

    outcome: Outcome
    cpu_ms: float
    """Processor time a request, the warming's included: hardly moved by what else runs here."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A server. Ours is a module of ``bench``; the others are files that run among the peers."""

    name: str
    file: str
    imports: str
    text: str = "hello"
    """The message that it is sent."""

    @contextmanager
    def running(self, place: Place) -> Iterator[Running]:
        """Have it serve while the block runs."""
        start_ms = self._start_ms(place)
        port = free_port()
        command = self._command(place, port, place.contacts)
        with child(command, place.work_dir / f"{Path(self.file).stem}.log") as process:
            wait_for(process, port, START_SECONDS)
            idle_mib = memory_mib(process.pid)
            first_ms = _search_ms(place, port)
            warm_ms = first_ms + _until_quick_ms(place, port)
            yield Running(self, place, process.pid, port, start_ms, first_ms, warm_ms, idle_mib)

    def import_ms(self, place: Place) -> float:
        """Return how long its imports take, the best of three."""
        script = (
            "import time; began = time.perf_counter()\n"
            f"import {self.imports}\n"
            "print((time.perf_counter() - began) * 1000)"
        )
        took = []
        for _ in range(3):
            command = [self._python(place), "-c", script]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            took.append(float(done.stdout.split()[-1]))
        return min(took)

    def _start_ms(self, place: Place) -> float:
        """From nothing to listening, with nothing stored; the best of three."""
        took = []
        for _ in range(3):
            port, began = free_port(), time.perf_counter()
            with child(self._command(place, port, 0), place.work_dir / "start.log") as process:
                wait_for(process, port, START_SECONDS)
                took.append((time.perf_counter() - began) * 1000)
        return min(took)

    @property
    def _is_ours(self) -> bool:
        return not (CONTENDERS / self.file).exists()

    def _python(self, place: Place) -> str:
        return sys.executable if self._is_ours else str(place.peers_python)

    def _command(self, place: Place, port: int, contacts: int) -> list[str]:
        metadata = f"{place.stub_url}/v1/.well-known/openidconfiguration"
        what = ["-m", f"bench.{Path(self.file).stem}"]
        more = [str(place.work_dir), str(contacts)]
        if not self._is_ours:
            what, more = [str(CONTENDERS / self.file)], []
        return [self._python(place), *what, str(port), metadata, *more]


@dataclass(frozen=True, slots=True)
class Running:
    """A contender whose server answers."""

    contender: Contender
    place: Place
    pid: int
    port: int
    start_ms: float
    first_search_ms: float
    warm_search_ms: float
    """From the first search on, until one is answered from the complete index."""
    idle_mib: float

    def messages(self) -> Measure:
        """Send it messages for one round; each must be answered with a reply."""
        before = _replies(self.place)
        body = traffic.message(self.contender.text, self.place.stub_url)
        measure = self._load([body])
        replies = _replies(self.place) - before
        if replies < measure.outcome.answers:
            print(f"{self.contender.name}: {measure.outcome.answers} answers, {replies} replies")
        return measure

    def searches(self) -> Measure:
        """Send it searches for one round."""
        return self._load(traffic.searches("searchContacts", self.place.stub_url))

    def _load(self, bodies: list[str]) -> Measure:
        order = Order(
            port=self.port,
            token=self.place.issuer.token,
            bodies=bodies,
            counter=traffic.COUNTER,
            connections=self.place.connections,
            warm_seconds=self.place.warm_seconds,
            seconds=self.place.seconds,
        )
        file = self.place.work_dir / "order.json"
        file.write_text(json.dumps(asdict(order)), encoding="utf-8")
        command = [sys.executable, "-m", "bench.load", str(file)]
        before = cpu_seconds(self.pid)
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        used = cpu_seconds(self.pid) - before
        outcome = Outcome(**json.loads(done.stdout))
        return Measure(outcome, used * 1000 / max(outcome.answers, 1))


def _until_quick_ms(place: Place, port: int) -> float:
    """Return how long it takes until a search is no longer slow because it is an early one."""
    began = time.perf_counter()
    while _search_ms(place, port) > QUICK_MS and time.perf_counter() - began < START_SECONDS:
        pass
    return (time.perf_counter() - began) * 1000


def _search_ms(place: Place, port: int) -> float:
    """Return how long one search takes; 0 where it fails."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/messages",
        traffic.searches("searchContacts", place.stub_url)[0].encode(),
        {"Authorization": f"Bearer {place.issuer.token}", "Content-Type": "application/json"},
    )
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            answer.read()
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return 0.0
    return (time.perf_counter() - began) * 1000


def _replies(place: Place) -> int:
    """Return how many replies the stub has had."""
    with urllib.request.urlopen(f"{place.stub_url}/count", timeout=10) as answer:
        return int(answer.read())
