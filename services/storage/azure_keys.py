"""Master keys that never leave Azure Key Vault: the other :class:`~services.storage.keys.Wrapping`.

An extra: ``pip install -r requirements-azure.txt``; nothing but this module knows the packages.
``await AzureKeys.open("https://name.vault.azure.net/keys/almanac", credential)``, and at the end
``await keys.close()``. The identity (in production :func:`this_program`) needs the permissions
*get*, *wrap key* and *unwrap key*.

The service wraps but short values, so each of our keys is sealed (AES-256-GCM, bound to what it is
for) by a random key of its own, and that one is wrapped by the service (RSA-OAEP-256):
``format (1) | length (2), key id | length (2), wrapped key | nonce (12) | sealed``. The id names
the version, so a key that is rotated there opens what it wrapped before; the newest version is
asked for once, when this is opened. With a ring beside it what the ring has wrapped opens as well,
which is how an installation moves into the service.

https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ServiceRequestError
from azure.core.exceptions import ServiceResponseError as NoAnswer
from azure.identity.aio import DefaultAzureCredential
from azure.keyvault.keys import KeyType, KeyVaultKeyIdentifier
from azure.keyvault.keys.aio import KeyClient
from azure.keyvault.keys.crypto import KeyWrapAlgorithm
from azure.keyvault.keys.crypto.aio import CryptographyClient
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.model.errors import Broken, Damaged, StoreAway
from services.storage.keys import KEY_BYTES, NONCE_BYTES, KeyRing

__all__ = ["AzureKeys", "this_program"]

T = TypeVar("T")
Options = Callable[[], dict[str, Any]]
_FORMAT = b"\x02"
_ALGORITHM = KeyWrapAlgorithm.rsa_oaep_256


def this_program() -> AsyncTokenCredential:
    """Return the identity that the surroundings give: a managed one, or who is signed in."""
    return DefaultAzureCredential()


class AzureKeys:
    """One key of a key vault, in all its versions."""

    def __init__(self, current: str, options: Options, ring: KeyRing | None) -> None:
        """Use :meth:`open`."""
        self.current = current
        """The id of the newest version."""
        self._ring = ring
        self._options = options
        self._clients: dict[str, CryptographyClient] = {}

    @classmethod
    async def open(
        cls,
        key_url: str,
        credential: AsyncTokenCredential,
        ring: KeyRing | None = None,
        *,
        client_options: Options = dict,
    ) -> AzureKeys:
        """Ask for the newest version of the key.

        Args:
            key_url: the key's address, without a version.
            credential: who we are.
            ring: what wrapped before.
            client_options: makes what each of the SDK's clients is told, such as a transport.

        Raises:
            Broken: there is no such key, or it is not for us.
            StoreAway: the service does not answer.
        """
        try:
            named = KeyVaultKeyIdentifier(key_url)
        except ValueError as err:
            raise Broken("this is not the address of a key in a key vault") from err

        def options() -> dict[str, Any]:
            return {"credential": credential, **client_options()}

        async with KeyClient(named.vault_url, **options()) as client:
            key = await _asked(client.get_key(named.name))
        if key.key_type not in (KeyType.rsa, KeyType.rsa_hsm):
            raise Broken("the key in the key vault must be an RSA key")
        return cls(str(key.id), options, ring)

    async def wrap(self, aad: bytes, key: bytes) -> bytes:
        """Return ``key`` sealed under the newest version, bound to ``aad``."""
        own = secrets.token_bytes(KEY_BYTES)
        result = await _asked(self._client(self.current).wrap_key(_ALGORITHM, own))
        head = _FORMAT + _sized(self.current.encode()) + _sized(result.encrypted_key)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return head + nonce + AESGCM(own).encrypt(nonce, key, head + aad)

    async def unwrap(self, aad: bytes, wrapped: bytes) -> bytes:
        """Return the key inside.

        Raises:
            Damaged: its version is gone, it is for something else, or a bit is off.
            StoreAway: the service does not answer.
        """
        if wrapped[:1] != _FORMAT and self._ring is not None:
            return await self._ring.unwrap(aad, wrapped)
        key_id, encrypted, end = _parts(wrapped)
        client = self._client(key_id)
        own = (await _asked(client.unwrap_key(_ALGORITHM, encrypted))).key
        nonce, sealed = wrapped[end : end + NONCE_BYTES], wrapped[end + NONCE_BYTES :]
        try:
            return AESGCM(own).decrypt(nonce, sealed, wrapped[:end] + aad)
        except (InvalidTag, ValueError) as err:
            raise Damaged("a wrapped key does not open") from err

    def is_current(self, wrapped: bytes) -> bool:
        """Tell whether the newest version wrapped this."""
        return wrapped[:1] == _FORMAT and _parts(wrapped)[0] == self.current

    def missing(self, wrapped: bytes) -> str:
        """Return the name of the ring's key that is needed for this and not there; or nothing."""
        if wrapped[:1] == _FORMAT:
            return ""
        return (self._ring or KeyRing((), {})).missing(wrapped)

    async def close(self) -> None:
        """Let go of the connections; the credential is its owner's."""
        for client in self._clients.values():
            await client.close()

    def _client(self, key_id: str) -> CryptographyClient:
        """Return the client of a version; one of another key vault is never asked."""
        if key_id.rpartition("/")[0] != self.current.rpartition("/")[0]:
            raise Damaged("a wrapped key names a key of somebody else")
        if key_id not in self._clients:
            self._clients[key_id] = CryptographyClient(key_id, **self._options())
        return self._clients[key_id]


async def _asked(answer: Awaitable[T]) -> T:
    """Return the service's answer, its errors in our words."""
    try:
        return await answer
    except (ServiceRequestError, NoAnswer) as err:
        raise StoreAway("the key vault does not answer") from err
    except ClientAuthenticationError as err:
        raise Broken("the key vault does not know us") from err
    except HttpResponseError as err:
        if err.status_code == 429 or (err.status_code or 500) >= 500:
            raise StoreAway("the key vault does not answer") from err
        if err.status_code == 403:
            raise Broken("the key vault does not let us use the key") from err
        raise Damaged("the key vault does not open it: its key may be gone") from err


def _sized(part: bytes) -> bytes:
    return len(part).to_bytes(2, "big") + part


def _parts(wrapped: bytes) -> tuple[str, bytes, int]:
    """Return the key's id, the wrapped key, and where these end."""
    found, at = [], 1
    for _ in range(2):
        size = int.from_bytes(wrapped[at : at + 2], "big")
        found.append(wrapped[at + 2 : at + 2 + size])
        at += 2 + size
    if wrapped[:1] != _FORMAT or not found[0].isascii() or len(wrapped) < at + NONCE_BYTES:
        raise Damaged("a wrapped key has an unknown format")
    return found[0].decode("ascii"), found[1], at
