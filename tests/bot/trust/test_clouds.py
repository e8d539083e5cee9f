from __future__ import annotations

import pytest

from bot.trust.clouds import PUBLIC, ServiceUrls


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net",
        "https://SMBA.trafficmanager.net/teams/",
        "https://smba.infra.gcc.teams.microsoft.com/gcc",
        "http://127.0.0.1:56150/_connector",
    ],
)
def test_addresses_of_the_cloud_are_trusted(url: str) -> None:
    trusted = ServiceUrls(PUBLIC.hosts, frozenset({"http://127.0.0.1:56150"}))
    assert trusted.trusts(url)
    assert trusted.trusts(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smba.trafficmanager.net",
        "http://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net:8443/emea/",
        "https://smba.trafficmanager.net.attacker.example/",
        "https://attacker.trafficmanager.net/",
        "https://attacker.smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@attacker.example/",
        "https://attacker.example\\@smba.trafficmanager.net/",
        "https://user:password@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net/?to=attacker",
        "https://smba.trafficmanager.net/#x",
        "https://smba.trafficmanager.net./",
        "https://[::1/",
        "https://smba.trafficmanager.net:port/",
        "http://127.0.0.1:56151/_connector",
        "http://127.0.0.1/_connector",
        "ftp://smba.trafficmanager.net/",
        "https://smba.infra.gov.teams.microsoft.us/gcch",
    ],
)
def test_all_others_are_not(url: str) -> None:
    trusted = ServiceUrls(PUBLIC.hosts, frozenset({"http://127.0.0.1:56150"}))
    assert not trusted.trusts(url)
