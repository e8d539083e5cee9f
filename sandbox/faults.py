"""Trouble on order: what the next calls to Graph, or the next notices, shall suffer.

Tests say ``faults.fail(times=2, status=429, retry_after=1.5)`` or ``faults.cut(method="POST")``;
:mod:`sandbox.orders` reads the same from a line of text. The door of Graph
(:mod:`sandbox.graph.door`) and the sender of notices ask :meth:`Faults.take` each time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

__all__ = ["Fault", "Faults"]


@dataclass(slots=True, kw_only=True)
class Fault:
    """What happens to the next few calls that match."""

    times: float = 1
    """How many calls; ``math.inf`` = all from now on."""
    skip: int = 0
    """How many calls that match pass before the first one suffers."""
    method: str = ""
    """Empty = any."""
    path: str = ""
    """A part of the path, or with ``*`` a pattern for the whole of it; empty = any."""
    person: str = ""
    """Key of the only person whose calls suffer; empty = anybody's."""
    status: int = 0
    """Answer with this status; 0 = do not."""
    code: str = ""
    message: str = "Ordered from the sandbox."
    retry_after: str = ""
    """As in the header; ``date+10`` is written as the date ten seconds from then."""
    claims: str = ""
    """JSON that a 401 challenges the caller with."""
    after_effect: bool = False
    """Let the call do its work first, then answer with the fault."""
    is_cut: bool = False
    """Close the connection in place of an answer."""
    seconds: float = 0.0
    """Wait before anything else."""
    action: Callable[[], None] | None = None
    """Do this first: somebody else's edit that slips in."""
    mishap: str = ""
    """Let this befall the caller first: a name that :mod:`sandbox.mishaps` knows."""
    subject: str = ""
    """What the mishap is about: a calendar's name, an event's title."""
    twist: str = ""
    """How an answer that is a success comes out wrong: see :mod:`sandbox.graph.trouble`."""

    def fits(self, method: str, path: str, person: str) -> bool:
        """Say whether a call is one of those that shall suffer."""
        if self.method not in ("", method) or self.person not in ("", person):
            return False
        return fnmatchcase(path, self.path) if "*" in self.path else self.path in path


class Faults:
    """The faults that are still to come, first ordered first served."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is to come any more."""
        return not self._waiting

    def order(self, fault: Fault) -> None:
        """Order a fault; :meth:`fail`, :meth:`cut` and :meth:`slow` spell the common ones."""
        self._waiting.append(fault)

    def fail(
        self,
        *,
        times: float = 1,
        status: int = 503,
        code: str = "",
        retry_after: float | str | None = None,
        after_effect: bool = False,
        method: str = "",
        path: str = "",
    ) -> None:
        """Answer the next calls with an error."""
        self.order(
            Fault(
                times=times,
                status=status,
                code=code,
                retry_after="" if retry_after is None else str(retry_after),
                after_effect=after_effect,
                method=method,
                path=path,
            )
        )

    def cut(
        self, *, after_effect: bool = False, times: float = 1, method: str = "", path: str = ""
    ) -> None:
        """Close the connection before the call is done, or after it is but before the answer."""
        self.order(
            Fault(times=times, is_cut=True, after_effect=after_effect, method=method, path=path)
        )

    def slow(self, seconds: float, *, times: float = 1, method: str = "", path: str = "") -> None:
        """Keep the next calls waiting."""
        self.order(Fault(times=times, seconds=seconds, method=method, path=path))

    def interpose(
        self, action: Callable[[], None], *, times: float = 1, method: str = "", path: str = ""
    ) -> None:
        """Do something just before the next calls: an edit in Outlook that slips in."""
        self.order(Fault(times=times, action=action, method=method, path=path))

    def clear(self) -> None:
        """Order nothing any more."""
        self._waiting.clear()

    def take(self, method: str, path: str, person: str = "") -> Fault | None:
        """Return what this call shall suffer, and count it."""
        for fault in self._waiting:
            if not fault.fits(method, path, person):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
            return fault
        return None
