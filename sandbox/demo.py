"""The demo: a sandbox Microsoft 365, the Playground, and the program between them.

``await run_demo(settings, ...)`` serves until Ctrl-C. Everybody on this machine gets in and nothing
leaves it. What was stored is thrown away at the next start: the sandbox's mailboxes live in memory,
so the demo's calendars must not outlive them.
"""

from __future__ import annotations

import asyncio
import shutil
from asyncio import FIRST_COMPLETED
from collections.abc import Callable
from contextlib import AsyncExitStack

from bot.process import end_of_process
from sandbox.people import PEOPLE, TENANT
from sandbox.playground.run import Playground, PlaygroundUnavailable, running_playground
from services.model.errors import Broken
from services.settings import Settings

__all__ = ["run_demo"]


async def run_demo(
    settings: Settings, *, with_playground: bool, say: Callable[[str], None]
) -> None:
    """Serve until somebody ends the process.

    Raises:
        Broken: the Playground is not installed, did not start, or has ended by itself.
        OSError: a port is taken.
    """
    ended = end_of_process()
    folder = settings.data_dir / "demo"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    say("Starting the sandbox Microsoft 365" + (" and the Playground" * with_playground) + " ...")
    async with AsyncExitStack() as stack:
        playground: Playground | None = None
        try:
            if with_playground:
                endpoint = f"{settings.public_url}/api/messages"
                port, work_dir = settings.playground_port, folder / "playground"
                playground = await stack.enter_async_context(
                    running_playground(endpoint, PEOPLE, TENANT, port, work_dir)
                )
            # Not above: the Playground comes up while Python reads the program.
            from sandbox.demo_program import running_program  # noqa: PLC0415

            page_url = await stack.enter_async_context(
                running_program(settings, folder, playground.port if playground else None)
            )
            if playground:
                await playground.ready()
        except PlaygroundUnavailable as err:
            raise Broken(str(err)) from err
        say(f"The bot listens on {settings.public_url}/api/messages")
        mailbox = f"{page_url}/sandbox/mailbox/{PEOPLE[0].key}"
        say(f"Outlook of {PEOPLE[0].display_name} (the sandbox): {mailbox}")
        say(f"\nOpen {playground.url if playground else page_url + '/sandbox/'}\n")
        say("Ctrl-C stops everything.")
        if not await _is_asked_to_end(ended, playground):
            raise Broken("the Playground has ended by itself; start again with `make run`")
        say("Stopping ...")


async def _is_asked_to_end(ended: asyncio.Event, playground: Playground | None) -> bool:
    """Return when there is nothing to serve any more, and whether that was somebody's wish."""
    asked = asyncio.create_task(ended.wait())
    lives = [playground.chatter] if playground else []
    try:
        await asyncio.wait([asked, *lives], return_when=FIRST_COMPLETED)
    finally:
        asked.cancel()
    return ended.is_set()
