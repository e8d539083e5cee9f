"""Look at a subscribed calendar again; each look puts the next."""

from __future__ import annotations

from dataclasses import dataclass

from services.files.subscriptions import Subscriptions
from services.model.books import BookId
from services.model.tasks import Task

__all__ = ["RefreshFeed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshFeed:
    """Carries out ``refresh_feed``."""

    subscriptions: Subscriptions

    async def __call__(self, task: Task) -> None:
        """Read it, and make ours say what it says."""
        book = BookId(task.payload["book"])
        await self.subscriptions.refresh(task.tenant, book, task.payload["feed"])
