"""The little language in which trouble is ordered: one line says when, where and what.

``PATCH */events/* -> conflict times=2``: the next two PATCHes of an event get a 412.
``NOTICE * -> lost``: the next notice never arrives. ``NOW mara -> delete-calendar of=Team``: at
once, whatever is called. :func:`read_order` makes a :class:`~sandbox.faults.Fault` of a line;
``Sandbox.order`` and ``POST /sandbox/order`` take whole lists of them, ``#`` begins a comment.
"""

from __future__ import annotations

import math
import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from sandbox.entra.challenge import CLAIMS
from sandbox.faults import Fault
from sandbox.mishaps import MISHAPS
from sandbox.notices import NOTICE

__all__ = ["NOW", "TROUBLES", "BadOrder", "read_order", "read_orders"]

NOW = "NOW"
"""In place of a method: at once; the path is a person's key, or ``*`` for everybody."""
_METHODS = ("*", "GET", "POST", "PATCH", "PUT", "DELETE", NOTICE, NOW)

TROUBLES: Mapping[str, Fault] = MappingProxyType(
    {
        "throttle": Fault(status=429, retry_after="2.128"),
        "concurrency": Fault(
            status=429,
            message="Application is over its MailboxConcurrency limit.",
            retry_after="1",
        ),
        "challenge": Fault(
            status=401,
            message="Continuous access evaluation resulted in challenge.",
            claims=CLAIMS,
        ),
        "not-found": Fault(
            status=404,
            code="ErrorItemNotFound",
            message="The specified object was not found in the store.",
        ),
        "gone": Fault(
            status=410, code="resyncRequired", message="Resync is required: start a full round."
        ),
        "sync-state-lost": Fault(
            status=400,
            code="syncStateNotFound",
            message="The sync state generation is not found; start a full round.",
        ),
        "conflict": Fault(status=412, code="ErrorIrresolvableConflict"),
        "cut": Fault(is_cut=True),
        "slow": Fault(seconds=0.2),
        "empty-page": Fault(twist="empty-page"),
        "replay": Fault(twist="replay"),
        "repeat": Fault(twist="repeat"),
        "reverse": Fault(twist="reverse"),
        "forget": Fault(twist="forget"),
        "lost": Fault(twist="lost"),
        "doubled": Fault(twist="doubled"),
        "late": Fault(twist="late"),
    }
)
"""What can be ordered by name, beside statuses (``503``) and :data:`~sandbox.mishaps.MISHAPS`."""
_OF_NOTICES = frozenset({"lost", "doubled", "late"})

_OPTIONS: Mapping[str, tuple[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "times": ("times", lambda text: math.inf if text == "always" else int(text)),
        "skip": ("skip", int),
        "person": ("person", str),
        "code": ("code", str),
        "message": ("message", str),
        "retry-after": ("retry_after", str),
        "claims": ("claims", str),
        "seconds": ("seconds", float),
        "of": ("subject", str),
        "when": ("after_effect", lambda text: {"before": False, "after": True}[text]),
    }
)
"""Word of the language: name of the field, and how its value is read."""


class BadOrder(ValueError):
    """A line that says nothing that could be done; the text says why."""


def read_orders(text: str) -> list[Fault]:
    """Return the faults that some lines order.

    Raises:
        BadOrder: one of the lines.
    """
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [read_order(line) for line in lines if line]


def read_order(line: str) -> Fault:
    """Return the fault that a line orders.

    Raises:
        BadOrder: it cannot be understood.
    """
    try:
        words = shlex.split(line)
    except ValueError as err:
        raise BadOrder(f"{line}: {err}") from err
    if len(words) < 4 or words[2] != "->":
        raise BadOrder(f"{line}: expected METHOD path -> trouble [name=value ...]")
    method, path, _, what, *options = words
    fault = replace(
        _trouble(what), method="" if method == "*" else method, path="" if path == "*" else path
    )
    for option in options:
        _set(fault, option)
    _check(line, method, what, fault)
    return fault


def _trouble(what: str) -> Fault:
    if what.isdigit():
        if int(what) not in set(HTTPStatus) or int(what) < 400:
            raise BadOrder(f"{what} is no status of an error")
        return Fault(status=int(what))
    if what in MISHAPS:
        return Fault(mishap=what)
    if what not in TROUBLES:
        raise BadOrder(f"nobody knows the trouble {what}")
    return TROUBLES[what]


def _set(fault: Fault, option: str) -> None:
    name, _, value = option.partition("=")
    if name not in _OPTIONS:
        raise BadOrder(f"nobody knows the option {name}")
    field, read = _OPTIONS[name]
    try:
        setattr(fault, field, read(value))
    except (ValueError, KeyError) as err:
        raise BadOrder(f"{value} is no value for {name}") from err


def _check(line: str, method: str, what: str, fault: Fault) -> None:
    if method not in _METHODS:
        raise BadOrder(f"{line}: the first word must be one of {', '.join(_METHODS)}")
    if (method == NOTICE) != (what in _OF_NOTICES):
        raise BadOrder(f"{line}: notices can be {', '.join(sorted(_OF_NOTICES))}, and only they")
    if method == NOW and not fault.mishap:
        raise BadOrder(f"{line}: only mishaps can happen at once: {', '.join(sorted(MISHAPS))}")
