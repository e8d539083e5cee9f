from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.model.contact_order import ContactOrder
from services.model.contacts import Contact, Phone, PhoneKind
from services.model.events import Event
from services.search.entries import contact_entry, event_entry
from services.search.index import Index, key_of
from services.search.listing import Listing
from services.search.wanted import wanted_of
from services.spelling import fold
from services.storage.codec import decode, encode
from services.storage.sealed import Opened
from tests._builders import LONG_AGO, a_contact, an_event


def names(index: Index, text: str, limit: int = 25) -> list[str]:
    return [decode(Contact, one.body).content.name for one in index.search(wanted_of(text), limit)]


def opened(record: Contact | Event) -> Opened:
    return Opened("", record.id, encode(record), record.revision, record.etag)


def put(index: Index, *records: Contact | Event) -> None:
    index.put(index.prepare(list(map(opened, records))))


def an_index(*people: str | Contact) -> Index:
    index = Index(contact_entry)
    contacts = [
        one
        if isinstance(one, Contact)
        else a_contact(id=one, name=one, company="", job="", emails=(), phones=())
        for one in people
    ]
    put(index, *contacts)
    return index


ADA = a_contact(
    id="ada",
    name="Ada Byron",
    company="Analytical Engines",
    job="Mathematician",
    emails=("countess@lovelace.example",),
    phones=(Phone(PhoneKind.BUSINESS, "+45 (70) 12-34 56"),),
)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "ad",
        "ada",
        "ADA",
        "byron",
        "yro",
        "ada by",
        "byron ada",
        "anal",
        "engines",
        "gine",
        "mathem",
        "countess",
        "lovelace.ex",
        "countess@lovelace",
        "+45 70",
        "701234",
        "70 12 34",
        "(70) 12",
        "0045701234",
        "3456",
        "ada engines",
    ],
)
def test_a_contact_is_found_by_a_part_of_anything_it_has(text: str) -> None:
    assert names(an_index(ADA, "Grace Hopper"), text) == ["Ada Byron"]


@pytest.mark.parametrize("text", ["xyz", "q", "ada hopper", "99999", "@@", "%", '"', "' OR 1 --"])
def test_what_nothing_has_finds_nothing(text: str) -> None:
    assert not wanted_of(text) or names(an_index(ADA, "Grace Hopper"), text) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ONeil", ["Anna Oneil", "Tom O'Neil"]),
        ("tom oneil", ["Tom O'Neil"]),
        ("o'neil", ["Tom O'Neil", "Anna Oneil"]),
        ("obrien", ["Ian O\u2019Brien"]),
        ("jeanpierre", ["Jean-Pierre Lefèvre"]),
        ("mullerluden", ["Müller-Lüdenscheidt, Eva"]),
    ],
)
def test_what_parts_a_name_need_not_be_typed(typed: str, found: list[str]) -> None:
    people = ("Tom O'Neil", "Anna Oneil", "Ian O\u2019Brien", "Jean-Pierre Lefèvre")
    index = an_index(*people, "Müller-Lüdenscheidt, Eva")
    assert sorted(names(index, typed)) == sorted(found)


def test_names_that_begin_with_the_letters_come_first() -> None:
    index = an_index(
        a_contact(id="1", name="Zoe Quist", company="Mark & Sons", emails=(), phones=()),
        a_contact(id="2", name="Denmark Vesey", company="x", emails=(), phones=()),
        a_contact(id="3", name="Mark Abel", company="x", emails=(), phones=()),
        a_contact(id="4", name="Abel Marks", company="x", emails=(), phones=()),
    )
    assert names(index, "mark") == ["Mark Abel", "Abel Marks", "Zoe Quist", "Denmark Vesey"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Åse Müller", "ase mull"),
        ("Søren Ærø", "soren aero"),
        ("Łukasz Żak", "lukasz zak"),
        ("Strauß", "strauss"),
        ("İbrahim", "ibrahim"),
        ("O'Neill", "neill"),
        ("王小明", "王"),
        ("Émile", "émile"),
    ],
)
def test_accents_and_cases_do_not_matter(name: str, text: str) -> None:
    assert names(an_index(name, "Other"), text) == [name]


