"""A contact's picture, and what each person notes about it for themselves.

A picture comes as a file in the personal chat, where the bot asks whose it is, or from an address.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.handlers.contacts.contact_forms import ContactForms
from bot.handlers.open_books import own_view
from bot.replies import Edit, Replace, Replies, Say, Tell
from bot.router import Router
from bot.turn import Turn
from cards.contacts.contact_actions import (
    ContactNotes,
    ContactNotesSave,
    ContactPhoto,
    ContactPhotoDrop,
    ContactPhotoFetch,
    PhotoFor,
    PhotoGive,
)
from cards.contacts.contact_choices import CHOSEN, NOBODY_YET, read_chosen
from cards.contacts.contact_pages import notes_form, photo_form, picture_card
from cards.wording import say, sentence_of
from services.contacts.my_notes import MyNotes
from services.contacts.photos import Photos
from services.contacts.pictures import portrait
from services.files.exports import Exports
from services.model.books import BookKind
from services.model.contacts import Contact
from services.model.errors import BadPicture, InvalidInput
from services.model.identity import ConversationKind
from services.model.imports import BadFile, FileWrong
from services.model.web_links import NotFetched
from services.search import Search

__all__ = ["ContactExtras", "register"]

NOT_FETCHED = (
    "No picture could be fetched from this address. It must begin with https:// and be open to "
    "everybody who knows it."
)
SAVED = "Saved."
MOST_FOUND = 5
LONGEST = 200


class ContactExtras:
    """Answers about pictures and private notes."""

    def __init__(
        self, forms: ContactForms, photos: Photos, notes: MyNotes, exports: Exports, search: Search
    ) -> None:
        self._forms = forms
        self._photos = photos
        self._notes = notes
        self._exports = exports
        self._search = search

    async def open_notes(self, turn: Turn, action: ContactNotes) -> Replies:
        """``My notes``: what the person who presses has noted."""
        seen = await self._forms.books.called(turn, action.book, BookKind.CONTACTS)
        contact, text = await self._notes.read(turn.person, seen.book.id, action.contact)
        return Replace(notes_form(contact, text, seen.viewer), is_form=True)

    async def save_notes(self, turn: Turn, action: ContactNotesSave) -> Replies:
        """Its button: keep them."""
        seen = await self._forms.books.called(turn, action.book, BookKind.CONTACTS)
        typed = str(turn.value.get("my_note", ""))
        try:
            contact = await self._notes.write(turn.person, seen.book.id, action.contact, typed)
        except InvalidInput as err:
            contact, _ = await self._notes.read(turn.person, seen.book.id, action.contact)
            form = notes_form(contact, typed, seen.viewer, problems=err.problems)
            return Replace(form, is_form=True)
        said = say(turn.language, "Saved, for your eyes alone.")
        return Replace(self._forms.draw(contact, seen.book, seen.viewer, said))

    async def ask_photo(self, turn: Turn, action: ContactPhoto) -> Replies:
        """``Photo``: how one comes in."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        is_personal = turn.kind is ConversationKind.PERSONAL
        return Replace(photo_form(contact, seen.viewer, is_personal=is_personal), is_form=True)

    async def fetch_photo(self, turn: Turn, action: ContactPhotoFetch) -> Replies:
        """Its button: the picture at an address."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        url = str(turn.value.get("photo_url", ""))
        try:
            contact = await self._photos.fetch(turn.author, seen.book.id, contact.id, url)
        except (NotFetched, BadPicture) as err:
            is_personal = turn.kind is ConversationKind.PERSONAL
            form = photo_form(
                contact,
                seen.viewer,
                url=url,
                said=_refusal(err, turn.language),
                is_personal=is_personal,
            )
            return Replace(form, is_form=True)
        return Replace(self._forms.draw(contact, seen.book, seen.viewer, say(turn.language, SAVED)))

    async def drop_photo(self, turn: Turn, action: ContactPhotoDrop) -> Replies:
        """Its other button: no picture any more."""
        seen = await self._forms.books.called(turn, action.book, BookKind.CONTACTS)
        contact = await self._photos.drop(turn.author, seen.book.id, action.contact)
        return Replace(self._forms.draw(contact, seen.book, seen.viewer, say(turn.language, SAVED)))

    async def receive(self, turn: Turn, name: str, data: bytes) -> Say:
        """A picture that was sent: whose is it?

        Raises:
            BadPicture: it is none, or too large.
        """
        png = await asyncio.to_thread(portrait, data)
        kept = await self._exports.keep(turn.person, "picture.png", png)
        stem = name.rpartition(".")[0].replace("_", " ")[:LONGEST]
        found = await self._found(turn, stem)
        return Say(card=picture_card(kept.token, found, own_view(turn)))

    async def choose(self, turn: Turn, action: PhotoFor) -> Replies:
        """The contact that was chosen gets the picture."""
        chosen = read_chosen(turn.value.get(CHOSEN))
        if chosen is None:
            return Tell(say(turn.language, NOBODY_YET))
        return await self.give(turn, PhotoGive(*chosen, action.token))

    async def give(self, turn: Turn, action: PhotoGive) -> Replies:
        """The contact that was meant gets the picture."""
        seen, contact = await self._forms.named(turn, action.book, action.contact)
        data = await self._exports.read(turn.person, action.token)
        if data is None:
            raise BadFile(FileWrong.EXPIRED)
        contact = await self._photos.put(turn.author, seen.book.id, contact.id, data)
        await self._exports.drop(turn.person, action.token)
        card = self._forms.draw(contact, seen.book, seen.viewer, say(turn.language, SAVED))
        return [Edit(card=card), Replace(card)]

    async def _found(self, turn: Turn, typed: str) -> Sequence[Contact]:
        if not typed:
            return ()
        page = await self._search.contacts(turn.person, typed, 0, MOST_FOUND)
        return page.records


def _refusal(error: NotFetched | BadPicture, language: str) -> str:
    if isinstance(error, NotFetched):
        return say(language, NOT_FETCHED)
    return sentence_of(language, error)


def register(router: Router, extras: ContactExtras, forms: ContactForms) -> None:
    """Fill in the rows."""
    unless_gone = forms.unless_gone
    router.verb(ContactNotes, unless_gone(extras.open_notes))
    router.verb(ContactNotesSave, unless_gone(extras.save_notes))
    router.verb(ContactPhoto, unless_gone(extras.ask_photo))
    router.verb(ContactPhotoFetch, unless_gone(extras.fetch_photo))
    router.verb(ContactPhotoDrop, unless_gone(extras.drop_photo))
    router.verb(PhotoFor, extras.choose)
    router.verb(PhotoGive, unless_gone(extras.give))
