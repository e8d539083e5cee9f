"""The messages that show an event, so that they can be brought up to date in place."""

from __future__ import annotations

from datetime import timedelta

from services.model.books import Book
from services.model.conversations import Post
from services.model.events import EventId
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["PostRecords"]

_KIND = "post"
_MOST_OF_AN_EVENT = 5
_KEPT = timedelta(days=30)


class PostRecords:
    """The newest five posts of each event, for 30 days."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def of_event(self, book: Book, event: EventId) -> tuple[Post, ...]:
        """Return an event's posts, the newest first."""
        partition = await places.posts(self._vault, book.tenant, book.id)
        posts = [decode(Post, each.body) for each in await partition.find(_KIND, [event])]
        return tuple(sorted(posts, key=lambda post: post.posted_at, reverse=True))

    async def add(self, post: Post, book: Book) -> None:
        """Keep a post, and let go of the oldest ones above the limit."""
        known = [each for each in await self.of_event(book, post.event) if _id(each) != _id(post)]
        newest_first = sorted([post, *known], key=lambda each: each.posted_at, reverse=True)
        seal = Seal(
            kind=_KIND,
            id=_id(post),
            body=encode(post),
            labels=[post.event],
            expires_at=post.posted_at + _KEPT,
        )
        surplus = [each for each in newest_first[_MOST_OF_AN_EVENT:] if each != post]
        partition = await places.posts(self._vault, book.tenant, book.id)
        await partition.commit([seal, *(Remove(kind=_KIND, id=_id(each)) for each in surplus)])

    async def remove(self, post: Post, book: Book) -> None:
        """Forget a post, say because its message is gone."""
        partition = await places.posts(self._vault, book.tenant, book.id)
        await partition.commit([Remove(kind=_KIND, id=_id(post))])


def _id(post: Post) -> str:
    return f"{post.event}/{post.conversation}/{post.activity_id}"
