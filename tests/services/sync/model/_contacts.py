"""The contacts of the model test, of which Outlook shows a part: three addresses of any number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from services.graph.contact_places import EMAILS, fit
from services.model.contacts import ContactContent, PhotoId
from tests.services.sync.model._values import Count, bare

__all__ = ["ContactWords"]

AT = "@engines.example"


class ContactWords:
    """See :class:`tests.services.sync.model._values.Words`."""

    shapes: Sequence[str] = ("person", "face")
    edits: Sequence[str] = ("job", "emails", "notes", "tag", "untag", "unmail", "face", "unface")

    def __init__(self, count: Count) -> None:
        self.count = count
        self._edits: Mapping[str, Callable[[ContactContent], ContactContent]] = {
            "job": lambda content: replace(content, job=count.value("job")),
            "emails": self._mailed,
            "notes": lambda content: replace(content, notes=count.value("notes")),
            "tag": lambda content: replace(content, tags=(*content.tags, count.value("tag"))),
            "untag": lambda content: replace(content, tags=content.tags[1:]),
            "face": self._pictured,
            "unface": lambda content: replace(content, photo=PhotoId("")),
            "unmail": lambda content: replace(content, emails=content.emails[1:]),
        }

    def new(self, shape: str) -> ContactContent:
        blank = ContactContent(name=f"Ada {self.count.next()}")
        fresh = replace(blank, job=self.count.value("job"), notes=self.count.value("notes"))
        return self._mailed(self._pictured(fresh) if shape == "face" else fresh)

    def edited(self, content: ContactContent, how: str, pick: int) -> ContactContent:
        return self._edits[how](content) if how in self._edits else content

    def copied(self, content: ContactContent) -> ContactContent:
        return self.new("person")

    def in_outlook(self, content: ContactContent) -> ContactContent:
        """There a fourth address takes the place of the first."""
        return replace(content, emails=content.emails[-EMAILS:])

    def values(self, content: ContactContent, group: str = "") -> set[str]:
        found = {
            "job": {content.job},
            "emails": {email.removesuffix(AT) for email in content.emails},
            "notes": {bare(content.notes)},
            "tags": set(content.tags),
            "photo": {self.count.faces.value(content.photo)} if content.photo else set(),
        }
        groups = found.values() if not group else [found.get(group, set())]
        return set().union(*groups) & self.count.written

    def places(self, content: ContactContent) -> set[tuple[str, str]]:
        return {("", value) for value in self.values(content)}

    def goes_with(self, content: ContactContent) -> set[str]:
        """Whoever deletes a contact there deletes what has no place there, too."""
        return self.values(content) | self.count.of.get(content.name, set())

    def said(self, content: ContactContent) -> object:
        shown = fit(content)
        told = shown.name, shown.job, shown.emails, bare(shown.notes), sorted(shown.tags)
        return *told, *self.values(content, "photo")

    def spelled(self, content: ContactContent, mailbox: int) -> ContactContent:
        notes = bare(content.notes)
        return replace(fit(content), notes=notes and notes + "~" * (mailbox + 1))

    def _pictured(self, content: ContactContent) -> ContactContent:
        return replace(content, photo=self.count.faces.new(self.count.value("photo")))

    def _mailed(self, content: ContactContent) -> ContactContent:
        email = self.count.value("email")
        self.count.of.setdefault(content.name, set()).add(email)
        return replace(content, emails=(*content.emails, email + AT))
