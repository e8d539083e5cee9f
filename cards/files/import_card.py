"""A file on its way in: how to send one, what it would do, and what it has done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cards.buttons import press
from cards.elements import Card, Choice, ChoiceSet, Element, card, words
from cards.events.event_actions import AgendaShow
from cards.files.file_actions import FileDrop, ImportLook, ImportYes, TemplateGet
from cards.files.import_doubles import doubles_section, one_by_one
from cards.parts import fact, fold, heading, note, quoting, section, small
from cards.text import clean
from cards.viewer import Reader
from cards.wording import count, say
from services.model.books import Book, BookKind
from services.model.imports import Imported, Preview, Snag, Trouble

__all__ = [
    "INTO",
    "SNAGS",
    "import_begun",
    "import_help",
    "import_preview",
    "imported_card",
]

INTO = "into"
"""The input for the calendar or contact list."""
MOST_BOOKS = 50
MOST_TROUBLES = 12
MOST_TOLD = 300
"""Letters of names of columns."""
_TITLE = 80

SNAGS = {
    Snag.NO_TITLE: "has no title",
    Snag.NO_START: "has no start",
    Snag.NOT_A_DATE: "has a date that is none",
    Snag.NOT_A_TIME: "has a time that is none",
    Snag.ENDS_BEFORE_START: "ends before it starts",
    Snag.OUT_OF_RANGE: "is outside of 1900 to 2200, or takes too long",
    Snag.TOO_LONG: "has a text that is too long; its end is cut off",
    Snag.UNKNOWN_ZONE: "is in a time zone that nothing explains",
    Snag.UNKNOWN_RULE: "repeats in a way that cannot be kept",
    Snag.TOO_OFTEN: "repeats several times a day, which cannot be kept",
    Snag.CUT_OFF: "is cut off: the file ends in the middle of it",
    Snag.TOO_MANY_PEOPLE: "has more than 1,000 people or too many details; some are left out",
    Snag.READ_ONLY: "is here already, and may not be changed by you",
    Snag.TWICE: "is in the file twice",
    Snag.NO_NAME: "has no name, and nothing that could be one",
    Snag.BAD_PHOTO: "has a picture that is none, or a very large one; it is left out",
    Snag.NOT_AN_EMAIL: "has an e-mail address that is none; it is left out",
    Snag.NOT_A_PHONE: "has a phone number that is none; it is left out",
    Snag.NOT_A_LINK: "has an address of the web that is none; it is left out",
    Snag.UNKNOWN_FIELD: "has something in a field of your list that does not fit; it is left out",
    Snag.IN_NOTES: "says more than its fields can hold; the rest is in its notes",
    Snag.OTHER: "cannot be taken as it is",
}
NOTES = {
    "day_first": "Dates such as 3/4/2027 are read as the 3rd of April.",
    "month_first": "Dates such as 3/4/2027 are read as the 4th of March.",
    "heading": "The headings are taken from row {about}; what stands above them is left out.",
    "sheet": "Only the sheet “{about}” is read; there is something in others, too.",
    "unread": "These columns are not read: {about}. Give your list fields of these names, and they "
    "will be.",
}
"""By what a remark is of; what follows a colon is told in it."""


def import_help(reader: Reader, *, is_personal: bool, kind: BookKind = BookKind.CALENDAR) -> Card:
    """Return how events come in, or contacts."""
    language = reader.language
    are_contacts = kind is BookKind.CONTACTS
    title = say(language, "Import contacts" if are_contacts else "Import events")
    body: list[Element] = [
        heading(title),
        words(say(language, SENT[are_contacts, is_personal])),
        words(
            say(
                language,
                "You see what would come of it before anything is written. What was imported "
                "before is updated, not doubled.",
            ),
            spacing="small",
        ),
        small(
            say(language, "Tables as Outlook and Google export them are understood as well."),
            spacing="small",
        ),
    ]
    of = kind.value if are_contacts else None
    buttons = [
        press(TemplateGet("xlsx", of), say(language, "Template for Excel")),
        press(TemplateGet("csv", of), say(language, "Template as CSV")),
    ]
    return card(body, buttons, language=language, fallback=title)


SENT = {
    (False, True): "Send me a file here: .ics, .xlsx or .csv. Or paste the text of an .ics.",
    (False, False): "Paste the text of an .ics here, or send me the file in our own chat: Teams "
    "hands files to apps there alone.",
    (True, True): "Send me a file here: .vcf, .xlsx or .csv. Or paste the text of a vCard.",
    (True, False): "Paste the text of a vCard here, or send me the file in our own chat: Teams "
    "hands files to apps there alone.",
}
"""How to send a file: whether of contacts, whether in a chat of one's own."""


