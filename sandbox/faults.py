"""Trouble on order: what the next calls to Graph shall suffer.

Tests say ``faults.fail(times=2, status=429, retry_after=1.5)`` or ``faults.cut(after=True)``; the
door of Graph (:mod:`sandbox.graph.door`) asks :meth:`Faults.take` for each call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Fault", "Faults"]


@dataclass(slots=True, kw_only=True)
class Fault:
    """What happens to the next few calls that match."""

    times: int = 1
    method: str = ""
    """Empty = any."""
    path: str = ""
    """A part of the path; empty = any."""
    status: int = 0
    """Answer with this status; 0 = do not."""
    code: str = ""
    retry_after: str = ""
    after_effect: bool = False
    """Let the call do its work first, then answer with the fault."""
    is_cut: bool = False
    """Close the connection in place of an answer."""
    seconds: float = 0.0
    """Wait before anything else."""
    action: Callable[[], None] | None = None
    """Do this first: somebody else's edit that slips in."""


class Faults:
    """The faults that are still to come, first ordered first served."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Order a fault; :meth:`fail`, :meth:`cut` and :meth:`slow` spell the common ones."""
        self._waiting.append(fault)

    def fail(
        self,
        *,
        times: int = 1,
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
        self, *, after_effect: bool = False, times: int = 1, method: str = "", path: str = ""
    ) -> None:
        """Close the connection before the call is done, or after it is but before the answer."""
        self.order(
            Fault(times=times, is_cut=True, after_effect=after_effect, method=method, path=path)
        )

    def slow(self, seconds: float, *, times: int = 1, method: str = "", path: str = "") -> None:
        """Keep the next calls waiting."""
        self.order(Fault(times=times, seconds=seconds, method=method, path=path))

    def interpose(
        self, action: Callable[[], None], *, times: int = 1, method: str = "", path: str = ""
    ) -> None:
        """Do something just before the next calls: an edit in Outlook that slips in."""
        self.order(Fault(times=times, action=action, method=method, path=path))

    def clear(self) -> None:
        """Order nothing any more."""
        self._waiting.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """Return what this call shall suffer, and count it."""
        for fault in self._waiting:
            if fault.method in ("", method) and fault.path in path:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None
