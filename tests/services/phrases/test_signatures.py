"""Who is meant by a message: signatures, numbers in a sentence, and messages that mean nobody."""

from __future__ import annotations

import time

import pytest

from services.model.contacts import Phone, PhoneKind
from services.phrases.signatures import read_signature

ENGLISH = """Hi Mara, let us meet on Tuesday at 14:30.

Best regards,
Ada Byron
Head of Engineering | Analytical Engines Ltd
T: +44 20 7946 0101 | M: +44 7700 900105
ada.byron@engines.example | www.engines.example
https://www.linkedin.com/in/adabyron"""


def test_a_signature_is_read_line_by_line() -> None:
    ada = read_signature(ENGLISH, "GB")
    assert (ada.name, ada.job, ada.company) == (
        "Ada Byron",
        "Head of Engineering",
        "Analytical Engines Ltd",
    )
    assert ada.emails == ("ada.byron@engines.example",)
    assert ada.phones == (
        Phone(PhoneKind.BUSINESS, "+44 20 7946 0101"),
        Phone(PhoneKind.MOBILE, "+44 7700 900105"),
    )
    assert ada.website == "www.engines.example"
    assert ada.links == ("https://www.linkedin.com/in/adabyron",)


@pytest.mark.parametrize(
    ("text", "region", "name", "company"),
    [
        (
            "Please call Jürgen Müller, Vertriebsleiter, Müller & Söhne GmbH, Tel. 030 901820, "
            "Fax 030 901821 (j.mueller@soehne.example)",
            "DE",
            "Jürgen Müller",
            "Müller & Söhne GmbH",
        ),
        ("call ines at ines.holm@crane.example or 70 12 34 56", "DK", "Ines Holm", ""),
        (
            "Viele Grüße\nDr. Eva von Stein\nCrane\ninfo@crane.example",
            "DE",
            "Dr. Eva von Stein",
            "Crane",
        ),
        (
            "On Mon, Nov 16, 2026 at 9:00 AM Bob Stone <bob.stone@crane.example> wrote:\n> Hi",
            "",
            "Bob Stone",
            "",
        ),
        ("MÜLLER, Hans (Sales)\nhans.mueller@gmx.de", "DE", "Hans Müller", ""),
        ("Eva Holm-Stein, PhD\nevaholm@x.example", "", "Eva Holm-Stein", ""),
        ("Sea, Land and Air\nada.byron@x.example", "", "Ada Byron", ""),
        ("Ana Gil\nACME España, S.L.\nag@acme.example", "ES", "Ana Gil", "ACME España, S.L."),
        (
            "Ines Holm, Salgsdirektør at Crane Ltd, ih@crane.example",
            "DK",
            "Ines Holm",
            "Crane Ltd",
        ),
        (
            "Name: Robin Miller\nCompany: Crane A/S\nPhone: +45 70 12 34 56",
            "",
            "Robin Miller",
            "Crane A/S",
        ),
        (
            "From: Jane Smith <jane@acme.example>\nTo: Mara Holm <mara@crane.example>\n\nHi Mara",
            "",
            "Jane Smith",
            "",
        ),
        ("To: Mara Holm <mara@crane.example>", "", "Mara Holm", ""),
        (
            "i. A. Dipl.-Ing. Eva Schäfer\nMuster GmbH & Co. KG\neva.schaefer@muster.example",
            "DE",
            "Dipl.-Ing. Eva Schäfer",
            "Muster GmbH & Co. KG",
        ),
        (
            "Universitätsklinikum Eppendorf\nProf. Dr. med. Anna-Lena Müller-Stein\n"
            "a.mueller@uke.example",
            "DE",
            "Prof. Dr. med. Anna-Lena Müller-Stein",
            "",
        ),
        ("Phil Collins\nphil@x.example", "", "Phil Collins", ""),
        ("write to info@gmail.com", "DE", "", ""),
    ],
)
def test_names_and_companies_are_found_in_sentences_and_lines(
    text: str, region: str, name: str, company: str
) -> None:
    found = read_signature(text, region)
    assert (found.name, found.company) == (name, company)


def test_whoever_got_a_mail_is_not_who_wrote_it() -> None:
    head = "Von: Jane Smith <jane@acme.example>\nAn: mara@crane.example\nKopie: tom@crane.example"
    assert read_signature(head).emails == ("jane@acme.example",)


@pytest.mark.parametrize(
    ("written", "region", "kind"),
    [
        ("Telefax: +49 711 12345-679", "DE", PhoneKind.FAX),
        ("F +44 (0)20 7946 0959", "GB", PhoneKind.FAX),
        ("c: 415.555.2672", "US", PhoneKind.MOBILE),
        ("Port. : 01 42 68 53 01", "FR", PhoneKind.MOBILE),
        ("Móvil: 612 34 56 78", "ES", PhoneKind.MOBILE),
        ("o: (415) 555-2671 x123", "US", PhoneKind.BUSINESS),
    ],
)
def test_a_label_of_any_of_our_languages_tells_the_kind(
    written: str, region: str, kind: PhoneKind
) -> None:
    [phone] = read_signature(written, region).phones
    assert phone.kind is kind


def test_a_network_is_known_without_its_https() -> None:
    links = read_signature("Mike | linkedin.com/in/mike | mike@linkedin.com").links
    assert links == ("linkedin.com/in/mike",)


def test_numbers_have_the_kind_that_their_label_says() -> None:
    found = read_signature("Fax 030 901821\nPrivat: 030 901822\nHandy 0171 2345678", "DE")
    assert [phone.kind for phone in found.phones] == [
        PhoneKind.FAX,
        PhoneKind.HOME,
        PhoneKind.MOBILE,
    ]


@pytest.mark.parametrize("text", ["", "lunch on 24.12.2026 at 12:30?", "room 4711", "🎂" * 50])
def test_what_means_nobody_gives_nobody(text: str) -> None:
    found = read_signature(text, "DE")
    assert (found.name, found.emails, found.phones) == ("", (), ())


@pytest.mark.parametrize(
    "text", ["a@" * 50_000, "+4" * 50_000, "Ab " * 50_000, "a." * 50_000 + "@b", "http://" * 9_000]
)
def test_a_long_message_costs_little(text: str) -> None:
    began = time.process_time()
    read_signature(text, "DE")
    assert time.process_time() - began < 2
