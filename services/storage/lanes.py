"""Threads with a database connection of their own, which carry out jobs for the event loop.

A :class:`Lane` takes everything that waits for it and does it in one go: many small commits
share one transaction, and many answers one trip back to the event loop. That trip, not SQLite, is
what a read costs.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from services.model.errors import Broken
from services.storage.failures import failure

__all__ = ["Group", "Lane"]

T = TypeVar("T")
Group = Callable[[sqlite3.Connection], AbstractContextManager[object]]
"""What is put around the jobs that are done in one go, and around each of several."""
_MOST_AT_ONCE = 64


@dataclass(slots=True)
class _Errand:
    """A job, who waits for it, and what came of it."""

    job: Callable[[sqlite3.Connection], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def deliver(self) -> None:
        if self.future.done():
            return  # nobody waits any more
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class Lane:
    """Takes jobs in order, with a thread for each of the connections, which it closes."""

    def __init__(
        self,
        name: str,
        connections: Sequence[sqlite3.Connection],
        *,
        around_all: Group,
        around_each: Group,
    ) -> None:
        self._around_all = around_all
        self._around_each = around_each
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[_Errand | None] = SimpleQueue()
        self._closed = False
        self._threads = [
            threading.Thread(
                target=self._work, args=(connection,), name=f"{name}-{number}", daemon=True
            )
            for number, connection in enumerate(connections)
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Return what ``job`` returns; when this returns, its transaction is on the disk.

        Raises:
            Broken: the store failed, or is closed.
        """
        if self._closed:
            raise Broken("the store is closed")
        errand = _Errand(job, self._loop.create_future())
        self._queue.put(errand)
        try:
            result: T = await errand.future
        except sqlite3.Error as err:
            raise failure(err) from err
        return result

    async def close(self) -> None:
        """Finish what waits, then end the threads."""
        if self._closed:
            return
        self._closed = True
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _work(self, connection: sqlite3.Connection) -> None:
        try:
            goes_on = True
            while goes_on:
                errands, goes_on = self._take()
                if errands:
                    if len(errands) == 1:
                        self._carry_out_alone(connection, errands[0])
                    else:
                        self._carry_out(connection, errands)
                    self._loop.call_soon_threadsafe(_deliver, errands)
        finally:
            connection.close()

    def _take(self) -> tuple[list[_Errand], bool]:
        """Wait for an errand, take all that stand behind it, and tell whether more may come."""
        errands: list[_Errand] = []
        first = self._queue.get()
        while first is not None:
            errands.append(first)
            if len(errands) == _MOST_AT_ONCE:
                break
            try:
                first = self._queue.get_nowait()
            except Empty:
                break
        return errands, first is not None

    def _carry_out_alone(self, connection: sqlite3.Connection, errand: _Errand) -> None:
        """Nobody shares the transaction, so it ends as the job does."""
        try:
            with self._around_all(connection):
                errand.result = errand.job(connection)
        except BaseException as err:  # whatever it is, it belongs to the one who waits
            errand.error = err

    def _carry_out(self, connection: sqlite3.Connection, errands: Sequence[_Errand]) -> None:
        try:
            with self._around_all(connection):
                for errand in errands:
                    self._carry_out_one(connection, errand)
        except (sqlite3.Error, Broken) as err:
            # The transaction as a whole was not taken (a full disk), so no job of it was done.
            # The first job that failed knows why: it may have been what ended the transaction.
            reasons = (e.error for e in errands if isinstance(e.error, sqlite3.Error))
            reason = next(reasons, err)
            for errand in errands:
                if errand.error is None or isinstance(errand.error, sqlite3.Error):
                    errand.error = reason

    def _carry_out_one(self, connection: sqlite3.Connection, errand: _Errand) -> None:
        try:
            with self._around_each(connection):
                errand.result = errand.job(connection)
        except BaseException as err:  # whatever it is, it belongs to the one who waits
            errand.error = err


def _deliver(errands: Sequence[_Errand]) -> None:
    for errand in errands:
        errand.deliver()
