"""What people type, and whom they mean: 2,000 questions with the answers known beforehand.

Each is made from a contact that was drawn by lot: parts of it are chosen, and then written as
people write. Right are all contacts that have the very same parts, found by comparing these as
they were *before* that. No search engine is asked for them, ours least of all. Where a slip of the
finger makes the name of somebody else, the lot is drawn again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from bench.search.latin import bare, cyrillic, latin
from bench.search.samples import Sample
from bench.search.slips import slipped

__all__ = ["KINDS", "WITH_SLIPS", "Asked", "asked"]

MOST_TRIES = 400
SHORTEST_TO_SLIP = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """One question."""

    kind: str
    text: str
    right: frozenset[str]
    """The ids of all that are right."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a question is made.

    Attributes:
        name: of the kind.
        share: how many in a hundred are of it.
        parts: by which a contact is told from others; what is equal in these is right, too.
        written: the question, or nothing where this contact has not what it takes.
    """

    name: str
    share: int
    parts: Callable[[Sample], tuple[str, ...]]
    written: Callable[[Random, Sample], str]


def asked(people: Sequence[Sample], many: int, seed: int = 5) -> list[Asked]:
    """Return questions about these people, of each kind its share."""
    dice, names = Random(seed), {_joined(one.given, one.family) for one in people}
    questions = []
    for kind in KINDS:
        alike: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for one in people:
            alike[kind.parts(one)].add(one.contact.id)
        for _ in range(many * kind.share // 100):
            one, text = _drawn(dice, people, kind, names)
            questions.append(Asked(kind.name, text, frozenset(alike[kind.parts(one)])))
    return questions


def _drawn(
    dice: Random, people: Sequence[Sample], kind: Kind, names: set[str]
) -> tuple[Sample, str]:
    for _ in range(MOST_TRIES):
        one = dice.choice(people)
        text = kind.written(dice, one)
        if text and (kind.name not in WITH_SLIPS or _joined(*text.split(" ", 1)) not in names):
            return one, text
    raise ValueError(f"nobody to ask for: {kind.name}")


def _joined(*parts: str) -> str:
    return " ".join(sorted(bare(" ".join(parts)).lower().split()))


def _as_written(dice: Random, one: Sample) -> str:
    return f"{one.given} {one.family}"


def _turned(dice: Random, one: Sample) -> str:
    return f"{one.family} {one.given}".lower()


def _with_firm(dice: Random, one: Sample) -> str:
    words = [one.given, one.family, one.firm.split()[0]]
    dice.shuffle(words)
    return " ".join(words).lower()


def _without_marks(dice: Random, one: Sample) -> str:
    name = f"{one.given} {one.family}"
    return bare(name).lower() if bare(name) != name and not _has_own_script(one) else ""


def _in_latin(dice: Random, one: Sample) -> str:
    """As on a form, where that differs from leaving the marks out."""
    name = f"{one.given} {one.family}"
    written = latin(name, one.language.code)
    return written if written != bare(name) or _has_own_script(one) else ""


def _with_marks(dice: Random, one: Sample) -> str:
    """The other way about: the list has it in plain letters, somebody types the real ones."""
    given = {latin(name, one.language.code): name for name in one.language.given}.get(one.given)
    begun = [
        b
        for b in one.language.beginnings
        for e in one.language.endings
        if latin(b + e, one.language.code) == one.family
    ]
    if not given or not begun or given == one.given:
        return ""
    return f"{given} {_family_of(one)}"


def _family_of(one: Sample) -> str:
    code = one.language.code
    for begin in one.language.beginnings:
        for end in one.language.endings:
            if latin(begin + end, code) == one.family:
                return begin + end
    return one.family


def _has_own_script(one: Sample) -> bool:
    return cyrillic(one.given) or (one.language.code == "el" and one.given != latin(one.given))


def _begun(dice: Random, one: Sample) -> str:
    """The first letters of each of three words, as fast typers leave it."""
    words = one.given, one.family, one.firm.split()[0]
    return " ".join(word[: max(3, len(word) - 3)] for word in words).lower()


def _one_slip(dice: Random, one: Sample) -> str:
    given, family = one.given, one.family
    if len(family) < SHORTEST_TO_SLIP or one.language.code == "zh":
        return ""
    if dice.random() < 1 / 3 and len(given) > SHORTEST_TO_SLIP:
        return f"{slipped(dice, given)} {family}".lower()
    return f"{given} {slipped(dice, family)}".lower()


def _two_slips(dice: Random, one: Sample) -> str:
    given, family = one.given, one.family
    if min(len(given), len(family)) <= SHORTEST_TO_SLIP or one.language.code == "zh":
        return ""
    return f"{slipped(dice, given)} {slipped(dice, family)}".lower()


def _slip_without_marks(dice: Random, one: Sample) -> str:
    name = latin(f"{one.given} {one.family}", one.language.code)
    given, family = name.split(" ", 1)
    if len(family) <= SHORTEST_TO_SLIP or name == f"{one.given} {one.family}":
        return ""
    return f"{given} {slipped(dice, family)}".lower()


def _phone(dice: Random, one: Sample) -> str:
    digits, language = one.national, one.language
    inside = f"{language.trunk}{digits}"
    return dice.choice(
        (
            f"+{language.dial} {digits[:3]} {digits[3:6]} {digits[6:]}",
            f"00{language.dial}{digits}",
            inside,
            f"{inside[:4]}/{inside[4:7]}-{inside[7:]}",
            f"({inside[:3]}) {inside[3:]}",
            digits[-8:],
        )
    )


def _initials(dice: Random, one: Sample) -> str:
    letters = one.given[0] + one.family[0]
    if one.language.code == "zh":
        return ""
    return dice.choice((letters.lower(), letters.upper(), f"{letters[0]}. {letters[1]}."))


def _first_letters(one: Sample) -> tuple[str, ...]:
    return tuple(sorted(bare(one.given[0] + one.family[0]).lower()))


def _mail(dice: Random, one: Sample) -> str:
    address = one.contact.content.emails[0]
    return dice.choice((address, address.upper(), address.partition(".example")[0]))


def _elsewhere(dice: Random, one: Sample) -> str:
    """Something that stands in no name: a town, a street, a group, a tag, a field of their own."""
    content = one.contact.content
    other = [one.town, content.business_address.street, content.job, *content.tags, *content.groups]
    return f"{dice.choice(other)} {one.family} {one.given}".lower()


def _number(dice: Random, one: Sample) -> str:
    return one.contact.content.custom[0].value if one.contact.content.custom else ""


def _name(one: Sample) -> tuple[str, ...]:
    return one.given, one.family


def _name_and_firm(one: Sample) -> tuple[str, ...]:
    return one.given, one.family, one.firm.split()[0]


WITH_SLIPS = ("one slip", "a slip in each word", "a slip, no accents")
KINDS = (
    Kind("as written", 10, _name, _as_written),
    Kind("other order of words", 5, _name, _turned),
    Kind("with the company, any order", 5, _name_and_firm, _with_firm),
    Kind("without accents", 8, _name, _without_marks),
    Kind("in Latin letters", 10, _name, _in_latin),
    Kind("own letters for Latin", 5, _name, _with_marks),
    Kind("beginnings of words", 10, _name_and_firm, _begun),
    Kind("one slip", 14, _name, _one_slip),
    Kind("a slip in each word", 5, _name, _two_slips),
    Kind("a slip, no accents", 5, _name, _slip_without_marks),
    Kind("phone", 10, lambda one: (one.national,), _phone),
    Kind("initials", 4, _first_letters, _initials),
    Kind("e-mail", 4, lambda one: (one.contact.content.emails[0],), _mail),
    Kind("another field", 4, lambda one: (one.contact.id,), _elsewhere),
    Kind("a field of the list", 1, lambda one: (one.contact.id,), _number),
)
