from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values

from services.model.identity import ObjectId, Person, TenantId
from services.settings import AppType, Misconfigured, Settings

APP_ID = "6f1d7d0e-53a4-4a7c-9d43-0c3a6f2a9b11"
KEY = base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
ENOUGH = {
    "PUBLIC_URL": "https://almanac.example.com",
    "ALMANAC_KEYS": f"k1:{KEY}",
    "MICROSOFT_APP_ID": APP_ID,
    "MICROSOFT_APP_PASSWORD": "a-planted-password",
    "MICROSOFT_APP_TENANT_ID": "contoso.example.com",
    "GRAPH_CLIENT_ID": "the-graph-client",
    "GRAPH_CLIENT_SECRET": "a-planted-secret",
}
COSMOS = {
    "ALMANAC_STORE": "cosmos",
    "COSMOS_ENDPOINT": "https://almanac.documents.example.com:443/",
    "COSMOS_KEY": "a-planted-cosmos-key",
}
EXAMPLE = (Path(__file__).parents[1] / ".env.example").read_text(encoding="utf-8")


class Recording(Mapping[str, str]):
    """An environment that remembers which names were asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def problems_of(environ: Mapping[str, str], *, demo: bool = False) -> tuple[str, ...]:
    with pytest.raises(Misconfigured) as caught:
        Settings.from_env(environ, demo=demo)
    return caught.value.problems


def test_a_demo_needs_nothing() -> None:
    settings = Settings.from_env({}, demo=True)
    assert settings.demo
    assert (settings.host, settings.port) == ("127.0.0.1", 3978)
    assert settings.public_url == "http://127.0.0.1:3978"
    assert (settings.sandbox_port, settings.data_dir) == (3979, Path("data"))


def test_a_demo_refuses_every_other_address() -> None:
    for host in ("0.0.0.0", "::", "localhost", "192.0.2.7"):
        assert problems_of({"HOST": host}, demo=True)[0].startswith("HOST ")


def test_a_demo_ignores_the_registrations_of_a_filled_in_env() -> None:
    settings = Settings.from_env(ENOUGH | COSMOS, demo=True)
    assert (settings.bot, settings.graph, settings.cosmos) == (None, None, None)
    assert settings.public_url == "http://127.0.0.1:3978"


def test_the_ids_of_registrations_are_as_tokens_name_them() -> None:
    written = {"MICROSOFT_APP_ID": APP_ID.upper(), "GRAPH_CLIENT_ID": APP_ID.upper()}
    settings = Settings.from_env(ENOUGH | written)
    assert settings.bot is not None and settings.graph is not None
    assert (settings.bot.app_id, settings.graph.client_id) == (APP_ID, APP_ID)


def test_production_refuses_to_start_without_an_app_id() -> None:
    without = {name: value for name, value in ENOUGH.items() if name != "MICROSOFT_APP_ID"}
    (problem,) = problems_of(without)
    assert problem.startswith("MICROSOFT_APP_ID is missing")


def test_all_problems_are_reported_together() -> None:
    problems = problems_of({"PORT": "seventy", "ALMANAC_STORE": "paper"})
    assert {problem.split()[0] for problem in problems} == {
        "PORT",
        "PUBLIC_URL",
        "ALMANAC_KEYS",
        "ALMANAC_STORE",
        "MICROSOFT_APP_ID",
        "MICROSOFT_APP_PASSWORD",
        "MICROSOFT_APP_TENANT_ID",
        "GRAPH_CLIENT_ID",
        "GRAPH_CLIENT_SECRET",
    }


def test_enough_is_enough() -> None:
    settings = Settings.from_env(ENOUGH)
    assert not settings.demo
    assert settings.bot is not None
    assert settings.bot.app_id == APP_ID
    assert settings.bot.type is AppType.SINGLE_TENANT
    assert settings.graph is not None
    assert settings.graph.base_url == "https://graph.microsoft.com/v1.0"
    assert settings.cosmos is None


@pytest.mark.parametrize(
    ("kind", "not_needed"),
    [("UserAssignedMSI", "MICROSOFT_APP_PASSWORD"), ("multitenant", "MICROSOFT_APP_TENANT_ID")],
)
def test_each_kind_of_bot_needs_its_own_settings(kind: str, not_needed: str) -> None:
    settings = Settings.from_env(ENOUGH | {"MICROSOFT_APP_TYPE": kind, not_needed: ""})
    assert settings.bot is not None
    assert settings.bot.type.lower() == kind.lower()
    (problem,) = problems_of(ENOUGH | {not_needed: ""})
    assert problem.startswith(not_needed)


def test_cosmos_is_read_when_it_is_the_store() -> None:
    settings = Settings.from_env(ENOUGH | COSMOS | {"COSMOS_REGIONS": "West Europe, North Europe"})
    assert settings.cosmos is not None
    assert settings.cosmos.endpoint == "https://almanac.documents.example.com:443"
    assert settings.cosmos.database == "almanac"
    assert settings.cosmos.regions == ("West Europe", "North Europe")


def test_cosmos_without_a_key_means_the_identity_of_the_program() -> None:
    settings = Settings.from_env(ENOUGH | COSMOS | {"COSMOS_KEY": ""})
    assert settings.cosmos is not None
    assert settings.cosmos.key == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "\N{ARABIC-INDIC DIGIT EIGHT}0"),
        ("SANDBOX_PORT", "3979.5"),
        ("PUBLIC_URL", "http://almanac.example.com"),
        ("PUBLIC_URL", "https://almanac.example.com/bot"),
        ("PUBLIC_URL", "https://user@almanac.example.com"),
        ("PUBLIC_URL", "https://almanac.example.com:seven"),
        ("PUBLIC_URL", "almanac.example.com"),
        ("GRAPH_BASE_URL", "https://graph.example.com/v1.0?x=1"),
        ("BOT_OPENID_METADATA_URL", "ftp://login.example.com"),
        ("MICROSOFT_APP_ID", "almanac"),
        ("MICROSOFT_APP_TYPE", "NoTenant"),
        ("MICROSOFT_APP_TENANT_ID", "my tenant"),
        ("ALMANAC_KEYS", KEY),
        ("ALMANAC_KEYS", "k1:c2hvcnQ="),
        ("ALMANAC_KEYS", f"k1:{KEY},k1:{KEY}"),
        ("ALMANAC_KEYS", f"k1:{KEY},"),
        ("ALMANAC_KEYS", f"k1:{KEY}!"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_but_not_shown(name: str, value: str) -> None:
    (problem,) = problems_of(ENOUGH | {name: value})
    assert problem.startswith(f"{name} ")
    assert value not in problem


def test_a_rotated_key_ring_is_accepted() -> None:
    ring = f"k2:{KEY}, k1:{KEY}"
    assert Settings.from_env(ENOUGH | {"ALMANAC_KEYS": ring}).keys == ring


def test_repr_hides_every_secret() -> None:
    shown = repr(Settings.from_env(ENOUGH | COSMOS))
    assert "planted" not in shown
    assert KEY not in shown
    assert "the-graph-client" in shown


def test_the_example_file_names_every_setting_and_no_other() -> None:
    asked: set[str] = set()
    for values, demo in ((ENOUGH | COSMOS, False), ({}, True)):
        environ = Recording(values)
        Settings.from_env(environ, demo=demo)
        asked |= environ.asked
    assert set(dotenv_values(stream=StringIO(EXAMPLE))) == asked


def test_the_example_file_shows_the_defaults() -> None:
    example = {
        name: value for name, value in dotenv_values(stream=StringIO(EXAMPLE)).items() if value
    }
    assert Settings.from_env(example | ENOUGH) == Settings.from_env(ENOUGH)
    assert Settings.from_env(example | ENOUGH | COSMOS) == Settings.from_env(ENOUGH | COSMOS)
    assert Settings.from_env(example, demo=True) == Settings.from_env({}, demo=True)


def test_every_setting_of_the_example_file_is_explained() -> None:
    blocks = EXAMPLE.split("\n\n")
    for block in blocks:
        lines = block.strip().splitlines()
        if any(not line.startswith("#") for line in lines):
            assert lines[0].startswith("#"), f"no word about {lines[0]}"


def test_a_key_vault_stands_in_for_the_ring() -> None:
    url = "https://harbour.vault.azure.net/keys/almanac"
    without = {name: value for name, value in ENOUGH.items() if name != "ALMANAC_KEYS"}
    settings = Settings.from_env(without | {"ALMANAC_KEY_VAULT_KEY": url})
    assert (settings.key_vault_key, settings.keys) == (url, "")
    (problem,) = problems_of(without | {"ALMANAC_KEY_VAULT_KEY": "almanac"})
    assert problem.startswith("ALMANAC_KEY_VAULT_KEY must be an address")


def test_the_grace_is_thirty_days_unless_it_is_said_otherwise() -> None:
    assert Settings.from_env(ENOUGH).grace == timedelta(days=30)
    assert Settings.from_env(ENOUGH | {"ALMANAC_GRACE_DAYS": "0"}).grace == timedelta(0)
    for value in ("-1", "soon", "99999", "1.5"):
        (problem,) = problems_of(ENOUGH | {"ALMANAC_GRACE_DAYS": value})
        assert problem.startswith("ALMANAC_GRACE_DAYS must be a number of days")


ADMIN = "0f0e0d0c-1111-4222-8333-444455556666/AAAABBBB-1111-4222-8333-444455556666"


def test_administrators_are_people_of_a_directory() -> None:
    settings = Settings.from_env({**ENOUGH, "ALMANAC_ADMINS": f" {ADMIN} ,{ADMIN.lower()}"})
    tenant, _, object_id = ADMIN.lower().partition("/")
    assert settings.admins == {Person(TenantId(tenant), ObjectId(object_id))}
    assert Settings.from_env(ENOUGH).admins == frozenset()


@pytest.mark.parametrize("value", ["ines@example.com", ADMIN.partition("/")[2], f"{ADMIN},x/y"])
def test_an_administrator_that_is_no_person_of_a_directory_is_refused(value: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        Settings.from_env({**ENOUGH, "ALMANAC_ADMINS": value})
    (problem,) = caught.value.problems
    assert problem.startswith("ALMANAC_ADMINS") and value not in problem
