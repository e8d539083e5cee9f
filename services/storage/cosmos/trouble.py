"""What the Cosmos SDK raises, in our words, and which of it is worth another try.

The SDK is told to try nothing again by itself (but for moving to another region), so that one
place decides how long a caller waits. Everything that goes through :class:`Patience` may be sent
twice: reads change nothing, and a batch is fastened to its partition's head by an etag.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from time import monotonic
from typing import TypeVar

from azure.core.exceptions import AzureError, ClientAuthenticationError
from azure.cosmos.exceptions import CosmosBatchOperationError, CosmosHttpResponseError

from services.model.errors import AlmanacError, Broken, StoreAway, StoreBusy, Throttled, Unreachable

__all__ = ["Patience", "trouble"]

log = logging.getLogger(__name__)

T = TypeVar("T")
_PASSING = {408, 410, 449, 500, 502, 503, 504}
_SESSION_NOT_HERE_YET = (404, 1002)
_MOVING = {(403, 3), (403, 1008)}
"""Status and sub-status while the account fails over to another region."""
_RETRY_AFTER = "x-ms-retry-after-ms"
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 2.0


def trouble(err: AzureError) -> AlmanacError:
    """Return our error for the SDK's. Its text stays behind: it may quote what was sent."""
    if isinstance(err, ClientAuthenticationError):
        return Broken("Cosmos DB does not know the identity that this program runs as")
    if not isinstance(err, CosmosHttpResponseError | CosmosBatchOperationError):
        return StoreAway("Cosmos DB does not answer")
    status, sub_status = int(err.status_code or 0), int(err.sub_status or 0)
    if status == 429:
        return StoreBusy(_retry_after(err))
    if (
        status in _PASSING
        or (status, sub_status) == _SESSION_NOT_HERE_YET
        or (status, sub_status) in _MOVING
    ):
        return StoreAway(f"Cosmos DB answers {status}")
    if status in {401, 403}:
        return Broken(f"Cosmos DB does not let this program in ({status}, {sub_status})")
    return Broken(f"Cosmos DB does not take a request ({status}, {sub_status})")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a store that is busy or away is asked again."""

    random: Random
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    seconds: float = 10.0
    """For all tries of one request, and the pauses between them."""
    retried: Callable[[], None] = lambda: None
    """Told of each further try."""

    async def through(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Return what ``ask`` returns, asked again while that may help.

        Raises:
            StoreBusy: the service had too much to do, every time; nothing was done.
            StoreAway: it gave no usable answer; the effect of a write is unknown.
            Broken: it will never take this.
        """
        spent, pause = 0.0, _FIRST_PAUSE
        doubt: Unreachable | None = None
        while True:
            began = monotonic()
            try:
                return await ask()
            except AzureError as err:
                failure = trouble(err)
                if isinstance(failure, Unreachable):
                    doubt = failure
                wait = self._wait(failure, pause)
                spent += monotonic() - began
                if wait is None or spent + wait > self.seconds:
                    # Too much to do this time says nothing of what came of the time before.
                    raise doubt or failure from err
            self.retried()
            log.debug("trying again in %.2f s: %s", wait, failure)
            await self.sleep(wait)
            spent += wait
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _wait(self, failure: AlmanacError, pause: float) -> float | None:
        """Return the seconds until the next try, or ``None`` where it would be in vain."""
        pause *= self.random.uniform(0.5, 1)  # so that many do not come back at once
        match failure:
            case Throttled(retry_after=seconds):
                return seconds + pause
            case Unreachable():
                return pause
            case _:
                return None


def _retry_after(err: CosmosHttpResponseError | CosmosBatchOperationError) -> float:
    headers = err.headers or {}
    try:
        return max(0.0, float(headers.get(_RETRY_AFTER, 0))) / 1000
    except ValueError:
        return 0.0
