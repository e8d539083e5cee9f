"""Sample contacts, for a demo in which somebody can be found."""

from __future__ import annotations

from services.model.contacts import ContactContent, Phone, PhoneKind

__all__ = ["CONTACTS"]


def _contact(
    name: str, company: str, job: str, email: str, business: str, mobile: str = ""
) -> ContactContent:
    numbers = ((PhoneKind.BUSINESS, business), (PhoneKind.MOBILE, mobile))
    phones = tuple(Phone(kind, number) for kind, number in numbers if number)
    return ContactContent(name=name, company=company, job=job, emails=(email,), phones=phones)


CONTACTS = (
    _contact(
        "Ana Beltrán", "Papelera del Sur", "Sales", "ana@papelera.example", "+34 955 55 01 10"
    ),
    _contact(
        "Björn Ekström",
        "Nordljus AB",
        "Managing director",
        "bjorn@nordljus.example",
        "+46 8 5550 1020",
        "+46 70 555 0121",
    ),
    _contact(
        "Chidi Eze",
        "Harbour Print",
        "Workshop manager",
        "chidi@harbour.example",
        "+44 151 555 0190",
    ),
    _contact(
        "Élodie Garnier",
        "Atelier Garnier",
        "Bookbinder",
        "elodie@garnier.example",
        "+33 4 72 55 01 44",
    ),
    _contact(
        "Frieda Jürgens",
        "Messe Leipzig Stand",
        "Booth planner",
        "frieda@stand.example",
        "+49 341 555 0166",
    ),
    _contact(
        "Hiroshi Tanaka", "Kami Works", "Paper engineer", "hiroshi@kami.example", "+81 3 5550 0177"
    ),
    _contact(
        "Jan Novák",
        "Tiskárna Novák",
        "Owner",
        "jan@tiskarna.example",
        "+420 255 550 188",
        "+420 777 555 018",
    ),
    _contact(
        "Łucja Wiśniewska", "Studio Wisła", "Illustrator", "lucja@wisla.example", "+48 22 555 0199"
    ),
    _contact(
        "Maeve O'Connor", "Brae Logistics", "Dispatcher", "maeve@brae.example", "+353 1 555 0111"
    ),
    _contact(
        "Rosa Marchetti",
        "Carta Viva",
        "Buyer",
        "rosa@cartaviva.example",
        "+39 02 5550 1122",
        "+39 333 555 0112",
    ),
    _contact(
        "Tomás Figueira", "Porto Tintas", "Chemist", "tomas@tintas.example", "+351 22 555 0133"
    ),
    _contact(
        "Yusuf Demir",
        "Demir Ambalaj",
        "Packaging designer",
        "yusuf@demir.example",
        "+90 212 555 0155",
    ),
)
