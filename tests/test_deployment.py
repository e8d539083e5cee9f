"""What ``docs/deployment.md`` tells an operator is what the code has."""

from __future__ import annotations

import re
from pathlib import Path

from bot.arguments import parser
from bot.trust.clouds import CLOUDS
from services.graph.auth import CONTACT_SCOPES, DIRECTORY_SCOPES, SCOPES
from services.settings import AppType

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def rows(beginning: str) -> list[str]:
    """Return the first cells of the table that begins so."""
    table, _, _ = PAGE.partition(f"\n{beginning}")[2].partition("\n\n")
    return [line.split("|")[1].strip() for line in table.splitlines()[2:]]


def test_the_settings_that_it_names_are_settings() -> None:
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)\b", PAGE)) | {"HOST", "PORT"}
    settings = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.M))
    assert len(named) > 15
    assert named <= settings, named - settings


def test_the_permissions_that_it_asks_for_are_those_of_the_sign_in() -> None:
    told = [cell.strip("`") for cell in rows("| permission |")]
    assert sorted(told) == sorted((*SCOPES, *CONTACT_SCOPES, *DIRECTORY_SCOPES))


def test_the_paths_that_it_lets_through_are_those_of_the_server() -> None:
    told = set(re.findall(r"`/(\w+)", " ".join(rows("| path |"))))
    routes = (ROOT / "bot" / "web" / "routes.py").read_text(encoding="utf-8")
    assert told == set(re.findall(r"add_(?:get|post)\(f?\"/(\w+)", routes))


def test_the_kinds_of_bots_and_the_clouds_are_those_of_the_code() -> None:
    assert all(f"`{kind}`" in PAGE or f"={kind}`" in PAGE for kind in AppType)
    for cloud in CLOUDS:
        assert cloud.metadata_host in PAGE
        assert cloud.login.removeprefix("https://") in PAGE


def test_the_commands_that_it_names_are_there() -> None:
    for line in re.findall(r"`python app\.py ([^`]+)`", PAGE):
        words = [word if word.islower() else "x" for word in line.split()]
        parser().parse_args(words if words[0] != "erase-tenant" else [words[0], "x"])
