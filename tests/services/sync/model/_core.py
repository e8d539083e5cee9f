"""The model test of the pure core: plan and merge over plain dicts, no store, no clock, no await.

A :class:`Core` holds a team's items and up to three mailboxes that show them. :meth:`Core.work`
does for one mailbox what a pass does, by nothing but ``plan_step`` and ``merge``; it may die
between its two writes. People write unique values, as in the machine of the whole engine, and the
oracle is the same: in the end all sides are equal, nothing is lost that nobody replaced, and
nothing more is to be done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from services.model.events import EventContent
from services.model.pairs import Side
from services.sync.content import canonical as canonicals
from services.sync.content import merge as merging
from services.sync.content.canonical import differing, overlay
from services.sync.content.merge import Base
from services.sync.rules import steps as planning
from services.sync.rules.steps import Action, Triple
from tests.services.sync.model._events import EventWords
from tests.services.sync.model._values import Count

__all__ = ["Core"]

ROUNDS = 20


@dataclass(frozen=True)
class Bond:
    """What a mailbox's pass remembers of one item."""

    agreed: EventContent | None = None
    echo: EventContent | None = None


@dataclass
class Box:
    """One mailbox: what it shows by the team's ids, and what is remembered of it."""

    number: int
    items: dict[int, EventContent] = field(default_factory=dict)
    bonds: dict[int, Bond] = field(default_factory=dict)


class Core:
    """See the module; ``which`` chooses among what there is."""

    def __init__(self, mailboxes: int) -> None:
        self.count = Count()
        self.words = EventWords(self.count)
        self.team: dict[int, EventContent] = {}
        self.boxes = [Box(number) for number in range(mailboxes)]
        self._last = 0
        self._canonical = cache(canonicals.canonical)  # contents are compared again and again

    # -- people ----------------------------------------------------------------------------------

    def make(self, where: int) -> None:
        self._last += 1
        shape = ("single", "series", "day")[self._last % 3]
        self._side(where)[self._last] = self.words.new(shape)

    def edit(self, where: int, how: str, which: int) -> None:
        side = self._side(where)
        if side:
            id = sorted(side)[which % len(side)]
            edited = self.words.edited(side[id], "single" if how == "rare" else how, which)
            self.count.replace(self.words, side[id], edited)
            side[id] = edited

    def delete(self, where: int, which: int) -> None:
        side = self._side(where)
        if side:
            id = sorted(side)[which % len(side)]
            self.count.released |= self.words.values(side.pop(id))

    def _side(self, where: int) -> dict[int, EventContent]:
        sides = [self.team, *(box.items for box in self.boxes)]
        return sides[where % len(sides)]

    # -- a pass ----------------------------------------------------------------------------------

    def work(self, where: int, dies_after: int | None = None) -> int:
        """Plan and carry out a step for each item of a mailbox; return how many were not idle.

        Dying, it has written one side of the n-th step and remembers nothing of it.
        """
        box, done = self.boxes[where % len(self.boxes)], 0
        for id in sorted(self.team.keys() | box.items.keys() | box.bonds.keys()):
            action = self._plan(box, id)
            if action is Action.KEEP:
                continue
            done += 1
            bond = self._carry_out(box, id, action)
            if done == dies_after:
                break
            if bond is None:
                box.bonds.pop(id, None)
            else:
                box.bonds[id] = bond
        return done

    def _plan(self, box: Box, id: int) -> Action:
        bond = box.bonds.get(id, Bond())
        sides = self.team.get(id), box.items.get(id), bond.agreed, bond.echo
        team, remote, agreed, echo = (each and self._canonical(each) for each in sides)
        return planning.plan_step(
            Triple(team or None, remote or None, agreed or None, echo or None)
        )

    def _carry_out(self, box: Box, id: int, action: Action) -> Bond | None:
        bond = box.bonds.get(id, Bond())
        match action:
            case Action.CREATE_TEAM:
                self.team[id] = box.items[id]
            case Action.CREATE_REMOTE:
                box.items[id] = self.words.spelled(self.team[id], box.number)
                return Bond(self.team[id], box.items[id])
            case Action.DELETE_TEAM:
                del self.team[id]
                return None
            case Action.DELETE_REMOTE:
                del box.items[id]
                return None
            case Action.FORGET:
                return None
            case Action.PUSH:
                return self._pushed(box, id, bond)
            case _:
                return self._merged(box, id, bond)
        return Bond(self.team[id], box.items[id])

    def _pushed(self, box: Box, id: int, bond: Bond) -> Bond:
        content, there = self.team[id], box.items[id]
        groups = differing(content, bond.agreed or content)
        box.items[id] = self.words.spelled(overlay(there, content, groups), box.number)
        return Bond(content, overlay(there, box.items[id], groups))

    def _merged(self, box: Box, id: int, bond: Bond) -> Bond:
        base = Base(bond.agreed, bond.echo) if bond.agreed and bond.echo else None
        prefer = Side.TEAM if id % 2 else Side.REMOTE
        merged = merging.merge(self.team[id], box.items[id], base, prefer=prefer)
        for clash in merged.clashes:
            self.count.released |= self.words.values(clash.value, clash.group)
        self.team[id] = merged.content
        return Bond(merged.agreed, box.items[id])

    # -- the oracle ------------------------------------------------------------------------------

    def judge(self) -> None:
        for _ in range(ROUNDS):
            if not sum([self.work(box.number) for box in self.boxes]):
                break
        else:
            raise AssertionError("it does not end")
        said = {id: self.words.said(content) for id, content in self.team.items()}
        for box in self.boxes:
            assert said == {id: self.words.said(each) for id, each in box.items.items()}
        shown: set[str] = set()
        for content in self.team.values():
            shown |= self.words.values(content)
        assert not self.count.owed - shown, f"lost: {sorted(self.count.owed - shown)}"
