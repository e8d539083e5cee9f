"""A mailbox's contacts with their pictures, where a person gives them others "as in Outlook".

People can do in Outlook what Graph refuses to programs: they take a picture away.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from urllib.parse import quote

from aiohttp import web

from sandbox.address_book import AddressBook, Card, Folder
from sandbox.graph.contact_photos import as_kept
from sandbox.mailbox import Mailbox
from sandbox.office import Office
from sandbox.pages.layout import initials, page
from sandbox.people import find_person
from sandbox.refusal import Refusal

__all__ = ["ContactPages"]


class ContactPages:
    """The contacts of mailboxes."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[web.RouteDef]:
        """Return the pages."""
        every = "/sandbox/mailbox/{person}/contacts"
        return [web.get(every, self.show), web.post(f"{every}/{{contact}}/picture", self.give)]

    async def show(self, request: web.Request) -> web.Response:
        """Show everybody in a mailbox's folders."""
        return _contacts(self._mailbox(request), "")

    async def give(self, request: web.Request) -> web.Response:
        """Give a contact a picture; without a file, take it away."""
        mailbox = self._mailbox(request)
        book = mailbox.contacts
        sent = (await request.post()).get("picture")
        data = sent.file.read() if isinstance(sent, web.FileField) else b""
        try:
            book.picture(book.get(request.match_info["contact"]), as_kept(data) if data else b"")
        except Refusal as refusal:
            return _contacts(mailbox, refusal.message)
        return web.Response(status=303, headers={"Location": _link(mailbox)})

    def _mailbox(self, request: web.Request) -> Mailbox:
        person = find_person(request.match_info["person"])
        if person is None:
            raise web.HTTPNotFound
        return self._office.mailbox(person)


def _contacts(mailbox: Mailbox, wrong: str) -> web.Response:
    book, person = mailbox.contacts, mailbox.person
    folders = "".join(_folder(mailbox, each) for each in (book.default_folder, *book.folders))
    sentence = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    body = (
        f'<a href="/sandbox/mailbox/{person.key}">Calendar</a>'
        f"<h1>{escape(person.display_name)}</h1>{sentence}{folders}"
    )
    return page(f"{person.given_name}'s contacts", body, status=400 if wrong else 200)


def _folder(mailbox: Mailbox, folder: Folder) -> str:
    cards = mailbox.contacts.cards(folder.id)
    people = "".join(_line(mailbox, card) for card in cards) or "<p>Nobody yet.</p>"
    return f'<div class="sheet"><h2>{escape(folder.name)}</h2>{people}</div><p></p>'


def _line(mailbox: Mailbox, card: Card) -> str:
    name = str(card.says.get("displayName", ""))
    action = f"{_link(mailbox)}/{quote(_id(mailbox.contacts, card))}/picture"
    beside = ", ".join(filter(None, map(card.says.get, ("jobTitle", "companyName"))))
    return (
        f'<form class="row" method="post" enctype="multipart/form-data" action="{action}">'
        f'{_face(card, name)}<span class="who">{escape(name) or "(no name)"}'
        f"<small>{escape(beside)}</small></span>"
        f'<label>Picture of {escape(name)}<input type="file" name="picture" accept="image/*">'
        "</label><button>Save</button></form>"
    )


def _face(card: Card, name: str) -> str:
    if not card.picture:
        return f'<span class="face">{initials(name)}</span>'
    source = f"data:image/jpeg;base64,{b64encode(card.picture).decode()}"
    return f'<img class="face" alt="{escape(name)}" src="{source}">'


def _link(mailbox: Mailbox) -> str:
    return f"/sandbox/mailbox/{mailbox.person.key}/contacts"


def _id(book: AddressBook, card: Card) -> str:
    return book.id_of(card.serial)
