"""Who is meant by a message: names, addresses, numbers, companies and jobs out of a few lines.

:func:`read_signature` reads what people paste: the end of a mail, a line with a number in it, a
sentence. What it finds is put into a form for somebody to look at, so it rather finds too little
than something wrong. Numbers are found by the rules of each country (``phonenumbers``); a name is a
short line of capitalised words, best one that the e-mail address says as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType

from services.model.contacts import ContactContent, Phone, PhoneKind
from services.spelling import fold

__all__ = ["read_signature"]

LONGEST = 5_000
"""Letters that are read of a message."""
MOST_NUMBERS = 5
MOST_EMAILS = 3
EMAIL = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24}")
PAGE = re.compile(
    r"(?:https?://|www\.|(?<![\w.@/])(?:linkedin|xing|facebook|instagram)\.com/)"
    r"[^\s<>()|,;\"]{3,300}",
    re.I,
)
NETWORKS = re.compile(r"(?:linkedin|xing|facebook|twitter|mastodon|instagram|github|x)\.\w+", re.I)
BETWEEN = re.compile(
    r"\s*(?:\||·|•|\t|;|\s[-\u2013\u2014]\s|,\s(?!(?:S\.?L|S\.?A|Inc|LLC|Ltd|GmbH|Corp)\b)"
    r"|\s(?:at|bei|chez|hos)\s(?=[^\W\d_a-z]))\s*"
)
"""What stands between two things that are said; not before the form of a company."""
SURNAME_FIRST = re.compile(
    r"\s*([^\W\d_][\w'\u2019 -]*),\s+([^\W\d_][\w'\u2019. -]*?)\s*(?:\(.*\))?"
)
BEFORE_EMAIL = re.compile(
    r"((?:[^\W\d_a-z][\w.'\u2019-]+[ ]){1,3}[^\W\d_a-z][\w'\u2019-]+)\"?\s*<$"
)
DEGREE = re.compile(r"(?:Ph\.?D|MBA|[MB]\.?(?:Sc|A|Eng)|MD|CPA|Jr|Sr|I{2,3}|Dr)\b", re.I)
HALF_OF_DAY = re.compile(r"^[AP]M ")
SENDER = re.compile(r"^\W*(?:from|von|de|fra)\W*:", re.I | re.M)
RECEIVERS = re.compile(r"^\W*(?:to|cc|an|kopie|à|para|til)\W*:.*$", re.I | re.M)
"""Both from the head of a mail that is quoted: who has got it is not who is meant."""
FOR_OTHERS = re.compile(r"^(?:i\.\s?[AV]\.|ppa\.?)\s+")
"""Who signs for a German company says so."""
ACADEMIC = re.compile(
    r"^(?:(?:(?:prof|dr)\b\.?|(?:med|phil|rer|nat|jur|h\.\s?c|ing|dipl\.?-\w+)\.)\s*)+", re.I
)
"""What stands before a name, and is none: ``Prof. Dr. med.``"""
LABEL = re.compile(r"^\s*(?:name|from|contact|company|firma|job|title|kontakt)\s*:\s*", re.I)
NAMED = re.compile(r"(?:name|contact|kontakt|from)\s*:", re.I)
COMPANY = re.compile(
    r"\b(?:GmbH|AG|KG|mbH|e\.\s?V\.|Ltd\.?|Limited|Inc\.?|LLC|LLP|plc|Corp\.?|A/S|ApS|AS|AB|Oy|Oyj"
    r"|B\.?V\.?|N\.?V\.?|S\.?A\.?|SARL|SAS|S\.?L\.?|S\.?p\.?A\.?|Sp\. z o\.o\.|Group|Holding)"
    r"(?=\W|$)"
)
JOB = re.compile(
    r"\b(?:engineer|manager|director|head|chief|c[efto]o|lead|consultant|sales|buyer|designer"
    r"|developer|architect|assistant|officer|president|analyst|scientist|specialist|accountant"
    r"|vp|executive|secretary|coordinator|\w*chef"
    r"|\w*leiter(?:in)?|geschäftsführer(?:in)?|\w*ingenieur(?:in)?|\w*berater(?:in)?"
    r"|partner|vertrieb|einkauf|\w*entwickler(?:in)?|directeur|directrice|ingénieur|responsable"
    r"|gérant|chef|jefe|jefa|gerente|ingenier[oa]|director[a]?|\w*leder|\w*direktør|\w*konsulent|\w*ingeniør|\w*udvikler)\b",
    re.I,
)
NAME_WORD = re.compile(r"(?:[^\W\d_][\w.'\u2019-]*|von|van|de|der|den|la|le|di|da|bin|al)")
SMALL = frozenset({"von", "van", "de", "der", "den", "la", "le", "di", "da", "bin", "al", "zu"})
RUN = re.compile(r"[^\W\d_a-z][\w.'\u2019-]*(?:\s+(?:[^\W\d_a-z][\w'\u2019-]+|von|van|de|der|la))+")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
NO_NAMES = tuple(
    words.casefold()
    for words in (
        *("best regards", "kind regards", "regards", "many thanks", "thanks", "thank you"),
        *("viele grüße", "beste grüße", "mit freundlichen grüßen", "liebe grüße", "danke"),
        *("cordialement", "bien à vous", "saludos", "un saludo", "med venlig hilsen", "hilsen"),
        *("sent from", "out of office", "phone", "mobile", "email", "e-mail", "tel", "fax"),
    )
)
"""How lines begin that look like a name."""
SHARED = frozenset({"info", "office", "sales", "support", "contact", "mail", "team", "kontakt"})
FREE = frozenset({"gmail", "outlook", "hotmail", "yahoo", "icloud", "gmx", "web", "live", "proton"})
LABELS = (
    (re.compile(r"fax\b|télécopie|\bF\b", re.I), PhoneKind.FAX),
    (re.compile(r"mobil|\bmob\b|\bcell|handy|\bport|móvil|\b[MC]\b", re.I), PhoneKind.MOBILE),
    (re.compile(r"\bhome\b|privat|domicile|particular", re.I), PhoneKind.HOME),
)
DAY = re.compile(r"\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}|\d{4}-\d\d-\d\d")
"""What is no number of a telephone, though some country has such."""
NAME_LETTERS = 80
LABEL_LETTERS = 16
"""How far before a number its label may begin."""


def read_signature(text: str, region: str = "") -> ContactContent:
    """Return who is meant, as far as the words tell; without a name where none is found.

    Args:
        text: the message, with its lines.
        region: two capitals; where a number without a country belongs; empty = nobody knows.
    """
    text = text[:LONGEST]
    text = RECEIVERS.sub("", text) if SENDER.search(text) else text
    emails = tuple(dict.fromkeys(islice((each[0] for each in EMAIL.finditer(text)), MOST_EMAILS)))
    pages = [each[0].rstrip(".") for each in PAGE.finditer(text)]
    own = [page for page in pages if not NETWORKS.search(page)]
    parts = list(_parts(text))
    company = _company(parts, emails)
    job = next((part for part in parts if part != company and JOB.search(part)), "")
    others = [part for part in parts if part not in (company, job)]
    return ContactContent(
        name=_before_email(text) or _surname_first(text, emails) or _name(others, emails),
        company=company,
        job=job,
        emails=emails,
        phones=_phones(text, region),
        website=own[0] if own else "",
        links=tuple(dict.fromkeys(page for page in pages if NETWORKS.search(page))),
    )


def _parts(text: str) -> Iterator[str]:
    """Yield short pieces of lines in which a name, job or company may stand alone."""
    for line in text.splitlines():
        if EMAIL.search(line) or PAGE.search(line):
            line = PAGE.sub("|", EMAIL.sub("|", line))
        for part in BETWEEN.split(line):
            bare = FOR_OTHERS.sub("", LABEL.sub("", part).strip(" \t,;:|-\u2013\u2014<>()\"'"))
            if 2 <= len(bare) <= 80 and sum(map(str.isdigit, bare)) <= 2:
                yield bare


def _company(parts: list[str], emails: tuple[str, ...]) -> str:
    """Return what bears a company's form, or is what the domain of an address says."""
    for part in parts:
        if COMPANY.search(part) and len(part.split()) > 1:
            return part
    domains = {fold(email.rpartition("@")[2].split(".")[-2]) for email in emails} - FREE
    for part in parts:
        joined = re.sub(r"\W", "", fold(part))
        if any(
            len(joined) > 2 and joined in (domain, domain.replace("-", "")) for domain in domains
        ):
            return part
    return ""


