"""Who can be meant where a form asks for people: picked by a client, or typed as a name."""

from __future__ import annotations

from collections.abc import Collection

from bot.handlers.owners import LookAgain, looked_again
from bot.turn import Turn
from services.model.books import Book
from services.model.conversations import Member
from services.model.identity import PersonHome
from services.people.colleagues import Colleagues

__all__ = ["PeopleAround"]


class PeopleAround:
    """Lists people for the forms of one kind of book."""

    def __init__(self, colleagues: Colleagues, look_again: LookAgain) -> None:
        self._colleagues = colleagues
        self._look_again = look_again

    async def of(
        self, turn: Turn, book: Book, ids: Collection[str], *, is_named: bool
    ) -> tuple[Member, ...]:
        """Return those of the place; where others were picked, all whom the asker meets.

        Args:
            turn: who fills in the form.
            book: to which it adds something.
            ids: of Entra, of those who were picked.
            is_named: whether the form names anybody: only then is the place looked at again.
        """
        if is_named:
            await looked_again(turn, self._look_again)
        here = await self._colleagues.around(turn.person, book.home)
        if {one.person.object_id for one in here}.issuperset(ids):
            return here
        met = await self._colleagues.around(turn.person, PersonHome(turn.person))
        return tuple({one.person: one for one in (*met, *here)}.values())
