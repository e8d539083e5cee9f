"""What the contenders share: their core, their arguments, and a login that costs nothing.

Each file here is one small server, ``FILE PORT METADATA_URL``, that runs in the environment of the
other frameworks and imports nothing of Almanac (mypy, which does not know them, leaves it out).
All answer a message with one reply and a search with an empty result, and check the token.

The login is answered in the process, at once, for everybody: the real one takes tens of
milliseconds, and some frameworks ask for it at every reply.
"""

from __future__ import annotations

import os
import sys
import time

import jwt
import msal

APP_ID = "b3d1f6a8-52c7-4e09-8f14-d67a20c95e3b"
TENANT = "5f0c2b7e-93d4-4c1a-b8a6-2e7d1f64a90b"
SECRET = "only-for-the-benchmark"
EMPTY = {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": []}}


def arguments() -> tuple[int, str]:
    """Take the first core; return the port to listen on and where keys are published."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    answer_logins_here()
    return int(sys.argv[1]), sys.argv[2]


def answer_logins_here() -> None:
    """Have msal hand out a token without asking anybody."""

    def made(self: object, *_: object, **__: object) -> None: ...

    claims = {"aud": "https://api.botframework.com", "appid": APP_ID, "padding": "x" * 600}
    access = jwt.encode(claims | {"exp": int(time.time()) + 7200}, "k" * 32)  # some look inside

    def token(*_: object, **__: object) -> dict[str, object]:
        return {"access_token": access, "expires_in": 7200, "token_type": "Bearer"}

    msal.ConfidentialClientApplication.__init__ = made
    msal.ConfidentialClientApplication.acquire_token_for_client = token
    msal.ConfidentialClientApplication.acquire_token_silent = token
