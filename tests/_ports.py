"""Ports for listeners of tests, which nobody else can take in between.

Asking the system for a free port and binding it later leaves a gap in which any connection that
goes out may be given that very port. So either the socket itself is kept (:func:`held`), or the
port lies below those that systems give away by themselves (:func:`out_of_the_way`).
"""

from __future__ import annotations

import random
import socket

__all__ = ["held", "out_of_the_way"]

_LOOPBACK = "127.0.0.1"
# Linux gives away 32768 and up, macOS and Windows 49152 and up.
_OURS = range(10_240, 32_000)


def held() -> socket.socket:
    """Bind a socket of loopback to a free port; it is the caller's to listen on and to close."""
    kept = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    kept.bind((_LOOPBACK, 0))
    return kept


def out_of_the_way() -> int:
    """Return a port that is free, and that the system gives to nobody who does not name it."""
    dice = random.SystemRandom()
    while True:
        port = dice.choice(_OURS)
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if probe.connect_ex((_LOOPBACK, port)) != 0:
                return port
