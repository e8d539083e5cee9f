"""A bare echo on the stock adapter of botbuilder, as its samples write it."""

from _common import APP_ID, EMPTY, SECRET, TENANT, arguments
from aiohttp import web
from botbuilder.core import TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema.teams import MessagingExtensionResponse, MessagingExtensionResult
from botframework.connector.auth import AuthenticationConstants


class Settings:
    """What the framework reads by these names."""

    APP_ID = APP_ID
    APP_PASSWORD = SECRET
    APP_TYPE = "SingleTenant"
    APP_TENANTID = TENANT


class Echo(TeamsActivityHandler):
    """Says what it hears."""

    async def on_message_activity(self, turn_context: TurnContext):
        """Echo a message."""
        await turn_context.send_activity(turn_context.activity.text)

    async def on_teams_messaging_extension_query(self, turn_context, query):
        """Find nothing."""
        found = EMPTY["composeExtension"]
        return MessagingExtensionResponse(
            compose_extension=MessagingExtensionResult(
                type=found["type"], attachment_layout=found["attachmentLayout"], attachments=[]
            )
        )


if __name__ == "__main__":
    port, metadata_url = arguments()
    AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = metadata_url
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Settings()))
    echo = Echo()

    async def messages(request: web.Request) -> web.Response:
        """Hand everything to the framework."""
        return await adapter.process(request, echo)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)
