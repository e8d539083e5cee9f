"""The groups and own fields of a contact list: shown to all, cared for by editors and owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.handlers.audience import asked_by, with_its_form
from bot.handlers.open_books import OpenBook, OpenBooks
from bot.handlers.owners import LookAgain, looked_again
from bot.replies import Card, Replace, Replies, Say, Tell
from bot.router import Router
from bot.turn import Turn
from cards.contacts.contact_choices import CHOSEN, NOBODY_YET, read_chosen
from cards.contacts.fields_form import field_values, fields_form, read_fields, typed_fields
from cards.contacts.groups import group_card, group_question, groups_card
from cards.contacts.list_actions import (
    FieldsEdit,
    FieldsSave,
    GroupDelete,
    GroupDeleteYes,
    GroupJoin,
    GroupMake,
    GroupRename,
    GroupShow,
    GroupsShow,
)
from cards.viewer import Reader
from cards.wording import count, say, sentence_of
from services.contacts.contact_groups import ContactGroups, Regrouped
from services.contacts.contacts import Contacts
from services.contacts.list_fields import FieldDraft, ListFields
from services.model.books import BookId, BookKind, Role
from services.model.errors import InvalidInput, NotFound, OnlyOwners, Problem, Stale
from services.phrases.contact_words import (
    DeleteGroup,
    NewGroup,
    RenameGroup,
    ShowFields,
    ShowGroups,
)

__all__ = ["GroupHandlers", "register"]


class GroupHandlers:
    """Answers about groups and fields."""

    def __init__(
        self,
        books: OpenBooks,
        groups: ContactGroups,
        fields: ListFields,
        contacts: Contacts,
        look_again: LookAgain,
    ) -> None:
        self._books = books
        self._groups = groups
        self._fields = fields
        self._contacts = contacts
        self._look_again = look_again

    async def say_groups(self, turn: Turn, command: ShowGroups) -> Replies:
        """``groups``: all of them, for all who read it."""
        seen = await self._books.here(turn, BookKind.CONTACTS)
        return Say(card=await self._all(turn, seen, seen.readers))

    async def say_new(self, turn: Turn, command: NewGroup) -> Replies:
        """``new group …``: made at once."""
        seen = await self._books.here(turn, BookKind.CONTACTS)
        return Say(card=await self._made(turn, seen, command.name, seen.readers))

    async def say_rename(self, turn: Turn, command: RenameGroup) -> Replies:
        """``rename group … to …``."""
        seen = await self._books.here(turn, BookKind.CONTACTS)
        done = await self._groups.rename(turn.author, seen.book.id, command.old, command.new)
        said = _renamed(done, turn.language)
        return Say(card=await self._all(turn, seen, seen.readers, said))

    async def say_delete(self, turn: Turn, command: DeleteGroup) -> Replies:
        """``delete group …``: asked first."""
        seen = await self._books.here(turn, BookKind.CONTACTS)
        name, members = await self._found(turn, seen.book.id, command.name)
        return Say(card=group_question(seen.book, name, members, seen.readers))

    async def show(self, turn: Turn, action: GroupsShow) -> Replies:
        """The button: all groups."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        return Replace(await self._all(turn, seen, seen.viewer))

    async def make(self, turn: Turn, action: GroupMake) -> Replies:
        """The button: one more."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        return Replace(await self._made(turn, seen, _typed(turn), seen.viewer))

    async def show_one(self, turn: Turn, action: GroupShow) -> Replies:
        """A group's line: what can be done with it."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        name, members = await self._found(turn, seen.book.id, action.group)
        return Replace(group_card(seen.book, name, members, seen.viewer))

    async def rename(self, turn: Turn, action: GroupRename) -> Replies:
        """Its button: another name."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        typed = _typed(turn)
        try:
            done = await self._groups.rename(turn.author, seen.book.id, action.group, typed)
        except InvalidInput as err:
            name, members = await self._found(turn, seen.book.id, action.group)
            again = group_card(
                seen.book, name, members, seen.viewer, typed=typed, problems=err.problems
            )
            return Replace(again, is_form=True)
        return Replace(await self._all(turn, seen, seen.viewer, _renamed(done, turn.language)))

    async def join(self, turn: Turn, action: GroupJoin) -> Replies:
        """Another button: whoever was chosen is in it, too."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        chosen = read_chosen(turn.value.get(CHOSEN))
        if chosen is None:
            return Tell(say(turn.language, NOBODY_YET))
        name, _ = await self._found(turn, seen.book.id, action.group)
        contact = await self._contacts.get(turn.person, seen.book.id, chosen[1])
        if name not in contact.content.groups:
            content = replace(contact.content, groups=(*contact.content.groups, name))
            await self._contacts.edit(
                turn.author, seen.book.id, contact.id, content, etag=contact.etag
            )
        name, members = await self._found(turn, seen.book.id, name)
        said = say(turn.language, "{name} is in the group.", name=contact.content.name)
        return Replace(group_card(seen.book, name, members, seen.viewer, said=said))

    async def ask_delete(self, turn: Turn, action: GroupDelete) -> Replies:
        """Its other button: the question."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        name, members = await self._found(turn, seen.book.id, action.group)
        return Replace(group_question(seen.book, name, members, seen.viewer))

    async def delete(self, turn: Turn, action: GroupDeleteYes) -> Replies:
        """The answer: it goes, its members stay."""
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        await self._groups.remove(turn.author, seen.book.id, action.group)
        said = say(turn.language, "The group is gone; everybody in it is still here.")
        return Replace(await self._all(turn, seen, seen.viewer, said))

    async def say_fields(self, turn: Turn, command: ShowFields) -> Replies:
        """``fields``: the form, for owners."""
        await looked_again(turn, self._look_again)
        seen = await self._books.here(turn, BookKind.CONTACTS)
        return Say(card=self._opened(seen), shows=asked_by(turn))

    async def edit_fields(self, turn: Turn, action: FieldsEdit) -> Replies:
        """The button: the same, in the card's place."""
        await looked_again(turn, self._look_again)
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        return Replace(self._opened(seen), is_form=True)

    async def save_fields(self, turn: Turn, action: FieldsSave) -> Replies:
        """Its button: from now on every form and card of the list has these fields."""
        await looked_again(turn, self._look_again)
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        try:
            if action.etag != seen.book.etag:
                raise Stale("the rows may stand for other fields by now")
            rows = read_fields(turn.value, seen.book.shape.fields)
            drafts = [
                FieldDraft(id=row.id, name=row.name, kind=row.kind, choices=row.choices)
                for row in rows
            ]
            await self._fields.change(turn.author, seen.book.id, drafts, etag=action.etag)
        except InvalidInput as err:
            typed = typed_fields(turn.value)
            form = self._form(seen, typed, err.problems, etag=action.etag)
            return Replace(form, is_form=True)
        except Stale as err:
            return Replace(self._opened(seen, sentence_of(turn.language, err)), is_form=True)
        seen = await self._books.called(turn, action.book, BookKind.CONTACTS)
        own = await self._all(turn, seen, seen.viewer, say(turn.language, "Saved."))
        return with_its_form(turn, await self._all(turn, seen, seen.readers), Replace(own))

    async def _all(self, turn: Turn, seen: OpenBook, reader: Reader, said: str = "") -> Card:
        groups = await self._groups.of(turn.person, seen.book.id)
        told = [(group.name, group.members) for group in groups]
        return groups_card(seen.book, told, reader, said=said)

    async def _made(self, turn: Turn, seen: OpenBook, name: str, reader: Reader) -> Card:
        try:
            await self._groups.make(turn.author, seen.book.id, name)
        except InvalidInput as err:
            groups = await self._groups.of(turn.person, seen.book.id)
            told = [(group.name, group.members) for group in groups]
            return groups_card(seen.book, told, reader, typed=name, problems=err.problems)
        return await self._all(turn, seen, reader, say(turn.language, "Created."))

    async def _found(self, turn: Turn, book: BookId, name: str) -> tuple[str, int]:
        for group in await self._groups.of(turn.person, book):
            if group.name.casefold() == name.casefold():
                return group.name, group.members
        raise NotFound("group")

    def _opened(self, seen: OpenBook, said: str = "") -> Card:
        if not seen.viewer.may(Role.OWNER):
            raise OnlyOwners
        values = field_values(seen.book.shape.fields)
        return self._form(seen, values, etag=seen.book.etag, said=said)

    def _form(
        self,
        seen: OpenBook,
        values: Mapping[str, str],
        problems: Sequence[Problem] = (),
        *,
        etag: str,
        said: str = "",
    ) -> Card:
        save = FieldsSave(seen.book.id, etag)
        return fields_form(save, values, seen.book, seen.viewer, problems=problems, said=said)


def _typed(turn: Turn) -> str:
    return str(turn.value.get("group_name", ""))


def _renamed(done: Regrouped, language: str) -> str:
    if done.is_done:
        return say(language, "Renamed.")
    return count(
        language,
        "Renamed. {n} contact follows in the background.",
        "Renamed. {n} contacts follow in the background.",
        done.members,
    )


def register(router: Router, handlers: GroupHandlers) -> None:
    """Fill in the rows."""
    router.command(ShowGroups, handlers.say_groups)
    router.command(NewGroup, handlers.say_new)
    router.command(RenameGroup, handlers.say_rename)
    router.command(DeleteGroup, handlers.say_delete)
    router.command(ShowFields, handlers.say_fields)
    router.verb(GroupsShow, handlers.show)
    router.verb(GroupMake, handlers.make)
    router.verb(GroupShow, handlers.show_one)
    router.verb(GroupRename, handlers.rename)
    router.verb(GroupJoin, handlers.join)
    router.verb(GroupDelete, handlers.ask_delete)
    router.verb(GroupDeleteYes, handlers.delete)
    router.verb(FieldsEdit, handlers.edit_fields)
    router.verb(FieldsSave, handlers.save_fields)
