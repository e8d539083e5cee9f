from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator

from manifest import icons
from manifest.package import build, main, manifest_text, version
from services.model.version import VERSION

pytestmark = pytest.mark.slow

APP_ID = "6f1d7d0e-53a4-4a7c-9d43-0c3a6f2a9b11"
PUBLIC_URL = "https://almanac.example.com"
SCHEMAS = (
    Path(__file__).parents[1]
    / "browser/node_modules/@microsoft/app-manifest/build/json-schemas/teams"
)


@pytest.fixture
def manifest() -> Any:
    return json.loads(manifest_text(APP_ID, PUBLIC_URL))


@pytest.mark.skipif(not SCHEMAS.exists(), reason="npm parts are not installed (make setup)")
def test_the_manifest_is_valid_against_the_newest_schema(manifest: Any) -> None:
    released = [path.name for path in SCHEMAS.iterdir() if path.name[1:2].isdigit()]
    newest = max(released, key=lambda name: tuple(int(part) for part in name[1:].split(".")))
    assert manifest["manifestVersion"] == newest[1:]
    schema = json.loads(
        (SCHEMAS / newest / "MicrosoftTeams.schema.json").read_text(encoding="utf-8")
    )
    problems = [error.message for error in Draft4Validator(schema).iter_errors(manifest)]
    assert not problems


def test_no_placeholder_is_left(manifest: Any) -> None:
    text = json.dumps(manifest)
    assert "${" not in text
    assert manifest["id"] == manifest["bots"][0]["botId"] == APP_ID
    assert manifest["composeExtensions"][0]["botId"] == APP_ID
    assert manifest["webApplicationInfo"]["id"] == APP_ID
    assert manifest["validDomains"] == ["almanac.example.com"]
    assert manifest["developer"]["privacyUrl"] == "https://almanac.example.com/privacy"
    assert manifest["version"] == version()


def test_links_to_us_unfold_in_a_message(manifest: Any) -> None:
    (handler,) = manifest["composeExtensions"][0]["messageHandlers"]
    assert handler == {"type": "link", "value": {"domains": ["almanac.example.com"]}}


def test_every_scope_of_the_bot_has_its_list_of_commands(manifest: Any) -> None:
    bot = manifest["bots"][0]
    assert [scope for row in bot["commandLists"] for scope in row["scopes"]] == bot["scopes"]
    for row in bot["commandLists"]:
        titles = [command["title"] for command in row["commands"]]
        assert titles[:3] == ["help", "agenda", "new event"]
        assert all(command["description"] for command in row["commands"])


def test_the_commands_of_the_messaging_extension_have_their_known_names(manifest: Any) -> None:
    commands = {command["id"]: command for command in manifest["composeExtensions"][0]["commands"]}
    known = {"searchContacts", "searchEvents", "newEvent", "newContact", "saveContact"}
    assert known <= set(commands)
    assert commands["newEvent"]["fetchTask"] is True
    assert set(commands["newEvent"]["context"]) == {"compose", "message", "commandBox"}
    assert commands["saveContact"]["context"] == ["message"]
    assert commands["searchContacts"]["initialRun"] is True


@pytest.mark.parametrize(
    ("app_id", "public_url", "named"),
    [
        ("", PUBLIC_URL, "MICROSOFT_APP_ID"),
        ("almanac", PUBLIC_URL, "MICROSOFT_APP_ID"),
        (APP_ID, "", "PUBLIC_URL"),
        (APP_ID, "http://almanac.example.com", "PUBLIC_URL"),
        (APP_ID, "https://almanac.example.com/bot", "PUBLIC_URL"),
    ],
)
def test_a_missing_setting_is_named(app_id: str, public_url: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        manifest_text(app_id, public_url)


def test_the_package_holds_the_manifest_and_both_icons(tmp_path: Path) -> None:
    path = build(tmp_path, APP_ID, PUBLIC_URL)
    assert path.name == f"almanac-{version()}.zip"
    with ZipFile(path) as package:
        named = json.loads(package.read("manifest.json"))["icons"]
        assert sorted(package.namelist()) == sorted(["manifest.json", *named.values()])
        assert size_of(package.read(named["color"])) == (192, 192)
        assert size_of(package.read(named["outline"])) == (32, 32)


def test_the_command_line_makes_the_same_package_and_says_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = build(tmp_path / "first", APP_ID, PUBLIC_URL)
    given = ["--app-id", APP_ID, "--public-url", PUBLIC_URL, "--out", str(tmp_path / "second")]
    assert main(given) == 0
    second = tmp_path / "second" / first.name
    assert str(second) in capsys.readouterr().out
    assert second.read_bytes() == first.read_bytes()


def test_the_command_line_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--app-id", "almanac", "--out", str(tmp_path)]) == 1
    assert "MICROSOFT_APP_ID" in capsys.readouterr().err


def test_the_outline_icon_is_white_on_nothing() -> None:
    pixels = pixels_of(icons.outline_icon())
    assert all(pixel[:3] == b"\xff\xff\xff" for pixel in pixels if pixel[3])
    assert pixels[0][3] == 0


def test_the_colour_icon_has_no_transparent_pixel() -> None:
    assert all(pixel[3] == 255 for pixel in pixels_of(icons.colour_icon()))


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def pixels_of(png: bytes) -> list[bytes]:
    """Read back what ``manifest.png`` writes: one IDAT, no filters, RGBA."""
    width, height = size_of(png)
    start = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[start - 4 : start])
    rows = zlib.decompress(png[start + 4 : start + 4 + length])
    stride = width * 4 + 1
    return [
        rows[y * stride + 1 + x * 4 : y * stride + 5 + x * 4]
        for y in range(height)
        for x in range(width)
    ]


def test_people_are_told_the_version_that_the_package_has() -> None:
    assert version() == VERSION
