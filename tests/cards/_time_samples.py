"""People's free and busy times, and times that are proposed, for the table of samples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cards.elements import Card
from cards.viewer import Everyone, Reader, Viewer
from cards.views.basis import Basis
from cards.views.free_busy import free_busy_card
from cards.views.proposals import proposals_card
from cards.views.time_actions import FreeBusyShow, TimesFind
from services.model.access import Role
from services.model.availability import Block, Diary, Known, Live, Proposal, Source, WorkHours
from services.model.events import ShowAs
from tests._builders import BERLIN, NEW_YORK, a_book, a_person

__all__ = ["time_samples"]

TODAY = date(2026, 11, 20)
INES = Viewer(BERLIN, "en", Role.EDITOR)
BEN = Viewer(NEW_YORK, "en-US", Role.READER)
BOOK = a_book(name="Harbour design")


def at(hour: float) -> datetime:
    return datetime(2026, 11, 20, tzinfo=BERLIN).astimezone(UTC) + timedelta(hours=hour)


def block(start: float, end: float, show_as: ShowAs = ShowAs.BUSY) -> Block:
    return Block(at(start), at(end), show_as)


def diary(name: str, *blocks: Block, source: Source = Source.OUTLOOK) -> Diary:
    return Diary(
        person=a_person(name), name=name, blocks=blocks, hours=WorkHours(zone=BERLIN), source=source
    )


MARA = diary("Mara Lindqvist", block(9, 10.5), block(10, 11), block(14, 15, ShowAs.TENTATIVE))
OMAR = diary("Omar Haddad", block(13, 17, ShowAs.AWAY), source=Source.CALENDAR)
FREE = diary("Ines Moreau")
WHERE = diary("Samuel Okafor", block(-1, 25, ShowAs.ELSEWHERE))
PRIYA = replace(FREE, name="Priya Nair", hours=WorkHours(zone=NEW_YORK))


def time_samples(hostile: str) -> dict[str, Callable[[], Card]]:
    whole = Basis(Known((MARA, OMAR, FREE, WHERE, PRIYA), Live.ANSWERED))
    slow = Basis(Known((replace(MARA, source=Source.CALENDAR), OMAR), Live.SLOW))
    alone = Basis(Known((), Live.NOT_CONNECTED), ("Zebedee", hostile), ("Ines",))
    crowd = Basis(
        Known(tuple(replace(MARA, name=f"Person number {n}") for n in range(8)), Live.REFUSED),
        left_out=31,
    )
    named = Basis(Known((diary(hostile, block(9, 17)),), Live.NOT_ASKED))
    chosen = [
        Proposal(at(9), at(9.75), ("Mara Lindqvist",)),
        Proposal(at(11), at(11.75)),
        Proposal(at(14), at(14.75), (), ("Mara Lindqvist",)),
        Proposal(at(15), at(15.75), ("Omar Haddad",), ("Ines Moreau", "Priya Nair")),
    ]
    shown, asked = FreeBusyShow(BOOK.id, TODAY), TimesFind(BOOK.id, TODAY, 7, 45)

    def free(basis: Basis, reader: Reader, *, live: bool = True) -> Card:
        action = replace(shown, live=live, who="ines, omar")
        return free_busy_card(basis, action, reader, today=TODAY, shared=not live)

    def times(basis: Basis, reader: Reader, found: list[Proposal], *, live: bool = True) -> Card:
        action = replace(asked, live=live)
        return proposals_card(found, basis, action, BOOK, reader, today=TODAY, shared=not live)

    return {
        "free-busy": lambda: free(whole, INES),
        "free-busy-post": lambda: free(slow, Everyone(BOOK), live=False),
        "free-busy-american": lambda: free(whole, BEN),
        "free-busy-crowd": lambda: free(crowd, Everyone(BOOK), live=False),
        "free-busy-unknown": lambda: free(alone, INES),
        "free-busy-hostile": lambda: free(named, INES),
        "times": lambda: times(whole, INES, chosen),
        "times-post": lambda: times(slow, Everyone(BOOK), chosen, live=False),
        "times-reader": lambda: times(whole, BEN, chosen),
        "times-none": lambda: times(whole, INES, []),
        "times-nobody": lambda: times(alone, INES, []),
        "times-hostile": lambda: times(named, INES, [Proposal(at(9), at(10), (hostile,))]),
    }
