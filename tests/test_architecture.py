"""The floors of the house, kept by reading every import with the standard library's ``ast``.

One table says who may import whom, one says which outside package belongs behind which wall.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "cards", "services", "sandbox", "manifest", "bench")

USE_CASES = {"services.model", "services.storage", "services.graph"}
BOT = USE_CASES | {"services", "services.sync", "cards"}
WHOLE = BOT | {"services.jobs", "bot"}
FLOORS: dict[str, set[str]] = {
    # floor: what it may import besides itself. A module is on the floor with the longest name.
    "services.model": set(),
    "services.environment": {"services.model"},
    "services.settings": {"services.model", "services.environment"},
    "services.storage": {"services.model"},
    "services.graph": {"services.model"},
    "services": USE_CASES,
    "services.sync": USE_CASES | {"services"},
    "services.jobs": USE_CASES | {"services", "services.sync"},
    "cards": {"services.model"},
    "bot": BOT,
    "bot.assembly": WHOLE | {"bot.background"},  # the composition root
    "bot.background": WHOLE,  # its other half
    "bot.serving": WHOLE | {"bot.assembly"},
    "bot.stores": {"services.model", "services.storage", "services.settings"},
    "manifest": set(),
    "sandbox": set(),
    "app": WHOLE | {"bot.assembly", "bot.serving", "bot.stores", "services.settings", "sandbox"},
    "bench": WHOLE | {"bot.assembly", "bot.serving", "app", "sandbox"},
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
    "bot.assembly": "every part of the program, put together in the one place that knows all",
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


def imports_of(name: str) -> Iterator[str]:
    """Every module that ``name`` imports, as precisely as the statement tells."""
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


@pytest.mark.parametrize("name", MODULES)
def test_imports_run_downward_only(name: str) -> None:
    floor = floor_of(name)
    assert floor, f"{name} stands on no floor: add it to the table, on purpose"
    for imported in imports_of(name):
        target = floor_of(imported)
        allowed = target is None or target == floor or target in FLOORS[floor]
        assert allowed, f"{name} ({floor}) must not import {imported} ({target})"


@pytest.mark.parametrize("name", MODULES)
def test_outside_packages_stay_behind_their_walls(name: str) -> None:
    for imported in imports_of(name):
        wall = floor_of(imported, WALLS)
        known = wall is None or floor_of(name) in WALLS[wall]
        assert known, f"{name} must not know {imported}"


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


@pytest.mark.parametrize("name", [name for name in MODULES if name != "app"])
def test_only_app_reads_the_environment(name: str) -> None:
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in {("os", "environ"), ("os", "getenv")}
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            assert not {"environ", "getenv"} & {alias.name for alias in node.names}


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {name: {i for i in imports_of(name) if i in MODULES} - {name} for name in MODULES}
    while leaves := {name for name, targets in graph.items() if not targets}:
        graph = {name: targets - leaves for name, targets in graph.items() if name not in leaves}
    assert not graph, f"these modules import each other: {sorted(graph)}"


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_one_thing(name: str) -> None:
    lines = len(MODULES[name].read_text(encoding="utf-8").splitlines())
    assert lines <= LONG or name in WHY_LONG, f"{name} has {lines} lines: what is in it?"
    assert lines <= LONGEST, f"{name} has {lines} lines: whatever it holds, it is too much"
