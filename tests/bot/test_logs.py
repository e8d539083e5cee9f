from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.logs import OwnWords, begin_log

SECRET = "lunch with Ines"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the program would write; every logger is as it was afterwards."""
    root, written = logging.getLogger(), StringIO()
    before, level = root.handlers[:], root.level
    handler = logging.StreamHandler(written)
    handler.setFormatter(OwnWords())
    root.handlers[:] = [handler]
    yield written
    root.handlers[:] = before
    root.setLevel(level)


def test_our_own_words_are_written_with_their_time(log: StringIO) -> None:
    logging.getLogger("bot.production").warning("listening on %s", 3978)
    stamp, _, rest = log.getvalue().partition(" ")
    assert stamp.endswith("Z") and len(stamp) == len("2026-11-20T12:30:00Z")
    assert rest == "WARNING bot.production: listening on 3978\n"


def test_of_a_library_only_the_place_is_written(log: StringIO) -> None:
    logging.getLogger("msal.oauth2cli.oidc").warning("The id_token was: %s", SECRET)
    assert SECRET not in log.getvalue()
    assert "WARNING msal.oauth2cli.oidc: at test_logs.py:" in log.getvalue()


def test_the_text_of_an_exception_is_not_written(log: StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("aiohttp.server").exception("Error handling request")
        logging.getLogger("services.jobs").exception("a tick failed")
    assert SECRET not in log.getvalue()
    assert log.getvalue().count("(ValueError at test_logs.py:") == 2


async def test_what_a_lost_task_failed_of_is_not_written(log: StringIO) -> None:
    async def fail() -> None:
        raise ValueError(SECRET)

    lost = asyncio.create_task(fail())
    await asyncio.wait({lost})
    # What asyncio does with a task of which nobody asks how it ended.
    told = {"message": "never retrieved", "exception": lost.exception(), "future": lost}
    asyncio.get_running_loop().call_exception_handler(told)
    assert "ERROR asyncio: at " in log.getvalue() and "ValueError" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_a_line_stays_one_line(log: StringIO) -> None:
    logging.getLogger("bot.connector").warning("refused: %s", "Gone\n2026 INFO bot: all is well")
    assert log.getvalue().count("\n") == 1


@pytest.mark.parametrize("is_quiet", [False, True])
def test_libraries_are_heard_when_they_warn_and_we_always(
    is_quiet: bool, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("almanac", "bot", "cards", "sandbox", "services"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.NOTSET)
    logging.getLogger().handlers.clear()
    begin_log(is_quiet=is_quiet)
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler.formatter, OwnWords)
    assert logging.getLogger("services.jobs.schedule").isEnabledFor(logging.INFO) is not is_quiet
    assert logging.getLogger("almanac").isEnabledFor(logging.INFO) is not is_quiet
    for library in ("apscheduler.executors.default", "azure.core", "msal", "asyncio"):
        assert not logging.getLogger(library).isEnabledFor(logging.INFO)
        assert logging.getLogger(library).isEnabledFor(logging.WARNING)
