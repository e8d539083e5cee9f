"""Graph's resources put together behind the door."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web
from aiohttp.typedefs import Middleware

from sandbox.graph import (
    calendar_view,
    calendars,
    contact_folders,
    contact_photos,
    contacts,
    events,
    exchange_ids,
    me,
    responses,
    users,
    view_delta,
)
from sandbox.graph.activity_feed import ActivityFeedResource
from sandbox.graph.batch import BatchResource
from sandbox.graph.door import Door
from sandbox.graph.schedule import ScheduleResource
from sandbox.graph.subscriptions import SubscriptionResource
from sandbox.mishaps import Scene

__all__ = ["graph_app"]


def graph_app(door: Door, scene: Scene, middlewares: Sequence[Middleware] = ()) -> web.Application:
    """Return an application that answers as ``https://graph.microsoft.com/v1.0`` does.

    ``middlewares`` stand before the door: they see each answer as it leaves.
    """
    app = web.Application(middlewares=[*middlewares, door.let_in])
    batch, schedule = BatchResource(door.limits), ScheduleResource(scene.office)
    app.cleanup_ctx.append(batch.keep_open)
    app.add_routes([*batch.routes(), *SubscriptionResource(scene.notices).routes()])
    app.add_routes(users.routes())
    app.add_routes(ActivityFeedResource(scene.office.feeds).routes("/users/{person}"))
    # delta comes before events: its name must not be taken for an id.
    for prefix in ("/me", "/users/{person}"):
        app.add_routes(schedule.routes(prefix))
        for resource in (view_delta, calendar_view, calendars, events, responses, exchange_ids, me):
            app.add_routes(resource.routes(prefix))
        for resource in (contact_folders, contacts, contact_photos):
            app.add_routes(resource.routes(prefix))
    return app
