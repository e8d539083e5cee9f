"""A bare echo on the Teams SDK (microsoft-teams-apps: FastAPI and uvicorn), as its samples do."""

import asyncio
from dataclasses import replace

import uvicorn
from _common import APP_ID, EMPTY, SECRET, TENANT, arguments
from microsoft_teams.api import MessageActivity
from microsoft_teams.api.auth.cloud_environment import PUBLIC
from microsoft_teams.apps import ActivityContext, App, FastAPIAdapter


async def main(port: int, metadata_url: str) -> None:
    """Serve until stopped."""

    def server(fastapi):
        config = uvicorn.Config(fastapi, host="127.0.0.1", port=port, log_level="error")
        return uvicorn.Server(config)

    app = App(
        client_id=APP_ID,
        client_secret=SECRET,
        tenant_id=TENANT,
        cloud=replace(PUBLIC, openid_metadata_url=metadata_url),
        http_server_adapter=FastAPIAdapter(server_factory=server),
    )

    @app.on_message
    async def echo(ctx: ActivityContext[MessageActivity]):
        await ctx.send(ctx.activity.text)

    @app.on_message_ext_query
    async def find_nothing(ctx):
        return EMPTY

    await app.start(port)


if __name__ == "__main__":
    asyncio.run(main(*arguments()))
