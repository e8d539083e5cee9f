"""Who may do what: ``members`` in words, the list, and the form for owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.handlers.audience import asked_by
from bot.handlers.not_taken import why_not_taken
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.overtaken import changed_by
from bot.handlers.owners import LookAgain, looked_again
from bot.replies import Card, Dialog, Done, Edit, Replace, Replies, Say, Tell
from bot.router import Router
from bot.turn import Turn
from cards.books.calendar_actions import MembersEdit, MembersSave, MembersShow
from cards.books.members import Row, members_card
from cards.books.members_form import member_values, members_form, read_members, typed_members
from cards.form import Mode
from cards.wording import say, sentence_of
from services.books.memberships import Members, Memberships, Rules
from services.model.access import Mode as Sharing
from services.model.access import Role
from services.model.books import BookId
from services.model.errors import AlmanacError, InvalidInput, LastOwner, OnlyOwners, Problem, Stale
from services.model.identity import ConversationKind
from services.phrases import ShowMembers

__all__ = ["MemberHandlers", "register"]

ALONE = (
    "What is in your own chat is yours alone. Write this in a channel or group chat, or share a "
    "calendar there."
)


class MemberHandlers:
    """Answers about the rights of a book."""

    def __init__(self, books: OpenBooks, memberships: Memberships, look_again: LookAgain) -> None:
        self._books = books
        self._memberships = memberships
        self._look_again = look_again

    async def say(self, turn: Turn, command: ShowMembers) -> Replies:
        """``members``: the list. The roster is read anew, so that nobody is missing."""
        if turn.kind is ConversationKind.PERSONAL and not command.name:
            return Tell(say(turn.language, ALONE))
        await looked_again(turn, self._look_again)
        seen = await self._books.named_so(turn, command.name)
        shown = MembersShow(seen.book.id)
        return Say(card=await self._list(turn, seen, shown), shows=asked_by(turn))

    async def show(self, turn: Turn, action: MembersShow) -> Replies:
        """The button: the list, or another page of it."""
        seen = await self._books.called(turn, action.book)
        return Replace(await self._list(turn, seen, action))

    async def edit(self, turn: Turn, action: MembersEdit) -> Replies:
        """The button: the form, in the card's place."""
        await looked_again(turn, self._look_again)
        return Replace(await self._opened(turn, action), is_form=True)

    async def open(self, turn: Turn, action: MembersEdit) -> Replies:
        """The button: the form in a dialog."""
        return self._window(turn, await self._opened(turn, action, Mode.DIALOG))

    async def save(self, turn: Turn, action: MembersSave) -> Replies:
        """The form in the chat."""
        again = await self._saved(turn, action, Mode.CHAT)
        if again is not None:
            return Replace(again, is_form=True)
        seen = await self._books.called(turn, action.book)
        shown = MembersShow(action.book, action.page, action.who)
        answer = Replace(await self._list(turn, seen, shown, say(turn.language, "Saved.")))
        if turn.shows != asked_by(turn):
            return answer
        return [Edit(card=await self._list(turn, seen, shown), shows=asked_by(turn)), answer]

    async def save_in_window(self, turn: Turn, action: MembersSave) -> Replies:
        """The form in the dialog."""
        again = await self._saved(turn, action, Mode.DIALOG)
        return Done(say(turn.language, "Saved.")) if again is None else self._window(turn, again)

    async def _saved(self, turn: Turn, action: MembersSave, mode: Mode) -> Card | None:
        """Save a form; return it again where it cannot be taken, or was overtaken."""
        await looked_again(turn, self._look_again)
        seen, typed = await self._books.called(turn, action.book), typed_members(turn.value)
        members = await self._memberships.look(turn.person, seen.book.id)
        try:
            writes, others, guests, roles = read_members(turn.value, members.book.access)
            if any(role is not None and role is not Role.OWNER for role in roles.values()):
                writes = Sharing.CUSTOM  # a lower role by name counts there alone
            rules = Rules(writes, others, guests)
            await self._memberships.change(turn.author, action.book, rules, roles, etag=action.etag)
        except InvalidInput as err:
            return _form(seen, members, action, typed, err.problems, mode=mode)
        except LastOwner as err:
            said = sentence_of(turn.language, err)
            return _form(seen, members, action, typed, mode=mode, said=said)
        except Stale:
            now = await self._memberships.look(turn.person, seen.book.id)
            save, said = replace(action, etag=now.book.etag), changed_by("", turn.language)
            return _form(seen, now, save, typed, mode=mode, said=said)
        except AlmanacError as err:
            said = why_not_taken(turn, mode, err)
            return _form(seen, members, action, typed, mode=mode, said=said)
        return None

    async def _list(self, turn: Turn, seen: OpenBook, shown: MembersShow, said: str = "") -> Card:
        members = await self._memberships.look(turn.person, seen.book.id)
        return members_card(seen.book, _rows(members, shown.who), shown, seen.viewer, said=said)

    async def _opened(self, turn: Turn, action: MembersEdit, mode: Mode = Mode.CHAT) -> Card:
        seen = await self._books.called(turn, action.book)
        if not seen.viewer.may(Role.OWNER):
            raise OnlyOwners
        members = await self._memberships.look(turn.person, seen.book.id)
        save = MembersSave(BookId(seen.book.id), members.book.etag, action.page, action.who)
        return _form(seen, members, save, {}, mode=mode)

    def _window(self, turn: Turn, form: Card) -> Dialog:
        return Dialog(title=say(turn.language, "Who may do what"), card=form, height="large")


def _form(
    seen: OpenBook,
    members: Members,
    save: MembersSave,
    typed: Mapping[str, str],
    problems: Sequence[Problem] = (),
    *,
    mode: Mode,
    said: str = "",
) -> Card:
    rows = _rows(members, save.who)
    values = {**member_values(members.book.access, rows), **typed}
    return members_form(
        seen.book, rows, save, values, seen.viewer, problems=problems, mode=mode, said=said
    )


def _rows(members: Members, who: str | None) -> list[Row]:
    wanted = (who or "").casefold()
    return [
        Row(each.member.person, each.member.name, each.role, each.is_named, each.is_guest)
        for each in members.roles
        if wanted in each.member.name.casefold()
    ]


def register(router: Router, handlers: MemberHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowMembers, handlers.say)
    router.verb(MembersShow, handlers.show)
    router.verb(MembersEdit, handlers.edit)
    router.dialog(MembersEdit, handlers.open)
    router.verb(MembersSave, handlers.save)
    router.submit(MembersSave, handlers.save_in_window)