def import_preview(preview: Preview, reader: Reader, others: Sequence[Book] = ()) -> Card:
    """Return what an import would do, and what is wrong with which row.

    Args:
        preview: what was found.
        reader: who sent the file.
        others: all calendars into which it may go, where there are several.
    """
    language = reader.language
    title = say(language, "Import into {name}?", name=_name(preview.book, language))
    body: list[Element] = [quoting(title)]
    if preview.file:
        body.append(small(fold(preview.file, 120)))
    body += section(_counts(preview, language))
    if preview.titles:
        told = ", ".join(fold(each, 40) for each in preview.titles)
        rest = preview.new + preview.changed - len(preview.titles)
        more = count(language, "and {n} more", "and {n} more", rest) if rest > 0 else ""
        body.append(words(f"{told} {more}".strip(), subtle=True, spacing="small"))
    body += [note(each) for each in _remarks(preview.notes, language)]
    body += doubles_section(preview, language)
    body += _troubles(preview.troubles, language)
    drop = press(FileDrop(preview.token), say(language, "Cancel"))
    choice = _choice(preview, others, language)
    body += choice
    is_choice = bool(choice or preview.doubles)
    again = say(language, "Look again" if preview.doubles else "Choose this one")
    look: list[Element] = one_by_one(preview, language)
    if is_choice:
        look.insert(0, press(ImportLook(preview.token), again, form=True))
    if not preview.writes:
        close = press(FileDrop(preview.token), say(language, "Close"))
        body.append(note(say(language, "There is nothing to import.")))
        return card(body, [*look, close], language=language, fallback=title)
    yes = press(
        ImportYes(preview.book.id, preview.token),
        say(language, "Import"),
        main=True,
        form=bool(preview.doubles),
    )
    return card(body, [yes, *look, drop], language=language, fallback=title)


def import_begun(book: Book, reader: Reader, done: int = 0, total: int = 0) -> Card:
    """Return that a large file is being imported, and how far that is.

    Args:
        book: where it goes.
        reader: whoever sees it.
        done: how many are written, of how many; without a total, how many were read.
        total: 0 = nobody knows yet.
    """
    language = reader.language
    title = say(language, "The import has begun")
    told = say(language, "It goes on by itself; this message says so when it is done.")
    body: list[Element] = [heading(title)]
    if done:
        counted = (
            say(language, "{done} of {total} items", done=done, total=total)
            if total
            else count(language, "One row read so far", "{n} rows read so far", done)
        )
        body.append(words(counted, weight="bolder", color="accent"))
    body.append(words(told))
    return card(body, _look(book, language), language=language, fallback=title)


def imported_card(book: Book, done: Imported, reader: Reader) -> Card:
    """Return what an import has done."""
    language = reader.language
    title = say(language, "Imported into {name}", name=_name(book, language))
    facts = [
        fact(say(language, name), str(number))
        for name, number in (
            ("New", done.new),
            ("Updated", done.changed),
            ("Removed", done.gone),
            ("Unchanged", done.same),
            ("Left out", done.left_out),
        )
        if number
    ]
    body = [quoting(title), *section(facts)]
    return card(body, _look(book, language), language=language, fallback=title)


def _remarks(notes: Sequence[str], language: str) -> Iterator[str]:
    """Yield how the file was read, where there was a choice."""
    for each in notes:
        of, _, about = each.partition(":")
        if of in NOTES:
            yield say(language, NOTES[of], about=fold(about, MOST_TOLD))


def _choice(preview: Preview, others: Sequence[Book], language: str) -> list[Element]:
    """Return the calendars or contact lists to choose from, where there are several."""
    if len(others) < 2:
        return []
    chosen = ChoiceSet(
        id=INTO,
        label=say(language, KINDS[preview.kind]),
        choices=[
            Choice(title=clean(_name(each, language)), value=each.id)
            for each in others[:MOST_BOOKS]
        ],
        value=preview.book.id,
        style="compact",
        spacing="medium",
    )
    return [chosen]


KINDS = {BookKind.CALENDAR: "Calendar", BookKind.CONTACTS: "Contact list"}


def _counts(preview: Preview, language: str) -> list[Element]:
    skipped = sum(trouble.skipped for trouble in preview.troubles) + preview.dropped
    rows = (
        ("New", preview.new),
        ("To update", preview.changed),
        ("To remove", preview.gone),
        ("Unchanged", preview.same),
        ("Left out", skipped),
    )
    return [fact(say(language, name), str(number)) for name, number in rows if number]


def _troubles(troubles: Sequence[Trouble], language: str) -> list[Element]:
    if not troubles:
        return []
    told: list[Element] = [words(say(language, "Please look at these:"), weight="bolder")]
    for trouble in troubles[:MOST_TROUBLES]:
        about = f"“{fold(trouble.about, _TITLE)}”" if trouble.about else ""
        sentence = say(
            language,
            "Row {row} {title} {what}.",
            row=trouble.row,
            title=about,
            what=say(language, SNAGS[trouble.snag]),
        )
        told.append(words(" ".join(sentence.split()), spacing="small", color="attention"))
    rest = len(troubles) - MOST_TROUBLES
    if rest > 0:
        told.append(small(count(language, "and one more", "and {n} more", rest), spacing="small"))
    return section(told)


def _look(book: Book, language: str) -> list[Element]:
    if book.kind is BookKind.CONTACTS:
        return []
    return [press(AgendaShow(book.id), say(language, "Show the agenda"))]


def _name(book: Book, language: str) -> str:
    return fold(book.name, 80) or say(language, KINDS[book.kind])
