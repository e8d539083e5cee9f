"""The process in which a stranger's file is read: a request comes in, answers go out.

Started by :mod:`services.files.file_reading`. It bounds itself before it looks at anything: what a
file makes of it ends with it. A file that cannot be taken is answered with the reason; one that
uses the limits up is answered by the end of the process.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress

from services.files.contact_fitting import Portion, fitted
from services.files.import_reading import kind_of, read_contacts, read_events
from services.files.reading_wire import Answer, Ask, What, answer_of, framed, unframed
from services.formats.ics_read import read_calendar
from services.model.imports import BadFile

if sys.platform != "win32":
    import resource

__all__ = ["answers", "main"]


def main(memory: int, seconds: int) -> int:
    """Read one file; 0 when there is an answer.

    Args:
        memory: bytes that this process may use, where the system can bound that.
        seconds: of processor time, likewise.
    """
    bound(memory, seconds)
    for answer in answers(*unframed(sys.stdin.buffer)):
        sys.stdout.buffer.write(framed(answer))
    sys.stdout.buffer.flush()
    return 0


def answers(ask: Ask, data: bytes) -> Iterator[Answer | Portion]:
    """Yield what a file holds, contacts in portions, or why it cannot be taken."""
    wrong: type[Answer | Portion] = Portion if ask.what is What.CONTACTS else Answer
    try:
        match ask.what:
            case What.EVENTS:
                yield answer_of(read_events(data, ask.zone, ask.language))
            case What.CONTACTS:
                for reading in read_contacts(data, ask.language, ask.shape):
                    yield fitted(reading, ask.shape, ask.region)
            case What.CALENDAR:
                yield answer_of(read_calendar(data, ask.zone))
            case What.KIND:
                yield Answer(kind=kind_of(data))
    except BadFile as err:
        yield wrong(wrong=err.why)


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
