"""Links of an event, a line each, and the map of its place."""

from __future__ import annotations

import pytest

from services.model.event_links import read_link, typed_link
from services.model.events import WebLink
from services.model.web_links import map_of


@pytest.mark.parametrize(
    ("line", "link"),
    [
        ("https://a.example/x", WebLink("https://a.example/x")),
        (" Agenda: https://a.example/x ", WebLink("https://a.example/x", "Agenda")),
        ("Plan of Friday a.example/x", WebLink("https://a.example/x", "Plan of Friday")),
        ("[The plan](https://a.example/x)", WebLink("https://a.example/x", "The plan")),
    ],
)
def test_a_line_is_a_link(line: str, link: WebLink) -> None:
    assert read_link(line) == link
    assert read_link(typed_link(link)) == link


@pytest.mark.parametrize("line", ["", "Agenda", "javascript:alert(1)", "x file:///etc/passwd"])
def test_what_is_no_link_is_none(line: str) -> None:
    assert read_link(line) is None


def test_a_place_leads_to_a_map_and_a_link_does_not() -> None:
    assert map_of(" Kai 7,\n Kiel ") == "https://www.bing.com/maps?q=Kai%207%2C%20Kiel"
    for place in (
        "",
        "https://teams.example/join",
        "teams.example/join/1",
        "see https://x.example",
    ):
        assert map_of(place) == ""