def _before_email(text: str) -> str:
    """Return whom an address in pointed brackets belongs to: ``Bob Stone <bob@x.example>``."""
    for email in islice(EMAIL.finditer(text), MOST_EMAILS):
        found = BEFORE_EMAIL.search(text[max(0, email.start() - NAME_LETTERS) : email.start()])
        if found and _may_be_name(name := HALF_OF_DAY.sub("", found[1])):
            return name
    return ""


def _surname_first(text: str, emails: tuple[str, ...]) -> str:
    """Return the name of a line such as ``MÜLLER, Hans (Sales)``, where an address says it too."""
    for found in filter(None, map(SURNAME_FIRST.fullmatch, text.splitlines())):
        if DEGREE.match(found[2]):
            continue
        surname = found[1].title() if found[1].isupper() else found[1]
        if _said_by(surname, emails) and _may_be_name(name := f"{found[2]} {surname}"):
            return name
    return ""


def _said_by(name: str, emails: tuple[str, ...]) -> bool:
    """Whether an address has a word of the name before its sign."""
    locals_ = [fold(email.partition("@")[0]) for email in emails]
    words = [word for way in _ways(name) for word in re.split(r"[\W_]+", way)]
    return any(len(word) > 2 and word in local for word in words for local in locals_)


def _name(parts: list[str], emails: tuple[str, ...]) -> str:
    """Return the likeliest name: one that an address says, else the first, else the address's."""
    names = [part for part in parts if _may_be_name(part)]
    for name in (*names, *_within(parts)):
        if _said_by(name, emails):
            return name
    if names:
        return names[0]
    for email in emails:
        local = fold(email.partition("@")[0])
        words = [word for word in re.split(r"[._-]+", local) if word.isalpha()]
        if len(words) in (2, 3) and not SHARED & set(words):
            return " ".join(word.capitalize() for word in words)
    return ""


