"""Which addresses of the internet are public: what a person may have us connect to.

Python's ``is_global`` lets through what can carry or stand for an inner address; the list here is
what remains to be refused. An IPv4 address inside of an IPv6 one is looked at as well.

IANA's special-purpose address registries; https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

__all__ = ["is_public"]

_NEVER = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's own, on every machine there
        "192.0.0.0/24",
        "192.88.99.0/24",
        "64:ff9b::/96",  # IPv4 behind a translator
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",  # IPv4 behind 6to4
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, and of nobody's inner net."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if "%" in address or any(found in network for network in _NEVER):
        return False
    inner = _inside(found)
    if inner is not None and not is_public(str(inner)):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _inside(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one carries."""
    if isinstance(address, IPv4Address):
        return None
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
