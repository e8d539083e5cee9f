"""Durable work: what is due, for whom, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.model.identity import TenantId

__all__ = ["Task", "TaskKind"]


class TaskKind(StrEnum):
    """One small file in ``services/jobs`` carries out each."""

    SYNC_LINK = "sync_link"
    RENEW_SUBSCRIPTION = "renew_subscription"
    UPDATE_POSTS = "update_posts"
    FOLLOW_CONVERSATION = "follow_conversation"
    WITHDRAW_COPIES = "withdraw_copies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of work; a second one of the same kind and key keeps the earlier due time."""

    kind: TaskKind
    tenant: TenantId
    key: str
    """What it is about, unique within kind and tenant: a link id, an event id."""
    payload: dict[str, str] = field(default_factory=dict)
    due_at: datetime
    attempts: int = 0
    id: str = ""
    """Given by the queue."""
    fence: str = ""
    """The etag of the claim: whoever finishes the task must still hold it."""
