"""What differs between production, the demo and tests: who gets in, and who is called."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.trust.app_tokens import AppLogin
from bot.trust.identity import BotIdentity
from services.files.file_reading import Apart, FileReader
from services.graph.auth import SignIn

__all__ = ["Outside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The bot as Teams knows it, our own address, Entra and Graph."""

    bot: BotIdentity
    public_url: str
    sign_in: SignIn
    graph_url: str
    trusted: frozenset[str] = frozenset()
    """Origins that are fetched from although they are no public ones: of the demo and of tests."""
    app_login: AppLogin | None = None
    """How the app gets a token of its own for Graph; ``None`` = it has none, as in the demo."""
    files: FileReader = field(default_factory=Apart)
    """Reads what strangers send."""
