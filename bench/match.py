"""Starts the contenders and the stub, lets them take turns, and takes their measure."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import traffic
from bench.load import Order, Outcome
from bench.report import Score

__all__ = ["Match"]

ROOT = Path(__file__).resolve().parents[1]
CONTENDERS = Path(__file__).parent / "contenders"
START_SECONDS = 900
"""Ours fills a contact list first."""


@dataclass(frozen=True, slots=True)
class Contender:
    """Who is measured: a file of ``contenders/`` (ours is beside it), and what its import is."""

    name: str
    file: str
    imports: str
    is_peer: bool = True
    text: str = "hello"


FIELD = (
    Contender("almanac: agenda of 20, search", "almanac.py", "app", is_peer=False, text="agenda"),
    Contender("raw aiohttp, no token", "echo_aiohttp.py", "aiohttp.web"),
    Contender(
        "botbuilder: echo",
        "echo_botbuilder.py",
        "botbuilder.core.teams, botbuilder.integration.aiohttp",
    ),
    Contender("Teams SDK: echo", "echo_teams.py", "microsoft_teams.apps"),
    Contender(
        "Agents SDK: echo",
        "echo_agents.py",
        "microsoft_agents.hosting.aiohttp, microsoft_agents.authentication.msal",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One run over the whole field."""

    peers_python: Path
    work_dir: Path
    seconds: float
    warm_seconds: float
    rounds: int
    connections: int
    contacts: int
    only: Sequence[str]

    def play(self) -> list[Score]:
        """Return a score for each contender."""
        self.work_dir.mkdir(parents=True, exist_ok=True)
        field = [c for c in FIELD if not self.only or any(word in c.name for word in self.only)]
        with ExitStack() as stack:
            keys_file = self.work_dir / "keys.json"
            keys_file.unlink(missing_ok=True)
            issuer, stub_port = self._start_stub(stack, keys_file)
            running = [
                stack.enter_context(self._running(contender, stub_port)) for contender in field
            ]
            rounds = [
                [self._round(one, issuer, stub_port) for one in running] for _ in range(self.rounds)
            ]
            return [
                Score(
                    name=one.contender.name,
                    messages=tuple(each[at][0] for each in rounds),
                    searches=tuple(each[at][1] for each in rounds),
                    replies_per_message=min(each[at][2] for each in rounds),
                    import_ms=self._import_ms(one.contender),
                    start_ms=one.start_ms,
                    memory_idle_mib=one.idle_mib,
                    memory_after_mib=memory_mib(one.process.pid),
                )
                for at, one in enumerate(running)
            ]

    def _start_stub(self, stack: ExitStack, keys_file: Path) -> tuple[traffic.Issuer, int]:
        """The token names the stub's port, and the stub publishes the token's key."""
        port = free_port()
        issuer = traffic.Issuer.make(f"http://127.0.0.1:{port}")
        keys_file.write_text(json.dumps(issuer.keys), encoding="utf-8")
        command = [sys.executable, "-m", "bench.stub", str(keys_file), str(port)]
        process = stack.enter_context(child(command, self.work_dir / "stub.log"))
        wait_for(process, port, 30)
        return issuer, port

    @contextmanager
    def _running(self, contender: Contender, stub_port: int) -> Iterator[Running]:
        port = free_port()
        metadata = f"http://127.0.0.1:{stub_port}/v1/.well-known/openidconfiguration"
        if contender.is_peer:
            command = [str(self.peers_python), str(CONTENDERS / contender.file)]
        else:
            command = [sys.executable, "-m", f"bench.{Path(contender.file).stem}"]
        command += [str(port), metadata]
        if not contender.is_peer:
            command += [str(self.work_dir), str(self.contacts)]
        began = time.perf_counter()
        log = self.work_dir / f"{Path(contender.file).stem}.log"
        with child(command, log) as process:
            wait_for(process, port, START_SECONDS)
            start_ms = (time.perf_counter() - began) * 1000
            print(f"{contender.name}: ready after {start_ms:,.0f} ms", flush=True)
            yield Running(contender, process, port, start_ms, memory_mib(process.pid))

    def _round(
        self, one: Running, issuer: traffic.Issuer, stub_port: int
    ) -> tuple[Outcome, Outcome, float]:
        service_url = f"http://127.0.0.1:{stub_port}"
        before = replies(stub_port)
        messages = self._load(one, issuer, [traffic.message(one.contender.text, service_url)])
        per_message = (replies(stub_port) - before) / max(messages.answers, 1)
        searches = self._load(one, issuer, traffic.searches("searchContacts", service_url))
        print(
            f"{one.contender.name}: {messages.per_second:,.0f} messages/s"
            f" ({per_message:.2f} replies each, warming included),"
            f" {searches.per_second:,.0f} searches/s",
            flush=True,
        )
        for outcome in (messages, searches):
            if outcome.failures:
                print(f"  {outcome.failures} failed: {outcome.last_failure!r}", flush=True)
        return messages, searches, per_message

    def _load(self, one: Running, issuer: traffic.Issuer, bodies: list[str]) -> Outcome:
        order = Order(
            port=one.port,
            token=issuer.token,
            bodies=bodies,
            counter=traffic.COUNTER,
            connections=self.connections,
            warm_seconds=self.warm_seconds,
            seconds=self.seconds,
        )
        file = self.work_dir / "order.json"
        file.write_text(json.dumps(asdict(order)), encoding="utf-8")
        command = [sys.executable, "-m", "bench.load", str(file)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        return Outcome(**json.loads(done.stdout))

    def _import_ms(self, contender: Contender) -> float:
        """Return the best of three: the others had to read the files from the disk."""
        python = str(self.peers_python) if contender.is_peer else sys.executable
        script = (
            "import time; began = time.perf_counter()\n"
            f"import {contender.imports}\n"
            "print((time.perf_counter() - began) * 1000)"
        )
        runs = [
            subprocess.run(
                [python, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
            )
            for _ in range(3)
        ]
        return min(float(run.stdout.split()[-1]) for run in runs)


@dataclass(frozen=True, slots=True)
class Running:
    """A contender whose server answers."""

    contender: Contender
    process: subprocess.Popen[bytes]
    port: int
    start_ms: float
    idle_mib: float


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


def wait_for(process: subprocess.Popen[bytes], port: int, seconds: float) -> None:
    """Return when somebody listens on ``port``."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"ended with {process.returncode} before it answered")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.005)
    raise TimeoutError(f"nothing answered on port {port}")


def free_port() -> int:
    """Return a port that nobody has, for now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def replies(stub_port: int) -> int:
    """Return how many replies the stub has had."""
    with urllib.request.urlopen(f"http://127.0.0.1:{stub_port}/count", timeout=10) as answer:
        return int(answer.read())


def memory_mib(pid: int) -> float:
    """Return the resident memory of a process; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    line = next(row for row in status.read_text().splitlines() if row.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
