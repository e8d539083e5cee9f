"""Sample contacts, for a demo in which somebody can be found."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.faces import Face

__all__ = ["CONTACTS", "SampleContact"]


@dataclass(frozen=True, slots=True)
class SampleContact:
    """Somebody outside the made-up company."""

    name: str
    company: str
    job: str
    email: str
    business_phone: str
    mobile_phone: str = ""
    face: Face | None = None
    """``None`` = they have sent no picture."""


CONTACTS = (
    SampleContact(
        "Ana Beltrán", "Papelera del Sur", "Sales", "ana@papelera.example", "+34 955 55 01 10"
    ),
    SampleContact(
        "Björn Ekström",
        "Nordljus AB",
        "Managing director",
        "bjorn@nordljus.example",
        "+46 8 5550 1020",
        "+46 70 555 0121",
        Face("#cfe3f2", "#f2cfae", "#c9a25b", "#2f5d8a"),
    ),
    SampleContact(
        "Chidi Eze",
        "Harbour Print",
        "Workshop manager",
        "chidi@harbour.example",
        "+44 151 555 0190",
    ),
    SampleContact(
        "Élodie Garnier",
        "Atelier Garnier",
        "Bookbinder",
        "elodie@garnier.example",
        "+33 4 72 55 01 44",
    ),
    SampleContact(
        "Frieda Jürgens",
        "Messe Leipzig Stand",
        "Booth planner",
        "frieda@stand.example",
        "+49 341 555 0166",
    ),
    SampleContact(
        "Hiroshi Tanaka", "Kami Works", "Paper engineer", "hiroshi@kami.example", "+81 3 5550 0177"
    ),
    SampleContact(
        "Jan Novák",
        "Tiskárna Novák",
        "Owner",
        "jan@tiskarna.example",
        "+420 255 550 188",
        "+420 777 555 018",
    ),
    SampleContact(
        "Łucja Wiśniewska", "Studio Wisła", "Illustrator", "lucja@wisla.example", "+48 22 555 0199"
    ),
    SampleContact(
        "Maeve O'Connor", "Brae Logistics", "Dispatcher", "maeve@brae.example", "+353 1 555 0111"
    ),
    SampleContact(
        "Rosa Marchetti",
        "Carta Viva",
        "Buyer",
        "rosa@cartaviva.example",
        "+39 02 5550 1122",
        "+39 333 555 0112",
        Face("#f3dfc9", "#d9a27c", "#3b2620", "#7a3b5d"),
    ),
    SampleContact(
        "Tomás Figueira", "Porto Tintas", "Chemist", "tomas@tintas.example", "+351 22 555 0133"
    ),
    SampleContact(
        "Yusuf Demir",
        "Demir Ambalaj",
        "Packaging designer",
        "yusuf@demir.example",
        "+90 212 555 0155",
    ),
)
