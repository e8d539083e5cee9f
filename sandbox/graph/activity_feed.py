"""``sendActivityNotification``: an application tells somebody in their activity feed.

What is declared is declared in the application's manifest: another type, a parameter that its
template does not have, or one that is missing, is refused. A topic of plain text needs an address
inside of Teams.
https://learn.microsoft.com/graph/api/userteamwork-sendactivitynotification
"""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

from sandbox.feeds import Activity, Feeds
from sandbox.graph.call import call_of, json_of
from sandbox.refusal import Refusal

__all__ = ["ActivityFeedResource"]

_KNOWN = {"topic", "activityType", "chainId", "previewText", "templateParameters", "teamsAppId"}
_PLACE = re.compile(r"\{(\w+)\}")
_INSIDE = "https://teams.microsoft.com/l/"
_LONGEST_URL = 1024
_LARGEST = 2**63


class ActivityFeedResource:
    """The action; ``feeds`` is where people look."""

    def __init__(self, feeds: Feeds) -> None:
        self._feeds = feeds

    def routes(self, prefix: str) -> list[web.RouteDef]:
        """Return the action's route under ``/users/{person}``."""
        return [web.post(f"{prefix}/teamwork/sendActivityNotification", self.send)]

    async def send(self, request: web.Request) -> web.Response:
        """Take a notification, or say why not."""
        call, body = call_of(request), await json_of(request)
        if unknown := body.keys() - _KNOWN:
            raise _bad(f"Unknown parameters: {', '.join(sorted(unknown))}.")
        template = call.activities.get(_text(body, "activityType"))
        if template is None:
            raise _bad("Activity type must be defined in the manifest of the application.")
        topic, url = _topic(body.get("topic"))
        chain = body.get("chainId")
        if chain is not None and (type(chain) is not int or not 0 < chain < _LARGEST):
            raise _bad("chainId must be a positive Int64.")
        preview = body.get("previewText")
        activity = Activity(
            client_id=call.client_id,
            kind=body["activityType"],
            title=_filled(template, body.get("templateParameters", [])),
            preview=_text(preview, "content") if isinstance(preview, dict) else "",
            topic=topic,
            url=url,
            chain=chain,
        )
        self._feeds.add(call.mailbox.person, activity)
        return web.Response(status=204)


def _topic(topic: Any) -> tuple[str, str]:
    if not isinstance(topic, dict):
        raise _bad("A topic is required.")
    source, value, url = _text(topic, "source"), _text(topic, "value"), topic.get("webUrl", "")
    if source == "entityUrl":
        raise _bad("The sandbox has no entities that a topic can be about.")
    if source != "text":
        raise _bad("The source of a topic is entityUrl or text.")
    if not isinstance(url, str) or not url.startswith(_INSIDE) or len(url) > _LONGEST_URL:
        raise _bad("A topic of text needs a webUrl inside of Microsoft Teams.")
    return value, url


def _filled(template: str, given: Any) -> str:
    try:
        values = {each["name"]: each["value"] for each in given}
    except (KeyError, TypeError) as err:
        raise _bad("templateParameters are pairs of a name and a value.") from err
    places = set(_PLACE.findall(template)) - {"actor"}
    if values.keys() != places or not all(isinstance(each, str) for each in values.values()):
        raise _bad("templateParameters must be those of the template in the manifest.")
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), template)


def _text(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    if not isinstance(value, str) or not value:
        raise _bad(f"{name} is required.")
    return value


def _bad(message: str) -> Refusal:
    return Refusal(400, "BadRequest", message)
