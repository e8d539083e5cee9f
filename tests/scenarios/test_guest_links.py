"""A guest keeps what their hosts share in step with their own Outlook, at home."""

from __future__ import annotations

from datetime import timedelta

from services.model.identity import TenantId
from services.people.departures import Departures
from tests._teams import Chat, FakeTeams, Someone
from tests.scenarios._house import House, an_event, words
from tests.services.sync._scene import outlook_event

HOSTS = "1f0b7c55-3d0e-4f43-8a1d-6f2f4d0f7c11"


class Visitor(Someone):
    """Somebody whose organisation Teams names with every message."""

    @property
    def account(self) -> dict[str, str]:
        return {**super().account, "tenantId": self.tenant}


def hosted(house: House, mara: Someone) -> tuple[Someone, Visitor, Chat]:
    """A channel of another organisation, with Mara among its members."""
    olga = house.teams.person("Olga", tenant=HOSTS)
    visiting = Visitor(mara.name, mara.object_id, mara.tenant)
    return olga, visiting, house.teams.channel("Fair", [olga, visiting])


async def linked(house: House, mara: Someone) -> tuple[Someone, Chat]:
    """Mara, at home in her own chat, has linked the calendar of her hosts."""
    teams = house.teams
    olga, visiting, channel = hosted(house, mara)
    await teams.install(mara)
    await house.connect(mara)
    await teams.install(olga, channel)
    await teams.message(visiting, "agenda", channel)
    await house.settle()
    heard = await teams.message(mara, "account")
    await teams.click(mara, heard.post, "Link another")
    added = await teams.click(mara, heard.post, "Link")
    assert "Linked. The first sync is on its way." in words(added.card)
    await house.settle()
    return olga, channel


def fair(house: House) -> str | None:
    named = (each for each in house.outlook().calendars if each.name.endswith("Fair (Almanac)"))
    return next((each.id for each in named), None)


def titles(house: House) -> list[str]:
    calendar = fair(house)
    assert calendar is not None, [each.name for each in house.outlook().calendars]
    return sorted(item.content.subject for item in house.outlook().items(calendar))


async def test_a_guest_has_the_hosts_calendar_in_the_outlook_at_home(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    olga, channel = await linked(house, mara)
    await an_event(teams, olga, "Review friday 9:00", channel)
    await house.settle()
    assert titles(house) == ["Review"]
    house.outlook().add(outlook_event("Visit"), calendar_id=fair(house) or "")
    await house.pass_time(timedelta(minutes=20))
    assert "Visit" in words((await teams.message(olga, "agenda", channel)).card)
    assert house.outlook().mails == []


async def test_a_guest_who_leaves_loses_the_copies_and_is_told(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    olga, channel = await linked(house, mara)
    await an_event(teams, olga, "Review friday 9:00", channel)
    await house.settle()
    await teams.members_removed(channel, Visitor(mara.name, mara.object_id, mara.tenant))
    await house.settle()
    await house.settle()
    assert fair(house) is None
    assert len(await house.almanac.store.links.of_person(house.person(mara))) == 1


async def test_when_the_hosts_are_erased_the_guests_copies_go_with_them(
    house: House, teams: FakeTeams, mara: Someone
) -> None:
    olga, channel = await linked(house, mara)
    await an_event(teams, olga, "Review friday 9:00", channel)
    await house.settle()
    store = house.almanac.store
    await Departures(store, house.clock, timedelta(days=30)).erase_now(TenantId(HOSTS))
    await house.settle()
    for _ in range(4):
        await house.pass_time(timedelta(minutes=20))
    assert fair(house) is None
    (own,) = await store.links.of_person(house.person(mara))
    assert own.host is None
    assert "In step" in words((await teams.message(mara, "account")).card)
