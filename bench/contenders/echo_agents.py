"""A bare echo on the Agents SDK (microsoft-agents-hosting-aiohttp), in its lightest form."""

from _common import APP_ID, EMPTY, SECRET, TENANT, arguments
from aiohttp import web
from microsoft_agents.activity import InvokeResponse
from microsoft_agents.authentication.msal import MsalConnectionManager
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware
from microsoft_agents.hosting.core import ActivityHandler, AgentAuthConfiguration
from microsoft_agents.hosting.core.authorization import _entra_issuers


class Echo(ActivityHandler):
    """Says what it hears."""

    async def on_message_activity(self, turn_context):
        """Echo a message."""
        await turn_context.send_activity(turn_context.activity.text)

    async def on_invoke_activity(self, turn_context):
        """Find nothing."""
        return InvokeResponse(status=200, body=EMPTY)


if __name__ == "__main__":
    port, metadata_url = arguments()
    keys_url = metadata_url.replace("openidconfiguration", "keys")
    for issuer in _entra_issuers.BOTFRAMEWORK_JWKS_URIS:
        _entra_issuers.BOTFRAMEWORK_JWKS_URIS[issuer] = keys_url
    configuration = AgentAuthConfiguration(
        client_id=APP_ID,
        tenant_id=TENANT,
        client_secret=SECRET,
        connection_name="SERVICE_CONNECTION",
    )
    connections = MsalConnectionManager({"SERVICE_CONNECTION": configuration})
    adapter = CloudAdapter(connection_manager=connections)
    echo = Echo()

    async def messages(request: web.Request) -> web.Response:
        """Hand everything to the framework."""
        return await adapter.process(request, echo)

    app = web.Application(middlewares=[jwt_authorization_middleware])
    app["agent_configuration"] = configuration
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)
