"""Almanac: reads the settings and runs what was asked for.

``python app.py`` is production, all from the environment. ``python app.py --demo`` is anonymous
on 127.0.0.1 with a sandbox Microsoft 365 and sample people inside; ``--playground`` adds the
Agents Playground. ``python app.py tasks`` and its like are for operators.

Nothing happens when this module is imported.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Coroutine, Sequence

from dotenv import dotenv_values

from bot.arguments import parser
from bot.logs import begin_log
from services.model.errors import Broken, Upstream
from services.settings import Misconfigured, Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the arguments and the environment, and run; return the exit status."""
    # Reading the program makes much and leaves no waste: looking for it after every 700 objects
    # is a tenth of the start.
    gc.set_threshold(20_000, 50, 100)
    chosen = parser().parse_args(arguments)
    demo = chosen.demo or chosen.playground
    begin_log(is_quiet=demo)
    environ = {name: value for name, value in dotenv_values().items() if value is not None}
    try:
        asyncio.run(_chosen(Settings.from_env({**environ, **os.environ}, demo=demo), chosen))
    except Misconfigured as err:
        print("Almanac cannot start with these settings:", file=sys.stderr)
        for problem in err.problems:
            print(f"  {problem}", file=sys.stderr)
        return 2
    except (Broken, Upstream, OSError) as err:
        print(f"Almanac cannot {chosen.command or 'start'}: {err}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. An export or import goes on when it is called again.", file=sys.stderr)
        return 130
    return 0


def _chosen(settings: Settings, chosen: argparse.Namespace) -> Coroutine[None, None, None]:
    """Return what was asked for; each reads the modules that it needs, and no other."""
    if chosen.command:
        from bot.operations import run_operation  # noqa: PLC0415

        return run_operation(settings, chosen, _say)
    if chosen.demo or chosen.playground:
        from sandbox.demo import run_demo  # noqa: PLC0415

        return run_demo(settings, with_playground=chosen.playground, say=_say)
    from bot.production import run_production  # noqa: PLC0415

    return run_production(settings)


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
