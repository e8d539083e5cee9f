"""What an import of contacts would write: known again, merged, left out, and as far as it fits."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from string import ascii_lowercase

from services.contacts.contact_merge import joined, over
from services.files.contact_fitting import Portion, fitted
from services.files.contact_plan import ContactPlanner, Maker, contact_ids
from services.files.import_plan import Plan
from services.model.books import BookId
from services.model.contact_lists import CustomField, FieldId, FieldKind, ListShape
from services.model.contacts import (
    Address,
    Contact,
    ContactContent,
    ContactId,
    CustomValue,
    Phone,
    PhoneKind,
)
from services.model.imports import DoubleChoices, Doubles, Incoming, Reading, Snag
from tests._builders import a_contact, an_author
from tests.services._contacts import FULL

LIST = BookId("list-1")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SHAPE = ListShape(fields=(CustomField(FieldId("f1"), "Customer since", FieldKind.DATE),))


def a_planner(
    there: tuple[Contact, ...] = (),
    *,
    may: bool = True,
    choices: DoubleChoices | None = None,
) -> ContactPlanner:
    return ContactPlanner(
        {contact.id: contact for contact in there},
        Maker(LIST, an_author(), NOW),
        may_change=lambda contact: may,
        choices=choices or DoubleChoices(),
    )


def planned(
    *contents: ContactContent,
    there: tuple[Contact, ...] = (),
    doubles: Doubles = Doubles.MERGE,
    may: bool = True,
    uid: str = "",
    own: dict[str, str] | None = None,
    rows: dict[int, Doubles] | None = None,
) -> Plan[Contact]:
    items = tuple(
        Incoming(row, uid or f"u{row}", content, own=own or {})
        for row, content in enumerate(contents, start=2)
    )
    planner = a_planner(there, may=may, choices=DoubleChoices(doubles, rows or {}))
    for item in items:
        planner.take(fitted(Reading((item,)), SHAPE, "DK"))
    return planner.plan()


def test_what_was_imported_before_is_known_and_what_it_leaves_empty_stays() -> None:
    id = ContactId(contact_ids("u2", LIST)[1])
    there = replace(a_contact(name="Ada", job="Engineer", company="Engines"), id=id)
    plan = planned(ContactContent(name="Ada", job="Countess"), there=(there,))
    [(was, now)] = plan.changed
    assert was is there and (now.content.job, now.content.company) == ("Countess", "Engines")
    assert planned(ContactContent(name="Ada"), there=(there,)).same == 1
    gone = replace(there, deleted_at=NOW)
    [(_, back)] = planned(ContactContent(name="Ada"), there=(gone,)).changed
    assert back.deleted_at is None, "it comes back out of the bin"


def test_doubles_are_merged_left_out_or_added() -> None:
    there = a_contact(name="Ada Byron", emails=("ada@x.example",), company="", phones=())
    new = ContactContent(
        name="A. Byron", emails=("ADA@x.example", "b@x.example"), company="Engines"
    )
    merged = planned(new, there=(there,))
    [(_, now)] = merged.changed
    assert now.content.name == "Ada Byron" and now.content.company == "Engines"
    assert now.content.emails == ("ada@x.example", "b@x.example")
    assert [(each.row, each.there) for each in merged.doubles] == [(2, "Ada Byron")]
    skipped = planned(new, there=(there,), doubles=Doubles.SKIP)
    assert not skipped.number and skipped.outcome.left_out == 1
    assert len(planned(new, there=(there,), doubles=Doubles.ADD).new) == 1


def test_each_double_may_be_dealt_with_in_its_own_way() -> None:
    there = a_contact(name="Ada Byron", emails=("ada@x.example",), company="", phones=())
    again = [ContactContent(name="Ada Byron", emails=("ada@x.example",), job=job) for job in "abc"]
    own = {2: Doubles.ADD, 4: Doubles.MERGE}
    plan = planned(*again, there=(there,), doubles=Doubles.SKIP, rows=own)
    assert [each.choice for each in plan.doubles] == [Doubles.ADD, Doubles.SKIP, Doubles.MERGE]
    assert len(plan.new) == 1 and plan.dropped == 1
    assert {each.content.job for each in plan.new} | {
        now.content.job for _, now in plan.changed
    } <= {"a", "c"}


def test_rows_of_one_file_that_are_the_same_become_one_and_again_change_nothing() -> None:
    rows = (
        ContactContent(name="Ada Byron", emails=("ada@x.example",)),
        ContactContent(name="Byron, Ada", emails=("ada@x.example", "b@x.example")),
    )
    first = planned(*rows)
    [ada] = first.new
    assert ada.content.emails == ("ada@x.example", "b@x.example")
    again = planned(*rows, there=(ada,))
    assert not again.number and again.same == 1


def test_what_somebody_may_not_change_is_told() -> None:
    there = a_contact(name="Ada Byron", emails=("ada@x.example",))
    plan = planned(
        ContactContent(name="Ada Byron", emails=("ada@x.example",), job="Countess"),
        there=(there,),
        may=False,
    )
    assert not plan.number and [each.snag for each in plan.troubles] == [Snag.READ_ONLY]


def test_what_is_none_is_left_out_and_everything_else_is_taken() -> None:
    content = ContactContent(
        name="Ada " * 100,
        emails=("ada@x.example", "no address", *(f"a{n}@x.example" for n in range(20))),
        phones=(Phone(PhoneKind.MOBILE, "none"), Phone(PhoneKind.MOBILE, "+45 70 12 34 56")),
        website="javascript:alert(1)",
        links=("https://x.example", "file:///etc/passwd"),
        birthday=date(1000, 1, 1),
        notes="\u202egnp.exe\0" + "x" * 20_000,
    )
    plan = planned(content, own={"customer since": "never"})
    [contact] = plan.new
    kept = contact.content
    assert kept.name.endswith("…") and kept.emails[0] == "ada@x.example" and len(kept.emails) == 10
    assert kept.phones == (Phone(PhoneKind.MOBILE, "+45 70 12 34 56"),)
    assert (kept.website, kept.birthday, kept.custom) == ("", None, ())
    assert [link.rstrip("/") for link in kept.links] == ["https://x.example"]
    assert "\u202e" not in kept.notes and "\0" not in kept.notes
    assert {each.snag for each in plan.troubles} >= {
        *(Snag.TOO_LONG, Snag.NOT_AN_EMAIL, Snag.NOT_A_PHONE, Snag.NOT_A_LINK),
        *(Snag.NOT_A_DATE, Snag.UNKNOWN_FIELD),
    }
    assert not any(each.skipped for each in plan.troubles)


def test_what_is_too_much_or_too_long_stands_in_the_notes() -> None:
    numbers = tuple(Phone(PhoneKind.OTHER, f"+45 70 12 34 {n}") for n in range(50, 62))
    content = ContactContent(
        name="Ada",
        company="C" * 300,
        phones=(*numbers, Phone(PhoneKind.OTHER, "+45 20 30 40 50 / +45 30 40 50 60")),
        emails=("a@x.example or b@x.example",),
        tags=tuple(f"tag {n}" for n in range(26)),
        children=("Ralph", "x" * 201),
        home_address=Address(street="S" * 250, city="London"),
        notes="n" * 9_990,
    )
    plan = planned(content)
    kept = plan.new[0].content
    assert len(kept.phones) == 10 and len(kept.tags) == 25 and kept.children == ("Ralph",)
    assert kept.emails == ("a@x.example", "b@x.example")
    assert kept.company == "C" * 199 + "…" and kept.home_address.city == "London"
    assert kept.home_address.street == "S" * 199 + "…"
    lines = kept.notes.splitlines()
    assert lines[0].endswith("n…") and len(kept.notes) <= 10_000
    assert lines[1:] == [
        f"company: {'C' * 300}",
        f"street: {'S' * 250}",
        f"children: {'x' * 201}",
        *(f"phones: {n}" for n in ("+45 70 12 34 60", "+45 70 12 34 61")),
        *(f"phones: {n}" for n in ("+45 20 30 40 50", "+45 30 40 50 60")),
        "tags: tag 25",
    ]
    assert {each.snag for each in plan.troubles} == {Snag.TOO_LONG, Snag.IN_NOTES}
    assert not any(each.skipped for each in plan.troubles)


def test_fields_of_the_lists_own_are_read_as_the_list_keeps_them() -> None:
    plan = planned(ContactContent(name="Ada"), own={"customer since": "2021-05-01", "else": "x"})
    assert plan.new[0].content.custom == (CustomValue(FieldId("f1"), "2021-05-01"),)


def test_merging_takes_nothing_away() -> None:
    bare = ContactContent(name="Ada", notes="Met in Aarhus", tags=("SEA",))
    both = joined(bare, FULL)
    assert both.name == "Ada" and both.company == FULL.company
    assert both.notes == f"Met in Aarhus\n{FULL.notes}" and both.tags == ("SEA", "Harbour")
    assert joined(FULL, FULL) is FULL and over(FULL, bare).notes == "Met in Aarhus"
    assert over(FULL, ContactContent(name=FULL.name, emails=FULL.emails[::-1])) is FULL
    one, other = CustomValue(FieldId("f1"), "1"), CustomValue(FieldId("f1"), "2")
    mine, theirs = replace(bare, custom=(one,)), replace(bare, custom=(other,))
    assert joined(mine, theirs).custom == (one,) and over(mine, theirs).custom == (other,)
    assert joined(replace(bare, notes="x"), replace(bare, notes="x")).notes == "x"


def test_a_row_that_waits_to_be_written_takes_little_memory() -> None:
    """As JSON it takes 400 bytes, and as an object 1,500."""

    def a_portion(start: int) -> Portion:
        items = tuple(Incoming(n, f"u{n}", somebody(n)) for n in range(start, start + 500))
        return fitted(Reading(items), SHAPE, "DK")

    def somebody(number: int) -> ContactContent:
        word = "".join(Random(number).choices(ascii_lowercase, k=8))
        return ContactContent(
            name=f"{word} {word[::-1]}",
            company=f"{word[2:]} Engines",
            emails=(f"{word}@engines.example",),
            notes="Met at the fair, and wants to be told of what is new. " * 5,
        )

    planner = a_planner()
    planner.take(a_portion(0))  # from which it learns what is usual
    portions = [a_portion(500), a_portion(1_000)]
    tracemalloc.start()
    try:
        while portions:
            planner.take(portions.pop())
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(planner.plan().new) == 1_500
    assert taken < 1_000 * 800
