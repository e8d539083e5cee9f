"""Commits follow one another, and those who wait share the next."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from services.model.accounts import RemoteId
from services.model.errors import Stale, TooLarge
from services.storage.repositories.links import LinkChanges
from services.sync.state.commits import AT_ONCE, Commits, together
from tests._builders import an_intent


def gone(number: int) -> LinkChanges:
    return LinkChanges(drop_pairs=(RemoteId(str(number)),))


def begins(number: int, batch: str) -> LinkChanges:
    return LinkChanges(put_intents=(an_intent(str(number), batch),))


class Ledger:
    """Writes what it is given, once it may."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.begun: list[str] = []
        self.may = asyncio.Event()
        self.most = 1000
        self.refuses: set[str] = set()

    async def write(self, changes: LinkChanges) -> None:
        await self.may.wait()
        if len(changes.drop_pairs) > self.most:
            raise TooLarge("too much at once")
        if self.refuses & set(changes.drop_pairs):
            raise Stale("no longer so")
        self.groups.append(list(changes.drop_pairs))
        self.begun += [intent.team for intent in changes.put_intents]


async def commit_all(ledger: Ledger, count: int) -> list[BaseException | None]:
    commits = Commits(ledger.write)
    tasks = [asyncio.create_task(commits.commit(gone(number))) for number in range(count)]
    await asyncio.sleep(0)
    ledger.may.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


def written(ledger: Ledger) -> list[str]:
    return [id for group in ledger.groups for id in group]


async def test_who_waits_shares_the_next_commit() -> None:
    ledger = Ledger()
    await commit_all(ledger, 5)
    assert ledger.groups == [["0"], ["1", "2", "3", "4"]]


async def test_a_commit_has_room_for_so_many() -> None:
    ledger = Ledger()
    await commit_all(ledger, 2 * AT_ONCE + 5)
    assert max(map(len, ledger.groups)) == AT_ONCE
    assert written(ledger) == [str(number) for number in range(2 * AT_ONCE + 5)]


async def test_what_is_too_large_together_is_written_one_by_one() -> None:
    ledger = Ledger()
    ledger.most = 1
    assert await commit_all(ledger, 4) == [None] * 4
    assert ledger.groups == [["0"], ["1"], ["2"], ["3"]]


async def test_what_is_too_large_alone_is_refused() -> None:
    ledger = Ledger()
    ledger.most = 0
    (refusal,) = await commit_all(ledger, 1)
    assert isinstance(refusal, TooLarge)


async def test_a_failed_commit_is_everybodys_own() -> None:
    ledger = Ledger()
    ledger.refuses = {"2"}
    ended = await commit_all(ledger, 4)
    assert [type(each) for each in ended] == [type(None), Stale, Stale, type(None)]
    assert written(ledger) == ["0", "3"]


async def test_who_is_called_off_is_not_written() -> None:
    ledger = Ledger()
    commits = Commits(ledger.write)
    first, second = (asyncio.create_task(commits.commit(gone(number))) for number in range(2))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(0)
    ledger.may.set()
    await first
    with pytest.raises(asyncio.CancelledError):
        await second
    assert written(ledger) == ["0"]


async def test_many_changes_take_as_few_commits_as_they_fit_in() -> None:
    ledger = Ledger()
    ledger.may.set()
    ledger.most = 30
    await Commits(ledger.write).commit_all([gone(number) for number in range(AT_ONCE + 5)])
    assert [len(group) for group in ledger.groups] == [20, 20, 20, 20, 5]
    assert written(ledger) == [str(number) for number in range(AT_ONCE + 5)]


@pytest.mark.parametrize(("batch", "commits"), [("b", 1), ("", 2)])
async def test_the_intents_of_a_batch_take_no_room_of_their_own(batch: str, commits: int) -> None:
    ledger = Ledger()
    ledger.may.set()
    ended = [gone(number) for number in range(AT_ONCE)]
    begun = [begins(number, batch) for number in range(AT_ONCE)]
    await Commits(ledger.write).commit_all([*ended, *begun])
    assert len(ledger.groups) == commits
    assert written(ledger) == [str(number) for number in range(AT_ONCE)]
    assert ledger.begun == [str(number) for number in range(AT_ONCE)]


async def test_all_but_the_last_are_made_as_they_are_written() -> None:
    ledger = Ledger()
    ledger.may.set()
    ahead: list[int] = []

    def made() -> Iterator[LinkChanges]:
        for number in range(3 * AT_ONCE + 5):
            ahead.append(number - len(written(ledger)))
            yield gone(number)

    last = await Commits(ledger.write).commit_all_but_last(made())
    assert last == gone(3 * AT_ONCE + 4)
    assert written(ledger) == [str(number) for number in range(3 * AT_ONCE + 4)]
    assert max(ahead) < 2 * AT_ONCE


@pytest.mark.parametrize("many", [1, AT_ONCE, AT_ONCE + 1])
async def test_the_last_is_not_written(many: int) -> None:
    ledger = Ledger()
    ledger.may.set()
    last = await Commits(ledger.write).commit_all_but_last(map(gone, range(many)))
    assert [*written(ledger), *last.drop_pairs] == [str(number) for number in range(many)]


async def test_of_nothing_the_last_says_nothing() -> None:
    ledger = Ledger()
    assert await Commits(ledger.write).commit_all_but_last([]) == LinkChanges()
    assert ledger.groups == []


async def test_one_of_many_that_no_commit_holds_is_refused() -> None:
    ledger = Ledger()
    ledger.may.set()
    ledger.most = 0
    with pytest.raises(TooLarge):
        await Commits(ledger.write).commit_all([gone(1), gone(2)])


def test_together_keeps_everything() -> None:
    whole = together([gone(1), gone(2)])
    assert whole.drop_pairs == ("1", "2")
    assert whole.cursor is None and whole.link is None
    assert together([gone(1)]) == gone(1)
