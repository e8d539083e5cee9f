from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from manifest.package import manifest_text
from services import phrases
from tests.scenarios._house import a_house

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MANIFEST: Any = json.loads(
    manifest_text("6f1d7d0e-53a4-4a7c-9d43-0c3a6f2a9b11", "https://almanac.example.com")
)
TITLES = {
    command["title"] for row in MANIFEST["bots"][0]["commandLists"] for command in row["commands"]
}


async def test_the_manifest_offers_what_the_router_answers(tmp_path: Path) -> None:
    offered = {command["id"] for command in MANIFEST["composeExtensions"][0]["commands"]}
    async with a_house(tmp_path) as house:
        assert house.almanac.router.extension_commands() == offered


@pytest.mark.parametrize("title", sorted(TITLES))
def test_a_command_of_the_manifest_is_understood_as_it_is_written(title: str) -> None:
    command = phrases.read(title, NOW, ZoneInfo("Europe/Berlin"), "en")
    assert not isinstance(command, phrases.Unknown)
