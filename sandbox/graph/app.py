"""Graph's resources put together behind the door."""

from __future__ import annotations

from aiohttp import web

from sandbox.graph import calendar_view, calendars, events, me, users, view_delta
from sandbox.graph.door import Door
from sandbox.graph.subscriptions import SubscriptionResource
from sandbox.notices import Notices

__all__ = ["graph_app"]


def graph_app(door: Door, notices: Notices) -> web.Application:
    """Return an application that answers as ``https://graph.microsoft.com/v1.0`` does."""
    app = web.Application(middlewares=[door.let_in])
    app.add_routes([*users.routes(), *SubscriptionResource(notices).routes()])
    # delta comes before events: its name must not be taken for an id.
    for prefix in ("/me", "/users/{person}"):
        for resource in (view_delta, calendar_view, calendars, events, me):
            app.add_routes(resource.routes(prefix))
    return app
