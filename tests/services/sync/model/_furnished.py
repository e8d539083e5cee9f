"""Houses in which people have lived for a while: items on each side, and all in step."""

from __future__ import annotations

import asyncio
from functools import cache

from tests.services.sync.model._house import House
from tests.services.sync.model._people import People
from tests.services.sync.model._start import Start, unfurnished

__all__ = ["furnished"]

SINGLE, SERIES = 0, 2
MINUTES = 600.0


@cache
def furnished(setting: str) -> Start:
    """Return where a walk begins; what is there can be edited, and clash, from the first step."""
    house = House(unfurnished(setting))
    with asyncio.Runner() as runner:
        runner.run(_furnish(house))
    return Start(
        setting=setting,
        file=house.close(),
        random=2,
        now=house.clock.now(),
        stocks=[folder.stock for folder in house.folders],
        count=house.count,
    )


async def _furnish(house: House) -> None:
    await house.open()
    people = People(house)
    for tie in house.ties:
        await people.make_in_team(tie, SERIES)
        people.make_in_outlook(tie, SINGLE)
    for _ in range(3):
        await house.wake()
        await house.work("a")
        house.clock.advance(MINUTES)
