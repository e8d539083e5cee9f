"""The places in the engine that change the world: found in its source, and seen at work.

A kill only matters beside an effect. :func:`places` reads the engine's source for all that it does
to the store, the team and Outlook; :func:`watched` notes which of them a test comes through. So a
place that is new fails a test until a process has been killed there, though its effect be of an
old kind, and one like it be in the same function.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from types import FrameType

import services.sync

__all__ = ["places", "watched"]

ENGINE = Path(services.sync.__file__).parent
OF_A_PASS = frozenset({"commit", "commit_all", "keep_round", "update_link"})
OF_A_SIDE = frozenset({"write", "add", "delete", "create", "update", "set_picture"})
SIDES = ("run.team", "run.outlook", "_album(run)")
PLUMBING = frozenset({"commits", "link_pass", "outlook", "outlook_contacts", "team", "expanded"})
"""How effects are done; where they are decided on is elsewhere."""


def places() -> set[str]:
    """Return each place as its function, and what it does there; several are counted."""
    return {*_names().values()}


def _names() -> dict[tuple[Path, int], str]:
    """Return the name of each place, by its module and its line."""
    found: dict[tuple[Path, int], str] = {}
    for module in ENGINE.rglob("*.py"):
        if module.stem in PLUMBING:
            continue
        for function in ast.walk(ast.parse(module.read_text())):
            if isinstance(function, ast.AsyncFunctionDef):
                seen: Counter[str] = Counter()
                for effect, line in sorted(_effects(function), key=itemgetter(1)):
                    seen[effect] += 1
                    name = f"{module.stem}.{function.name} {effect}"
                    nth = "" if seen[effect] == 1 else f" {seen[effect]}"
                    found[module, line] = name + nth
    return found


def _effects(function: ast.AsyncFunctionDef) -> Iterator[tuple[str, int]]:
    for node in ast.walk(function):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        effect, of = node.func.attr, ast.unparse(node.func.value)
        is_side = of in SIDES and effect in OF_A_SIDE
        if is_side or (of == "run" and effect in OF_A_PASS):
            yield effect, node.lineno


@contextmanager
def watched() -> Iterator[set[str]]:
    """Give a set, to which each place is added that is come through within the block."""
    seen, names = set[str](), _names()

    def note(frame: FrameType, event: str, _: object) -> None:
        effect, caller = frame.f_code.co_name, frame.f_back
        if event != "call" or effect not in OF_A_PASS | OF_A_SIDE or caller is None:
            return
        place = names.get((Path(caller.f_code.co_filename), caller.f_lineno))
        if place is not None:
            seen.add(place)

    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)
