"""Who lives in the sandbox: one made-up company and five of its people.

The Playground's configuration names the same five, in the same order; the first is the one who
sits at the keyboard. Plain data, so that both can read it without starting anything.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PEOPLE", "TENANT", "SamplePerson", "Tenant", "find_person"]


@dataclass(frozen=True, slots=True)
class Tenant:
    """An organisation in Entra."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """Somebody with an account and a mailbox."""

    object_id: str
    display_name: str
    given_name: str
    surname: str
    user_principal_name: str
    mail: str
    job_title: str
    office: str
    mobile_phone: str
    zone: str
    """The mailbox's time zone under its Windows name, as ``mailboxSettings`` tells it."""
    language: str

    @property
    def key(self) -> str:
        """A short word for addresses of the sandbox's own pages: ``mara``."""
        return self.given_name.lower()


TENANT = Tenant(
    id="5f0c2b7e-93d4-4c1a-b8a6-2e7d1f64a90b",
    name="Lindenhof Studio",
    domain="lindenhof.example",
)

PEOPLE = (
    SamplePerson(
        object_id="8a1d6c3f-7b52-4e0e-9c47-d35b0e82f614",
        display_name="Mara Lindqvist",
        given_name="Mara",
        surname="Lindqvist",
        user_principal_name="mara@lindenhof.example",
        mail="mara@lindenhof.example",
        job_title="Product lead",
        office="Berlin",
        mobile_phone="+49 30 555 0101",
        zone="W. Europe Standard Time",
        language="en-GB",
    ),
    SamplePerson(
        object_id="c47f9e20-1d6b-4a83-8f15-60b2a9d7c3e8",
        display_name="Ines Moreau",
        given_name="Ines",
        surname="Moreau",
        user_principal_name="ines@lindenhof.example",
        mail="ines@lindenhof.example",
        job_title="Designer",
        office="Lyon",
        mobile_phone="+33 4 55 50 10 22",
        zone="Romance Standard Time",
        language="fr-FR",
    ),
    SamplePerson(
        object_id="2e95b8d1-64c0-4f7a-a3de-17f84c0b9562",
        display_name="Priya Nair",
        given_name="Priya",
        surname="Nair",
        user_principal_name="priya@lindenhof.example",
        mail="priya@lindenhof.example",
        job_title="Engineer",
        office="Kochi",
        mobile_phone="+91 484 555 0133",
        zone="India Standard Time",
        language="en-IN",
    ),
    SamplePerson(
        object_id="f03a7c56-e218-4b94-9d60-8b4e5a1c27d9",
        display_name="Samuel Okafor",
        given_name="Samuel",
        surname="Okafor",
        user_principal_name="samuel@lindenhof.example",
        mail="samuel@lindenhof.example",
        job_title="Customer support",
        office="London",
        mobile_phone="+44 20 5550 0144",
        zone="GMT Standard Time",
        language="en-GB",
    ),
    SamplePerson(
        object_id="619d4e8a-0c37-4d25-b7f2-a9e31c5d8046",
        display_name="Dana Whitfield",
        given_name="Dana",
        surname="Whitfield",
        user_principal_name="dana@lindenhof.example",
        mail="dana@lindenhof.example",
        job_title="Sales",
        office="Regina",
        mobile_phone="+1 306 555 0155",
        zone="Canada Central Standard Time",
        language="en-US",
    ),
)


def find_person(name: str) -> SamplePerson | None:
    """Return whom an object id, a user principal name or a key names."""
    wanted = name.lower()
    for person in PEOPLE:
        if wanted in (person.object_id, person.user_principal_name, person.key):
            return person
    return None
