"""What follows from a book's rights and a place's roster: who may do what, and who owns it.

Pure functions over :class:`~services.model.access.Access` and members;
:mod:`services.books.sharing` asks them at every call, :mod:`services.books.memberships` before it
changes anything.

A role by name goes before all else: an owner's in every mode, a lower one in ``CUSTOM``. Without
one, whoever owns the place (:mod:`services.books.rosters`) owns the book, members have what the
mode says, and guests no more than their bound. So there is no way to lose a calendar by its rights
as long as somebody is left in its place; :func:`kept_owned` sees to the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.model.access import Access, Grant, Mode, Role
from services.model.conversations import Member
from services.model.identity import Person, TenantId

__all__ = ["granted", "is_guest", "kept_owned", "owners_among", "role_in"]


def role_in(access: Access, member: Member, host: TenantId) -> Role:
    """Return what a member of the book's place may do in it."""
    grant = access.of(member.person)
    if grant is not None and (grant.role is Role.OWNER or access.mode is Mode.CUSTOM):
        return grant.role
    if member.owns and not access.owners_named:
        return Role.OWNER
    return min(access.everybody, access.guests) if is_guest(member, host) else access.everybody


def is_guest(member: Member, host: TenantId) -> bool:
    """Whether somebody is not of the organisation that hosts the place."""
    return member.is_guest or member.person.tenant != host


def owners_among(access: Access, members: Iterable[Member], host: TenantId) -> list[Member]:
    """Return the members who own the book."""
    return [member for member in members if role_in(access, member, host) is Role.OWNER]


def granted(access: Access, person: Person, role: Role | None) -> Access:
    """Return the rights with a role given to somebody by name, or with theirs taken back."""
    others = tuple(grant for grant in access.grants if grant.person != person)
    return replace(access, grants=others if role is None else (*others, Grant(person, role)))


def kept_owned(access: Access, members: Sequence[Member], host: TenantId) -> Access:
    """Return the rights once somebody has left, under which the book still has an owner.

    Roles of who is gone are forgotten: whoever comes back begins anew. Where no owner is left, the
    book belongs to the owners of its place again, whatever role they had been given.
    """
    there = {member.person for member in members}
    kept = tuple(grant for grant in access.grants if grant.person in there)
    access = replace(access, grants=kept)
    if not members or owners_among(access, members, host):
        return access
    owning = {member.person for member in members if member.owns}
    freed = tuple(grant for grant in kept if grant.person not in owning)
    return replace(access, grants=freed, owners_named=False)
