"""Reading values of the environment, and remembering what is wrong with them.

:mod:`services.settings` says which there are. A problem names its variable and never its value,
which may be a secret.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from services.model.identity import ObjectId, Person, TenantId

__all__ = ["GUID", "LOOPBACK", "Environment"]

LOOPBACK = "127.0.0.1"
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
C = TypeVar("C", bound=StrEnum)


class Environment:
    """Values by name; what is wrong with them is kept in ``problems``, each a sentence."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def problem(self, name: str, sentence: str) -> None:
        """Keep a sentence about a variable."""
        self.problems.append(f"{name} {sentence}.")

    def text(self, name: str, default: str = "") -> str:
        """Return the value; an empty one counts as not set, as in a copied ``.env.example``."""
        return self._environ.get(name, "").strip() or default

    def required(self, name: str, why: str) -> str:
        """Return the value; a missing one is a problem."""
        value = self.text(name)
        if not value:
            self.problem(name, f"is missing: {why}")
        return value

    def listed(self, name: str) -> list[str]:
        """Return the parts between commas."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def people(self, name: str) -> frozenset[Person]:
        """Return people, each written as directory id, slash, object id."""
        found = set()
        for part in self.listed(name):
            tenant, _, object_id = part.partition("/")
            if not (GUID.fullmatch(tenant) and GUID.fullmatch(object_id)):
                self.problem(name, "must look like <directory id>/<object id>, with commas between")
                return frozenset()
            found.add(Person(TenantId(tenant.lower()), ObjectId(object_id.lower())))
        return frozenset(found)

    def choice(self, name: str, default: C) -> C:
        """Return the one of the default's kind that is named, in whatever letters."""
        value = self.text(name, default).lower()
        choices = type(default)
        for choice in choices:
            if choice.lower() == value:
                return choice
        self.problem(name, f"must be one of {', '.join(choices)}")
        return default

    def port(self, name: str, default: int) -> int:
        """Return a port, 0 to 65535."""
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and int(value) <= 65535:
            return int(value)  # 0 is allowed: the system then picks a free one
        self.problem(name, "must be a port, 0 to 65535")
        return default

    def days(self, name: str, default: int) -> timedelta:
        """Return some days, 0 to 3650."""
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and int(value) <= 3650:
            return timedelta(days=int(value))
        self.problem(name, "must be a number of days, 0 to 3650")
        return timedelta(days=default)

    def url(self, name: str, default: str = "") -> str:
        """Return an https address without a slash at its end; plain http only to this machine."""
        value = self.text(name, default).rstrip("/")
        if not value:
            self.problem(name, "is missing")
        elif not _is_safe_url(value):
            self.problem(name, "must be an address that begins with https://")
        return value

    def origin(self, name: str) -> str:
        """Return an address that ends after the host name."""
        value = self.url(name)
        if _is_safe_url(value) and urlsplit(value).path:
            self.problem(name, "must end after the host name")
        return value

    def keys(self, name: str, *, required: bool) -> str:
        """Return a ring of master keys, as it was written."""
        value = self.text(name)
        if not value:
            if required:
                self.problem(name, "is missing: nothing is stored unsealed")
        elif not _is_key_ring(value):
            self.problem(name, "must look like k2:<base64 of 32 bytes>,k1:<base64 of 32 bytes>")
        return value


def _is_safe_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  (reading it raises when it is no number)
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == LOOPBACK)


def _is_key_ring(value: str) -> bool:
    names = []
    for part in value.split(","):
        name, _, encoded = part.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            return False
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", name) or len(key) != 32:
            return False
        names.append(name)
    return len(set(names)) == len(names)
