"""What holds for all tests."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests._fakes import FrozenClock

# How fast a machine is says nothing of the program; on a new one the first text alone takes
# seconds, since hypothesis then makes its tables of letters.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# A commit is judged by the same input each time; `make soak` searches for what nobody thought of.
settings.register_profile("same", patient, derandomize=True)
settings.register_profile("search", patient)
settings.load_profile("same")

WORLDS = frozenset({"house", "office", "odd", "sandbox", "scene", "served", "wired", "world"})
"""Fixtures that build the program, or Microsoft 365, or both."""

IMPATIENT = {
    "bot.handlers.accounts.links": "PATIENCE",
    "bot.web.notifications": "SECONDS",
    "services.contacts.directory": "PATIENCE",
    "services.events.free_time": "PATIENCE",
    "services.search.search": "PATIENCE",
}
"""Where the clock on the wall decides what is answered, and by which name."""

MEMORY, ROOM = Path("/dev/shm"), 2 << 30
"""A disk that Linux keeps in memory, and how many bytes must be free there."""


def pytest_configure() -> None:
    """Keep files of tests in memory: each commit waits for the disk, however slow that is."""
    environ = os.environ  # noqa: TID251  (children of tests follow it, too)
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        environ.setdefault("TMPDIR", str(MEMORY))
        tempfile.tempdir = None  # somebody may have asked already


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage where there is none: it took a third of collecting ten thousand tests.

    What was collected stays to the end, so later looks for garbage pass it by. These are as rare
    as those of the program itself: after every 700 objects they took a tenth of all tests.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 50, 100)
        gc.enable()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(autouse=True)
def patient_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test depend on how busy its machine is; one about haste sets the time itself."""
    for name, seconds in IMPATIENT.items():
        if name in sys.modules:
            monkeypatch.setattr(sys.modules[name], seconds, 60.0)


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark what asks for a whole world."""
    for item in items:
        if WORLDS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.world)
