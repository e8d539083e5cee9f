"""How much Graph serves to one application: calls, bytes and subscriptions in a stretch of time.

Each limit counts over the seconds that lie behind it, and a call that is refused counts like any
other: who goes on calling stays refused. The wait that it is told is as long as the oldest of what
was counted needs to be out of sight, in whole seconds. :meth:`Limits.set` changes or lifts limits.
https://learn.microsoft.com/graph/throttling-limits, https://learn.microsoft.com/graph/throttling
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sandbox.clock import Clock
from sandbox.refusal import Refusal

__all__ = ["AT_ONCE", "LIMITS", "BadLimit", "Limit", "Limits"]

AT_ONCE = "at-once"
"""Calls at a time that one application may make to one mailbox."""
_UPLOADS = frozenset({"POST", "PATCH", "PUT"})
_WRITES = _UPLOADS | {"DELETE"}
_OFF = "off"
_ALL = "*"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call, as far as limits look at it."""

    client: str
    mailbox: str
    method: str
    path: str
    size: int

    @property
    def is_about_subscriptions(self) -> bool:
        return "/subscriptions" in self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So much in so many seconds, for each who is counted."""

    most: int
    seconds: int
    whose: Callable[[_Asked], str]
    """Calls with the same word share a count."""
    weight: Callable[[_Asked], int] = lambda asked: 1
    """What a call adds; nothing = it is not looked at."""
    message: str = "Too many requests."


LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "requests": Limit(
            most=10_000,
            seconds=600,
            whose=lambda asked: f"{asked.client} {asked.mailbox}",
            message="Application is over its RequestRate limit.",
        ),
        "upload": Limit(
            most=150_000_000,
            seconds=300,
            whose=lambda asked: f"{asked.client} {asked.mailbox}",
            weight=lambda asked: asked.size if asked.method in _UPLOADS else 0,
            message="Application is over its IncomingBytes limit.",
        ),
        "all-requests": Limit(most=130_000, seconds=10, whose=lambda asked: asked.client),
        "subscription-writes": Limit(
            most=1_000,
            seconds=20,
            whose=lambda asked: asked.client,
            weight=lambda asked: asked.is_about_subscriptions and asked.method in _WRITES,
        ),
        "tenant-subscription-writes": Limit(
            most=2_000,
            seconds=20,
            whose=lambda asked: "",
            weight=lambda asked: asked.is_about_subscriptions and asked.method in _WRITES,
        ),
        "subscription-requests": Limit(
            most=5_000,
            seconds=20,
            whose=lambda asked: asked.client,
            weight=lambda asked: asked.is_about_subscriptions,
        ),
    }
)
"""By their names; a mailbox's own first, since the first that is full refuses."""
_AT_ONCE = 4


class BadLimit(ValueError):
    """A setting that says nothing that could be done; the text says why."""


@dataclass(slots=True)
class _Tally:
    """What somebody has called of late, by the second: an hour of it is a few hundred numbers."""

    seconds: deque[list[int]] = field(default_factory=deque)
    """Each a second and what was counted in it, the oldest first."""
    total: int = 0

    def add(self, second: int, weight: int) -> None:
        if self.seconds and self.seconds[-1][0] >= second:
            self.seconds[-1][1] += weight
        else:
            self.seconds.append([second, weight])
        self.total += weight

    def forget(self, before: int) -> None:
        while self.seconds and self.seconds[0][0] < before:
            self.total -= self.seconds.popleft()[1]

    def wait(self, most: int, weight: int, seconds: int, now: int) -> int:
        """Return in how many seconds a call of this weight fits."""
        left = self.total
        for second, counted in self.seconds:
            left -= counted
            if left + weight <= most:
                return second + seconds + 1 - now
        return seconds + 1


class Limits:
    """All limits, what has been counted for each, and what they are set to.

    Attributes:
        peaks: the most that any mailbox or application has reached, by name of the limit.
    """

    def __init__(self, clock: Clock) -> None:
        self.peaks: Counter[str] = Counter()
        self._clock = clock
        self._tallies: dict[tuple[str, str], _Tally] = {}
        self._most: dict[str, int | None] = {}
        self.set(f"{_ALL}=usual")

    @property
    def at_once(self) -> int | None:
        """Calls at a time to a mailbox; ``None`` = any number."""
        return self._most[AT_ONCE]

    @property
    def shown(self) -> dict[str, int | None]:
        """All limits as they are set; ``None`` = lifted."""
        return dict(self._most)

    def set(self, text: str) -> None:
        """Set limits: ``requests=500 upload=off``; ``usual`` is Graph's own, ``*`` names them all.

        Raises:
            BadLimit: nothing of it is done.
        """
        most = dict(self._most)
        for word in text.split():
            name, _, value = word.partition("=")
            names = [AT_ONCE, *LIMITS] if name == _ALL else [name]
            if not set(names) <= {AT_ONCE, *LIMITS}:
                raise BadLimit(f"nobody knows the limit {name}")
            most |= {each: _value(each, value) for each in names}
        self._most = most

    def take(self, client: str, mailbox: str, method: str, path: str, size: int) -> Refusal | None:
        """Count a call; return its refusal if it is one too many."""
        asked = _Asked(client, mailbox, method, path, size)
        now = int(self._clock.now().timestamp())
        refusal = None
        for name, limit in LIMITS.items():
            most = self._most[name]
            if most is None or not (weight := limit.weight(asked)):
                continue
            place = (name, limit.whose(asked))
            tally = self._tallies.get(place) or self._tallies.setdefault(place, _Tally())
            tally.forget(now - limit.seconds)
            tally.add(now, weight)
            self.peaks[name] = max(self.peaks[name], tally.total)
            if tally.total > most and refusal is None:
                wait = tally.wait(most, weight, limit.seconds, now)
                refusal = _refusal(limit.message, wait)
        return refusal


def _value(name: str, text: str) -> int | None:
    if text == _OFF:
        return None
    if text == "usual":
        return _AT_ONCE if name == AT_ONCE else LIMITS[name].most
    if not text.isdecimal():
        raise BadLimit(f"{text} is no value for {name}")
    return int(text)


def _refusal(message: str, wait: int) -> Refusal:
    return Refusal(429, "ApplicationThrottled", message, {"Retry-After": str(wait)})
