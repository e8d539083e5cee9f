"""Names that are spelled a little differently from what was typed.

First one word at a time: a name that is nearly the word, and all other words as they are. Only if
that finds nothing may each word have a slip: then those who bear one name that is near are looked
at, whether their other words are near as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from services.search.lines import Row
from services.search.patterns import Pattern, anywhere, is_name, names_in, of_field
from services.search.ranking import Hits, Rank
from services.search.slips import Names, cost_of
from services.search.wanted import Wanted

__all__ = ["find_almost"]

MOST_SLIPPED = 3
"""Terms that are taken for misspelled, one after the other."""
MOST_NEAR = 8
MOST_BEARERS = 300
"""Of a name, who are looked at closely."""

FAR = 10
"""A cost of two slips."""
MOST = 19
"""By which the rank of what is far may differ."""

Find = Callable[[Sequence[Pattern], int], list[Row]]


def find_almost(wanted: Wanted, names: Names, find: Find, hits: Hits, limit: int) -> None:
    """Add what is nearly what was looked for.

    Args:
        wanted: what was looked for.
        names: the words of all names.
        find: looks for lines with some patterns.
        hits: what was found, and where to put more.
        limit: of a page.
    """
    near: dict[str, list[tuple[str, int]]] = {}
    for term in _likeliest_first(wanted.terms, names):
        near[term] = names.near(term)
        others = [anywhere(one) for one in wanted.terms if one != term]
        others += [of_field(word) for word in wanted.within]
        if _one_slip(near[term], others, find, hits, limit):
            return
    for term, words in near.items():
        rest = [one for one in wanted.terms if one != term]
        if not rest or _several_slips(words, rest, find, hits):
            return


def _likeliest_first(terms: Sequence[str], names: Names) -> list[str]:
    """Return terms that may be misspelled: those that begin no name before the others."""
    words = [term for term in terms if not term.isdecimal()][:MOST_SLIPPED]
    return sorted(words, key=names.has_beginning)


def _one_slip(
    words: Sequence[tuple[str, int]], others: list[Pattern], find: Find, hits: Hits, limit: int
) -> bool:
    """Add lines with one of the words and all others; tell whether there were any."""
    before = len(hits)
    for word, cost in words:
        rank = Rank.SLIPPED + cost if cost < FAR else Rank.FAR + min(cost - FAR, MOST)
        hits.add(find([is_name(word), *others], limit), rank)
        if hits.fill_page(rank):
            break
    return len(hits) > before


def _several_slips(
    words: Sequence[tuple[str, int]], others: Sequence[str], find: Find, hits: Hits
) -> bool:
    """Add lines with one of the words and a name near each other term; tell if there were any."""
    before = len(hits)
    for word, cost in words[:MOST_NEAR]:
        for row in find([is_name(word)], MOST_BEARERS):
            more = _costs(others, names_in(row.head))
            if more is not None:
                hits.add([row], Rank.FAR + min(cost + more, MOST))
    return len(hits) > before


def _costs(terms: Sequence[str], names: Sequence[str]) -> int | None:
    """Return what it costs in all to take some of the names for the terms; ``None`` = too much."""
    total = 0
    for term in terms:
        costs = [cost for name in names if (cost := cost_of(term, name)) is not None]
        if not costs:
            return None
        total += min(costs)
    return total
