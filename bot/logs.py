"""The program's log: what we say ourselves, and of everybody else that they spoke, and where.

Our own messages name classes, numbers and fixed words. Those of a library may quote what somebody
wrote, an address with a secret in it, or a token, and so may the text of any exception: asyncio
alone tells of a lost task with all that it failed of. So of a library's message there is the place
that it comes from, and of an exception its class and its way through the program.

A line begins with the time, in UTC, and stays one line whatever is in it.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb

__all__ = ["OwnWords", "begin_log", "way_of"]

OURS = ("almanac", "bot", "cards", "sandbox", "services")
"""Where the names of our own loggers begin."""
LONGEST_WAY = 6


class OwnWords(logging.Formatter):
    """Writes our messages, and no others."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC)
        is_ours = record.name.partition(".")[0] in OURS
        said = record.getMessage() if is_ours else f"at {record.filename}:{record.lineno}"
        failure = record.exc_info[1] if record.exc_info else None
        if failure is not None:
            said += f" ({type(failure).__name__} at {way_of(failure)})"
        one_line = "".join(sign if sign.isprintable() else " " for sign in said)
        return f"{at:%Y-%m-%dT%H:%M:%SZ} {record.levelname} {record.name}: {one_line}"


def begin_log(*, is_quiet: bool) -> None:
    """Write to standard error: warnings of all and, unless it shall be quiet, our own news."""
    handler = logging.StreamHandler()
    handler.setFormatter(OwnWords())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    if not is_quiet:
        # Of libraries warnings alone: APScheduler tells of each second's look, Azure of each call.
        for name in OURS:
            logging.getLogger(name).setLevel(logging.INFO)


def way_of(failure: BaseException) -> str:
    """Return where it happened, innermost last: file, line and function, no values."""
    frames = extract_tb(failure.__traceback__)[-LONGEST_WAY:]
    return " > ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames
    )
