from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sandbox as package
from sandbox.people import PEOPLE, TENANT, find_person
from sandbox.server import Sandbox
from sandbox.zones import zone_named
from tests._fakes import FrozenClock

FOLDER = Path(package.__file__).parent


async def test_it_starts_and_leaves_nothing_behind(clock: FrozenClock) -> None:
    running = Sandbox(clock)
    with pytest.raises(RuntimeError):
        _ = running.ca_file
    await running.start(port=0)
    files = list(Path(running.ca_file).parent.iterdir())
    assert [file.name for file in files] == ["sandbox-ca.pem"]
    assert running.authority.startswith("https://127.0.0.1:")
    assert running.authority.endswith(f"/{TENANT.id}")
    await running.stop()
    assert not files[0].exists()


async def test_a_port_that_is_taken_is_an_error_and_nothing_stays_open(
    sandbox: Sandbox, clock: FrozenClock
) -> None:
    other = Sandbox(clock)
    with pytest.raises(OSError, match="in use"):
        await other.start(port=int(sandbox.page_url.rpartition(":")[2]))
    with pytest.raises(RuntimeError):
        _ = other.ca_file


async def test_two_sandboxes_know_nothing_of_each_other(
    sandbox: Sandbox, clock: FrozenClock
) -> None:
    other = Sandbox(clock)
    await other.start(port=0)
    assert other.graph_url != sandbox.graph_url
    assert other.ca_file != sandbox.ca_file
    await other.stop()


def test_the_people_can_be_told_apart() -> None:
    assert len(PEOPLE) == 5
    for field in ("object_id", "user_principal_name", "mail", "key", "display_name"):
        assert len({getattr(person, field) for person in PEOPLE}) == 5
    for person in PEOPLE:
        assert zone_named(person.zone)
        assert person.mail.endswith(f"@{TENANT.domain}")
        assert find_person(person.object_id.upper()) is person
        assert find_person(person.key) is person
    assert find_person("nobody") is None


def test_it_knows_nothing_of_the_product() -> None:
    parts = {"services", "bot", "cards", "app"}
    # The demo, and its sample contacts, are the product's: not a part of Microsoft 365.
    of_the_demo = {FOLDER / f"{name}.py" for name in ("contacts", "demo", "demo_program")}
    for path in set(FOLDER.rglob("*.py")) - of_the_demo:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            assert not {name.split(".")[0] for name in names} & parts, path
