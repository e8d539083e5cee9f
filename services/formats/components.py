"""A file of content lines as a tree: ``BEGIN`` and ``END``, and what is between them.

:func:`components` yields the outermost components one by one, with limits that keep a hostile file
from costing more than an honest one. What is cut off in the middle comes with ``complete`` false:
whoever reads it says so, and the rest of the file still counts.

RFC 5545, section 3.4 and 3.6; RFC 6350, section 6.1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from services.formats.content_lines import Line
from services.model.imports import BadFile, FileWrong

__all__ = ["DEEPEST", "MOST_COMPONENTS", "MOST_LINES", "Component", "components"]

MOST_COMPONENTS = 60_000
"""Of all kinds, alarms and zones too."""
MOST_LINES = 12_000
"""Of one component: an event with ten thousand people on it can still be read."""
DEEPEST = 8


@dataclass(slots=True, eq=False)
class Component:
    """What stands between a ``BEGIN`` and its ``END``."""

    name: str
    """In capitals: ``VEVENT``."""
    lines: list[Line] = field(default_factory=list)
    inner: list[Component] = field(default_factory=list)
    complete: bool = True
    """False where the file ends before the component does."""

    _said: Mapping[str, Line] | None = field(default=None, init=False, repr=False)

    @property
    def said(self) -> Mapping[str, Line]:
        """The first line of each name; to be asked for when all of them are there."""
        if self._said is None:
            self._said = {line.name: line for line in reversed(self.lines)}
        return self._said

    def first(self, name: str) -> Line | None:
        """Return the first line of a name."""
        return self.said.get(name)

    def named(self, name: str) -> Sequence[Line]:
        """Return all lines of a name."""
        return [line for line in self.lines if line.name == name] if name in self.said else ()

    def written(self) -> Iterator[str]:
        """Yield the component as the lines that it was read from."""
        yield f"BEGIN:{self.name}"
        yield from (line.whole for line in self.lines)
        for each in self.inner:
            yield from each.written()
        yield f"END:{self.name}"


def components(lines: Iterable[Line]) -> Iterator[Component]:
    """Yield the outermost components; lines outside of any are skipped.

    Raises:
        BadFile: too many, too deep, or too much in one.
    """
    stack: list[Component] = []
    seen = 0
    for line in lines:
        if line.name == "BEGIN":
            seen += 1
            if seen > MOST_COMPONENTS or len(stack) == DEEPEST:
                raise BadFile(FileWrong.TOO_COMPLEX)
            stack.append(Component(line.value.strip().upper()))
        elif line.name == "END":
            yield from _ended(stack, line.value.strip().upper())
        elif stack:
            held = stack[-1].lines
            if len(held) == MOST_LINES:
                raise BadFile(FileWrong.TOO_COMPLEX)
            held.append(line)
    while stack:
        stack[-1].complete = False
        yield from _closed(stack)


def _ended(stack: list[Component], name: str) -> Iterator[Component]:
    """End a component; those that were forgotten inside of it are cut off. A stray end is none."""
    if stack and stack[-1].name == name:
        yield from _closed(stack)
        return
    if not any(each.name == name for each in stack):
        return
    while stack[-1].name != name:
        stack[-1].complete = False
        yield from _closed(stack)
    yield from _closed(stack)


def _closed(stack: list[Component]) -> Iterator[Component]:
    done = stack.pop()
    if stack:
        stack[-1].inner.append(done)
    else:
        yield done