@pytest.mark.parametrize("text", ["hoper", "hoppper", "hpoper", "grcae hopper", "hopqer gra"])
def test_a_slip_is_forgiven_when_nothing_else_is_found(text: str) -> None:
    assert names(an_index("Grace Hopper", "Ada Byron"), text) == ["Grace Hopper"]


@pytest.mark.parametrize("text", ["hoper grcae", "graec hoppre"])
def test_each_word_may_have_a_slip(text: str) -> None:
    others = ("Grace Miller", "Ada Hopper", "Ada Byron")
    assert names(an_index("Grace Hopper", *others), text) == ["Grace Hopper"]


def test_letters_inside_of_words_stand_behind_a_name_with_a_slip() -> None:
    assert names(an_index("Alexandrsen", "Andres"), "andrs") == ["Andres", "Alexandrsen"]


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Jürgen Weiß", ["Juergen Weiss", "jurgen weiss", "jürgen"]),
        ("Juergen Weiss", ["Jürgen Weiß", "jürg"]),
        ("Москва Tours", ["moskva", "Москва"]),
        ("Moskva Tours", ["Москва"]),
        ("Łódź", ["Lodz", "łódź"]),
        ("Дмитрий Иванов", ["Dmitriy Ivanov", "dmitrii", "Иванов дмит"]),
        ("Dmitriy Ivanov", ["Дмитрий Иванов"]),
        ("Γιώργος Παπαδόπουλος", ["giorgos papad", "Papadopoulos", "ΠΑΠΑΔ"]),
        ("Papadopoulos", ["Παπαδόπουλος"]),
    ],
)
def test_a_name_is_found_in_whatever_letters_it_is_written(name: str, texts: list[str]) -> None:
    index = an_index(name, "Other Person")
    assert [names(index, text) for text in texts] == [[name]] * len(texts)


def test_who_is_written_otherwise_stands_behind_who_is_written_as_typed() -> None:
    index = an_index("Juergen Weiss", "Jürgen Weiß", "Jürgen Weißer")
    found = ["Jürgen Weiß", "Juergen Weiss", "Jürgen Weißer"]
    assert names(index, "Jürgen Weiß") == found


@pytest.mark.parametrize(
    "text", ["069123456", "+49 69 123456", "0049 (0)69/12 34-56", "123456", "69 12"]
)
@pytest.mark.parametrize("number", ["+49 69 123456", "069 123456", "+49 (0)69 123456"])
def test_a_phone_is_found_however_it_is_written(text: str, number: str) -> None:
    ada = a_contact(name="Ada", emails=(), phones=(Phone(PhoneKind.HOME, number),))
    assert names(an_index(ada, "Other"), text) == ["Ada"]


def test_initials_find_whom_they_belong_to() -> None:
    index = an_index("Jdanov", "Jane Doe", "Jane Quincy Doe", "Adam Jones")
    assert names(index, "jd") == ["Jane Doe", "Jane Quincy Doe", "Jdanov"]
    assert names(index, "J.D.")[:2] == ["Jane Doe", "Jane Quincy Doe"]
    assert names(index, "jqd") == ["Jane Quincy Doe"]


def test_a_search_keeps_to_a_company_a_group_or_a_tag() -> None:
    index = an_index(
        a_contact(id="1", name="Ada", company="Acme Ltd", groups=("North Sea",), tags=("vip",)),
        a_contact(id="2", name="Adam Acme", company="Other", notes="north"),
    )
    assert names(index, "acme") == ["Adam Acme", "Ada"]
    texts = ("company:acme", "ada company:acme", "group:north", 'group:"north sea"', "tag:vip")
    assert [names(index, text) for text in texts] == [["Ada"]] * len(texts)
    assert names(index, "zoe company:acme") == names(index, "company:north") == []


def test_who_is_used_comes_first_among_equals_though_others_fill_the_page() -> None:
    index = an_index(*(f"Robin {n:03}" for n in range(60)))
    liked = {key_of("Robin 050"): 2.0, key_of("Robin 055"): 3.0, key_of("nobody"): 9.0}
    found = [decode(Contact, one.body).id for one in index.search(wanted_of("rob"), 3, liked)]
    assert found == ["Robin 055", "Robin 050", "Robin 000"]


def test_short_words_allow_no_slip() -> None:
    assert names(an_index("Ada"), "ado") == []


