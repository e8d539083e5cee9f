"""What an event may have beside what, when and where, as strings of a form and back.

These are the people and the inputs behind "More": a form of an earlier version, or a client that
sends no hidden inputs, leaves each as it was. The people of a picker come as ids of Entra; whom
they are is asked of those who are around. Contacts come as their names. Names that nobody there
bears are kept as names.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/people-picker
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cards.submitted import Submitted, choices_in
from services.model.conversations import Member
from services.model.emoji import is_emoji
from services.model.errors import Wrong
from services.model.event_links import read_link, typed_link
from services.model.events import EventContent, Participant, Sensitivity, WebLink
from services.model.identity import ObjectId
from services.model.picking import fitting
from services.model.settings import Color
from services.model.web_links import web_link

__all__ = [
    "EXTRAS",
    "LINKS",
    "MEETING",
    "MOST_LINKS",
    "MOST_PEOPLE",
    "NO",
    "OTHERS",
    "YES",
    "extra_values",
    "names_people",
    "picked",
    "read_extras",
]

EXTRAS = ("color", "emoji", "meeting_url", "links", "people", "from_contacts", "others", "private")
"""The names of the inputs."""
WHOM = ("people", "from_contacts", "others")
"""Those that name people: from the directory, from contacts, and in words."""
MEETING, LINKS, OTHERS = 2_000, 8_000, 2_000
"""Letters."""
MOST_LINKS, MOST_PEOPLE = 20, 100
YES, NO = "true", "false"
_BETWEEN = re.compile(r"[,;\n]")


def extra_values(content: EventContent) -> dict[str, str]:
    """Return the strings of the inputs."""
    known = [each for each in content.people if each.person is not None]
    others = [each.name for each in content.people if each.person is None]
    return {
        "color": content.color.value,
        "emoji": content.emoji,
        "meeting_url": content.meeting_url,
        "links": "\n".join(map(typed_link, content.links)),
        "people": ",".join(each.person.object_id for each in known if each.person),
        "from_contacts": "",
        "others": ", ".join(others),
        "private": NO if content.sensitivity is Sensitivity.NORMAL else YES,
    }


def picked(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the people who were picked in a submitted form."""
    return tuple(filter(None, map(str.strip, Submitted.of(data, EXTRAS).raw("people").split(","))))


def names_people(data: Mapping[str, Any]) -> bool:
    """Whether a submitted form names anybody."""
    got = Submitted.of(data, EXTRAS)
    return any(map(got.raw, WHOM))


def read_extras(
    got: Submitted, kept: EventContent | None, around: Sequence[Member] | None
) -> dict[str, Any]:
    """Return these fields of the content, noting what is wrong with them.

    Args:
        got: the form.
        kept: the event's content before, for one that exists.
        around: who can be meant by a name or an id; ``None`` = nobody wants to know yet, say
            while only the dates of a form are asked for.
    """
    was = extra_values(kept) if kept else {}
    same = {name for name in was if name not in got.values or got.raw(name) == was[name].strip()}
    fields: dict[str, Any] = {}
    if kept is not None:
        names = ("color", "emoji", "meeting_url", "links")
        fields = {name: getattr(kept, name) for name in names if name in same}
        if "private" in same:
            fields["sensitivity"] = kept.sensitivity
        if same.issuperset(WHOM) or around is None:
            fields["people"] = kept.people
    fields.setdefault("color", got.choice("color", Color, Color.NONE))
    if "emoji" not in fields:
        fields["emoji"] = _emoji(got)
    if "meeting_url" not in fields:
        fields["meeting_url"] = _meeting(got)
    if "links" not in fields:
        fields["links"] = _links(got)
    is_private = got.raw("private") == YES
    fields.setdefault("sensitivity", Sensitivity.PRIVATE if is_private else Sensitivity.NORMAL)
    if "people" not in fields and around is not None:
        fields["people"] = _people(got, kept.people if kept else (), around)
    return fields


def _emoji(got: Submitted) -> str:
    typed = got.raw("emoji")
    if typed and not is_emoji(typed):
        got.refuse("emoji", Wrong.NOT_A_CHOICE)
    return typed


def _meeting(got: Submitted) -> str:
    typed = got.text("meeting_url", MEETING)
    url = web_link(typed) if typed else ""
    if url is None:
        got.refuse("meeting_url", Wrong.NOT_A_LINK)
    return url or ""


def _links(got: Submitted) -> tuple[WebLink, ...]:
    lines = [line for line in got.text("links", LINKS).split("\n") if line.strip()]
    found = [read_link(line) for line in lines]
    if None in found:
        got.refuse("links", Wrong.NOT_A_LINK)
    if len(found) > MOST_LINKS:
        got.refuse("links", Wrong.TOO_MANY, MOST_LINKS)
    return tuple(dict.fromkeys(filter(None, found)))


def _people(
    got: Submitted, kept: Sequence[Participant], around: Sequence[Member]
) -> tuple[Participant, ...]:
    """Return who was picked, then who was chosen from contacts or typed, each once."""
    names = {each.person.object_id: each for each in kept if each.person}
    names = {one.person.object_id: Participant(one.name, one.person) for one in around} | names
    found: list[Participant] = []
    for id in picked(got.values):
        if who := names.get(ObjectId(id)):
            found.append(who)
        else:
            got.refuse("people", Wrong.NOT_A_CHOICE)
    found += map(Participant, choices_in(got.raw("from_contacts")))
    known = {each.name: each for each in kept if each.person is None}
    for name in filter(None, map(str.strip, _BETWEEN.split(got.text("others", OTHERS)))):
        meant = [] if name in known else fitting(name, around)
        if len(meant) > 1:
            got.refuse("others", Wrong.TAKEN)
        found += [Participant(one.name, one.person) for one in meant[:1]] or [Participant(name)]
    if len(found) > MOST_PEOPLE:
        got.refuse("others", Wrong.TOO_MANY, MOST_PEOPLE)
    return tuple(dict.fromkeys(found))
