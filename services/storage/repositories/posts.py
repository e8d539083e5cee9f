"""The messages that show items of a book, or its days, so that they can be brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services.model.books import Book
from services.model.posts import Post
from services.storage.codec import decode, encode
from services.storage.repositories import places
from services.storage.sealed import Remove, Seal
from services.storage.vault import Vault

__all__ = ["PostRecords"]

_KIND = "post"
_DAYS = "days"
"""The label of posts that show days; an item's have its id, which is never so short."""
_MOST_OF_AN_ITEM = 5
_MOST_OF_DAYS = 3
_KEPT = timedelta(days=30)
_MOST_ASKED = 20


class PostRecords:
    """The newest five posts of each item and the newest three of days, for 30 days.

    A message shows one thing at a time: what it is put down for last.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def of_item(self, book: Book, item: str) -> tuple[Post, ...]:
        """Return the posts of an event or contact, the newest first."""
        return await self._found(book, [item])

    async def of_days(self, book: Book) -> tuple[Post, ...]:
        """Return the posts that show days of a calendar, the newest first."""
        return await self._found(book, [_DAYS])

    async def touched_by(self, book: Book, *items: str) -> tuple[Post, ...]:
        """Return the posts that may look otherwise once these items have changed."""
        if len(items) > _MOST_ASKED:  # rather look at all there are than ask for each
            wanted, found = set(items), await self._found(book, None)
            return tuple(post for post in found if post.days or post.item in wanted)
        return await self._found(book, [*items, _DAYS])

    async def add(self, post: Post, book: Book) -> None:
        """Keep a post, and let go of the oldest of its like above the limit."""
        label, most = (_DAYS, _MOST_OF_DAYS) if post.days else (post.item, _MOST_OF_AN_ITEM)
        known = [each for each in await self._found(book, [label]) if _id(each) != _id(post)]
        newest_first = sorted([post, *known], key=lambda each: each.posted_at, reverse=True)
        seal = Seal(
            kind=_KIND,
            id=_id(post),
            body=encode(post),
            labels=[label],
            expires_at=post.posted_at + _KEPT,
        )
        surplus = [each for each in newest_first[most:] if each != post]
        partition = await places.posts(self._vault, book.tenant, book.id)
        await partition.commit([seal, *(Remove(kind=_KIND, id=_id(each)) for each in surplus)])

    async def remove(self, post: Post, book: Book) -> None:
        """Forget a post, say because its message is gone."""
        partition = await places.posts(self._vault, book.tenant, book.id)
        await partition.commit([Remove(kind=_KIND, id=_id(post))])

    async def _found(self, book: Book, labels: Sequence[str] | None) -> tuple[Post, ...]:
        partition = await places.posts(self._vault, book.tenant, book.id)
        posts = [decode(Post, each.body) for each in await partition.find(_KIND, labels)]
        return tuple(sorted(posts, key=lambda post: post.posted_at, reverse=True))


def _id(post: Post) -> str:
    return f"{post.conversation}/{post.activity_id}"
