"""Every action by its verb, found in the modules that spell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from cards.action import Action

__all__ = ["ACTIONS"]

ROOT = Path(__file__).parents[2]


def _kinds() -> Iterator[type[Action]]:
    for path in sorted((ROOT / "cards").rglob("*_actions.py")):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        own = (each for each in vars(module).values() if isinstance(each, type))
        yield from (
            each
            for each in own
            if issubclass(each, Action) and each.verb and each.__module__ == module.__name__
        )


ACTIONS: Mapping[str, type[Action]] = {kind.verb: kind for kind in _kinds()}
