"""What the columns of a table of contacts are called, wherever it comes from.

Our own template, Outlook, Google Contacts and people name them in English, German, French, Spanish
and Danish. A column leads to a *place*: a field of a contact (``company``), one of its lists
(``emails``), a kind of phone (``phones.mobile``), a part of an address (``home_address.city``).
Google numbers its columns and labels them beside: ``Phone 1 - Value`` is of the kind that
``Phone 1 - Label`` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.formats.tables import Cell, Row

__all__ = ["BESIDE", "Columns", "Numbered", "columns_of", "folded_name", "naming"]

BESIDE = "beside"
"""The place of a column that has none: it is a note, with its name."""
TITLE = "job_or_title"
"""The place of a column of which its neighbours tell what it holds."""
_NAMES = {
    "name": "name|full name|display name|contact|file as|vollständiger name|anzeigename"
    "|nom complet|nombre completo|nombre para mostrar|fulde navn|navn|vist navn|nombre y apellidos",
    "title": "name prefix|prefix|anrede|titre de civilité|tratamiento|præfiks",
    "given_name": "given name|first name|first|forename|vorname|prénom|nombre|fornavn",
    "middle_name": "middle name|additional name|weitere vornamen|zweiter vorname"
    "|deuxième prénom|segundo nombre|mellemnavn",
    "family_name": "family name|last name|last|surname|nachname|familienname|nom|nom de famille"
    "|apellidos|apellido|efternavn",
    "suffix": "name suffix|suffix|suffixe|sufijo|suffiks",
    "initials": "initials|initialen|initiales|iniciales|initialer",
    "nickname": "nickname|spitzname|surnom|apodo|sobrenombre|kaldenavn",
    "phonetic_given_name": "phonetic first name|given name yomi|given yomi|phonetic given name",
    "phonetic_family_name": "phonetic last name|family name yomi|surname yomi|phonetic family name",
    "phonetic_company": "company yomi|phonetic company",
    "company": "company|organization|organisation|organization name|company name|firma"
    "|unternehmen|société|entreprise|empresa|organización|compañía|virksomhed",
    "job": "job title|job|position|role|funktion|poste|fonction|puesto|cargo|stilling"
    "|organization title|jobtitel",
    "department": "department|organization department|abteilung|service|département"
    "|departamento|afdeling",
    "office": "office|office location|büro|bureau|oficina|ubicación de la oficina|kontor",
    "profession": "profession|occupation|beruf|profesión|erhverv",
    "manager": "manager|manager's name|vorgesetzter|name des/der vorgesetzten|responsable"
    "|nombre del director|leder",
    "assistant": "assistant|assistant's name|assistent|name assistent|assistant(e)|ayudante"
    "|nom de l'assistant(e)",
    "spouse": "spouse|partner|ehepartner|conjoint(e)|conjoint|cónyuge|ægtefælle",
    "children": "children|kinder|enfants|hijos|børn",
    "emails": "e-mail|email|mail|e-mail address|email address|e-mail 1|email 1|e-mail 2|email 2"
    "|e-mail 3|email 3|e-mail 2 address|e-mail 3 address|e-mail-adresse|e-mail 2: adresse"
    "|e-mail 3: adresse|e-mail-adresse 2|adresse de messagerie|adresse e-mail"
    "|adresse de messagerie 2|adresse de messagerie 3|courriel"
    "|dirección de correo electrónico|correo electrónico|correo"
    "|dirección de correo electrónico 2|e-mailadresse|e-mailadresse 2",
    "chats": "chat|chats|im|im address|imaddress|messenger",
    "phones.business": "work phone|business phone|business phone 2|phone|telephone|tel|office phone"
    "|company main phone|primary phone|telefon geschäftlich|telefon geschäftlich 2|telefon"
    "|telefonnummer|geschäftlich|téléphone (bureau)|téléphone (bureau) 2|téléphone"
    "|téléphone professionnel|teléfono del trabajo|teléfono|arbejdstelefon|telefon (arbejde)"
    "|telefon firma|haupttelefon|téléphone 2 (bureau)|téléphone société|téléphone principal"
    "|teléfono del trabajo 2|teléfono principal|telefon 2 (arbejde)",
    "phones.mobile": "mobile|mobile phone|cell|cell phone|mobil|mobiltelefon|handy|tél. mobile"
    "|téléphone mobile|portable|móvil|teléfono móvil|mobile phone 2|mobiltelefon 2",
    "phones.home": "home phone|home phone 2|telefon privat|telefon (privat)|telefon (privat) 2"
    "|téléphone (domicile)|téléphone personnel|particular|teléfono particular"
    "|telefon (hjem)|hjemmetelefon|telefon (privat 2)|téléphone 2 (domicile)"
    "|número de teléfono particular 2|telefon 2 (privat)",
    "phones.fax": "fax|business fax|home fax|fax geschäftlich|télécopie (bureau)|télécopie"
    "|fax del trabajo|fax (arbejde)|telefax|other fax|fax privat|weiteres fax|télécopie (domicile)"
    "|télécopie (autre)|fax particular|otro fax|fax (privat)",
    "phones.other": "other phone|car phone|pager|callback|radio phone|weiteres telefon"
    "|téléphone 2 (autre)|otro teléfono|anden telefon|isdn|tty/tdd phone|rückmeldung|autotelefon"
    "|telefon für hörbehinderte|rappel|téléphone (voiture)|rnis|téléphone (autre)|radio téléphone"
    "|récepteur de radiomessagerie|téléphone tdd/tty|teléfono del automóvil|localizador|rdsi",
    "business_address.street": "business address po box|postfach geschäftlich"
    "|b.p. professionnelle|apartado postal del trabajo",
    "home_address.street": "home address po box|postfach privat|boîte postale du domicile",
    "other_address.street": "other address po box|weiteres postfach|autre boîte postale",
    "website": "website|web page|webpage|web|url|homepage|webseite|site web|page web|página web"
    "|sitio web|hjemmeside|webside",
    "links": "links|linkedin|xing|facebook|twitter|mastodon|social",
    "birthday": "birthday|date of birth|geburtstag|geburtsdatum|anniversaire|date de naissance"
    "|cumpleaños|fecha de nacimiento|fødselsdag",
    "anniversary": "anniversary|jahrestag|anniversaire de mariage ou fête|aniversario|mærkedag"
    "|årsdag",
    "notes": "notes|note|comment|comments|notizen|bemerkung|bemerkungen|remarques|notas|noter",
    "tags": "tags|categories|category|kategorien|catégories|categorías|kategorier",
    "groups": "groups|group|gruppen|gruppe|groupes|grupos|grupper",
    "labels": "labels|group membership",
    "uid": "uid",
    TITLE: "title|titel|titre|título",
    BESIDE: "assistant's phone|telefon assistent|téléphone de l'assistant(e)|teléfono del ayudante"
    "|hobby|passe-temps|location|emplacement|maiden name|referred by|empfohlen von|recommandé par"
    + "".join(f"|{word} {n}" for word in ("user", "benutzer", "utilisateur") for n in range(1, 5)),
}
_PARTS = {
    "street": "street|straße|strasse|rue|calle|gade|vej",
    "city": "city|ort|stadt|ville|ciudad|by",
    "region": "region|dép/région|state|state/province|province|bundesland|bundesland/kanton"
    "|département|provincia o estado|estado|område",
    "postal_code": "postal code|zip|zip code|postcode|postleitzahl|plz|code postal|código postal"
    "|postnr.|postnummer",
    "country": "country|country/region|land|land/region|land/område|pays|pays/région"
    "|país o región|país",
}
_WHERE = {
    "business_address": "work {}|business {}|{} geschäftlich|{} (bureau)|{} del trabajo"
    "|{} de trabajo|{} (arbejde)|{}",
    "home_address": "home {}|{} privat|{} (domicile)|{} particular|{} de residencia|{} (hjem)"
    "|{} (privat)",
    "other_address": "other {}|weitere {}|weiterer {}|weiteres/r {}|weiteres/e {}|{} (autre)"
    "|otra {}|otro {}|{} (andet)",
}
PLACES: Mapping[str, str] = {
    form.format(part) + line: f"{where}.{field}"
    for where, forms in _WHERE.items()
    for form in forms.split("|")
    for field, parts in _PARTS.items()
    for part in parts.split("|")
    for line in ("", " 2", " 3")
} | {name: place for place, names in _NAMES.items() for name in names.split("|")}
"""The place that a heading means, by its name in small letters."""

ONCE = (".city", ".region", ".postal_code", ".country")
_NUMBERED = re.compile(r"(?P<what>[a-z -]+?) (?P<number>\d{1,2}) - (?P<part>.+)")
_KNOWN = frozenset(
    {
        "e-mail",
        "phone",
        "address",
        "website",
        "event",
        "relation",
        "im",
        "organization",
        "custom field",
    }
)
LABELS = frozenset({"label", "type"})
SILENT = frozenset(
    {
        *("priority", "sensitivity", "private", "gender", "photo", "e-mail type", "e-mail 2 type"),
        *("e-mail-typ", "e-mail 2: typ", "e-mail 3: typ", "type de messagerie"),
        *("e-mail: angezeigter name", "e-mail 2: angezeigter name", "e-mail 3: angezeigter name"),
        *("nom complet de l'adresse de messagerie", "tipo de correo electrónico"),
        *("e-mail 3 type", "e-mail display name", "e-mail 2 display name", "e-mail 3 display name"),
        *("priorität", "vertraulichkeit", "privat", "geschlecht", "priorité", "privé", "sexe"),
        *("prioridad", "privado", "sexo", "prioritet", "køn", "critère de diffusion"),
    }
)
"""Columns that programs fill in for everybody, whether anybody said anything or not."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One of several things that a row holds of a kind, as Google writes them."""

    what: str
    """``e-mail``, ``phone``, ``address``, ``website``, ``event``, ``relation``, ``im``."""
    label: int | None
    """The column that says what it is."""
    parts: Mapping[str, int]
    """``value``, or the parts of an address, and their columns."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has what; numbers of columns begin with 0."""

    places: tuple[tuple[int, str], ...]
    numbered: tuple[Numbered, ...] = ()
    own: tuple[tuple[int, str], ...] = ()
    """Headings that are the names of a list's own fields, folded."""
    labels: tuple[str, ...] = ()
    """How the headings of the places are written."""
    unread: tuple[tuple[int, str], ...] = ()
    """Headings of which nobody knows what they mean, as they are written."""

    @property
    def known(self) -> int:
        """How many columns are understood."""
        fields = sum(place != BESIDE for _, place in self.places)
        return fields + len(self.numbered) + len(self.own)

    @property
    def can_name(self) -> bool:
        """Whether a row can have a name, or something to be called by."""
        naming = {"name", "given_name", "family_name", "nickname", "company", "emails"}
        return any(place in naming for _, place in self.places) or any(
            each.what in ("e-mail", "organization") for each in self.numbered
        )