def _within(parts: list[str]) -> Iterator[str]:
    """Yield what may be a name in the middle of a sentence: capitalised words side by side."""
    for part in parts:
        for found in RUN.finditer(part):
            if _may_be_name(found[0]):
                yield found[0]


def _ways(name: str) -> tuple[str, str]:
    """Return a name as addresses write it: without its dots, or with an e for them."""
    return fold(name), fold(name.translate(UMLAUTS))


def _may_be_name(part: str) -> bool:
    words = ACADEMIC.sub("", part).split()
    if not 2 <= len(words) <= 4 or len(part) > 60 or part[-1] in ".!?":
        return False
    if part.casefold().startswith(NO_NAMES):
        return False
    return all(
        NAME_WORD.fullmatch(word) and (not word[0].islower() or word in SMALL) for word in words
    )


def _phones(text: str, region: str) -> tuple[Phone, ...]:
    found: dict[str, Phone] = {}
    matches = PhoneNumberMatcher(text, region or None, leniency=Leniency.POSSIBLE, max_tries=200)
    sure = (
        match
        for match in matches
        if match.raw_string.startswith("+")
        or (phonenumbers.is_valid_number(match.number) and not DAY.match(match.raw_string))
    )
    for match in islice(sure, MOST_NUMBERS):
        number = phonenumbers.format_number(match.number, PhoneNumberFormat.INTERNATIONAL)
        before = text[max(0, match.start - LABEL_LETTERS) : match.start]
        label = re.split(r"[\n|,;]|\d{4}", before)[-1]
        kind = next((kind for words, kind in LABELS if words.search(label)), None)
        if kind is None:
            is_mobile = phonenumbers.number_type(match.number) == PhoneNumberType.MOBILE
            kind = PhoneKind.MOBILE if is_mobile else PhoneKind.BUSINESS
        found.setdefault(number, Phone(kind, number))
    return tuple(found.values())
