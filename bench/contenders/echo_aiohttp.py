"""The ceiling: plain aiohttp that parses, replies through one pooled session, checks no token."""

from urllib.parse import quote

from _common import EMPTY, arguments
from aiohttp import ClientSession, web


async def messages(request: web.Request) -> web.Response:
    """Echo a message; answer a search with nothing found."""
    activity = await request.json()
    if activity["type"] == "invoke":
        return web.json_response(EMPTY)
    conversation = quote(activity["conversation"]["id"], safe="")
    url = f"{activity['serviceUrl']}/v3/conversations/{conversation}/activities/{activity['id']}"
    reply = {
        "type": "message",
        "text": activity["text"],
        "from": activity["recipient"],
        "recipient": activity["from"],
        "conversation": activity["conversation"],
        "replyToId": activity["id"],
    }
    async with request.app[SESSION].post(url, json=reply) as answer:
        await answer.read()
    return web.Response(status=201)


SESSION = web.AppKey("session", ClientSession)


async def open_session(app: web.Application):
    """Keep one session for as long as the server runs."""
    async with ClientSession() as session:
        app[SESSION] = session
        yield


if __name__ == "__main__":
    port, _ = arguments()
    app = web.Application()
    app.cleanup_ctx.append(open_session)
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)
