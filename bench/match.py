"""One run over the whole field: the contenders take turns, round by round."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import traffic
from bench.contender import Contender, Measure, Place, Running
from bench.process import child, free_port, memory_mib, wait_for
from bench.report import Score

__all__ = ["FIELD", "play", "stub"]

FIELD = (
    Contender("Almanac: agenda of 20, search", "almanac.py", "bot.production", text="agenda"),
    Contender("raw aiohttp: echo, no token", "echo_aiohttp.py", "aiohttp.web"),
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


def play(place: Place, field: Sequence[Contender], rounds: int) -> list[Score]:
    """Return a score for each contender."""
    with ExitStack() as stack:
        running = []
        for contender in field:
            running.append(stack.enter_context(contender.running(place)))
            print(f"{contender.name}: up in {running[-1].start_ms:,.0f} ms", flush=True)
        played = [[_round(one) for one in running] for _ in range(rounds)]
        return [
            Score(
                name=one.contender.name,
                messages=tuple(each[at][0] for each in played),
                searches=tuple(each[at][1] for each in played),
                import_ms=one.contender.import_ms(place),
                start_ms=one.start_ms,
                first_search_ms=one.first_search_ms,
                warm_search_ms=one.warm_search_ms,
                memory_idle_mib=one.idle_mib,
                memory_after_mib=memory_mib(one.pid),
            )
            for at, one in enumerate(running)
        ]


def _round(one: Running) -> tuple[Measure, Measure]:
    messages, searches = one.messages(), one.searches()
    for kind, measure in (("messages", messages), ("searches", searches)):
        outcome = measure.outcome
        line = f"{one.contender.name}: {outcome.per_second:,.0f} {kind}/s"
        if outcome.failures:
            line += f", {outcome.failures} failed, the last with {outcome.last_failure!r}"
        print(line, flush=True)
    return messages, searches


@contextmanager
def stub(work_dir: Path) -> Iterator[tuple[str, traffic.Issuer]]:
    """Have Teams' side imitated; its token names its address, and it publishes its key."""
    work_dir.mkdir(parents=True, exist_ok=True)
    port = free_port()
    issuer = traffic.Issuer.make(f"http://127.0.0.1:{port}")
    keys_file = work_dir / "keys.json"
    keys_file.write_text(json.dumps(issuer.keys), encoding="utf-8")
    command = [sys.executable, "-m", "bench.stub", str(keys_file), str(port)]
    with child(command, work_dir / "stub.log") as process:
        wait_for(process, port, 30)
        yield f"http://127.0.0.1:{port}", issuer
