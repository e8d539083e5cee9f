"""What is sent: the activities of Teams, and a token that proves them, under a key made here.

Every request carries an id of its own, so that no answer can come from a memory of the last one.
The searches walk through many words, so that no single one stays warm.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

__all__ = ["APP_ID", "COUNTER", "PERSON", "TENANT", "Issuer", "message", "searches"]

APP_ID = "b3d1f6a8-52c7-4e09-8f14-d67a20c95e3b"
TENANT = "5f0c2b7e-93d4-4c1a-b8a6-2e7d1f64a90b"
PERSON = "8a1d6c3f-7b52-4e0e-9c47-d35b0e82f614"
COUNTER = "0000000000000000"
"""Stands in a body where each request puts its own number, as many digits."""
WORDS = (
    *("an", "ber", "cla", "dan", "els", "fra", "gre", "han", "ing", "jon", "kat", "lin", "mar"),
    *("nor", "oli", "pet", "qui", "ros", "sam", "tho", "urs", "vik", "wil", "xav", "yas", "zoe"),
    *("north", "harbour", "studio", "print", "0151", "+49 30", "ann ber", "maria", "weber", "gmbh"),
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Stands in for the Bot Framework's token service."""

    token: str
    keys: dict[str, Any]
    """As published: a JSON Web Key Set whose key may vouch for Teams."""

    @classmethod
    def make(cls, service_url: str) -> Issuer:
        """Make a key, and an hour's token under it."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
        public |= {"kid": "bench", "use": "sig", "endorsements": ["msteams"]}
        now = int(time.time())
        claims = {
            "iss": "https://api.botframework.com",
            "aud": APP_ID,
            "nbf": now - 60,
            "exp": now + 3600,
            "serviceurl": service_url,
        }
        token = jwt.encode(claims, key, algorithm="RS256", headers={"kid": "bench"})
        return cls(token, {"keys": [public]})


def message(text: str, service_url: str) -> str:
    """Return a message in a personal chat, as JSON."""
    return _activity(service_url, type="message", text=text, textFormat="plain")


def searches(command: str, service_url: str) -> list[str]:
    """Return a search of the messaging extension for each of some words, as JSON."""
    return [
        _activity(
            service_url,
            type="invoke",
            name="composeExtension/query",
            value={
                "commandId": command,
                "commandContext": "compose",
                "parameters": [{"name": "query", "value": word}],
                "queryOptions": {"skip": 0, "count": 25},
            },
        )
        for word in WORDS
    ]


def _activity(service_url: str, **what: object) -> str:
    return json.dumps(
        {
            **what,
            "id": COUNTER,
            "timestamp": "2026-11-20T10:00:00.000Z",
            "localTimestamp": "2026-11-20T11:00:00.000+01:00",
            "localTimezone": "Europe/Berlin",
            "locale": "en-GB",
            "serviceUrl": service_url,
            "channelId": "msteams",
            "from": {"id": f"29:1{PERSON}", "name": "Mara Lindqvist", "aadObjectId": PERSON},
            "recipient": {"id": f"28:{APP_ID}", "name": "Almanac"},
            "conversation": {
                "id": "a:1mara-and-almanac",
                "conversationType": "personal",
                "tenantId": TENANT,
            },
            "entities": [
                {
                    "type": "clientInfo",
                    "locale": "en-GB",
                    "country": "GB",
                    "platform": "Web",
                    "timezone": "Europe/Berlin",
                }
            ],
            "channelData": {"tenant": {"id": TENANT}},
        }
    )
