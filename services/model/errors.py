"""Every failure has a class, and its data; the sentence for a person is made elsewhere.

::

    AlmanacError
    ├── Refused            a person can mend it
    │   ├── InvalidInput     problems, each at a field
    │   ├── NotFound         gone, or never visible to this person
    │   ├── NotAllowed       the role does not reach
    │   ├── ReadOnly         a mirror of a meeting, or an archived book
    │   ├── SignInNeeded     the account must be connected (again)
    │   ├── NotFetched       what somebody pointed at cannot be had (``web_links``)
    │   ├── BadPicture       a file that is no picture, or too large a one
    │   ├── ConsentNeeded    an administrator must approve the app first
    │   └── Stale            somebody else was faster; read again
    ├── Upstream           Microsoft 365, Teams, or our own store where it is a service
    │   ├── Throttled        come back after so many seconds (``StoreBusy``: says the store)
    │   ├── Unreachable      no answer, or an answer of 5xx (``Failing``)
    │   │   └── StoreAway      from the store, or from what keeps its master keys
    │   ├── Expired          a delta cursor that the service no longer knows
    │   ├── NoMailbox        the account has none that can be reached
    │   ├── Rejected         the service refused this one request
    │   └── Unreadable       an answer, or one item of it, that cannot be used
    └── Broken             a bug, or what only an operator can mend
        ├── BadName          not every store takes this as a name
        ├── Damaged          a damaged record or file, a wrong key
        ├── NoRoom           the disk is full
        └── TooLarge         more than one commit holds

``bot/errors`` turns a class into a sentence and a status, along the method resolution order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "AlmanacError",
    "BadPicture",
    "BeingErased",
    "Broken",
    "ConsentNeeded",
    "Damaged",
    "Expired",
    "InvalidInput",
    "NoMailbox",
    "NoRoom",
    "NotAllowed",
    "NotFound",
    "Problem",
    "ReadOnly",
    "ReadOnlyReason",
    "Refused",
    "Rejected",
    "SignInNeeded",
    "Stale",
    "StoreAway",
    "StoreBusy",
    "Throttled",
    "TooLarge",
    "TooOld",
    "UnknownZone",
    "Unreachable",
    "Unreadable",
    "Upstream",
    "Wrong",
]


class AlmanacError(Exception):
    """Anything that this program raises on purpose."""


class Refused(AlmanacError):
    """A person can mend it."""


class Upstream(AlmanacError):
    """A service that we depend on did not do what was asked."""


class Broken(AlmanacError):
    """A bug, or something that only an operator can mend."""


class Wrong(StrEnum):
    """What is wrong with a value that somebody typed."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_CHOICE = "not_a_choice"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_LINK = "not_a_link"
    NOT_A_RULE = "not_a_rule"
    TOO_OFTEN = "too_often"
    UNKNOWN_ZONE = "unknown_zone"
    ENDS_BEFORE_START = "ends_before_start"
    SKIPPED_BY_CLOCK_CHANGE = "skipped_by_clock_change"
    OUT_OF_RANGE = "out_of_range"
    TAKEN = "taken"
    """Something else has this name."""
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Problem:
    """One value that cannot be taken."""

    field: str
    """The form's name for the input: ``title``, ``start_date``."""
    wrong: Wrong
    limit: int | None = None
    """The bound that was passed, where there is one."""
    typed: str = ""
    """What cannot be, where no input has it: it was said in a sentence."""


class InvalidInput(Refused):
    """What was typed cannot be taken; says what and where."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(f"{p.field}: {p.wrong}" for p in problems))
        self.problems = problems


class UnknownZone(Refused):
    """No zone has this name."""

    def __init__(self, name: str) -> None:
        super().__init__("unknown zone")
        self.name = name


class NotFound(Refused):
    """Gone, or not for this person to know of; ``what`` is a kind of thing, never its name."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class NotAllowed(Refused):
    """The person's role in the book does not reach."""


class OnlyOwn(NotAllowed):
    """They may change what they have made, and somebody else has made this."""


class OnlyOwners(NotAllowed):
    """It is for the book's owners."""


class LastOwner(Refused):
    """The book would have no owner any more. Nothing was changed."""


class ReadOnlyReason(StrEnum):
    """Why an event or a book can be looked at only."""

    HAS_ATTENDEES = "has_attendees"
    OTHER_ORGANISER = "other_organiser"
    ONLINE_MEETING = "online_meeting"
    ARCHIVED = "archived"
    BUSY_ONLY = "busy_only"
    """Its owner lets others see only when it is."""
    SUBSCRIBED = "subscribed"
    """It comes from a calendar elsewhere that is only read."""
    PRIVATE = "private"
    """Its author keeps it to themselves: others see when it is, and no more."""


class ReadOnly(Refused):
    """It can be looked at, not changed here."""

    def __init__(self, reason: ReadOnlyReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class BeingErased(Refused):
    """Everything of this organisation is being erased; only then can it begin anew."""


class SignInNeeded(Refused):
    """The person's Microsoft account is not connected, or no longer."""


class ConsentNeeded(Refused):
    """The person's organisation has not approved the app, or the person declined."""


class BadPicture(Refused):
    """A file that is no picture or, where ``is_too_large``, one of too many bytes or pixels."""

    def __init__(self, *, is_too_large: bool = False) -> None:
        super().__init__("bad picture")
        self.is_too_large = is_too_large


class Stale(Refused):
    """The record has changed since it was read. Nothing was written."""


class TooOld(AlmanacError):
    """Changes from before the horizon are no longer known: read the whole partition."""


class Throttled(Upstream):
    """Asked to wait."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after:g} s")
        self.retry_after = retry_after


class StoreBusy(Throttled):
    """The store asked us to wait; people are told of it in other words than of Microsoft 365."""


class Unreachable(Upstream):
    """No answer in time, a cut connection, or an answer of 5xx. The effect is unknown."""


class Failing(Unreachable):
    """An answer of 5xx: the service is in trouble, or only with what it was asked for."""


class StoreAway(Unreachable):
    """The store does not answer, or what keeps its master keys."""


class Expired(Upstream):
    """The cursor of a delta query is no longer known to the service: start a full round."""


class NoMailbox(Upstream):
    """The account has no mailbox that can be reached: no licence, or it was moved elsewhere.

    Nothing that is asked for is *not there* then: nobody can tell.
    """


class Rejected(Upstream):
    """The service refused this one request.

    Attributes:
        status: the HTTP status.
        code: the service's error code, a fixed word such as ``ErrorItemNotFound``.
        claims: what a new token must prove, as JSON, where a token was refused for that.
    """

    def __init__(self, status: int, code: str, claims: str = "") -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.claims = claims

    @property
    def is_gone(self) -> bool:
        """Whether there is no such thing, or no more."""
        return self.status == 404


class Unreadable(Upstream):
    """An answer, or one item of it, that cannot be used. Asking again would not help.

    Attributes:
        why: a fixed word, never a value: ``not_json``, ``foreign_link``, ``times``, ``rule`` ...
        title: of the item, as far as that can be read: for its owner, and in no log.
    """

    def __init__(self, why: str, title: object = "") -> None:
        super().__init__(why)
        self.why = why
        self.title = title if isinstance(title, str) else ""


class Damaged(Broken):
    """A record does not open: a wrong key, a flipped bit, or it was moved or swapped."""


class NoRoom(Broken):
    """The disk, or the share of it that we may use, is full. Nothing was written."""


class BadName(Broken, ValueError):
    """A partition or an id that not every store takes as a name."""


class TooLarge(Broken, ValueError):
    """More than one commit holds; whoever calls must write less at a time."""
