"""The process in which a stranger's file is read: a request comes in, an answer goes out.

Started by :mod:`services.file_reading`. It bounds itself before it looks at anything: what a file
makes of it ends with it. A file that cannot be taken is answered with the reason; one that uses
the limits up is answered by the end of the process.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from services.formats.ics_read import read_calendar
from services.import_reading import kind_of, read_contacts, read_events
from services.model.imports import BadFile
from services.reading_wire import Answer, Ask, What, answer_of, unframed
from services.storage.codec import encode

if sys.platform != "win32":
    import resource

__all__ = ["answered", "main"]


def main(memory: int, seconds: int) -> int:
    """Read one file; 0 when there is an answer.

    Args:
        memory: bytes that this process may use, where the system can bound that.
        seconds: of processor time, likewise.
    """
    bound(memory, seconds)
    sys.stdout.buffer.write(encode(answered(*unframed(sys.stdin.buffer.read()))))
    sys.stdout.buffer.flush()
    return 0


def answered(ask: Ask, data: bytes) -> Answer:
    """Return what a file holds, or why it cannot be taken."""
    try:
        match ask.what:
            case What.EVENTS:
                return answer_of(read_events(data, ask.zone, ask.language))
            case What.CONTACTS:
                return answer_of(read_contacts(data, ask.language, ask.shape))
            case What.CALENDAR:
                return answer_of(read_calendar(data, ask.zone))
            case What.KIND:
                return Answer(kind=kind_of(data))
    except BadFile as err:
        return Answer(wrong=err.why)


def bound(memory: int, seconds: int) -> None:
    """Take no more than that, and write no file; Windows has no such bounds."""
    if sys.platform == "win32":
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS bounds no address space
            resource.setrlimit(kind, (most, most))
