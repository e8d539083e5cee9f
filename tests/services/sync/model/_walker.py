"""What the machines of the model test have in common: a house, what happens in it, and the judge.

:class:`Walker` has no rules. :class:`~._machine.Walk` has one for everything that can happen,
:func:`~._hunt.hunter` makes machines that do little but that often.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine

from tests.services.sync.model._folder import FAULTS, Fault, Folder
from tests.services.sync.model._furnished import furnished
from tests.services.sync.model._house import AFTER_THE_DEAD, House, Tie
from tests.services.sync.model._oracle import Oracle
from tests.services.sync.model._people import People

__all__ = ["ACTS", "SLIPS", "Walker", "walks"]

ACTS = ("made", "added", "team", "outlook", "clash", "dropped", "gone", "torn", "invited")
"""What people do, beside the rules of a machine."""
SLIPS = ("team", "outlook", "dropped", "gone", "copied", "other", "frozen")
"""What may come between, beside the faults of a request itself."""
STEPS = 12
MINUTE = 60.0


class Walker(RuleBasedStateMachine):
    """A walk through a house; see the module."""

    setting: ClassVar[str] = "alone"

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self.house = House(furnished(self.setting))
        self.people = People(self.house)
        self.oracle = Oracle(self.house)
        self._run(self.house.open())

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._runner.run(work)

    def teardown(self) -> None:
        try:
            self._run(self.oracle.judge())
        finally:
            self.close()

    def close(self) -> None:
        self.house.close()
        self._runner.close()

    def disturb(
        self,
        name: str,
        act: str,
        faults: Sequence[tuple[str, str]],
        tie: int,
        how: str,
        item: int,
        *,
        dies_at: int | None = None,
        slip: str = "",
    ) -> None:
        """Somebody does something, and things go wrong while it is brought over.

        With a ``slip`` that comes just before the n-th commit, in place of the death there.
        """
        self._run(self._act(act, self.people.tie(tie), how, item))
        for operation, fault in faults:
            self.house.faults.order(operation, self._fault(fault, tie, how, item))
        between = partial(self._slip, slip, self.people.tie(tie), how, item) if slip else None
        self._run(self._work(name, dies_at, between=between))
        self.house.faults.clear()

    def lose_sight(self, tie: int, act: str, how: str, item: int) -> None:
        """Somebody drags an event, and nothing shows it for longer than anybody waits."""
        self._run(self._act(act, self.people.tie(tie), how, item))

    async def _work(
        self,
        name: str,
        dies_at: int | None = None,
        *,
        is_after: bool = False,
        between: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        await self.house.wake()
        if await self.house.work(name, dies_at, is_after=is_after, between=between):
            self.house.clock.advance(AFTER_THE_DEAD)
        self.house.faults.clear()
        await self.oracle.note_losers()

    async def _act(self, name: str, tie: Tie, how: str, item: int) -> None:
        people = self.people
        match name:
            case "made":
                await people.make_in_team(tie, item)
            case "added":
                people.make_in_outlook(tie, item)
            case "team":
                await people.edit_in_team(tie, how, item)
            case "dropped":
                await people.delete_in_team(tie, item)
            case "outlook":
                people.edit_in_outlook(tie, how, item)
            case "gone":
                people.delete_in_outlook(tie, item)
            case "clash":
                await people.clash(tie, how, how, item)
            case "torn":
                await people.tear(tie, how, item)
            case "invited":
                await people.edit_in_team(tie, how, item)
                people.invite_in_outlook(tie, item)
            case "away":
                people.move_away(tie, item)
                self.house.clock.advance(MINUTE)
            case "dragged":
                people.edit_in_outlook(tie, how, item)
                people.drag_in_outlook(tie, item)
                await people.edit_in_team(tie, how, item)
            case "fetched":  # what came last is dragged before anybody has been told of it
                people.drag_in_outlook(tie, -1)
            case "mislaid":
                await people.mislay(tie, how, item)
                await self._work("a")  # it is seen to be gone
                self.house.clock.advance(3 * MINUTE)
            case "strayed":
                await people.stray(tie, item)
                await self._work("a")
                self.house.clock.advance(3 * MINUTE)
                await self._work("a")  # it has left the team
            case "shown":
                tie.folder.show_all()
            case "amended":  # what was made last
                people.edit_in_outlook(tie, how, -1)
            case "chosen":
                await people.choose(tie, how)
            case "met":  # two that differ meet while Outlook has no say
                await people.clash(tie, how, how, item)
                await people.link_again(tie, keep_copies=True)
                await people.choose(tie, "to outlook")
            case "crowded":  # the cursor has to wait for what is new
                people.make_in_outlook(tie, 0)
                people.drag_in_outlook(tie, item)
            case "copied":
                await people.copy_in_outlook(tie, 0)

    async def _slip(self, name: str, tie: Tie, how: str, item: int) -> None:
        await self.oracle.note_losers()
        await self._act(name, tie, how, item)

    def _fault(self, name: str, tie: int, how: str, item: int) -> Fault:
        if name in FAULTS:
            return name

        async def slip(folder: Folder, operation: str) -> None:
            # What was kept until now counts: a deletion takes along what was kept of its item.
            await self.oracle.note_losers()
            at = self.people.tie(tie) if name != "copied" else self.house.tie_of(folder)
            await self._act(name, at, how, item)
            # A contact has no transaction id, so its create must not be sent by two processes at
            # once; and it does not take minutes.
            if name == "frozen" and not (folder.is_list and operation == "create"):
                self.house.clock.advance(AFTER_THE_DEAD)
            if name in ("other", "frozen"):
                await self.house.others_work()

        return slip


def walks(runs: int, steps: int = STEPS) -> settings:
    """Return how many walks are made, each of at most so many steps."""
    return settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
