"""The record of a batch holds just those of its creates that have not ended."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.model.events import EventId
from services.model.items import ItemId
from services.model.pairs import Intent
from services.storage.repositories.intents import IntentBatch
from services.storage.repositories.links import LinkChanges
from services.sync.state.intent_batches import in_batches
from tests._builders import an_intent

TEAMS = st.sampled_from([EventId(f"e{number}") for number in range(5)])
BATCHES = st.sampled_from(["", "a", "b"])


ONE, OTHER, ALONE = an_intent("e1", "s"), an_intent("e2", "s"), an_intent("e3")
OPEN: dict[ItemId, Intent] = {each.team: each for each in (ONE, OTHER, ALONE)}


def test_what_lies_in_none_is_written_by_itself() -> None:
    changes = LinkChanges(put_intents=(an_intent("e4"),), drop_intents=(ALONE.team, EventId("e9")))
    assert in_batches(changes, OPEN) == changes


def test_creates_that_go_out_together_are_one_record() -> None:
    changes = LinkChanges(put_intents=(ONE, OTHER))
    assert in_batches(changes, {}) == LinkChanges(put_batches=(IntentBatch("s", (ONE, OTHER)),))


def test_what_is_left_open_is_written_again_and_the_last_takes_the_record_away() -> None:
    first = in_batches(LinkChanges(drop_intents=(ONE.team, ALONE.team)), OPEN)
    assert first == LinkChanges(
        drop_intents=(ALONE.team,), put_batches=(IntentBatch("s", (OTHER,)),)
    )
    last = in_batches(LinkChanges(drop_intents=(OTHER.team,)), {OTHER.team: OTHER})
    assert last == LinkChanges(put_batches=(IntentBatch("s", ()),))


def test_one_that_changes_stays_in_its_place_and_one_made_anew_has_its_own() -> None:
    refused = replace(ONE, refused=1)
    changed = in_batches(LinkChanges(put_intents=(refused,)), OPEN)
    assert changed.put_intents == ()
    assert set(changed.put_batches[0].intents) == {refused, OTHER}
    anew = replace(ONE, batch="", transaction_id="another")
    changed = in_batches(LinkChanges(put_intents=(anew,)), OPEN)
    assert changed == LinkChanges(put_intents=(anew,), put_batches=(IntentBatch("s", (OTHER,)),))


@given(
    st.lists(
        st.tuples(st.dictionaries(TEAMS, st.integers(0, 3), max_size=3), st.sets(TEAMS)),
        max_size=6,
    ),
    st.dictionaries(TEAMS, BATCHES),
)
def test_records_always_hold_what_is_open(
    steps: list[tuple[dict[EventId, int], set[EventId]]], home: dict[EventId, str]
) -> None:
    """Whatever is put and dropped, the records say the same as the creates one by one."""
    known: dict[ItemId, Intent] = {}
    alone: dict[ItemId, Intent] = {}
    batches: dict[str, tuple[Intent, ...]] = {}
    for put, dropped in steps:
        intents = [an_intent(team, home.get(team, ""), refused=n) for team, n in put.items()]
        changes = LinkChanges(put_intents=tuple(intents), drop_intents=tuple(dropped - put.keys()))
        written = in_batches(changes, known)
        known |= {each.team: each for each in intents}
        alone |= {each.team: each for each in written.put_intents}
        for team in changes.drop_intents:
            known.pop(team, None)
        for team in written.drop_intents:
            alone.pop(team, None)
        batches |= {each.name: each.intents for each in written.put_batches}
        stored = [*alone.values(), *(each for some in batches.values() for each in some)]
        assert len(stored) == len(known)
        assert {each.team: each for each in stored} == known