def test_pages_follow_each_other_without_gaps_or_repetitions() -> None:
    index = an_index(*(f"Anna {'anb'[n % 3] * 2}{n:03}" for n in range(200)))
    everything = names(index, "an", 200)
    assert len(set(everything)) == 200
    for size in (1, 7, 25, 100):
        assert names(index, "an", size) == everything[:size]


def test_what_was_written_last_comes_first_where_nothing_is_typed() -> None:
    index = an_index("a", "b", "c")
    put(index, a_contact(id="a", name="a"))
    assert [decode(Contact, one.body).id for one in index.newest(2)] == ["a", "c"]


def test_what_is_changed_or_gone_is_no_longer_found_as_it_was() -> None:
    index = an_index(ADA, "Grace Hopper")
    put(index, a_contact(id="ada", name="Ada Lovelace", company="", emails=()))
    for text in ("byron", "byr", "engines", "countess"):
        assert names(index, text) == []
    assert names(index, "lovelace") == ["Ada Lovelace"]
    put(index, a_contact(id="ada", deleted_at=LONG_AGO), a_contact(id="?", deleted_at=LONG_AGO))
    assert names(index, "ada") == []
    assert names(index, "grace") == ["Grace Hopper"]


def test_the_last_of_several_versions_counts() -> None:
    index = an_index(*(a_contact(id="ada", name=name) for name in ("Ada", "Adele", "Agatha")))
    assert names(index, "a") == ["Agatha"]


def test_events_are_found_by_title_first_and_place() -> None:
    index = Index(event_entry)
    put(
        index,
        an_event(id="1", title="Lunch", place="Harbour"),
        an_event(id="2", title="Harbour walk", place=""),
    )
    found = index.search(wanted_of("harb"), 9)
    assert [decode(Event, one.body).id for one in found] == ["2", "1"]
    assert found[0].rank < found[1].rank


@pytest.mark.slow
@given(st.lists(st.text(min_size=1, max_size=12), max_size=12, unique=True), st.text(max_size=8))
@settings(max_examples=150, deadline=None)
def test_found_is_what_a_plain_look_through_all_finds(people: list[str], text: str) -> None:
    index = an_index(*people)
    terms = wanted_of(text).terms
    if not terms or any(len(term) < 3 for term in terms):
        return
    expected = {name for name in people if all(term in fold(name) for term in terms)}
    found = set(names(index, text))
    assert expected <= found or not expected


def listed(index: Index, listing: Listing, limit: int = 25) -> list[str]:
    return [decode(Contact, one.body).content.name for _, one in index.listed(listing, limit)]


def test_a_list_is_sorted_by_name_company_or_what_was_written_last() -> None:
    index = an_index(
        a_contact(id="1", name="Øle Dahl", company="Acme", revision=3),
        a_contact(id="2", name="ada", company="", revision=4),
        a_contact(id="3", name="Bo", company="Älv & Co", revision=5),
        a_contact(id="4", name="7 Seas", company="Zoo", revision=6),
    )
    assert listed(index, Listing()) == ["7 Seas", "ada", "Bo", "Øle Dahl"]
    by_company = Listing(ContactOrder.COMPANY)
    assert listed(index, by_company) == ["Øle Dahl", "Bo", "7 Seas", "ada"]
    assert listed(index, Listing(ContactOrder.RECENT), 2) == ["7 Seas", "Bo"]
    assert listed(index, Listing(letters="mno")) == ["Øle Dahl"]
    assert listed(index, Listing(letters="#")) == ["7 Seas"]
    assert index.beginnings(Listing()) == {"#": 1, "a": 1, "b": 1, "o": 1}


def test_a_group_is_a_whole_name_and_not_a_part_of_another() -> None:
    groups = {"Ada": ("North", "Far West"), "Bo": ("North Sea",), "Cy": ("Far North",), "Di": ()}
    index = an_index(
        *(a_contact(id=name, name=name, groups=groups[name], tags=("north",)) for name in groups)
    )
    assert listed(index, Listing(group="north")) == ["Ada"]
    assert listed(index, Listing(group="North Sea")) == ["Bo"]
    assert listed(index, Listing(group="West")) == []
    assert index.beginnings(Listing(group="far west")) == {"a": 1}


def test_the_size_of_an_index_is_known() -> None:
    assert an_index(ADA).size > 0
