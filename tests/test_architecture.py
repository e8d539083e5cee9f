"""The floors of the house, kept by reading every import with the standard library's ``ast``.

One table says who may import whom, one says which outside package belongs behind which wall.
"""

from __future__ import annotations

import ast
import re
import runpy
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "cards", "services", "sandbox", "manifest", "bench")

USE_CASES = {"services.model", "services.storage", "services.graph"}
CONTENT = {
    "services.model",
    "services.graph",
    "services",
}  # of the last: what a date of a series is
SIDES = USE_CASES | {"services", "services.sync.content"}
RULES = {"services.model", "services.sync.content", "services.sync.sides"}
STATE = SIDES | {"services.sync.sides", "services.sync.rules"}
RECOVER = STATE | {"services.sync.state"}
PULL = RECOVER | {"services.sync.recover"}
PLAN = PULL | {"services.sync.pull"}
EXECUTE = PLAN | {"services.sync.plan"}
SYNC = EXECUTE | {"services.sync.execute"}
BOT = USE_CASES | {"services", "services.sync", "services.sync.sides", "cards"}
WHOLE = BOT | {"services.jobs", "bot"}
RUNNING = WHOLE | {"bot.assembly", "bot.serving", "services.settings"}
FLOORS: dict[str, set[str]] = {
    # floor: what it may import besides itself. A module is on the floor with the longest name.
    "services.model": set(),
    "services.environment": {"services.model"},
    "services.settings": {"services.model", "services.environment"},
    "services.storage": {"services.model"},
    "services.graph": {"services.model"},
    "services": USE_CASES,
    # One pass reads these from the top down; each rests on those above it alone.
    "services.sync.content": CONTENT,
    "services.sync.sides": SIDES,
    "services.sync.rules": RULES,
    "services.sync.state": STATE,
    "services.sync.recover": RECOVER,
    "services.sync.pull": PULL,
    "services.sync.plan": PLAN,
    "services.sync.execute": EXECUTE,
    "services.sync": SYNC,
    "services.jobs": USE_CASES | {"services", "services.sync"},
    "cards": {"services.model"},
    "bot": BOT,
    "bot.assembly": WHOLE | {"bot.background"},  # the composition root
    "bot.background": WHOLE,  # a part of it
    "bot.serving": WHOLE | {"bot.assembly"},
    "bot.stores": {"services.model", "services.storage", "services.settings"},
    "bot.operations": USE_CASES | {"services", "services.settings", "bot", "bot.stores"},
    "bot.production": RUNNING | {"bot.stores"},
    "manifest": set(),
    "sandbox": set(),
    "sandbox.demo": {
        *("bot", "sandbox", "sandbox.demo_program"),  # the last one brings the whole program
        *("services.model", "services.settings"),
    },
    "sandbox.demo_program": RUNNING | {"sandbox"},
    "app": {
        *("bot", "bot.operations", "bot.production", "sandbox.demo"),
        *("services.model", "services.settings"),
    },
    "bench": WHOLE | SYNC | {"bot.assembly", "bot.serving", "sandbox"},
}
WALLS: dict[str, set[str]] = {
    # outside package: the floors that may know it
    "botbuilder": {"bot"},
    "botframework": {"bot"},
    "msrest": {"bot"},
    "aiohttp.web": {"bot", "bot.assembly", "bot.serving", "sandbox"},
    "adaptivecards": {"cards"},
    "azure": {"services.storage"},
    "icalendar": {"services", "bench"},  # there as somebody to be measured beside
    "sqlite3": {"services.storage", "services", "bench"},  # the search's index is one, in memory
    "apscheduler": {"services.jobs"},
    "msal": {"services.graph", "bot", "bench"},  # people's sign-in, and the bot's own
    "cryptography": {"services.storage", "sandbox", "bench"},
}
LONG = 300
LONGEST = 400
WHY_LONG = {
    # asked what they hold that is not one thing, these modules had an answer
    "services.storage.statements": "every SQL statement of the store, side by side",
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def sources() -> dict[str, Path]:
    paths = [p for package in PACKAGES for p in sorted((ROOT / package).rglob("*.py"))]
    paths += [ROOT / "app.py"]
    return {name_of(p): p for p in paths if not {"node_modules", "contenders"} & set(p.parts)}


MODULES = sources()
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


@cache
def imports_of(name: str) -> tuple[str, ...]:
    """Return every module that ``name`` imports, as precisely as the statement tells."""
    return tuple(_imports(name))


def _imports(name: str) -> Iterator[str]:
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(name, node)
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                yield inner if inner in MODULES or inner == "aiohttp.web" else source


def absolute(name: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = name if MODULES[name].name == "__init__.py" else name.rpartition(".")[0]
    base = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def floor_of(module: str, floors: dict[str, set[str]] = FLOORS) -> str | None:
    within = [floor for floor in floors if module == floor or module.startswith(f"{floor}.")]
    return max(within, key=len, default=None)


def test_every_module_stands_on_a_floor() -> None:
    homeless = [name for name in MODULES if floor_of(name) is None]
    assert not homeless, "add them to the table, on purpose"


def test_imports_run_downward_only() -> None:
    upward = [
        f"{name} must not import {imported}"
        for name in MODULES
        for imported in imports_of(name)
        if (target := floor_of(imported)) is not None
        and (floor := floor_of(name)) is not None
        and target != floor
        and target not in FLOORS[floor]
    ]
    assert not upward


def test_outside_packages_stay_behind_their_walls() -> None:
    through = [
        f"{name} must not know {imported}"
        for name in MODULES
        for imported in imports_of(name)
        if (wall := floor_of(imported, WALLS)) is not None and floor_of(name) not in WALLS[wall]
    ]
    assert not through


def test_the_model_knows_the_standard_library_alone() -> None:
    outside = {
        f"{name} imports {imported}"
        for name in MODULES
        if floor_of(name) == "services.model"
        for imported in imports_of(name)
        if imported.partition(".")[0] not in sys.stdlib_module_names
        and floor_of(imported) != "services.model"
    }
    assert not outside


def test_only_app_reads_the_environment() -> None:
    assert {name for name in MODULES if _reads_the_environment(name)} == {"app"}


def _reads_the_environment(name: str) -> bool:
    named = {"environ", "getenv"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in named and ast.unparse(node.value) == "os")
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and not named.isdisjoint(alias.name for alias in node.names)
        )
        for node in ast.walk(TREES[name])
    )


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {name: {i for i in imports_of(name) if i in MODULES} - {name} for name in MODULES}
    while leaves := {name for name, targets in graph.items() if not targets}:
        graph = {name: targets - leaves for name, targets in graph.items() if name not in leaves}
    assert not graph, f"these modules import each other: {sorted(graph)}"


def test_a_module_is_one_thing() -> None:
    lengths = {name: len(path.read_bytes().splitlines()) for name, path in MODULES.items()}
    long = {name: lines for name, lines in lengths.items() if lines > LONG}
    assert long.keys() <= WHY_LONG.keys(), f"what is in them? {long}"
    assert max(long.values(), default=0) <= LONGEST, f"whatever they hold, it is too much: {long}"


def test_a_test_with_a_browser_is_where_make_test_looks_for_it() -> None:
    places = [ROOT / place for place in runpy.run_path(str(ROOT / ".ci" / "test.py"))["BROWSER"]]
    for path in (ROOT / "tests").rglob("test_*.py"):
        if re.search(r"mark\.browser", path.read_text(encoding="utf-8")):
            assert any(path.is_relative_to(place) for place in places), path
