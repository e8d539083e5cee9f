"""vdirsyncer on two local folders: the same three rows, without a network and in the clear.

A process for each row, as people run it; its start, which loads Python, is part of the time.
https://vdirsyncer.pimutils.org/en/stable/vdir.html tells what the folders hold.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from bench.process import ended
from bench.sync.ours import CHANGED, an_event
from bench.sync.rows import Row
from services.model.times import Timed

__all__ = ["peer_rows"]

CONFIG = """\
[general]
status_path = "{folder}/status/"

[pair bench]
a = "one"
b = "two"
collections = null
conflict_resolution = "a wins"

[storage one]
type = "filesystem"
path = "{folder}/one"
fileext = ".ics"

[storage two]
type = "filesystem"
path = "{folder}/two"
fileext = ".ics"
"""
EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Almanac//bench//EN
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20261101T080000Z
DTSTART;TZID=Europe/Berlin:{start}
DTEND;TZID=Europe/Berlin:{end}
SUMMARY:{title}
LOCATION:{place}
DESCRIPTION:{text}
END:VEVENT
END:VCALENDAR
"""


def peer_rows(python: Path, folder: Path, events: int) -> dict[str, Row]:
    """Fill one folder, sync it with an empty one, and so on; return the rows by name.

    Raises:
        CalledProcessError: vdirsyncer failed; what it said lies in the folder.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("one", "two"):
        (folder / name).mkdir(parents=True)
    (folder / "config").write_text(CONFIG.format(folder=folder.as_posix()))
    for number in range(events):
        _write(folder, number, "")
    _run(python, folder, "discover")
    rows = [_row(python, folder, "out: first sync", events)]
    rows.append(_row(python, folder, "out: nothing changed", events))
    for number in range(CHANGED):
        _write(folder, number, ", moved")
    rows.append(_row(python, folder, "out: 100 changed", CHANGED))
    return {row.name: row for row in rows}


def _write(folder: Path, number: int, more: str) -> None:
    content = an_event(number)
    assert isinstance(content.when, Timed)
    text = EVENT.format(
        uid=f"event-{number}",
        start=_stamp(content.when.start),
        end=_stamp(content.when.end),
        title=content.title + more,
        place=content.place,
        text=content.text.replace("\n", "\\n"),
    )
    (folder / "one" / f"event-{number}.ics").write_text(text, newline="\r\n")


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def _row(python: Path, folder: Path, name: str, items: int) -> Row:
    began = time.perf_counter()
    cpu, memory = _run(python, folder, "sync")
    return Row(name, items, time.perf_counter() - began, cpu, {}, memory)


def _run(python: Path, folder: Path, verb: str) -> tuple[float, float]:
    """Run vdirsyncer once; return its processor seconds and the most memory it had, in MiB."""
    command = [str(python), "-m", "vdirsyncer", "-c", str(folder / "config"), verb]
    with (folder / f"{verb}.log").open("wb") as says:
        process = subprocess.Popen(command, stdout=says, stderr=subprocess.STDOUT)
        code, cpu, memory = ended(process)
    if code:
        raise subprocess.CalledProcessError(code, command)
    return cpu, memory


if __name__ == "__main__":
    for row in peer_rows(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])).values():
        print(row)
