"""The machine that walks through the pure core, five thousand times where the engine goes once."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.services.sync.model._core import Core
from tests.services.sync.model._events import EventWords

__all__ = ["CoreWalk"]

where = st.integers(min_value=0, max_value=3)
which = st.integers(min_value=0, max_value=2)
how = st.sampled_from(EventWords.edits)


class CoreWalk(RuleBasedStateMachine):
    """See :mod:`tests.services.sync.model._core`."""

    core: Core

    @initialize(mailboxes=st.integers(min_value=1, max_value=3))
    def people_have_lived_here(self, mailboxes: int) -> None:
        self.core = Core(mailboxes)
        for place in (0, 1):
            self.core.make(place)
        for _ in range(2):
            for box in self.core.boxes:
                self.core.work(box.number)

    @rule(where=where)
    def somebody_makes_something(self, where: int) -> None:
        self.core.make(where)

    @rule(where=where, how=how, which=which)
    def somebody_edits(self, where: int, how: str, which: int) -> None:
        self.core.edit(where, how, which)

    @rule(here=where, there=where, how=how, which=which)
    def two_people_edit_one_item(self, here: int, there: int, how: str, which: int) -> None:
        self.core.edit(here, how, which)
        self.core.edit(there, how, which)

    @rule(where=where, which=which)
    def somebody_deletes(self, where: int, which: int) -> None:
        self.core.delete(where, which)

    @rule(where=where)
    def a_pass_goes_well(self, where: int) -> None:
        self.core.work(where)

    @rule(where=where, step=st.integers(min_value=1, max_value=3))
    def a_pass_dies(self, where: int, step: int) -> None:
        self.core.work(where, step)

    def teardown(self) -> None:
        if hasattr(self, "core"):
            self.core.judge()