def columns_of(heading: Row, own: Iterable[str] = ()) -> Columns:
    """Return what the first row of a table says.

    Args:
        heading: that row.
        own: names of the list's own fields, which go before what we would read ourselves.
    """
    folded = set(map(folded_name, own))
    places: list[tuple[int, str]] = []
    fields: list[tuple[int, str]] = []
    unread: list[tuple[int, str]] = []
    numbered: dict[tuple[str, str], dict[str, int]] = {}
    names = [folded_name(cell) for cell in heading]
    for column, name in enumerate(names):
        found = _NUMBERED.fullmatch(name)
        if name in folded and name not in names[column + 1 :]:  # ours stand behind those of all
            fields.append((column, name))
        elif name in PLACES:
            places.append((column, PLACES[name]))
        elif found is not None and found["what"] in _KNOWN:
            numbered.setdefault((found["what"], found["number"]), {})[found["part"]] = column
        elif name and name not in SILENT:
            unread.append((column, _written(heading[column])))
    return Columns(
        tuple(_settled(places)),
        tuple(_numbered(what, parts) for (what, _), parts in numbered.items()),
        tuple(fields),
        tuple(_written(heading[column]) for column, _ in places),
        tuple(unread),
    )


def naming(heading: Row, own: Iterable[str] = ()) -> int:
    """Return how many columns a row names; 0 = none of them could name anybody."""
    columns = columns_of(heading, own)
    return columns.known if columns.can_name else 0


def folded_name(heading: Cell) -> str:
    """Return what a column is compared by: small letters, without a mark that it must be filled."""
    return " ".join(str(heading or "").replace("_", " ").casefold().split()).rstrip(" *:")


def _written(heading: Cell) -> str:
    return " ".join(str(heading or "").split())


def _settled(places: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield columns with what "Title" means: the job, or what stands in front of a name.

    It is the latter beside a job, as in Outlook; the French one says "Titre" of both. A second
    town in one place is a note: the German one has "Ort" for where somebody is, too.
    """
    seen: set[str] = set()
    jobs = [column for column, place in places if place == "job"]
    jobs = jobs or [column for column, place in places if place == TITLE][-1:]
    for column, place in places:
        if place == TITLE:
            place = "job" if column in jobs else "title"
        yield column, BESIDE if place in seen else place
        if place.endswith(ONCE):
            seen.add(place)


def _numbered(what: str, parts: Mapping[str, int]) -> Numbered:
    label = next((parts[each] for each in parts if each in LABELS), None)
    return Numbered(what, label, {part: at for part, at in parts.items() if part not in LABELS})
